"""What waits in the outbox: which rows could leave now, in which order, and when the next one may."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, text
from sqlalchemy import select as columns
from sqlmodel import Session, col, or_, select

from store.deliveries import IN_WINDOWS, OPEN, PRIORITY, UNSETTLED
from store.people_tables import Person
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState, metadata
from words import hours
from words.hours import Hours

MayTell = Callable[[Hours | None, datetime], bool]
"""Whether who chose these hours, None for none, may be told of what another one did at an instant (UTC)."""

# So near its moment what was made for later stands in the line as all others do.
SOON = timedelta(minutes=1)
# More than can be held back by their chats' limits while others could leave: at 30 a second each rests for one.
LOOK_AHEAD = 80


class Waiting(NamedTuple):
    """A row that could leave, and its chat."""

    id: int
    channel: str
    chat: str
    in_group: bool


def always(_hours: Hours | None, _made: datetime) -> bool:
    """Nobody sleeps."""
    return True


def waiting(
    session: Session,
    now: datetime,
    *,
    reminders: bool,
    own: bool = True,
    may_tell: MayTell = always,
    limit: int = LOOK_AHEAD,
) -> list[Waiting]:
    """The rows whose moment has come, answers first; `reminders` says whether what keeps to the windows may leave,
    `own` whether what nobody's message caused may, and `may_tell` whether somebody with such hours may be
    told of what another one did.

    In one chat messages keep their order: a row waits while an earlier one of its chat and priority is on its way. What
    was made for a later day, as a reminder that somebody wished for, or waits for the morning is not on its way yet and
    holds nothing up.
    """
    asked = (
        *("id", "channel", "chat", "in_group", "priority", "kind", "state", "not_before", "first_id", "last_error"),
        *("caused_by", "person_id", "created_at"),
    )
    query = columns(*(metadata.tables["delivery"].c[name] for name in asked)).where(text(UNSETTLED))
    rows = list(session.connection().execute(query.order_by(text("priority, id"))).all())
    # A page stands right behind the one before it, whatever was made in between; what is sorted already costs little.
    rows.sort(key=lambda row: (row.priority, row.first_id or row.id, row.id))
    sending = {(row.channel, row.chat) for row in rows if row.state == DeliveryState.SENDING}
    found, earlier = [], set()
    chosen = _hours_of(session, rows)
    for row in rows:
        place = (row.channel, row.chat, row.priority)
        if place in earlier or place[:2] in sending or _is_for_later(row, now):
            continue
        # What waits for the morning holds up nothing that somebody asked for themselves.
        if _of_others(row) and not may_tell(chosen.get(row.person_id), row.created_at):
            continue
        earlier.add(place)
        if row.not_before <= now and (reminders or row.kind not in IN_WINDOWS) and (own or not _is_own(row)):
            found.append(Waiting(row.id, row.channel, row.chat, row.in_group))
            if len(found) == limit:
                break
    return found


def _of_others(row: Any) -> bool:
    """Whether a row tells somebody of what another one did, which can wait until the morning."""
    return row.kind == DeliveryKind.NOTICE and row.caused_by is not None and row.caused_by != row.person_id


def _hours_of(session: Session, rows: Sequence[Any]) -> dict[int | None, Hours | None]:
    """The hours of those who chose some, of whom are told of what others did."""
    told = {row.person_id for row in rows if _of_others(row)}
    if not told:
        return {}
    query = select(Person.id, Person.hours).where(col(Person.hours).is_not(None), col(Person.id).in_(told))
    return {number: hours.of_kept(words) for number, words in session.exec(query)}


def _is_own(row: Any) -> bool:
    """Whether we begin a message ourselves: a reminder, a digest, an urging, a notice that nobody's message caused."""
    return row.kind in IN_WINDOWS and (row.kind != DeliveryKind.NOTICE or row.caused_by is None)


def _is_for_later(row: Any, now: datetime) -> bool:
    """Whether a row was made for a moment that lies ahead; one that waits after an error keeps its place."""
    return row.state == DeliveryState.DUE and not row.last_error and row.not_before > now + SOON


def answers_wait(session: Session, channel: str, chat: str, now: datetime) -> bool:
    """Whether an answer to a chat is on its way or could leave by now."""
    query = select(Delivery.id).where(
        text(UNSETTLED),
        Delivery.channel == channel,
        Delivery.chat == chat,
        Delivery.priority == PRIORITY[DeliveryKind.ANSWER],
        or_(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.not_before) <= now),
    )
    return session.exec(query.limit(1)).first() is not None


def next_moment(session: Session) -> datetime | None:
    """The earliest moment at which a row may leave."""
    query = select(func.min(Delivery.not_before)).where(text(UNSETTLED), col(Delivery.state).in_(OPEN))
    return session.exec(query).first()


def busy(session: Session, now: datetime) -> bool:
    """Whether something is being sent or could be by now."""
    query = select(Delivery.id).where(
        text(UNSETTLED), or_(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.not_before) <= now)
    )
    return session.exec(query.limit(1)).first() is not None
