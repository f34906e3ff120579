"""What is late and was not said to somebody yet: the admins' list of what has been late for three working days."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from channels.abilities import Abilities
from plan.model import Kind
from plan.people import Role
from plan.reminders import DueStep, Owed, Step
from progress.reminded import begun
from reports.figures.boxes import Box, Line
from reports.figures.in_words import code_of, group_line, grouped
from reports.figures.summary import build
from scheduler.enqueue import perhaps_said
from scheduler.paged import page_of
from store import deliveries, horizon, memory, people
from store.engine import Store
from store.people_tables import Address
from store.postings import Identity, Posting, to_person
from store.tables import Delivery, Obligation
from store.types import DeliveryKind
from words.message import Message, say
from words.office import Office


@dataclass(frozen=True)
class Rung:
    """A step after the deadline of which admins read a list: `after` in working days.

    The compiling agency's own work is left out where the list offers what that agency would send to itself.
    """

    step: str
    after: int
    occasion: str
    of_compiler: bool = True

    def step_of(self, office: Office, row: Obligation, today: date) -> str:
        """The step where the obligation has come to it, "" where it has not."""
        if row.agency_id == office.compiler and not self.of_compiler:
            return ""
        found = office.lateness(row, today)
        return self.step if found.is_late and found.days_late >= self.after else ""

    def identity(self, person_id: int, today: date) -> Identity:
        """The identity of a person's list of a day."""
        return Identity(self.occasion, day=today, person_id=person_id)


ADMINS = Rung("admin:+3", 3, "late")


Unsaid = tuple[Obligation, str]
"""What somebody is to hear of, and the step under which it is remembered."""


def unsaid(
    session: Session,
    office: Office,
    person_id: int,
    rows: Iterable[Obligation],
    step_of: Callable[[Office, Obligation, date], str],
    today: date,
) -> list[Unsaid]:
    """The rows that have come to a step (`step_of` gives it, "" for none) of which a person was not told; a new date
    counts as a new lateness."""
    rows = list(rows)
    said = memory.said(session, person_id, [row.id or 0 for row in rows])
    found = _come_to(session, office, rows, step_of, today)
    return [(row, step) for row, step in found if (row.id, row.due, step) not in said]


def _come_to(
    session: Session,
    office: Office,
    rows: Sequence[Obligation],
    step_of: Callable[[Office, Obligation, date], str],
    today: date,
) -> list[Unsaid]:
    return [
        (row, step)
        for row in (begun(session, office, rows) if rows else ())
        if row.plan_id in office.plans and (step := step_of(office, row, today))
    ]


def tell_admins(store: Store, office: Office, now: datetime, rung: Rung | None = None) -> int:
    """Plans for each admin one list a day of what has newly come to a rung, the third working day of lateness unless
    told otherwise; returns how many."""
    if not office.may_send(now):
        return 0
    rung, today = rung or ADMINS, office.today(now)
    with store.look() as session:
        left = _without_list(session, rung, today)
        waiting = [each for each in left if _unsaid_of_others(session, office, each, rung, today)]
    for person_id in waiting:
        with store.unit() as session:
            _plan(session, office, rung, person_id, left[person_id], today, now)
    return len(waiting)


def _without_list(session: Session, rung: Rung, today: date) -> dict[int, Address]:
    """The admins for whom no list of the rung was made on a local day, and where they are reached."""
    admins = {person.id: address for person, address in people.admins(session) if person.id is not None}
    identity_of = {each: rung.identity(each, today) for each in admins}
    told = deliveries.known(session, identity_of.values())
    return {each: address for each, address in admins.items() if identity_of[each].key not in told}


def _unsaid_of_others(session: Session, office: Office, person_id: int, rung: Rung, today: date) -> list[Unsaid]:
    """What an admin may urge others about: of their own agency's work they are reminded as its officer."""
    # In the course of a year much is late, and little of it is new: the database leaves out what was said.
    before = office.calendar.shift(today, -rung.after) + timedelta(days=1)
    rows = horizon.unsaid(session, person_id, rung.step, before)
    own = people.agencies_of(session, person_id, (Role.OFFICER,)) if rows else []
    of_others = [row for row in rows if row.agency_id not in own]
    return _come_to(session, office, of_others, rung.step_of, today)


def _plan(
    session: Session, office: Office, rung: Rung, person_id: int, address: Address, today: date, now: datetime
) -> None:
    found = _unsaid_of_others(session, office, person_id, rung, today)
    if not found:
        return
    why = f"obligations have been late for {rung.after} working days"
    doubts = perhaps_said(session, office, now)
    posting = Posting(DeliveryKind.NOTICE, why, rung.identity(person_id, today), doubts=doubts)
    row = deliveries.post(session, to_person(address), posting, now)
    if row is not None:
        remember(session, person_id, found, row)


def still_late(session: Session, office: Office, row: Delivery, now: datetime) -> list[Line]:
    """What a list was planned about and is late at the moment it is sent."""
    told = {each.obligation_id for each in memory.of_delivery(session, deliveries.first_page(session, row).id or 0)}
    return [line for line in build(session, office, now).lines if line.id in told and line.box is Box.OVERDUE]


def remember(session: Session, person_id: int, found: Sequence[Unsaid], delivery: Delivery) -> None:
    """Notes that a person hears of these obligations with a delivery."""
    session.add(delivery)
    # The memory keeps which step was said of what, and no day.
    today = delivery.created_at.date()
    steps = [DueStep(Owed(each.id or 0, Kind(each.kind), each.due), Step(step, None, today)) for each, step in found]
    memory.remember(session, person_id, steps, delivery.id)


def make(session: Session, office: Office, row: Delivery, now: datetime, can: Abilities) -> Message | None:
    """The page of the admins' list that a row stands for: what was answered by then is left out."""
    lines = still_late(session, office, row, now)
    if not lines:
        return None
    lines.sort(key=lambda line: (line.due or date.max, line.id))
    heading = office.text("urge.admins", count=len(lines), today=office.today(now), days=ADMINS.after)
    groups = [group_line(office, group, "overdue.group") for group in grouped(lines)]
    footer = office.text("urge.admins_footer", code=code_of(lines[0]))
    return page_of(session, office, row, [say(heading, *groups, footer)], can, now)
