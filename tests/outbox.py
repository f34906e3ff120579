"""Puts a message into the outbox for a test, and takes one under a lease."""

from datetime import datetime

from sqlmodel import Session

from store import deliveries, delivery_leases
from store.delivery_queue import Waiting
from store.postings import Destination, Identity, Posting
from store.rates import Rates
from store.tables import Delivery
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


def claimed(session: Session, number: int, limits: Rates, now: datetime, holder: str = "") -> Delivery | None:
    """A row taken for sending; None where it may not be."""
    channel = getattr(session.get(Delivery, number), "channel", "telegram")
    found = [Waiting(number, channel, "", in_group=False)]
    taken = delivery_leases.claim_all(session, found, 1, {channel: limits}, now, holder)
    return taken[0].row if taken else None
