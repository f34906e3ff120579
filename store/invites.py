"""Invites that were made for people by name: kept by whom they are for, and given a new link when they are printed."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from plan.people import Role
from store import audit, people
from store.people import INVITE_DAYS, hash_of
from store.people_tables import Invite


def of_label(session: Session, agency_id: str, role: Role, label: str) -> Invite | None:
    """The newest invite for this person in this role of this agency, used or not."""
    query = select(Invite).where(Invite.agency_id == agency_id, Invite.role == role, Invite.label == label)
    return session.exec(query.order_by(col(Invite.id).desc())).first()


def prepare(session: Session, agency_id: str, role: Role, label: str, now: datetime) -> bool:
    """Makes an invite whose link nobody has yet; False where this person was invited in this role before.

    Looks before it adds (one writer: store.engine).
    """
    if of_label(session, agency_id, role, label) is not None:
        return False
    people.invite(session, agency_id, role, None, now, label=label)
    return True


def to_print(session: Session) -> Sequence[Invite]:
    """The invites made by name that nobody used and nobody revoked, expired ones too."""
    query = select(Invite).where(
        col(Invite.label) != "", col(Invite.used_at).is_(None), col(Invite.revoked_at).is_(None)
    )
    return session.exec(query.order_by(col(Invite.id))).all()


def renew(session: Session, invite: Invite, now: datetime) -> str:
    """Gives an invite a new code, good for 14 days from now; the one before is worthless."""
    code = secrets.token_urlsafe(32)
    invite.code_hash, invite.expires_at = hash_of(code), now + timedelta(days=INVITE_DAYS)
    invite.shown_on = invite.shown_to = None
    session.add(invite)
    session.flush()
    audit.record(session, "invite.renewed", f"invite:{invite.id}", now, via="cli", actor=None)
    return code
