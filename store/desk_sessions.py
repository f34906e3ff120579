"""Who is signed in at the screen: tokens are 128 bits, kept as SHA-256, and end with the role."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from store import audit, people
from store.audit_actions import Action
from store.desk_tables import DeskSession, Stage

TOKEN_BYTES = 16
SIGNED_IN, SIGNED_OUT, ENDED = Action.DESK_SIGNED_IN, Action.DESK_SIGNED_OUT, Action.DESK_SESSION_ENDED
VIA = "desk:door"


@dataclass(frozen=True)
class Computer:
    """From where somebody signs in: the device's own token, what its browser calls itself, its network address."""

    device: str
    browser: str
    address: str


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(
    session: Session,
    person_id: int,
    stage: Stage,
    at: Computer,
    now: datetime,
    *,
    second_at: datetime | None = None,
) -> str:
    """Makes a session with a token of its own, which is given here and kept nowhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = DeskSession(
        person_id=person_id,
        stage=stage,
        token_hash=hashed(token),
        device_hash=hashed(at.device) if at.device else "",
        browser=at.browser,
        address=at.address,
        made_at=now,
        seen_at=now,
        second_at=second_at,
    )
    session.add(row)
    session.flush()
    if stage == Stage.IN:
        audit.record(session, SIGNED_IN, f"person:{person_id}", now, via=VIA, actor=person_id, number=row.id)
    return token


def of_token(session: Session, token: str) -> DeskSession | None:
    """The live session of a token, while its person holds a role that they held when it began; None for any other.

    Who lost every role and got one anew signs in anew.
    """
    if not token:
        return None
    live = col(DeskSession.ended_at).is_(None)
    row = session.exec(select(DeskSession).where(DeskSession.token_hash == hashed(token), live)).first()
    if row is None:
        return None
    held = people.memberships(session, row.person_id)
    return row if any(each.since <= row.made_at for each in held) else None


def get(session: Session, number: int) -> DeskSession | None:
    """One session by its number, ended or not."""
    return session.get(DeskSession, number)


def live_of(session: Session, person_id: int) -> Sequence[DeskSession]:
    """A person's sessions that are signed in, the oldest first."""
    query = select(DeskSession).where(
        DeskSession.person_id == person_id, DeskSession.stage == Stage.IN, col(DeskSession.ended_at).is_(None)
    )
    return session.exec(query.order_by(col(DeskSession.id))).all()


def live(session: Session) -> Sequence[DeskSession]:
    """Everybody's sessions that are signed in, the one last used first."""
    query = select(DeskSession).where(DeskSession.stage == Stage.IN, col(DeskSession.ended_at).is_(None))
    return session.exec(query.order_by(col(DeskSession.seen_at).desc(), col(DeskSession.id))).all()


def proved_since(session: Session, person_id: int, device: str, since: datetime) -> datetime | None:
    """When somebody last gave the second thing on this device, from an instant on (UTC); None where they did not."""
    query = select(DeskSession.second_at).where(
        DeskSession.person_id == person_id,
        DeskSession.device_hash == hashed(device),
        col(DeskSession.second_at) >= since,
    )
    return session.exec(query.order_by(col(DeskSession.second_at).desc()).limit(1)).first() if device else None


def last_seen_by_person(session: Session) -> dict[int, datetime]:
    """The same of everybody who ever was."""
    query = select(DeskSession.person_id, func.max(DeskSession.seen_at)).where(DeskSession.stage == Stage.IN)
    return dict(session.exec(query.group_by(col(DeskSession.person_id))).all())


def last_seen(session: Session, person_id: int) -> datetime | None:
    """When somebody was last signed in and did something (UTC)."""
    query = select(DeskSession.seen_at).where(DeskSession.person_id == person_id, DeskSession.stage == Stage.IN)
    return session.exec(query.order_by(col(DeskSession.seen_at).desc()).limit(1)).first()


def touch(session: Session, number: int, now: datetime) -> None:
    """Notes that the person did something."""
    row = session.get_one(DeskSession, number)
    row.seen_at = now
    session.add(row)


def end(session: Session, row: DeskSession, why: str, now: datetime, *, actor: int | None = None) -> None:
    """Ends a session; of one that was signed in the audit says why."""
    if row.ended_at is not None:
        return
    row.ended_at, row.ended_why = now, why
    session.add(row)
    session.flush()
    if row.stage == Stage.IN:
        action = SIGNED_OUT if actor == row.person_id else ENDED
        audit.record(session, action, f"person:{row.person_id}", now, via=VIA, actor=actor, number=row.id, why=why)


def end_all(session: Session, person_id: int, why: str, now: datetime, *, actor: int | None, but: int = 0) -> int:
    """Ends every session of a person but one; returns how many."""
    ended = [each for each in live_of(session, person_id) if each.id != but]
    for each in ended:
        end(session, each, why, now, actor=actor)
    return len(ended)
