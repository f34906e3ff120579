"""Wrong attempts at the door: five of a person from one address, and that pair waits; nobody locks another out from
elsewhere."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from store import audit
from store.audit_actions import Action
from store.desk_tables import DeskFailure

MOST = 5
WAIT = timedelta(minutes=15)
HELD_UP = Action.DESK_HELD_UP


def waits_until(session: Session, person_id: int, address: str, now: datetime) -> datetime | None:
    """Until when a person is not let in from an address (UTC); None where they may try."""
    row = _of(session, person_id, address)
    return row.until if row is not None and row.until is not None and row.until > now else None


def note(session: Session, person_id: int, address: str, now: datetime) -> bool:
    """Counts a wrong attempt; True where the pair waits from now on."""
    row = _of(session, person_id, address) or DeskFailure(person_id=person_id, address=address, last_at=now)
    # What was long ago was another day's mistyping.
    row.count, row.last_at = 1 if now - row.last_at > WAIT else row.count + 1, now
    held_up = row.count >= MOST
    if held_up:
        row.count, row.until = 0, now + WAIT
        audit.record(session, HELD_UP, f"person:{person_id}", now, via="desk:door")
    session.add(row)
    session.flush()
    return held_up


def forget(session: Session, person_id: int, address: str) -> None:
    """A right attempt ends the count."""
    row = _of(session, person_id, address)
    if row is not None:
        session.delete(row)
        session.flush()


def _of(session: Session, person_id: int, address: str) -> DeskFailure | None:
    query = select(DeskFailure).where(DeskFailure.person_id == person_id, DeskFailure.address == address)
    return session.exec(query).first()
