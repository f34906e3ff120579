"""Once a year the admins are told that it is time to review who has which right: once for each review that is due."""

from datetime import datetime

from sqlmodel import Session

from progress.acts import reviewing
from scheduler.enqueue import admin_notice, untold_admins
from store.postings import Identity, notice
from words.office import Office


def tell(session: Session, office: Office, now: datetime) -> None:
    """Where a year has passed since the last review, or since the first person came."""
    found = reviewing.last(session)
    if found.due is None or not found.is_due(now):
        return
    identity = Identity("rights-due", day=office.today(found.due))
    text = office.text("admin.rights_due", at=found.at, screen=office.desk_address)
    for admin in untold_admins(session, identity):
        admin_notice(session, admin, notice(identity, text, "the yearly review of rights is due"), now)
