"""How fast messages may leave, over all processes: the next free moment of each limit stands in the database.

Each limit is a token bucket written as one number (GCRA). `free_at` is in seconds of the service's clock. What the
limits of a platform are its channel says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, update
from sqlalchemy import select as columns
from sqlmodel import Session

from store.tables import Rate
from store.types import metadata

# A clock that was set back must not stop the sending: no limit looks further ahead than this.
HORIZON_S = 120.0

# At 07:30 these are asked for each handful of messages: made once, and without a class for each row.
_RATES = metadata.tables["rate"]
_AT = columns(_RATES.c.key, _RATES.c.free_at).where(_RATES.c.key.in_(bindparam("keys", expanding=True)))
_AT_ONE = columns(_RATES.c.free_at).where(_RATES.c.key == bindparam("name"))
_MOVED = update(_RATES).where(_RATES.c.key == bindparam("name")).values(free_at=bindparam("at"))
_BEGUN = insert(_RATES).values(key=bindparam("name"), free_at=bindparam("at"))


@dataclass(frozen=True)
class Limit:
    """One message every `interval` seconds, after `burst` of them at once."""

    interval: float
    burst: int = 1


@dataclass(frozen=True)
class Rates:
    """The limits of a channel, none of them passed in any stretch of time: in all, in a chat, and in a group."""

    overall: Limit
    chat: Limit
    group: Limit


# What somebody who is not linked has a share of (bot/people/strangers.py). Their keys stand together in the index of
# keys: those that are over are looked for at every beat.
SHARES = ("stranger", "invite", "written")
FIRST_SHARE, AFTER_SHARES = "share:", "share;"


class Chat(NamedTuple):
    """A chat as the limits see it."""

    channel: str
    chat: str
    in_group: bool = False


# For measuring against a platform of one's own: an interval of nothing is no limit, and nothing is looked up.
UNLIMITED = Rates(Limit(0.0), Limit(0.0), Limit(0.0))


def limits_of(rates: Rates, place: Chat) -> tuple[tuple[str, Limit], ...]:
    """The limits a message to a chat is under."""
    own = zip(keys_of(place), (rates.chat, rates.group), strict=False)
    return tuple((key, limit) for key, limit in ((f"{place.channel}:all", rates.overall), *own) if limit.interval)


def keys_of(place: Chat) -> list[str]:
    """Under which keys the moments of a chat alone are kept: as a chat, and as a group where it is one."""
    kept = ("chat", "group") if place.in_group else ("chat",)
    return [f"{place.channel}:{what}:{place.chat}" for what in kept]


def share_of(channel: str, what: str, user: str) -> str:
    """Under which key it is kept how much of something a stranger had."""
    return f"{FIRST_SHARE}{what}:{channel}:{user}"


class Moments:
    """The next free moments of the limits that messages to some chats are under, looked up by one question; what is
    taken here is written by `write`.

    No place is taken twice, because nobody moves a limit between the question and `write` (one writer: store.engine).
    """

    def __init__(self, session: Session, limits: Mapping[str, Rates], places: Iterable[Chat]) -> None:
        keys = {key for each in places if each.channel in limits for key, _ in limits_of(limits[each.channel], each)}
        self._limits = limits
        found = session.connection().execute(_AT, {"keys": list(keys)}) if keys else ()
        self._at: dict[str, float] = {row.key: row.free_at for row in found}
        self._kept = set(self._at)
        self._taken: set[str] = set()

    def wait_s(self, place: Chat, now: datetime) -> float:
        """Seconds until a message to a chat may leave; 0 when it may now, or its channel has no limits here."""
        if place.channel not in self._limits:
            return 0.0
        moment, limits = now.timestamp(), limits_of(self._limits[place.channel], place)
        return max((0.0, *(_free_at(self._at.get(key), limit, moment) - moment for key, limit in limits)))

    def take(self, place: Chat, now: datetime, ahead_s: float = 0.0, begins_s: float = 0.0) -> float | None:
        """Takes one message's place under all limits, or none of them: in how many seconds it is this message's turn,
        at most `ahead_s`; None where that would be later. Where it might leave now and all messages have a limit, that
        begins to count in `begins_s`.
        """
        wait = self.wait_s(place, now)
        if not wait and place.channel in self._limits and self._limits[place.channel].overall.interval:
            wait = begins_s
        if wait > ahead_s:
            return None
        moment = now.timestamp()
        for key, limit in limits_of(self._limits[place.channel], place):
            before = self._at.get(key, 0.0)
            self._at[key] = max(before if before <= moment + HORIZON_S else 0.0, moment + wait) + limit.interval
            self._taken.add(key)
        return wait

    def write(self, session: Session) -> None:
        """Keeps what was taken."""
        for is_kept, statement in ((True, _MOVED), (False, _BEGUN)):
            values = [{"name": key, "at": self._at[key]} for key in self._taken if (key in self._kept) == is_kept]
            if values:
                session.connection().execute(statement, values)
        self._kept |= self._taken
        self._taken.clear()


def wait_s(session: Session, rates: Rates, place: Chat, now: datetime) -> float:
    """Seconds until a message to a chat may leave; 0 when it may now."""
    return Moments(session, {place.channel: rates}, [place]).wait_s(place, now)


def overall_wait_s(session: Session, rates: Rates, channel: str, now: datetime) -> float:
    """Seconds until a message to any chat of a channel may leave; 0 when one may now."""
    if not rates.overall.interval:
        return 0.0
    moment = now.timestamp()
    free_at = session.connection().scalar(_AT_ONE, {"name": f"{channel}:all"})
    return max(0.0, _free_at(free_at, rates.overall, moment) - moment)


def lose(session: Session, channel: str, seconds: float, now: datetime) -> None:
    """Time in which nothing left although its turn had come is not made up for: what comes next leaves later by it."""
    key, moment = f"{channel}:all", now.timestamp()
    free_at = session.connection().scalar(_AT_ONE, {"name": key})
    if free_at is not None and free_at <= moment + HORIZON_S:
        session.connection().execute(_MOVED, {"name": key, "at": max(free_at, moment) + seconds})


def take(session: Session, rates: Rates, place: Chat, now: datetime) -> bool:
    """Takes one message's place under all limits, or none of them; False when it must wait.

    No place is taken twice, because nobody moves a limit meanwhile (one writer: store.engine).
    """
    moments = Moments(session, {place.channel: rates}, [place])
    if moments.take(place, now) is None:
        return False
    moments.write(session)
    return True


def allow(session: Session, key: str, limit: Limit, now: datetime, *, take_it: bool = True, places: int = 1) -> bool:
    """Takes places under a limit of its own; False, and nothing taken, when there are too few. May only ask, too.

    As for `take`, nobody moves the limit meanwhile (one writer: store.engine).
    """
    moment = now.timestamp()
    row = session.get(Rate, key) or Rate(key=key, free_at=0.0)
    if row.free_at > moment + limit.interval * limit.burst + HORIZON_S:
        row.free_at = 0.0
    if row.free_at - limit.interval * (limit.burst - places) > moment:
        return False
    if take_it:
        row.free_at = max(row.free_at, moment) + limit.interval * places
        session.add(row)
    return True


def _free_at(free_at: float | None, limit: Limit, moment: float) -> float:
    if free_at is None or free_at > moment + HORIZON_S:
        return 0.0
    return free_at - limit.interval * (limit.burst - 1)
