"""What waits in the outbox: which rows could leave now, in which order, and when the next one may."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import chain, islice, repeat
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, not_, text
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
PRIORITIES = sorted(set(PRIORITY.values()))
# Of these nothing leaves outside the windows, nor from a copy that waits to hear whether it serves.
BEGUN_BY_US = {priority for kind, priority in PRIORITY.items() if kind in IN_WINDOWS}
ON_THE_WAY = (*OPEN, DeliveryState.SENDING)
# Of how many rows the chats are looked at at once.
SIZES = (48, 256)
KEPT = metadata.tables["delivery"].c
ASKED = tuple(
    KEPT[name]
    for name in (
        *("id", "channel", "chat", "in_group", "priority", "kind", "state", "not_before", "first_id", "last_error"),
        *("caused_by", "person_id", "created_at"),
    )
)
# At 07:30 these are asked for each handful of messages, and so made once.
_DUE = (
    columns(KEPT.channel, KEPT.chat)
    .where(
        text(UNSETTLED),
        KEPT.priority == bindparam("priority"),
        KEPT.not_before <= bindparam("now"),
        KEPT.state.in_(OPEN),
    )
    .order_by(KEPT.not_before, KEPT.id)
    .limit(bindparam("size"))
)


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
    """The first `limit` rows of the line (`in_line`)."""
    return list(islice(in_line(session, now, reminders=reminders, own=own, may_tell=may_tell), limit))


def in_line(
    session: Session, now: datetime, *, reminders: bool, own: bool = True, may_tell: MayTell = always
) -> Iterator[Waiting]:
    """The rows whose moment has come, answers first and then by their moments, looked up as they are asked for: what
    one look costs does not grow with what waits.

    `reminders` says whether what keeps to the windows may leave, `own` whether what nobody's message caused may, and
    `may_tell` whether somebody with such hours may be told of what another one did.
    In one chat messages keep their order: a row waits while an earlier one of its chat and priority is on its way. What
    was made for a later day, as a reminder that somebody wished for, or waits for the morning is not on its way yet and
    holds nothing up.
    """
    for priority in PRIORITIES:
        if priority in BEGUN_BY_US and not (reminders and own):
            continue
        for places in _places(session, priority, now):
            for row in _first_of(session, places, priority, now, may_tell):
                if row.not_before <= now and (reminders or row.kind not in IN_WINDOWS) and (own or not _is_own(row)):
                    yield Waiting(row.id, row.channel, row.chat, row.in_group)


def _places(session: Session, priority: int, now: datetime) -> Iterator[list[tuple[str, str]]]:
    """The chats for which something of a priority is due, few first and then more; one that fills the line is passed
    over once it was seen."""
    seen: list[tuple[str, str]] = []
    for size in chain(SIZES, repeat(SIZES[-1])):
        asked = {"priority": priority, "now": now, "size": size}
        query = _DUE.where(not_(_of(_channels(seen)))) if seen else _DUE
        rows = session.connection().execute(query, asked | _chats(seen)).all()
        found = [(row.channel, row.chat) for row in rows]
        if found:
            yield (places := list(dict.fromkeys(found)))
            seen += places
        if len(found) < size:
            return


def _channels(places: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(channel for channel, _ in places))


def _chats(places: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """The chats of each channel, as `_of` asks for them."""
    return {f"of_{each}": [chat for channel, chat in places if channel == each] for each in _channels(places)}


@cache
def _of(channels: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a row is for some chats of these channels; channel by channel, as indexes know it."""
    return or_(
        *(and_(KEPT.channel == each, KEPT.chat.in_(bindparam(f"of_{each}", expanding=True))) for each in channels)
    )


@cache
def _on_the_way(channels: tuple[str, ...]) -> Select[Any]:
    """What waits for such chats or is being sent to them."""
    # A row that has no receipt: by the index of a chat's messages, in which what was sent stands behind.
    return columns(*ASKED).where(_of(channels), KEPT.message_id.is_(None), KEPT.state.in_(ON_THE_WAY))


def _first_of(
    session: Session, places: Sequence[tuple[str, str]], priority: int, now: datetime, may_tell: MayTell
) -> list[Any]:
    """The row of each of these chats that is first in its line, in the order in which they were made; none where
    something is being sent to the chat."""
    query = _on_the_way(_channels(places))
    rows = session.connection().execute(query, _chats(places)).all()
    sending = {(row.channel, row.chat) for row in rows if row.state == DeliveryState.SENDING}
    # A page stands right behind the one before it, whatever was made in between.
    line = sorted((row for row in rows if row.priority == priority), key=lambda row: (row.first_id or row.id, row.id))
    chosen = _hours_of(session, line)
    found: dict[tuple[str, str], Any] = {}
    for row in line:
        place = (row.channel, row.chat)
        if place in found or place in sending or _is_for_later(row, now):
            continue
        # What waits for the morning holds up nothing that somebody asked for themselves.
        if not _of_others(row) or may_tell(chosen.get(row.person_id), row.created_at):
            found[place] = row
    return list(found.values())


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


def next_moment(session: Session, after: datetime | None = None) -> datetime | None:
    """The earliest moment at which a row may leave, or of those that lie after an instant (UTC)."""
    asked = {} if after is None else {"after": after}
    query = _earliest(after is not None)
    found = [session.connection().scalar(query, asked | {"priority": each}) for each in PRIORITIES]
    return min((each for each in found if each is not None), default=None)


@cache
def _earliest(after: bool) -> Select[Any]:
    query = columns(KEPT.not_before).where(
        text(UNSETTLED), KEPT.state.in_(OPEN), KEPT.priority == bindparam("priority")
    )
    if after:
        query = query.where(KEPT.not_before > bindparam("after"))
    return query.order_by(KEPT.not_before).limit(1)


def busy(session: Session, now: datetime) -> bool:
    """Whether something is being sent or could be by now."""
    query = select(Delivery.id).where(
        text(UNSETTLED), or_(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.not_before) <= now)
    )
    return session.exec(query.limit(1)).first() is not None
