"""A row of the outbox is sent under a lease: taken, put off, settled, rescued from a process that ended."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import case, text, update
from sqlmodel import Session, col, or_, select

from store import rates
from store.deliveries import OPEN, UNSETTLED
from store.rates import Rates
from store.tables import Delivery
from store.types import DeliveryState
from words.faults import Fault, kept

LEASE = timedelta(seconds=90)
# Between the token of a lease and the name of its holder.
HELD_BY = "@"


def claim(session: Session, delivery_id: int, limits: Rates, now: datetime, holder: str = "") -> Delivery | None:
    """Takes a row for sending under a lease; None when another process has it or a limit says wait.

    `holder` names the process, so that another one can say whether it has ended.
    """
    row = session.get(Delivery, delivery_id)
    if row is None or row.state not in OPEN or row.not_before > now:
        return None
    if not rates.take(session, limits, rates.Chat(row.channel, row.chat, row.in_group), now):
        return None
    token = f"{secrets.token_hex(8)}{HELD_BY}{holder}"
    done = session.connection().execute(
        update(Delivery)
        .where(col(Delivery.id) == delivery_id, col(Delivery.state) == row.state)
        .values(state=DeliveryState.SENDING, lease_token=token, lease_until=now + LEASE, attempts=Delivery.attempts + 1)
    )
    if done.rowcount != 1:
        return None
    session.refresh(row)
    return row


def put_off(session: Session, delivery_id: int, until: datetime, why: str) -> None:
    """Lets a row wait until an instant (UTC), with the reason; nothing when somebody took it meanwhile."""
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.id) == delivery_id, col(Delivery.state).in_(OPEN))
        .values(not_before=until, last_error=why)
    )


def settle(session: Session, row: Delivery, state: DeliveryState, **values: object) -> bool:
    """Ends a claim: only while the row is still being sent under this very lease; False when it was rescued."""
    done = session.connection().execute(
        update(Delivery)
        .where(
            col(Delivery.id) == row.id,
            col(Delivery.state) == DeliveryState.SENDING,
            col(Delivery.lease_token) == row.lease_token,
        )
        .values(state=state, lease_token=None, lease_until=None, **values)
    )
    return done.rowcount == 1


def rescue(session: Session, now: datetime, most_doubts: int, ended: Callable[[str], bool] | None = None) -> int:
    """Puts rows whose sender died into doubt: perhaps sent, perhaps not; after `most_doubts` onto the admin's list.

    Its lease has run out, or `ended` says of its holder that it is known to have ended: then nobody waits for the end
    of the lease. Returns how many rows.
    """
    held = col(Delivery.state) == DeliveryState.SENDING
    tokens = session.exec(select(Delivery.lease_token).where(text(UNSETTLED), held)).all() if ended else ()
    gone = [each for each in tokens if each and ended and ended(each.partition(HELD_BY)[2])]
    over = col(Delivery.lease_until) <= now
    done = session.connection().execute(
        update(Delivery)
        .where(text(UNSETTLED), held, or_(over, col(Delivery.lease_token).in_(gone)) if gone else over)
        .values(
            state=case(
                (col(Delivery.doubts) >= most_doubts, DeliveryState.FAILED.value), else_=DeliveryState.IN_DOUBT.value
            ),
            doubts=Delivery.doubts + 1,
            lease_token=None,
            lease_until=None,
            not_before=now,
            last_error=kept(Fault.PERHAPS, "the process ended while sending"),
        )
    )
    return done.rowcount
