"""What left as an address because its platform carries no files: the bytes as they were, for a day."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from store.answer_links import hash_of
from store.link_tables import FileLink
from store.tables import Delivery

LIVES = timedelta(hours=24)


@dataclass(frozen=True)
class Left:
    """A file that leaves: its name for whoever saves it, what its bytes are, and the bytes."""

    name: str
    content: str
    data: bytes


def keep(session: Session, row: Delivery, left: Left, token_of: Callable[[str], str], now: datetime) -> str:
    """The token by which what a message carries is read for a day from now: the same however often it is sent.

    `token_of` makes it of the row's salt. What is over goes. Looks before it adds (one writer: store.engine).
    """
    drop(session, now)
    before = session.exec(select(FileLink).where(FileLink.delivery_id == row.id)).first()
    salt = before.salt if before is not None else secrets.token_hex(16)
    token = token_of(salt)
    if before is not None:
        session.delete(before)
        session.flush()
    session.add(
        FileLink(
            person_id=row.person_id,
            delivery_id=row.id or 0,
            salt=salt,
            token_hash=hash_of(token),
            name=left.name,
            content=left.content,
            data=left.data,
            made_at=now,
            expires_at=now + LIVES,
        )
    )
    session.flush()
    return token


def by_token(session: Session, token: str, now: datetime) -> FileLink | None:
    """What a token reads; None where it is over or never was."""
    query = select(FileLink).where(FileLink.token_hash == hash_of(token), col(FileLink.expires_at) > now)
    return session.exec(query).first()


def end_of(session: Session, person_id: int) -> None:
    """Drops what left for a person: their roles changed."""
    session.connection().execute(delete(FileLink).where(col(FileLink.person_id) == person_id))


def drop(session: Session, now: datetime) -> None:
    """Drops what is over."""
    session.connection().execute(delete(FileLink).where(col(FileLink.expires_at) <= now))
