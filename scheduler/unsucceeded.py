"""An agency that ends and has nobody after it: the admins are asked who goes on with its work, each week until it is.

Its work stays its own until somebody takes it: nobody is guessed.
"""

from datetime import date, datetime

from sqlmodel import Session

from plan.model import Agency
from plan.status import State
from scheduler.enqueue import admin_notice
from store import obligations, people
from store.current_office import is_assigned
from store.postings import Identity, notice
from store.tables import Obligation
from words import codes
from words.office import Office


def tell(session: Session, office: Office, now: datetime) -> None:
    """Once as soon as its end is known, and each week from the day after it, while it owes anything."""
    today = office.today(now)
    ending = {
        agency.id: agency
        for plan in office.plans.values()
        if not is_assigned(plan.id)
        for agency in plan.agencies
        if agency.until is not None and not agency.successors
    }
    for agency in ending.values():
        if rows := obligations.of_agencies(session, [agency.id], states=(State.OPEN,)):
            _tell(session, office, agency, list(rows), today, now)


def _tell(session: Session, office: Office, agency: Agency, rows: list[Obligation], today: date, now: datetime) -> None:
    until = agency.until or today
    week = max(0, (today - until).days + 6) // 7
    tasks = sorted({row.task for row in rows}, key=codes.sort_key)
    text = office.text(
        "ending.unsucceeded",
        agency=agency.name,
        short=agency.short,
        until=until,
        over=today > until,
        count=len(rows),
        tasks=tasks,
        first=tasks[0],
    )
    identity = Identity("unsucceeded", f"{agency.id}:{until}:{week}")
    for admin in people.admins(session):
        admin_notice(session, admin, notice(identity, text, "an agency ends and has no successor"), now)
