"""Answers that wait long for a head or for the office come back to those who decide, every three working days."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session

from plan.status import EventKind
from progress import review
from progress.items import item_of, label
from scheduler.enqueue import admin_notice
from store import deliveries, obligations
from store.engine import Store
from store.people_tables import Address, Person
from store.postings import Identity, notice
from store.tables import Obligation
from words.office import Office

LONG = 3
WHY = "answers wait for a decision"


def long_waits(store: Store, office: Office, now: datetime) -> None:
    """One notice for each reviewer with everything that has waited three working days or more."""
    if not office.may_send(now):
        return
    with store.look() as session:
        if not list(_waiting(session, office, now)):
            return
    with store.unit() as session:
        for person, address, found in _by_reviewer(session, office, now):
            if _told_lately(session, office, person, now):
                continue
            items = [
                (label(item), office.agency_short(row.agency_id), days)
                for row, days in found
                if (item := item_of(office, row)) is not None
            ]
            text = office.text("review.long", days=LONG, items=items)
            admin_notice(session, (person, address), notice(_identity(office.today(now)), text, WHY), now)


def _waiting(session: Session, office: Office, now: datetime) -> Iterable[tuple[Obligation, int]]:
    """What waits, with the working days since it began to, from the third on."""
    for row in obligations.at_review(session):
        since = [
            event.at
            for event in obligations.events_of(session, row.id or 0)
            if event.kind in (EventKind.TO_HEAD, EventKind.TO_REVIEW)
        ]
        days = office.calendar.distance(office.today(since[-1]), office.today(now))
        if days > LONG:
            yield row, days


def _by_reviewer(
    session: Session, office: Office, now: datetime
) -> list[tuple[Person, Address, list[tuple[Obligation, int]]]]:
    found: dict[int, tuple[Person, Address, list[tuple[Obligation, int]]]] = {}
    for row, days in _waiting(session, office, now):
        for person, address in review.reviewers(session, row):
            found.setdefault(person.id or 0, (person, address, []))[2].append((row, days))
    return list(found.values())


def _identity(today: date) -> Identity:
    return Identity("review-waits", day=today)


def _told_lately(session: Session, office: Office, person: Person, now: datetime) -> bool:
    today = office.today(now)
    days = (office.calendar.shift(today, -back) for back in range(LONG))
    return any(deliveries.exists(session, _identity(day).to(person.id)) for day in days)
