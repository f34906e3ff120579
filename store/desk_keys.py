"""Passphrases, which somebody else confirms before they open anything, and the secrets of authenticators' apps."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from store import audit, people
from store.audit_actions import Action
from store.desk_tables import DeskAuthenticator, DeskKey

SET, CONFIRMED, REFUSED = Action.DESK_KEY_SET, Action.DESK_KEY_CONFIRMED, Action.DESK_KEY_REFUSED
AUTHENTICATOR = Action.DESK_AUTHENTICATOR
VIA = "desk:door"
# So long a secret is shown that an app is to learn.
OFFERED = timedelta(minutes=10)


def live(session: Session, person_id: int) -> DeskKey | None:
    """The passphrase that lets a person in; while there is none, the one that waits to be confirmed."""
    rows = _standing(session, person_id)
    return next((each for each in rows if each.confirmed_at is not None), rows[-1] if rows else None)


def _standing(session: Session, person_id: int) -> Sequence[DeskKey]:
    query = select(DeskKey).where(DeskKey.person_id == person_id, col(DeskKey.ended_at).is_(None))
    return session.exec(query.order_by(col(DeskKey.id))).all()


def every(session: Session) -> dict[int, DeskKey]:
    """The passphrase of everybody who has one, as `live` gives it."""
    query = select(DeskKey).where(col(DeskKey.ended_at).is_(None))
    in_order = query.order_by(col(DeskKey.confirmed_at).is_not(None), col(DeskKey.id))
    return {each.person_id: each for each in session.exec(in_order)}


def put(session: Session, person_id: int, secret: str, now: datetime, *, confirmed: bool, via: str = VIA) -> DeskKey:
    """Sets a passphrase, given as argon2id keeps it (one writer: store.engine).

    One that waits takes the place of another that waits; the one that lets the person in goes when the new one is
    confirmed, so that who has only stolen a chat locks nobody out.
    """
    _end(session, [each for each in _standing(session, person_id) if confirmed or each.confirmed_at is None], now)
    row = DeskKey(person_id=person_id, secret=secret, made_at=now, confirmed_at=now if confirmed else None)
    session.add(row)
    session.flush()
    audit.record(session, SET, f"person:{person_id}", now, via=via, actor=person_id, key=row.id, confirmed=confirmed)
    return row


def _end(session: Session, rows: Sequence[DeskKey], now: datetime) -> None:
    for each in rows:
        each.ended_at = now
        session.add(each)
    session.flush()


def replace_secret(session: Session, row: DeskKey, secret: str) -> None:
    """The same passphrase, hashed anew with today's parameters."""
    row.secret = secret
    session.add(row)


def get(session: Session, number: int) -> DeskKey | None:
    """One passphrase by its number."""
    return session.get(DeskKey, number)


def waiting(session: Session) -> Sequence[DeskKey]:
    """The passphrases that wait to be confirmed, the oldest first."""
    query = select(DeskKey).where(col(DeskKey.confirmed_at).is_(None), col(DeskKey.ended_at).is_(None))
    return session.exec(query.order_by(col(DeskKey.id))).all()


def may_confirm(row: DeskKey, admin: int) -> bool:
    """Whether this admin is a second person."""
    return admin != row.person_id


def confirmers(session: Session, row: DeskKey) -> list[int]:
    """The admins who can be reached and may confirm it."""
    found = [person.id for person, _ in people.admins(session) if person.id is not None]
    return [each for each in found if may_confirm(row, each)]


def decide(session: Session, row: DeskKey, now: datetime, *, granted: bool, by: int, via: str) -> None:
    """Confirms a passphrase, which takes the place of the one before, or ends it."""
    if granted:
        _end(session, [each for each in _standing(session, row.person_id) if each.id != row.id], now)
        row.confirmed_at, row.confirmed_by = now, by
    else:
        row.ended_at = now
    session.add(row)
    action = CONFIRMED if granted else REFUSED
    audit.record(session, action, f"person:{row.person_id}", now, via=via, actor=by, key=row.id)


def authenticator(session: Session, person_id: int) -> DeskAuthenticator | None:
    """The authenticator of a person, once it was proven."""
    query = select(DeskAuthenticator).where(
        DeskAuthenticator.person_id == person_id, col(DeskAuthenticator.proven_at).is_not(None)
    )
    return session.exec(query.order_by(col(DeskAuthenticator.id).desc()).limit(1)).first()


def offered(session: Session, person_id: int, now: datetime) -> DeskAuthenticator | None:
    """The authenticator that was offered to a person a short while ago, and of which no code was typed yet."""
    query = select(DeskAuthenticator).where(
        DeskAuthenticator.person_id == person_id,
        col(DeskAuthenticator.proven_at).is_(None),
        col(DeskAuthenticator.made_at) > now - OFFERED,
    )
    return session.exec(query.order_by(col(DeskAuthenticator.id).desc()).limit(1)).first()


def offer_authenticator(session: Session, person_id: int, secret: str, now: datetime) -> DeskAuthenticator:
    """Keeps a secret that the person's app is to learn, encrypted; it counts once a code of it is typed."""
    row = DeskAuthenticator(person_id=person_id, secret=secret, made_at=now)
    session.add(row)
    session.flush()
    return row


def authenticators(session: Session) -> Sequence[DeskAuthenticator]:
    """All of them, proven or not."""
    return session.exec(select(DeskAuthenticator).order_by(col(DeskAuthenticator.id))).all()


def keep_sealed(session: Session, row: DeskAuthenticator, secret: str) -> None:
    """The same secret, encrypted."""
    row.secret = secret
    session.add(row)
    session.flush()


def take_step(session: Session, row: DeskAuthenticator, step: int, now: datetime) -> bool:
    """Takes a code's step of time, each once; the first proves the app."""
    if step <= row.last_step:
        return False
    row.last_step = step
    if row.proven_at is None:
        row.proven_at = now
        subject = f"person:{row.person_id}"
        audit.record(session, AUTHENTICATOR, subject, now, via=VIA, actor=row.person_id, authenticator=row.id)
    session.add(row)
    session.flush()
    return True
