"""What a restored backup must know about itself before it serves again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from store import audit, serving, settings
from store.audit_actions import Action
from store.tables import Delivery, Lease, ObligationEvent
from store.types import DeliveryState
from words.faults import Fault, kept


@dataclass(frozen=True)
class Resumed:
    """How many messages may have been sent since, and the instant (UTC) after which the backup knows nothing."""

    doubtful: int
    known_until: datetime | None


def resume(session: Session, now: datetime) -> Resumed:
    """Puts every message that was on its way into doubt, and notes from when on people must send again.

    The messages were perhaps sent after the backup was made: they go out with the mark, never lost in silence. What
    people sent after the last poll that the backup knows of is not in it. Leases belong to processes of another time.
    """
    waiting = (DeliveryState.DUE, DeliveryState.SENDING, DeliveryState.IN_DOUBT)
    doubted = session.connection().execute(
        update(Delivery)
        .where(col(Delivery.state).in_(waiting))
        .values(
            state=DeliveryState.IN_DOUBT,
            doubts=1,
            lease_token=None,
            lease_until=None,
            last_error=kept(Fault.PERHAPS, "restored from a backup, perhaps sent since"),
        )
    )
    session.connection().execute(delete(Lease))
    known = settings.last_beat(session, "poll")
    if known is None:
        known = session.exec(select(func.max(ObligationEvent.recorded_at))).one()
    if known is not None:
        settings.put(session, settings.RESTORED, known.isoformat())
    serving.restored(session, now)
    audit.record(session, Action.DATABASE_RESTORED, "database", now, via="cli", doubtful=doubted.rowcount)
    return Resumed(doubted.rowcount, known)
