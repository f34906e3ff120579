"""What lists show of obligations: columns alone, because objects for 30,000 rows cost more than the question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, select
from sqlmodel import Session

from plan.joint import members
from plan.model import Kind
from plan.people import Role
from plan.status import EventKind, State
from store.types import DeliveryKind, DeliveryState, EvidenceState, metadata

# Numbers asked for at a time: SQLite takes 32,766 values in one question.
AT_ONCE = 1000
# What reminds by itself; what somebody urged is counted apart.
BY_ITSELF = (DeliveryKind.DIGEST, DeliveryKind.SNOOZE, DeliveryKind.HEAD)


class Listed(NamedTuple):
    """An obligation as lists read it: it has what `plan.lateness` asks for. Instants in UTC, dates local."""

    id: int
    plan: str
    work: str
    task: str
    milestone: str
    occurrence: str
    agency: str
    kind: Kind
    due: date | None
    planned: date | None
    state: State
    done_at: datetime | None
    kept_at: datetime | None
    returned_at: datetime | None
    judged: str
    extensions: int
    blocked: bool


@dataclass
class Beside:
    """What a row shows beside where it stands. `reminded`, `urged` and `returned` are how often; `said` is what hinders
    it, or why it is late; `updated` (UTC) when something happened last; `number`, `signed` and `note` are its answer's.
    """

    said: str = ""
    progress: str = ""
    number: str = ""
    signed: date | None = None
    note: str = ""
    evidence: int = 0
    reminded: int = 0
    urged: int = 0
    returned: int = 0
    updated: datetime | None = None


@dataclass(frozen=True)
class Who:
    """What people are called now: `names` those who were ever named to carry something out, by their number, `heads`
    those who head an agency, by its id."""

    names: Mapping[int, str] = field(default_factory=dict)
    heads: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def leading(self, agency: str) -> list[str]:
        """Who heads an agency, of several that owe together each of them."""
        return list(dict.fromkeys(name for each in members(agency) for name in self.heads.get(each, ())))


# Where nobody's name is wanted.
UNNAMED = Who()


def who(session: Session) -> Who:
    """The people that lists name."""
    person, named, held = (metadata.tables[name].c for name in ("person", "assignee", "membership"))
    called = select(person.id, person.name).where(person.id.in_(select(named.person_id))).order_by(person.id)
    heading = select(held.agency_id, person.name).where(held.person_id == person.id, held.until.is_(None))
    heads: dict[str, list[str]] = {}
    for agency, name in _rows(session, heading.where(held.role == Role.HEAD).order_by(held.id)):
        heads.setdefault(agency, []).append(name)
    return Who(dict(tuple(row) for row in _rows(session, called)), heads)


def listed(session: Session, changed_since: int | None = None) -> list[Listed]:
    """Every obligation that is in the plan or left it, in the order of their numbers; those with events after the one
    of a number, where it is given."""
    owed, event = metadata.tables["obligation"].c, metadata.tables["obligation_event"].c
    query = select(
        owed.id, owed.plan_id, owed.work, owed.task, owed.milestone, owed.occurrence, owed.agency_id, owed.kind,
        owed.due, owed.planned, owed.state, owed.done_at, owed.kept_at, owed.returned_at, owed.judged,
        owed.extensions, owed.blocked != "",
    ).order_by(owed.id)  # fmt: skip
    if changed_since is not None:
        query = query.where(owed.id.in_(select(event.obligation_id).where(event.id > changed_since)))
    kinds, states = {each.value: each for each in Kind}, {each.value: each for each in State}
    return [
        Listed._make((*row[:7], kinds[row[7]], *row[8:10], states[row[10]], *row[11:16], bool(row[16])))
        for row in session.connection().execute(query)
    ]


def beside(session: Session, numbers: Iterable[int]) -> dict[int, Beside]:
    """What stands beside these obligations, by their number."""
    wanted = iter(numbers)
    found: dict[int, Beside] = {}
    while part := list(islice(wanted, AT_ONCE)):
        found |= _beside(session, part)
    return found


def marks(session: Session, rows: Iterable[tuple[int, int | None]]) -> dict[int, str]:
    """For each obligation, given with who carries it out, a mark that is another once anything happened to it, or
    somebody else carries it out."""
    people = dict(rows)
    event = metadata.tables["obligation_event"].c
    wanted = iter(people)
    found = dict.fromkeys(people, "0")
    while part := list(islice(wanted, AT_ONCE)):
        newest = select(event.obligation_id, func.max(event.id)).where(event.obligation_id.in_(part))
        found |= {number: str(last) for number, last in _rows(session, newest.group_by(event.obligation_id))}
    return {number: f"{last}.{people[number] or 0}" for number, last in found.items()}


def _beside(session: Session, numbers: Sequence[int]) -> dict[int, Beside]:
    found = {number: Beside() for number in numbers}
    owed = metadata.tables["obligation"].c
    words = select(owed.id, owed.blocked, owed.why_late, owed.progress).where(owed.id.in_(numbers))
    for number, blocked, why_late, progress in _rows(session, words):
        found[number].said, found[number].progress = blocked or why_late, progress
    answer = metadata.tables["submission"].c
    answers = select(answer.obligation_id, answer.product_number, answer.product_date, answer.note)
    standing = answers.where(answer.obligation_id.in_(numbers), answer.withdrawn_at.is_(None)).order_by(answer.id)
    for number, document, signed, note in _rows(session, standing):
        row = found[number]
        row.number, row.signed, row.note = document, signed, note
    for number, count in _files(session, numbers):
        found[number].evidence += count
    for number, returned, updated in _events(session, numbers):
        found[number].returned, found[number].updated = returned, updated
    for number, kind, count in _told(session, numbers):
        if kind == DeliveryKind.URGE:
            found[number].urged += count
        elif kind in BY_ITSELF:
            found[number].reminded += count
    return found


def _files(session: Session, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Files of the answers that stand, and those that came about an obligation without being an answer."""
    file, answer = metadata.tables["evidence"].c, metadata.tables["submission"].c
    kept = file.state.in_((EvidenceState.WAITING, EvidenceState.STORED))
    of_answers = select(answer.obligation_id, func.count(file.id)).where(file.submission_id == answer.id, kept)
    of_answers = of_answers.where(answer.obligation_id.in_(numbers), answer.withdrawn_at.is_(None))
    yield from _rows(session, of_answers.group_by(answer.obligation_id))
    about = select(file.obligation_id, func.count(file.id)).where(file.submission_id.is_(None), kept)
    yield from _rows(session, about.where(file.obligation_id.in_(numbers)).group_by(file.obligation_id))


