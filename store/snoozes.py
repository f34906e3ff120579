"""The one extra reminder that a person asked for: a row of the outbox whose text is made when it is sent."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from store import deliveries
from store.postings import Destination, Identity, Posting
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState


def put_off(
    session: Session, to: Destination, obligation_id: int, day: date, at: datetime, now: datetime
) -> Delivery | None:
    """Plans the one extra reminder that a person asked for; a later wish moves the one that has not left yet.

    `day` is local, `at` the moment from which it may leave. None where this day's own was made before: it has been
    said, or will be. Looks before it adds (one writer: store.engine).
    """
    person_id = to.person_id
    identity = Identity("snooze", obligation_id, day, person_id)
    if deliveries.exists(session, identity):
        return None
    query = select(Delivery).where(
        Delivery.kind == DeliveryKind.SNOOZE,
        Delivery.state == DeliveryState.DUE,
        Delivery.person_id == person_id,
        Delivery.obligation_id == obligation_id,
    )
    if (row := session.exec(query.order_by(col(Delivery.id))).first()) is not None:
        deliveries.rename(session, row, identity, to, at)
        return row
    posting = Posting(
        DeliveryKind.SNOOZE,
        "the person asked to be reminded again",
        identity,
        obligation_id=obligation_id,
        not_before=at,
    )
    return deliveries.post(session, to, posting, now)
