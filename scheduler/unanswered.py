"""What admins are asked is answered in seven working days: they read once a day what is not.

Requests, causes of delay, opinions on proof sheets, and questions that were forwarded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from plan.causes import answer_by
from plan.workdays import Calendar
from progress.items import code_of
from scheduler.enqueue import admin_notice
from store import deliveries, inquiries, opinions, people, requests
from store.answer_tables import Request
from store.engine import Store
from store.people_tables import Address, Person
from store.postings import Identity, notice
from store.report_tables import Inquiry, Opinion
from store.tables import Obligation
from words.office import Office
from words.render import clip

# Working days: from the one before the day for the answer, on the one after it, and again after so many.
NEAR, AGAIN = 1, 3
LOOKED_BACK, SHOWN, WORDS = 10, 15, 120
WHY = "requests, causes, opinions and questions wait for an answer"


@dataclass(frozen=True)
class Waiting:
    """What waits for an admin's word; `due` is the last local day in time for it."""

    reference: str
    kind: str
    code: str
    agency: str
    due: date
    words: str

    @staticmethod
    def of_request(office: Office, row: Obligation, asked: Request) -> "Waiting":
        """A request or a cause of delay."""
        due = answer_by(office.calendar, office.today(asked.asked_at))
        return Waiting(f"R{asked.id}", asked.kind, code_of(office, row), row.agency_id, due, asked.reason)

    @staticmethod
    def of_opinion(office: Office, row: Obligation, said: Opinion) -> "Waiting":
        """An opinion on a proof sheet."""
        return Waiting(f"Y{said.id}", "opinion", code_of(office, row), row.agency_id, said.due, said.words)

    @staticmethod
    def of_inquiry(said: Inquiry) -> "Waiting":
        """A question that was forwarded."""
        return Waiting(f"H{said.id}", "inquiry", said.code, said.agency_id, said.due, said.words)


def remind(store: Store, office: Office, now: datetime) -> None:
    """One notice for each admin about what is to be answered by tomorrow and what should have been."""
    if not office.may_send(now):
        return
    today = office.today(now)
    with store.look() as session:
        if not _to_be_told(session, office, _pressing(session, office, today), today):
            return
    with store.unit() as session:
        found = _pressing(session, office, today)
        text = _in_words(office, found, today)
        for admin in _to_be_told(session, office, found, today):
            admin_notice(session, admin, notice(_identity(today), text, WHY), now)


def _to_be_told(
    session: Session, office: Office, found: Sequence[Waiting], today: date
) -> list[tuple[Person, Address]]:
    """The admins to whom something of this is new."""
    told = []
    for person, address in people.admins(session) if found else ():
        since = _last_told(session, office, person, today)
        if any(_is_to_be_said(office.calendar, each.due, since, today) for each in found):
            told.append((person, address))
    return told


def _pressing(session: Session, office: Office, today: date) -> list[Waiting]:
    """All that is to be answered by tomorrow, or was to be before; the earliest day first."""

    def row_of(about: Request | Opinion) -> Obligation:
        return session.get_one(Obligation, about.obligation_id)

    waiting = [
        *(Waiting.of_request(office, row_of(each), each) for each in requests.all_waiting(session)),
        *(Waiting.of_opinion(office, row_of(each), each) for each in opinions.waiting(session)),
        *map(Waiting.of_inquiry, inquiries.waiting(session)),
    ]
    near = office.calendar.shift(today, NEAR)
    return sorted((each for each in waiting if each.due <= near), key=lambda each: (each.due, each.reference))


def _is_to_be_said(calendar: Calendar, due: date, since: date, today: date) -> bool:
    """Whether of a day for an answer something is new after `since`: it is near, it has passed, or has so again."""
    days = (calendar.shift(today, -back) for back in range(LOOKED_BACK))
    return any(since < day and _is_a_step(calendar, due, day) for day in days)


def _is_a_step(calendar: Calendar, due: date, day: date) -> bool:
    if day <= due:
        return calendar.distance(day, due) == NEAR
    return (calendar.distance(due, day) - 1) % AGAIN == 0


def _last_told(session: Session, office: Office, person: Person, today: date) -> date:
    """The last local day on which an admin was told, of those that are looked back to; the one before them for none."""
    for back in range(LOOKED_BACK):
        day = office.calendar.shift(today, -back)
        if deliveries.exists(session, _identity(day).to(person.id)):
            return day
    return office.calendar.shift(today, -LOOKED_BACK)


def _in_words(office: Office, found: Sequence[Waiting], today: date) -> str:
    items = [_item(office, each, today) for each in found]
    late = sum(each.due < today for each in found)
    more = max(len(items) - SHOWN, 0)
    return office.text("waiting.remind", late=late, count=len(items), items=items[:SHOWN], more=more)


def _item(office: Office, each: Waiting, today: date) -> dict[str, object]:
    return {
        "reference": each.reference,
        "code": each.code,
        "agency": office.agency_short(each.agency),
        "kind": office.text(f"waiting.of_{each.kind}"),
        "due": each.due,
        "late": each.due < today,
        "words": clip(each.words, WORDS),
    }


def _identity(today: date) -> Identity:
    return Identity("unanswered", day=today)
