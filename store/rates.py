"""How fast messages may leave, over all processes: the next free moment of each limit stands in the database.

Each limit is a token bucket written as one number (GCRA). `free_at` is in seconds of the service's clock. What the
limits of a platform are its channel says.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from store.tables import Rate

# A clock that was set back must not stop the sending: no limit looks further ahead than this.
HORIZON_S = 120.0


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


def wait_s(session: Session, rates: Rates, place: Chat, now: datetime) -> float:
    """Seconds until a message to a chat may leave; 0 when it may now."""
    moment = now.timestamp()
    limits = limits_of(rates, place)
    return max((0.0, *(_free_at(session.get(Rate, key), limit, moment) - moment for key, limit in limits)))


def overall_wait_s(session: Session, rates: Rates, channel: str, now: datetime) -> float:
    """Seconds until a message to any chat of a channel may leave; 0 when one may now."""
    moment = now.timestamp()
    return max(0.0, _free_at(session.get(Rate, f"{channel}:all"), rates.overall, moment) - moment)


def take(session: Session, rates: Rates, place: Chat, now: datetime) -> bool:
    """Takes one message's place under all limits, or none of them; False when it must wait.

    No place is taken twice, because nobody moves a limit meanwhile (one writer: store.engine).
    """
    if wait_s(session, rates, place, now) > 0:
        return False
    moment = now.timestamp()
    for key, limit in limits_of(rates, place):
        row = session.get(Rate, key) or Rate(key=key, free_at=0.0)
        free_at = row.free_at if row.free_at <= moment + HORIZON_S else 0.0
        row.free_at = max(free_at, moment) + limit.interval
        session.add(row)
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


def _free_at(row: Rate | None, limit: Limit, moment: float) -> float:
    if row is None or row.free_at > moment + HORIZON_S:
        return 0.0
    return row.free_at - limit.interval * (limit.burst - 1)
