"""An agency that left every plan, retired or merged: what it still owed is named to the admins, once."""

from datetime import datetime

from sqlmodel import Session

from plan.status import State
from scheduler.enqueue import admin_notice
from store import obligations, people
from store.current_office import is_assigned
from store.postings import Identity, notice
from store.tables import Obligation
from words import codes
from words.office import Office


def tell(session: Session, office: Office, now: datetime) -> None:
    """One notice for an agency and the work it leaves: what left the plan with it, and what was given in the chat."""
    known = {agency.id for plan in office.plans.values() if not is_assigned(plan.id) for agency in plan.agencies}
    gone = {agency: name for agency, name in obligations.agencies(session).items() if agency not in known}
    for agency, name in gone.items():
        rows = obligations.of_agencies(session, [agency], states=(State.OPEN, State.RETIRED))
        left = [row for row in rows if row.state == State.OPEN or row.retired_from == State.OPEN]
        if left:
            _tell(session, office, agency, name, left, now)


def _tell(session: Session, office: Office, agency: str, name: str, rows: list[Obligation], now: datetime) -> None:
    open_codes = sorted({row.task for row in rows if row.state == State.OPEN}, key=codes.sort_key)
    settled = sum(1 for row in rows if row.state == State.RETIRED)
    identity = Identity("left", f"{agency}:{settled}:{','.join(open_codes)}")
    text = office.text("ending.left", agency=name, settled=settled, tasks=open_codes)
    for admin in people.admins(session):
        admin_notice(session, admin, notice(identity, text, "an agency left the plan with open work"), now)
