"""What is known of every obligation up to a moment, read one after the other, so that not all is in memory at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlmodel import Session

from plan.causes import Cause
from plan.status import Event, EventKind, Judgement, Standing, State
from store.types import EvidenceState, metadata

# Rows fetched at a time.
BATCH = 2000
KINDS = {kind.value: kind for kind in EventKind}
STATES = {state.value: state for state in State}
# What most standings say: the dates of the plan and the first one are the one that holds, and of the rest they say
# nothing. It is read of those alone that do, for to read a column of all costs as much as to count what it says.
USUAL = ("state", "due", "done_at", "progress", "blocked", "acknowledged_at")
LIKE_DUE = ("planned", "first_due")
SELDOM = {name: rest for name, rest in Standing._field_defaults.items() if name not in (*USUAL, *LIKE_DUE)}
# What the database keeps as a word, and what each word is.
SPELT: Mapping[str, Mapping[str | None, object]] = {
    "state": dict(STATES.items()),
    "judged": {each.value: each for each in Judgement},
    "retired_from": dict([(None, None), *STATES.items()]),
    "cause": {each.value: each for each in Cause},
}


class Owed(NamedTuple):
    """Which obligation: one milestone of a plan by the identity of its work, at one occurrence, of one agency."""

    id: int
    plan: str
    work: str
    occurrence: str
    agency: str


# How many columns say which obligation it is.
KNOWN_BY = len(Owed._fields)


class File(NamedTuple):
    """A file that is kept or still to be fetched, the answer to which it belongs now, and when it was sent (UTC)."""

    submission: int
    sent_at: datetime


def histories(
    session: Session, known_at: datetime, *, moved_since: datetime | None = None
) -> Iterator[tuple[Owed, list[Event]]]:
    """Every obligation with its events recorded until an instant (UTC), in order; those known then, by their id.

    With `moved_since` (UTC) only those of which something was recorded after it, be it known by then or not.
    """
    happened, owed = metadata.tables["obligation_event"].c, metadata.tables["obligation"].c
    query = (
        select(
            *_known(),
            happened.kind, happened.at, happened.recorded_at, happened.due, happened.note, happened.submission_id,
        )
        .where(happened.obligation_id == owed.id)
        .where(happened.recorded_at <= known_at)
        .order_by(happened.obligation_id, happened.id)
    )  # fmt: skip
    if moved_since is not None:
        query = query.where(owed.id.in_(_moved(moved_since)))
    rows = session.connection().execute(query.execution_options(yield_per=BATCH))
    for _, group in groupby(rows, key=attrgetter("id")):
        yield _history(group)


def _history(rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[Owed, list[Event]]:
    events = []
    for row in rows:
        row_id, plan, work, occurrence, agency, kind, at, recorded_at, due, note, submission = row
        events.append(Event(KINDS[kind], at, recorded_at, due, note, submission))
    return Owed(row_id, plan, work, occurrence, agency), events


def standings(session: Session, plans: Collection[str], as_of: datetime) -> Iterator[tuple[Owed, Standing]]:
    """Every obligation of some plans of which nothing was recorded after an instant (UTC), and how it stood then, which
    is how it stands now: its row is the replay of its events (`obligations.record`). In no order."""
    owed = metadata.tables["obligation"].c
    alike = (owed[name].is_not_distinct_from(owed.due) for name in LIKE_DUE)
    silent = (owed[name].is_(None) if rest is None else owed[name] == rest for name, rest in SELDOM.items())
    # In the order of the index by which the plans are found: any other would be made of all that is read.
    query = select(*_known(), *(owed[name] for name in USUAL), and_(*alike, *silent)).where(
        owed.plan_id.in_(list(plans)), owed.id.not_in(_moved(as_of))
    )
    unusual = []
    for rows in session.connection().execute(query.execution_options(yield_per=BATCH)).partitions():
        for number, plan, work, occurrence, agency, state, due, done_at, progress, blocked, heard, usual in rows:
            if usual:
                standing = Standing(STATES[state], due, done_at, progress, blocked, due, due, acknowledged_at=heard)
                yield Owed(number, plan, work, occurrence, agency), standing
            else:
                unusual.append(number)
    for first in range(0, len(unusual), BATCH):
        yield from _whole(session, unusual[first : first + BATCH])


def _whole(session: Session, numbers: Sequence[int]) -> Iterator[tuple[Owed, Standing]]:
    """How some obligations stand, with all that is ever said."""
    owed = metadata.tables["obligation"].c
    query = select(*_known(), *(owed[name] for name in Standing._fields)).where(owed.id.in_(numbers))
    for row in session.connection().execute(query):
        said = zip(Standing._fields, row[KNOWN_BY:], strict=True)
        held = (SPELT[name][value] if name in SPELT else value for name, value in said)
        yield Owed(*row[:KNOWN_BY]), Standing._make(held)


def _known() -> list[ColumnElement[Any]]:
    """The columns of an `Owed`."""
    owed = metadata.tables["obligation"].c
    return [owed.id, owed.plan_id, owed.work, owed.occurrence, owed.agency_id]


def _moved(since: datetime) -> Select[tuple[int]]:
    event = metadata.tables["obligation_event"].c
    return select(event.obligation_id).where(event.recorded_at > since)


def files(session: Session, known_at: datetime) -> dict[int, list[File]]:
    """The files of answers that were sent until an instant (UTC), by the obligation."""
    sent, answer = metadata.tables["evidence"].c, metadata.tables["submission"].c
    query = (
        select(answer.obligation_id, answer.id, sent.sent_at)
        .where(sent.submission_id == answer.id, sent.sent_at <= known_at)
        .where(sent.state.in_((EvidenceState.WAITING, EvidenceState.STORED)))
    )
    found: dict[int, list[File]] = {}
    for obligation, *file in session.connection().execute(query):
        found.setdefault(obligation, []).append(File(*file))
    return found
