"""What waits in the outbox for a channel or a chat, when it is to go another way."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, or_, select

from store.deliveries import OPEN, UNSETTLED
from store.delivery_queue import SOON
from store.people_tables import Address
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState

# Of the newest messages to a channel so many say whether it takes any.
LOOKED_AT = 200


def waiting_for_chat(session: Session, channel: str, chat: str) -> Sequence[Delivery]:
    """What waits or is in doubt for a chat, in the order in which it was made."""
    query = select(Delivery).where(text(UNSETTLED), Delivery.channel == channel, Delivery.chat == chat)
    return session.exec(query.where(col(Delivery.state).in_(OPEN)).order_by(col(Delivery.id))).all()


def waiting_with_another_way(
    session: Session, channel: str, but: Sequence[DeliveryKind], now: datetime
) -> Sequence[Delivery]:
    """What could leave by now on a channel, but for some kinds, and is for somebody who has a chat elsewhere."""
    elsewhere = select(Address.id).where(
        Address.person_id == Delivery.person_id,
        Address.channel != channel,
        col(Address.unreachable_since).is_(None),
    )
    query = select(Delivery).where(
        text(UNSETTLED),
        Delivery.channel == channel,
        col(Delivery.state).in_(OPEN),
        col(Delivery.in_group).is_(False),
        col(Delivery.kind).not_in(but),
        # What was made for a later moment is not late; what waits after an error is.
        or_(col(Delivery.last_error) != "", col(Delivery.not_before) <= now + SOON),
        elsewhere.exists(),
    )
    return session.exec(query.order_by(col(Delivery.id))).all()


def drop_pages(session: Session, row: Delivery) -> None:
    """Lets the pages go that a message was cut into for its channel and that have not left: it is cut anew.

    A page that says what was left over is a message of its own, and stays.
    """
    if row.body is None or "whole" not in row.body:
        return
    pages = select(Delivery).where(Delivery.first_id == row.id, col(Delivery.state).in_(OPEN))
    for page in session.exec(pages.where(col(Delivery.body).is_not(None))):
        page.state = DeliveryState.DROPPED
        session.add(page)


def took_since(session: Session, channel: str, since: datetime) -> bool:
    """Whether a channel took one of the newest messages after an instant (UTC)."""
    newest = select(Delivery.state, Delivery.sent_at).where(Delivery.channel == channel)
    rows = session.exec(newest.order_by(col(Delivery.id).desc()).limit(LOOKED_AT)).all()
    return any(state == DeliveryState.SENT and at is not None and at > since for state, at in rows)
