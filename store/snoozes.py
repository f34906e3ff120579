"""The one extra reminder that a person asked for: a row of the outbox whose text is made when it is sent."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from store import deliveries
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState


def put_off(
    session: Session,
    channel: str,
    chat: str,
    person_id: int,
    obligation_id: int,
    day: date,
    at: datetime,
    now: datetime,
) -> Delivery | None:
    """Plans the one extra reminder that a person asked for; a later wish moves the one that has not left yet.

    None where this day's own was made before: it has been said, or will be.
    Looks before it adds (one writer: store.engine).
    """
    subject = f"snooze:{person_id}:{obligation_id}:{day.isoformat()}"
    query = select(Delivery).where(
        Delivery.kind == DeliveryKind.SNOOZE,
        Delivery.state == DeliveryState.DUE,
        Delivery.person_id == person_id,
        Delivery.obligation_id == obligation_id,
    )
    if deliveries.exists(session, subject):
        return None
    why = "the person asked to be reminded again"
    row = session.exec(query.order_by(col(Delivery.id))).first() or deliveries.plan(
        session,
        DeliveryKind.SNOOZE,
        channel,
        chat,
        why,
        now,
        subject=subject,
        person_id=person_id,
        obligation_id=obligation_id,
    )
    row.subject, row.not_before, row.chat = subject, at, chat
    session.add(row)
    session.flush()
    return row
