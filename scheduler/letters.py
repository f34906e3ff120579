"""The +5 rung: agencies that reminding does not move; the admins are offered the draft of a letter to each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session

from delivery.sender import Maker
from plan.status import State
from reports.letter import buttons
from reports.summary import Box, Line, build
from reports.told import code_of
from scheduler.enqueue import perhaps_said
from scheduler.late import remember, unsaid
from scheduler.paged import first_row, page
from store import deliveries, memory, obligations, people
from store.engine import Store
from store.people_tables import Address
from store.tables import Delivery
from store.types import DeliveryKind
from words.message import Message, pages, say
from words.office import Office

AFTER, STEP = 5, "letter:+5"
HEAD = "letters:"


def is_ours(row: Delivery) -> bool:
    """Whether a notice is this list."""
    return (row.subject or "").startswith(HEAD)


def offer(store: Store, office: Office, now: datetime) -> int:
    """Plans for each admin one message a day about what has newly been late for five working days; returns how many."""
    if not office.may_send(now):
        return 0
    today = office.today(now)
    with store.look() as session:
        rows = obligations.all_of(session, states=(State.OPEN,), due_before=today)
        waiting = [
            (person.id, address)
            for person, address in people.admins(session)
            if person.id is not None
            and not deliveries.exists(session, _subject(person.id, today))
            and unsaid(session, office, person.id, rows, STEP, AFTER, today)
        ]
    for person_id, address in waiting:
        with store.unit() as session:
            _plan(session, office, person_id, address, today, now)
    return len(waiting)


def _subject(person_id: int, today: date) -> str:
    return f"{HEAD}{today.isoformat()}:{person_id}"


def _plan(session: Session, office: Office, person_id: int, address: Address, today: date, now: datetime) -> None:
    rows = obligations.all_of(session, states=(State.OPEN,), due_before=today)
    found = unsaid(session, office, person_id, rows, STEP, AFTER, today)
    subject = _subject(person_id, today)
    if not found or deliveries.exists(session, subject):
        return
    row = deliveries.plan(
        session,
        DeliveryKind.NOTICE,
        address.channel,
        address.chat,
        "obligations have been late for five working days",
        now,
        subject=subject,
        person_id=person_id,
    )
    row.doubts = perhaps_said(session, office, now)
    remember(session, person_id, found, STEP, row)


def maker(limit: int) -> Maker:
    """The maker of the list: what was answered by then is left out."""

    def make(session: Session, office: Office, row: Delivery, now: datetime) -> Message | None:
        told = {each.obligation_id for each in memory.of_delivery(session, first_row(session, row).id or 0)}
        lines = [line for line in build(session, office, now).lines if line.id in told and line.box is Box.OVERDUE]
        if not lines:
            return None
        by_agency = _by_agency(office, lines)
        heading = office.text("letter.overdue", days=AFTER, today=office.today(now))
        listed = [_line(office, agency, owed) for agency, owed in by_agency.items()]
        message = say(heading, "\n".join(listed), buttons=buttons(office, list(by_agency)))
        return page(session, row, pages(message, limit), now)

    return make


def _by_agency(office: Office, lines: Sequence[Line]) -> Mapping[str, list[Line]]:
    agencies = office.in_order({line.agency for line in lines})
    return {agency: [line for line in lines if line.agency == agency] for agency in agencies}


def _line(office: Office, agency: str, lines: Sequence[Line]) -> str:
    owed = [(code_of(line), -(line.days or 0)) for line in lines]
    return office.text("letter.overdue_line", agency=office.agency_short(agency), owed=owed)
