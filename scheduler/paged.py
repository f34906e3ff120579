"""A message that is made when it is sent and may need several: each page is a row of its own, made like the first."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from store import deliveries
from store.tables import Delivery
from store.types import DeliveryKind
from words.message import Message


def page(session: Session, row: Delivery, pages: Sequence[Message], now: datetime) -> Message | None:
    """The page that a row stands for, 1 for `subject` and 3 for `subject#3`, and a row for the next one.

    None when there is no such page any more: what was to be said got shorter.
    """
    base, _, number = (row.subject or "").partition("#")
    place = int(number or 1)
    if place > len(pages):
        return None
    following = f"{base}#{place + 1}"
    if place < len(pages) and not deliveries.exists(session, following):
        deliveries.plan(
            session,
            DeliveryKind(row.kind),
            row.channel,
            row.chat,
            f"continues delivery {row.id}",
            now,
            subject=following,
            person_id=row.person_id,
            topic=row.topic,
        )
    return pages[place - 1]


def first_row(session: Session, row: Delivery) -> Delivery:
    """The row of the first page, which holds what the message is about."""
    base = (row.subject or "").partition("#")[0]
    return deliveries.by_subject(session, base) or row
