"""A row of the outbox is sent under a lease: taken, put off, settled, rescued from a process that ended."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Update, bindparam, case, func, literal_column, null, text, update
from sqlalchemy import select as columns
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, or_, select

from store import rates
from store.deliveries import OPEN, UNSETTLED
from store.delivery_queue import Waiting
from store.rates import Rates
from store.tables import Delivery
from store.types import DeliveryState, metadata
from words.faults import Fault, kept

LEASE = timedelta(seconds=90)
# A turn may be taken so long before it comes: by then the claim is committed, and at a platform's pace no time is lost.
LEAD_S = 0.05
# As long as eight messages take at 30 a second. An answer that comes meanwhile waits no longer than this.
AHEAD_S = 0.25
# Between the token of a lease and the name of its holder.
HELD_BY = "@"

# At 07:30 these are asked for each handful of messages: made once, they cost half.
_OUTBOX = metadata.tables["delivery"]


def _word(value: str) -> ColumnElement[str]:
    """A word of ours that stands in the statement itself: it is not handed over once more for each row."""
    return literal_column(f"'{value}'")


_SENT = (
    update(_OUTBOX)
    .where(
        _OUTBOX.c.id == bindparam("number"),
        _OUTBOX.c.state == _word(DeliveryState.SENDING),
        _OUTBOX.c.lease_token == bindparam("lease"),
    )
    .values(
        state=_word(DeliveryState.SENT), lease_token=null(), lease_until=null(), last_error=_word(""),
        sent_at=bindparam("at"), message_id=bindparam("receipt"),
    )
)  # fmt: skip
_SENT_AS_MADE = _SENT.values(body=bindparam("said"))
_RECEIVED = columns(_OUTBOX.c.id, _OUTBOX.c.message_id).where(_OUTBOX.c.id.in_(bindparam("ids", expanding=True)))


@cache
def _rows(count: int) -> Any:
    """So many rows. Each count has a statement of its own: one for any would be spread out at every question."""
    return select(Delivery).where(col(Delivery.id).in_(_numbers(count)))


@cache
def _leased(count: int) -> Any:
    """So many rows under a lease."""
    return (
        update(_OUTBOX)
        .where(_OUTBOX.c.id.in_(_numbers(count)))
        .values(
            state=_word(DeliveryState.SENDING),
            lease_token=bindparam("token"),
            lease_until=bindparam("until"),
            attempts=_OUTBOX.c.attempts + 1,
        )
    )


def _numbers(count: int) -> list[BindParameter[int]]:
    return [bindparam(f"number{place}") for place in range(count)]


def _named(numbers: Iterable[int | None]) -> dict[str, Any]:
    """The values of `_numbers`."""
    return {f"number{place}": each for place, each in enumerate(numbers)}


class Held(NamedTuple):
    """A row under our lease, whether it was in doubt before, and in how many seconds it is its turn by the limits."""

    row: Delivery
    doubtful: bool
    wait_s: float


def claim_all(
    session: Session, found: Sequence[Waiting], most: int, limits: Mapping[str, Rates], now: datetime, holder: str = ""
) -> list[Held]:
    """Takes at most so many of these rows for sending under one lease, in their order, and one to a chat; those that
    another process has or a limit keeps back are passed over. Behind one whose turn comes within LEAD_S others may take
    those that come within AHEAD_S: at 30 a second each of them would need a unit of its own.

    `holder` names the process, so that another one can say whether it has ended.
    """
    kept = {row.id: row for row in session.scalars(_rows(len(found)), _named(each.id for each in found))}
    chats = {row.id: rates.Chat(row.channel, row.chat, row.in_group) for row in kept.values()}
    moments = rates.Moments(session, limits, chats.values())
    # One alone leaves at once; where others follow, their distances are kept from the first one on.
    begins_s = LEAD_S if min(most, len(found)) > 1 else 0.0
    taken: list[Held] = []
    places: set[tuple[str, str]] = set()
    for each in found:
        row = kept.get(each.id)
        if row is None or row.state not in OPEN or row.not_before > now or (row.channel, row.chat) in places:
            continue
        if row.channel != each.channel:
            # Moved to another way since it was looked at.
            continue
        if len(taken) == most:
            break
        wait = moments.take(chats[row.id], now, AHEAD_S if taken else LEAD_S, begins_s)
        if wait is None:
            continue
        places.add((row.channel, row.chat))
        taken.append(Held(row, row.state == DeliveryState.IN_DOUBT, wait))
    if not taken:
        return []
    moments.write(session)
    token, until = f"{secrets.token_hex(8)}{HELD_BY}{holder}", now + LEASE
    given = _named(each.row.id for each in taken) | {"token": token, "until": until}
    session.connection().execute(_leased(len(taken)), given)
    leased = {"state": DeliveryState.SENDING, "lease_token": token, "lease_until": until}
    for row, _, _ in taken:
        # As they stand now: asked for again it would cost a question for each.
        for name, value in (*leased.items(), ("attempts", row.attempts + 1)):
            set_committed_value(row, name, value)
    return taken


def put_off(session: Session, delivery_id: int, until: datetime, why: str) -> None:
    """Lets a row wait until an instant (UTC), with the reason; nothing when somebody took it meanwhile."""
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.id) == delivery_id, col(Delivery.state).in_(OPEN))
        .values(not_before=until, last_error=why)
    )


def is_held(session: Session, row: Delivery) -> bool:
    """Whether a row is being sent under the very lease that its copy in our memory bears."""
    held = select(Delivery.id).where(
        col(Delivery.id) == row.id,
        col(Delivery.state) == DeliveryState.SENDING,
        col(Delivery.lease_token) == row.lease_token,
    )
    return session.exec(held).first() is not None


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


def settle_sent(
    session: Session, receipts: Sequence[tuple[Delivery, str, dict[str, Any] | None]], now: datetime
) -> list[tuple[Delivery, str]]:
    """Ends claims with the ids that the platform gave, and keeps what was made only when it left; gives those back that
    were rescued meanwhile and are not ours any more."""
    connection, ended = session.connection(), 0
    for made, statement in ((False, _SENT), (True, _SENT_AS_MADE)):
        values: list[dict[str, Any]] = [
            {"number": row.id, "lease": row.lease_token, "receipt": message_id, "at": now}
            | ({"said": body} if made else {})
            for row, message_id, body in receipts
            if (body is not None) == made
        ]
        if values:
            ended += connection.execute(statement, values).rowcount
    if ended == len(receipts):
        return []
    # A driver that does not count them comes here too.
    found = connection.execute(_RECEIVED, {"ids": [row.id for row, _, _ in receipts]})
    known: dict[int | None, str | None] = {each.id: each.message_id for each in found}
    return [(row, message_id) for row, message_id, _ in receipts if known.get(row.id) != message_id]


_HELD = col(Delivery.state) == DeliveryState.SENDING
_TOKENS = select(Delivery.lease_token).where(text(UNSETTLED), _HELD)
_NEXT_END = select(func.min(Delivery.lease_until)).where(text(UNSETTLED), _HELD)


def rescue(session: Session, now: datetime, most_doubts: int, ended: Callable[[str], bool] | None = None) -> int:
    """Puts rows whose sender died into doubt: perhaps sent, perhaps not; after `most_doubts` onto the admin's list.

    Its lease has run out, or `ended` says of its holder that it is known to have ended: then nobody waits for the end
    of the lease. Returns how many rows.
    """
    tokens = session.exec(_TOKENS).all() if ended else ()
    gone = [each for each in tokens if each and ended and ended(each.partition(HELD_BY)[2])]
    given = {"at": now, "most": most_doubts, "reason": kept(Fault.PERHAPS, "the process ended while sending")}
    return session.connection().execute(_rescued(bool(gone)), given | ({"gone": gone} if gone else {})).rowcount


@cache
def _rescued(is_known: bool) -> Update:
    """Asked at each beat, so made once: of what is over by its time, or of what is known to be as well."""
    over: ColumnElement[bool] = col(Delivery.lease_until) <= bindparam("at")
    if is_known:
        over = or_(over, col(Delivery.lease_token).in_(bindparam("gone", expanding=True)))
    failed, doubtful = DeliveryState.FAILED.value, DeliveryState.IN_DOUBT.value
    return (
        update(Delivery)
        .where(text(UNSETTLED), _HELD, over)
        .values(
            state=case((col(Delivery.doubts) >= bindparam("most"), failed), else_=doubtful),
            doubts=Delivery.doubts + 1,
            lease_token=None,
            lease_until=None,
            not_before=bindparam("at"),
            last_error=bindparam("reason"),
        )
    )


def next_end(session: Session) -> datetime | None:
    """When the first lease of what is being sent ends (UTC); None where nothing is."""
    found: datetime | None = session.exec(_NEXT_END).one()
    return found