def _events(session: Session, numbers: Sequence[int]) -> Iterator[tuple[int, int, datetime]]:
    event = metadata.tables["obligation_event"].c
    newest = select(event.obligation_id, func.max(event.recorded_at)).where(event.obligation_id.in_(numbers))
    returned = select(event.obligation_id, func.count(event.id)).where(event.obligation_id.in_(numbers))
    returned = returned.where(event.kind == EventKind.RETURNED).group_by(event.obligation_id)
    times = dict(_rows(session, returned))
    for number, at in _rows(session, newest.group_by(event.obligation_id)):
        yield number, times.get(number, 0), at


def _told(session: Session, numbers: Sequence[int]) -> Iterator[tuple[int, str, int]]:
    """How many messages of each kind left about an obligation, those that the outbox has let go of included."""
    sent, step = metadata.tables["delivery"].c, metadata.tables["reminder"].c
    kept, about = metadata.tables["kept_message"].c, metadata.tables["kept_about"].c
    steps = select(step.obligation_id, sent.kind, func.count(sent.id.distinct())).where(
        step.delivery_id == sent.id, step.person_id == sent.person_id, step.obligation_id.in_(numbers)
    )
    yield from _rows(session, steps.where(sent.state == DeliveryState.SENT).group_by(step.obligation_id, sent.kind))
    # A message about one thing names it itself; one with steps was counted by them.
    own = select(sent.obligation_id, sent.kind, func.count(sent.id)).where(sent.obligation_id.in_(numbers))
    own = own.where(sent.state == DeliveryState.SENT, ~exists().where(step.delivery_id == sent.id))
    yield from _rows(session, own.group_by(sent.obligation_id, sent.kind))
    old = select(about.obligation_id, kept.kind, func.count(kept.id.distinct())).where(
        about.kept_id == kept.id, about.obligation_id.in_(numbers), kept.state == DeliveryState.SENT
    )
    gone = ~exists().where(sent.id == kept.delivery_id)
    yield from _rows(session, old.where(gone).group_by(about.obligation_id, kept.kind))


def _rows(session: Session, query: Select[Any]) -> Iterator[Any]:
    return iter(session.connection().execute(query))
