"""Addresses to answer by: one for a person, an obligation and the message that carries it, used up by one answer."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from store.link_tables import AnswerLink
from store.tables import Delivery
from store.types import DeliveryState

LIVES = timedelta(days=7)
# Somebody who opens one that is over reads that it is, and not that it never was.
REMEMBERED = timedelta(days=30)


def keep(session: Session, row: Delivery, obligation_id: int, token_of: Callable[[str], str], now: datetime) -> str:
    """The token by which the person of a message answers for an obligation: the same however often it is sent.

    `token_of` makes it of the row's salt. Looks before it adds (one writer: store.engine).
    """
    assert row.person_id is not None
    query = select(AnswerLink).where(AnswerLink.delivery_id == row.id, AnswerLink.obligation_id == obligation_id)
    found = session.exec(query).first()
    if found is None:
        found = AnswerLink(
            person_id=row.person_id,
            obligation_id=obligation_id,
            delivery_id=row.id or 0,
            salt=secrets.token_hex(16),
            token_hash="",
            made_at=now,
            expires_at=now + LIVES,
        )
    token = token_of(found.salt)
    found.token_hash = hash_of(token)
    session.add(found)
    session.flush()
    return token


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(session: Session, token: str) -> AnswerLink | None:
    """The row of a token, however it stands."""
    return session.exec(select(AnswerLink).where(AnswerLink.token_hash == hash_of(token))).first()


def by_id(session: Session, number: int) -> AnswerLink | None:
    """One row."""
    return session.get(AnswerLink, number)


def is_replaced(session: Session, link: AnswerLink) -> bool:
    """Whether a later message that has left brought its person another one for the same."""
    query = (
        select(AnswerLink.id)
        .join(Delivery, col(Delivery.id) == AnswerLink.delivery_id)
        .where(AnswerLink.person_id == link.person_id, AnswerLink.obligation_id == link.obligation_id)
        .where(col(AnswerLink.id) > link.id, Delivery.state == DeliveryState.SENT)
    )
    return session.exec(query.limit(1)).first() is not None


def use(session: Session, number: int, now: datetime) -> bool:
    """Uses one up; False where another form was faster, or where it is over."""
    done = session.connection().execute(
        update(AnswerLink)
        .where(col(AnswerLink.id) == number, col(AnswerLink.used_at).is_(None), col(AnswerLink.ended_at).is_(None))
        .where(col(AnswerLink.expires_at) > now)
        .values(used_at=now)
    )
    return done.rowcount == 1


def end_of(session: Session, person_id: int, now: datetime) -> None:
    """Ends every one of a person that still works: their roles changed."""
    own = (col(AnswerLink.person_id) == person_id) & col(AnswerLink.used_at).is_(None)
    session.connection().execute(update(AnswerLink).where(own, col(AnswerLink.ended_at).is_(None)).values(ended_at=now))


def drop(session: Session, now: datetime) -> None:
    """Drops those of which nobody asks any more."""
    session.connection().execute(delete(AnswerLink).where(col(AnswerLink.expires_at) < now - REMEMBERED))
