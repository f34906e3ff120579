"""What people say about their proof sheets is answered in seven working days: admins are reminded before and after."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from progress.items import code_of
from scheduler.enqueue import admin_notice
from store import deliveries, obligations, opinions, people
from store.engine import Store
from store.people_tables import Person
from store.postings import Identity, notice
from store.report_tables import Opinion
from words.office import Office
from words.render import clip

# Working days: from so many before the day for the answer, and again after so many once it has passed.
NEAR, AGAIN = 1, 3
WORDS = 120
WHY = "opinions on proof sheets wait for an answer"


def remind(store: Store, office: Office, now: datetime) -> None:
    """One notice for each admin about what is to be answered by tomorrow, and one about what should have been."""
    if not office.may_send(now):
        return
    with store.look() as session:
        if not opinions.waiting(session):
            return
    today = office.today(now)
    with store.unit() as session:
        waiting = opinions.waiting(session)
        late = [each for each in waiting if each.due < today]
        near = [each for each in waiting if 0 <= office.calendar.distance(today, each.due) <= NEAR]
        _tell(session, office, "opinions-near", [each for each in near if each not in late], now)
        _tell(session, office, "opinions-late", late, now)


def _tell(session: Session, office: Office, occasion: str, found: Sequence[Opinion], now: datetime) -> None:
    if not found:
        return
    today = office.today(now)
    text = office.text("opinion.remind", late=found[0].due < today, items=_items(session, office, found))
    for person, address in people.admins(session):
        if not _told_lately(session, office, occasion, person, today):
            admin_notice(session, (person, address), notice(Identity(occasion, day=today), text, WHY), now)


def _items(session: Session, office: Office, found: Sequence[Opinion]) -> list[tuple[str, str, str, date, str]]:
    rows = [(each, obligations.get(session, each.obligation_id)) for each in found]
    return [
        (f"Y{each.id}", code_of(office, row), office.agency_short(row.agency_id), each.due, clip(each.words, WORDS))
        for each, row in rows
        if row is not None
    ]


def _told_lately(session: Session, office: Office, occasion: str, person: Person, today: date) -> bool:
    days = (office.calendar.shift(today, -back) for back in range(AGAIN))
    return any(deliveries.exists(session, Identity(occasion, day=day).to(person.id)) for day in days)
