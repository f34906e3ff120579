"""Many notices that one person causes in a short time: after a few the rest come in one message to each admin."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from progress.items import code_of
from store import deliveries, obligations, rates
from store.people_tables import Address, Person
from store.postings import Identity, Posting, notice, to_person
from store.rates import Limit
from store.types import DeliveryState
from words.mentions import mention
from words.office import Office

# Five at once, and then one in ten minutes: a morning's work of one officer comes through as it always did.
ALONE = Limit(600.0, 5)
GATHERS = timedelta(minutes=10)
SHOWN = 20


def may_come_alone(session: Session, person_id: int, now: datetime) -> bool:
    """Whether one more notice that a person causes leaves by itself; takes a place where it does."""
    return rates.allow(session, f"notices:{person_id}", ALONE, now)


def gather(session: Session, office: Office, by: Person, told: Posting, to: Address, now: datetime) -> None:
    """Puts what a notice is about into the one message to an admin that gathers them, and that leaves minutes later."""
    part = int(now.timestamp() // GATHERS.total_seconds())
    identity = Identity("gathered", f"{by.id}:{part}", person_id=to.person_id)
    row = deliveries.by_identity(session, identity)
    if row is None:
        heading = office.text("admin.gathered", person=mention(by.id or 0, by.name))
        made = replace(notice(identity, heading, "many notices in a short time"), caused_by=by.id)
        row = deliveries.post(session, to_person(to), replace(made, not_before=now + GATHERS), now)
    line = _line(session, office, told)
    if row is None or row.body is None or row.state != DeliveryState.DUE or not line:
        return
    parts = row.body["parts"]
    if line not in parts and len(parts) <= SHOWN:
        row.body = {**row.body, "parts": [*parts, line if len(parts) < SHOWN else office.text("admin.gathered_more")]}
        session.add(row)


def _line(session: Session, office: Office, told: Posting) -> str:
    """Which obligation a notice is about; no words of anybody, which stand where it is looked up."""
    row = obligations.get(session, told.obligation_id) if told.obligation_id is not None else None
    if row is None:
        return ""
    return office.text("admin.gathered_line", code=code_of(office, row), agency=office.agency_short(row.agency_id))
