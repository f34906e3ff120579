"""Puts a message into the outbox for a test."""

from datetime import datetime

from sqlmodel import Session

from store import deliveries
from store.postings import Destination, Identity, Posting
from store.types import DeliveryKind
from words.message import Message, say


def posted(
    session: Session,
    chat: str,
    message: str | Message,
    now: datetime,
    kind: DeliveryKind = DeliveryKind.ANSWER,
    *,
    identity: Identity | None = None,
    person_id: int | None = None,
    channel: str = "telegram",
) -> int:
    """The row of a message for a private chat; 0 where its identity was there."""
    made = say(message) if isinstance(message, str) else message
    to = Destination(channel, chat, person_id)
    row = deliveries.post(session, to, Posting(kind, "a test", identity, made), now)
    return row.id or 0 if row else 0
