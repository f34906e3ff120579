"""Whom an urging (đôn đốc) would reach and about what, before anybody presses "send"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from plan.lateness import Lateness
from plan.model import Kind, milestone_number
from plan.status import ANSWERED, OPEN_OR_ANSWERED, State
from progress import recipients
from progress.choose import in_order
from progress.items import item_of
from store import memory, obligations, people
from store.people_tables import Person
from store.postings import Chat
from store.tables import Obligation
from words.office import Office

# Work without an end is asked about each quarter, not urged.
KINDS = (Kind.DATED, Kind.PERIODIC, Kind.UNDATED)


@dataclass(frozen=True)
class Wanted:
    """What was asked for: `rows` are open, by agency; `answered` the agencies that have reported."""

    rows: dict[str, tuple[Obligation, ...]]
    answered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Addressee:
    """An officer, where to reach them, and what they are urged about."""

    person: Person
    address: Chat
    rows: tuple[Obligation, ...]


@dataclass(frozen=True)
class Reach:
    """Whom it would reach, which officers heard all of it today (person, agency), and agencies with nobody to reach."""

    addressees: tuple[Addressee, ...]
    urged: tuple[tuple[Person, str], ...]
    nobody: tuple[str, ...]


def step_of(today: date) -> str:
    """The step under which an urging is remembered: once a day for each person and obligation."""
    return f"urge:{today.isoformat()}"


def of_late(session: Session, office: Office, now: datetime) -> Wanted:
    """Everything that is late, and what was returned to be completed, from the first working day after the return."""
    rows = ((row, _lateness(office, row, now)) for row in _known(session, office))
    return Wanted(_by_agency(row for row, found in rows if found.is_late or (found.days_returned or 0) >= 1))


def of_agency(session: Session, office: Office, agency: str, now: datetime) -> Wanted:
    """What one agency is late with, has to complete, or must do within seven working days."""
    rows = (row for row in _known(session, office) if row.agency_id == agency)
    return Wanted(_by_agency(row for row in rows if _is_pressing(office, row, now)))


def of_task(session: Session, office: Office, code: str, number: int | None, now: datetime) -> Wanted:
    """For each agency the result of a task, or of the milestone of a `number`, that comes next and is not there."""
    rows = [row for row in _known(session, office) if row.task == code]
    if number is not None:
        rows = [row for row in rows if milestone_number(row.milestone) == number]
    found: dict[str, tuple[Obligation, ...]] = {}
    answered = []
    for agency in dict.fromkeys(row.agency_id for row in rows):
        own = [row for row in rows if row.agency_id == agency]
        still_open = in_order(office, [row for row in own if row.state == State.OPEN], now)
        pressing = [row for row in still_open if _is_pressing(office, row, now)]
        if pressing:
            found[agency] = (pressing[0],)
        elif any(row.state in ANSWERED for row in own):
            answered.append(agency)
        elif still_open:
            found[agency] = (still_open[0],)
    return Wanted(found, tuple(answered))


def of_rows(session: Session, office: Office, numbers: Iterable[int]) -> Wanted:
    """What is open of these obligations, in their order; those that no plan knows any more are left out."""
    found = (obligations.get(session, number) for number in dict.fromkeys(numbers))
    return Wanted(_by_agency(row for row in found if row is not None and may_be_urged(office, row)))


def may_be_urged(office: Office, row: Obligation) -> bool:
    """Whether somebody can be urged about it now: it is open, and asks for a result."""
    return row.state == State.OPEN and row.kind in KINDS and item_of(office, row) is not None


def reach(session: Session, office: Office, wanted: Wanted, now: datetime, *, asker: int | None = None) -> Reach:
    """Who can be reached about it now: who is reminded of it, stand-ins and heads where no officer is there included.

    Those who asked for quiet cannot be reached, and nobody (`asker`) urges himself.
    """
    step = step_of(office.today(now))
    found: dict[int, tuple[Person, Chat, list[Obligation]]] = {}
    covered: set[str] = set()
    urged: list[tuple[Person, str]] = []
    for recipient in recipients.officers(session, office, now):
        person = people.get(session, recipient.person_id)
        assert person is not None
        assert person.id is not None
        said = memory.said(session, person.id)
        for agency in recipient.agencies:
            rows = wanted.rows.get(agency, ())
            if not rows:
                continue
            covered.add(agency)
            if person.id == asker:
                continue
            if new := [row for row in rows if (row.id, row.due, step) not in said]:
                found.setdefault(person.id, (person, recipient.address, []))[2].extend(new)
            else:
                urged.append((person, agency))
    return Reach(
        tuple(Addressee(person, address, tuple(rows)) for person, address, rows in found.values()),
        tuple(urged),
        tuple(agency for agency in wanted.rows if agency not in covered),
    )


def _known(session: Session, office: Office) -> Sequence[Obligation]:
    rows = obligations.all_of(session, states=OPEN_OR_ANSWERED)
    return [row for row in rows if row.kind in KINDS and item_of(office, row)]


def _is_pressing(office: Office, row: Obligation, now: datetime) -> bool:
    found = _lateness(office, row, now)
    return found.is_late or found.is_returned or found.is_near


def _lateness(office: Office, row: Obligation, now: datetime) -> Lateness:
    """How what is open stands in time; nobody is urged about what is answered."""
    return office.lateness(row, office.today(now)) if row.state == State.OPEN else Lateness()


def _by_agency(rows: Iterable[Obligation]) -> dict[str, tuple[Obligation, ...]]:
    found: dict[str, tuple[Obligation, ...]] = {}
    for row in rows:
        found[row.agency_id] = (*found.get(row.agency_id, ()), row)
    return found
