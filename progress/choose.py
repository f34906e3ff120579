"""Finds which obligation an answer is about, or what must be asked first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from plan.lateness import days_left
from plan.model import Kind, milestone_number
from plan.status import ANSWERED, OPEN_OR_ANSWERED, SET_ASIDE, State
from store import obligations, submissions
from store.answer_tables import Submission
from store.tables import Obligation
from words.office import Office


@dataclass(frozen=True)
class One:
    """This obligation."""

    obligation: Obligation


@dataclass(frozen=True)
class Which:
    """Several could be meant: ask."""

    options: tuple[Obligation, ...]


@dataclass(frozen=True)
class Again:
    """The task was answered already: the new answer adds to this one."""

    submission: Submission
    obligation: Obligation


@dataclass(frozen=True)
class SetAside:
    """What a code names first (`obligation`) was set aside: which of the `open` ones is meant has to be asked."""

    obligation: Obligation
    open: tuple[Obligation, ...]


@dataclass(frozen=True)
class NotTheirs:
    """Nobody of the person's agencies owes this; `others` is what they owe of the task under another number."""

    others: tuple[Obligation, ...] = ()


# What comes again: an answer may be that there was nothing to do this time.
RECURRING = (Kind.PERIODIC, Kind.ONGOING, Kind.EVENT)
KNOWN = (*OPEN_OR_ANSWERED, *sorted(SET_ASIDE), State.CLOSED)

Choice = One | Which | Again | SetAside | NotTheirs


def by_code(
    session: Session,
    office: Office,
    agencies: Collection[str],
    code: str,
    number: int | None,
    now: datetime,
    *,
    adding: bool = False,
    preferred: Collection[Kind] = (),
) -> Choice:
    """What a typed code means for the agencies a person answers for; `number` is the milestone's, 2 of 2b.2.

    Of several open milestones the earliest is meant. After an answer of the same day a second one adds to it
    (`adding`); on a later day it is asked which milestone it is about. Where the task has some of a `preferred` kind
    only those are meant, and on a later day the next of them is. What was set aside is asked about
    until the next one is reminded of.
    """
    mine, not_theirs = _owed(session, agencies, code, number)
    if number is None and any(row.kind in preferred for row in mine):
        mine = [row for row in mine if row.kind in preferred]
    if not mine:
        return not_theirs
    owners = list(dict.fromkeys((row.plan_id, row.agency_id) for row in mine))
    open_rows = [row for row in mine if row.state == State.OPEN]
    if len(owners) > 1:
        return _among_agencies(session, office, mine, now)
    plan_id, agency = owners[0]
    latest = submissions.latest_for_task(session, agency, code, plan_id)
    again = latest[1] in mine if preferred and latest else adding and number is None
    if latest is not None and again:
        same_day = office.today(latest[0].at) == office.today(now)
        others = [row for row in open_rows if row.id != latest[1].id]
        if same_day or not open_rows:
            return Again(*latest)
        if others and adding:
            return Which((*in_order(office, open_rows, now), *([] if latest[1] in open_rows else [latest[1]])))
    if not open_rows:
        # The newest answer may be to another milestone than the one that was named.
        return Again(*latest) if latest is not None and latest[1] in mine else One(mine[0])
    return _first_open(session, office, mine, now)


def _owed(
    session: Session, agencies: Collection[str], code: str, number: int | None
) -> tuple[Sequence[Obligation], NotTheirs]:
    """What a code names of what agencies owe, and what is to be said where that is nothing."""
    found = obligations.of_agencies(session, agencies, states=KNOWN, task=code)
    if number is None:
        return found, NotTheirs()
    return [row for row in found if milestone_number(row.milestone) == number], NotTheirs(tuple(found))


def _first_open(session: Session, office: Office, rows: Sequence[Obligation], now: datetime) -> One | SetAside:
    """The earliest that one agency still owes, unless something before it was set aside that the words may mean."""
    still = in_order(office, [row for row in rows if row.state == State.OPEN], now)
    before = [row for row in rows if row.state in SET_ASIDE]
    while before and in_order(office, [*before, still[0]], now)[0] is not still[0]:
        earliest = in_order(office, before, now)[0]
        if not _is_reminded_since(session, office, still[0], earliest, now):
            return SetAside(earliest, tuple(still))
        before.remove(earliest)
    return One(still[0])


def _is_reminded_since(session: Session, office: Office, row: Obligation, aside: Obligation, now: datetime) -> bool:
    """Whether what is open was first reminded of after another one had been set aside: a code means that one then.

    Until then the messages that bear the code are about what was set aside: a quarter's report that was suspended is
    asked about, and when the next one is due nobody thinks of it any more.
    """
    decided = [each.recorded_at for each in obligations.events_of(session, aside.id or 0) if each.kind in SET_ASIDE]
    return _is_near(office, row, office.today(now)) and not _is_near(office, row, office.today(max(decided)))


def _is_near(office: Office, row: Obligation, day: date) -> bool:
    """Whether the first reminder of what has a deadline could be out on a local day."""
    left = days_left(row.due, office.calendar, day) or 0
    return row.due is not None and left <= max(office.ladder, default=0)


def answered_by_code(session: Session, agencies: Collection[str], code: str, number: int | None) -> Choice:
    """Which answer a typed code means: the newest one that stands; where none does, the task's first milestone."""
    mine, not_theirs = _owed(session, agencies, code, number)
    if not mine:
        return not_theirs
    answered = [row for row in mine if row.state in ANSWERED]
    newest: dict[str, Obligation] = {}
    for row in sorted(answered, key=lambda row: (row.done_at is None, row.done_at)):
        newest[row.agency_id] = row
    if len(newest) > 1:
        return Which(tuple(newest.values()))
    return One(next(iter(newest.values()), mine[0]))


def late_by_code(
    session: Session, office: Office, agencies: Collection[str], code: str, number: int | None, now: datetime
) -> Choice:
    """Which lateness a typed code means: of what is late, open or answered; where nothing is, the task's first."""
    mine, not_theirs = _owed(session, agencies, code, number)
    if not mine:
        return not_theirs
    today = office.today(now)
    found = [(row, office.lateness(row, today)) for row in mine]
    late = [row for row, lateness in found if lateness.is_late or lateness.is_flagged]
    if len(late) > 1:
        return Which(tuple(in_order(office, late, now)))
    return One(late[0] if late else mine[0])


def _among_agencies(session: Session, office: Office, rows: Sequence[Obligation], now: datetime) -> Choice:
    """One obligation per agency to choose from; no question where only one of them is still open."""
    first: dict[tuple[str, str], Obligation] = {}
    for row in in_order(office, [row for row in rows if row.state == State.OPEN] or rows, now):
        first.setdefault((row.plan_id, row.agency_id), row)
    options = tuple(first.values())
    if len(options) > 1:
        return Which(options)
    [(plan_id, agency)] = first
    own = [row for row in rows if (row.plan_id, row.agency_id) == (plan_id, agency)]
    return _first_open(session, office, own, now)


def in_order(office: Office, rows: Sequence[Obligation], now: datetime) -> list[Obligation]:
    """The earliest first. A periodic report comes into it once its first reminder could be out: until then
    a bare code means the plan, not the report on it."""
    today = office.today(now)

    def key(row: Obligation) -> tuple[bool, date, int]:
        far = row.due is None or (row.kind == Kind.PERIODIC and not _is_near(office, row, today))
        return (far, row.due or date.max, row.id or 0)

    return sorted(rows, key=key)
