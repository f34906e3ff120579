"""What is known of every obligation up to a moment, read one after the other, so that not all is in memory at once."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlmodel import Session

from plan.status import Event, EventKind
from store.types import EvidenceState, metadata

# Rows fetched at a time.
BATCH = 2000
KINDS = {kind.value: kind for kind in EventKind}


class Owed(NamedTuple):
    """Which obligation: one milestone of a plan by the identity of its work, at one occurrence, of one agency."""

    id: int
    plan: str
    work: str
    occurrence: str
    agency: str


class File(NamedTuple):
    """A file that is kept or still to be fetched, the answer to which it belongs now, and when it was sent (UTC)."""

    submission: int
    sent_at: datetime


def histories(session: Session, known_at: datetime) -> Iterator[tuple[Owed, list[Event]]]:
    """Every obligation with its events recorded until an instant (UTC), in order; those known then, by their id."""
    happened, owed = metadata.tables["obligation_event"].c, metadata.tables["obligation"].c
    query = (
        select(
            owed.id, owed.plan_id, owed.work, owed.occurrence, owed.agency_id,
            happened.kind, happened.at, happened.recorded_at, happened.due, happened.note, happened.submission_id,
        )
        .where(happened.obligation_id == owed.id)
        .where(happened.recorded_at <= known_at)
        .order_by(happened.obligation_id, happened.id)
    )  # fmt: skip
    rows = session.connection().execute(query.execution_options(yield_per=BATCH))
    for _, group in groupby(rows, key=attrgetter("id")):
        yield _history(group)


def _history(rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[Owed, list[Event]]:
    events = []
    for row in rows:
        row_id, plan, work, occurrence, agency, kind, at, recorded_at, due, note, submission = row
        events.append(Event(KINDS[kind], at, recorded_at, due, note, submission))
    return Owed(row_id, plan, work, occurrence, agency), events


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
