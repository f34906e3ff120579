"""Invites: one-time codes kept as hashes; those made for people by name are given a new link when they are printed."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from plan.people import Role
from store import audit, people
from store.audit_actions import Action
from store.people_tables import Invite
from words.invite_codes import DIGITS

INVITE_DAYS = 14
VALID = timedelta(days=INVITE_DAYS)
# What is kept of a typed code, before the channel on which it works and its HMAC.
TYPED = "typed:"


@dataclass(frozen=True)
class Typed:
    """That a code is typed, on one channel alone, and the key of what is kept of it."""

    key: bytes
    channel: str


def make(
    session: Session,
    agency_id: str,
    role: Role,
    made_by: int | None,
    now: datetime,
    *,
    via: str = "cli",
    label: str = "",
    typed: Typed | None = None,
) -> str:
    """Makes a one-time code of 256 bits, good for 14 days; only its hash is kept. `label` says whom it is for.

    `typed` makes it one to be typed: eight digits, which the few guesses that anybody has do not find.
    Whoever reads the database would try them all in a second, so their HMAC is kept and the key is not.
    """
    code, kept = _new_code(session, typed)
    row = Invite(
        label=label,
        code_hash=kept,
        agency_id=agency_id,
        role=role,
        made_by=made_by,
        made_at=now,
        expires_at=now + VALID,
    )
    session.add(row)
    session.flush()
    audit.record(
        session, Action.INVITE_MADE, f"invite:{row.id}", now, via=via, actor=made_by, agency=agency_id, role=str(role)
    )
    return code


def make_for_way(
    session: Session, person_id: int, made_by: int | None, now: datetime, *, via: str, typed: Typed
) -> str:
    """Makes a one-time code, to be typed, by which somebody who has a role gets a further way, and no role; those made
    for them before are worthless."""
    held = people.memberships(session, person_id)[0]
    for former in session.exec(_working(select(Invite).where(Invite.person_id == person_id), now)):
        former.revoked_at = now
        session.add(former)
    code, kept = _new_code(session, typed)
    row = Invite(
        code_hash=kept,
        agency_id=held.agency_id,
        role=held.role,
        made_by=made_by,
        made_at=now,
        expires_at=now + timedelta(days=INVITE_DAYS),
        person_id=person_id,
    )
    session.add(row)
    session.flush()
    audit.record(session, Action.WAY_CODE, f"person:{person_id}", now, via=via, actor=made_by, invite=row.id)
    return code


def _new_code(session: Session, typed: Typed | None) -> tuple[str, str]:
    """A code and what is kept of it; of eight digits, where it is typed, such as no invite of any channel ever had."""
    if typed is None:
        code = secrets.token_urlsafe(32)
        return code, hash_of(code)
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        if session.exec(select(Invite.id).where(_is_typed(code, typed.key))).first() is None:
            return code, typed_hash(code, typed)


def still_open(session: Session, now: datetime) -> Sequence[Invite]:
    """The invites of who comes new that would still work, the newest last."""
    query = _working(select(Invite), now).where(col(Invite.person_id).is_(None))
    return session.exec(query.order_by(col(Invite.id))).all()


def revoke(session: Session, invite_id: int, now: datetime, *, via: str, actor: int | None) -> Invite | None:
    """Makes an invite worthless; None when it does not work any more anyway."""
    row = by_id(session, invite_id, now)
    if row is None:
        return None
    row.revoked_at = now
    session.add(row)
    audit.record(session, Action.INVITE_REVOKED, f"invite:{row.id}", now, via=via, actor=actor)
    return row


def _working(query: SelectOfScalar[Invite], now: datetime) -> SelectOfScalar[Invite]:
    return query.where(col(Invite.used_at).is_(None), col(Invite.revoked_at).is_(None), col(Invite.expires_at) > now)


def by_code(session: Session, code: str, now: datetime, typed: Typed) -> Invite | None:
    """The invite of a code that is unused, not expired and not revoked, and works where it was `typed`."""
    # Before they were digits, typed ones were small letters, which somebody may type as capitals; and those that were
    # made before they belonged to a channel work on each.
    hashes = (hash_of(code), hash_of(code.lower()), typed_hash(code, typed), TYPED + _hmac(code, typed.key))
    return session.exec(_working(select(Invite), now).where(col(Invite.code_hash).in_(hashes))).first()


def channel_of(session: Session, code: str, now: datetime, key: bytes) -> str | None:
    """The channel on which a typed code works; None for one that works nowhere any more."""
    found = session.exec(_working(select(Invite), now).where(_is_typed(code, key))).first()
    return found.code_hash.split(":")[1] if found is not None and found.code_hash.count(":") > 1 else None


def by_id(session: Session, invite_id: int, now: datetime) -> Invite | None:
    """An invite that is unused, not expired and not revoked."""
    return session.exec(_working(select(Invite), now).where(Invite.id == invite_id)).first()


def shown(session: Session, channel: str, user: str, now: datetime) -> Invite | None:
    """The newest invite that an account opened and that would still work."""
    query = _working(select(Invite), now).where(Invite.shown_on == channel, Invite.shown_to == user)
    return session.exec(query.order_by(col(Invite.id).desc())).first()


def consume(session: Session, invite_id: int, now: datetime) -> bool:
    """Uses an invite up; False when somebody was faster, or it expired or was revoked."""
    done = session.connection().execute(
        update(Invite)
        .where(
            col(Invite.id) == invite_id,
            col(Invite.used_at).is_(None),
            col(Invite.revoked_at).is_(None),
            col(Invite.expires_at) > now,
        )
        .values(used_at=now)
    )
    return done.rowcount == 1


def hash_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def typed_hash(code: str, typed: Typed) -> str:
    """What is kept of a code that is typed; its key stands outside the database."""
    return f"{TYPED}{typed.channel}:{_hmac(code, typed.key)}"


def _hmac(code: str, key: bytes) -> str:
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()


def _is_typed(code: str, key: bytes) -> ColumnElement[bool]:
    """Whether an invite has a code, on whatever channel."""
    return col(Invite.code_hash).like(f"{TYPED}%{_hmac(code, key)}")


def of_label(session: Session, agency_id: str, role: Role, label: str) -> Invite | None:
    """The newest invite for this person in this role of this agency, used or not."""
    query = select(Invite).where(Invite.agency_id == agency_id, Invite.role == role, Invite.label == label)
    return session.exec(query.order_by(col(Invite.id).desc())).first()


def prepare(
    session: Session,
    person: tuple[str, Role, str],
    now: datetime,
    *,
    via: str = "cli",
    by: int | None = None,
) -> bool:
    """Makes an invite whose link nobody has yet; False where this person was invited in this role before.

    `person` is the agency, the role and the name; `by` the admin who listed them, None at the machine. Looks before it
    adds (one writer: store.engine).
    """
    agency_id, role, label = person
    if of_label(session, agency_id, role, label) is not None:
        return False
    make(session, agency_id, role, by, now, via=via, label=label)
    return True


def to_print(session: Session) -> Sequence[Invite]:
    """The invites made by name that nobody used and nobody revoked, expired ones too."""
    query = select(Invite).where(
        col(Invite.label) != "", col(Invite.used_at).is_(None), col(Invite.revoked_at).is_(None)
    )
    return session.exec(query.order_by(col(Invite.id))).all()


def renew(
    session: Session, invite: Invite, now: datetime, *, via: str, by: int | None, typed: Typed | None = None
) -> str:
    """Gives an invite a new code, as `make` does, good for 14 days from now; the one before is worthless.

    `by` is the admin who printed it, None at the machine.
    """
    code, invite.code_hash = _new_code(session, typed)
    invite.expires_at = now + VALID
    invite.shown_on = invite.shown_to = None
    session.add(invite)
    session.flush()
    audit.record(session, Action.INVITE_RENEWED, f"invite:{invite.id}", now, via=via, actor=by)
    return code
