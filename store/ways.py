"""By which of several ways a person is reached: what they chose, the office's order, and the channels that rest.

A channel that takes nothing for hours rests: whoever has another way is reached by that one, until the morning after it
came back. What is known of it stands among the settings, one key a channel.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, literal, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from store import audit, settings
from store.audit_actions import Action
from store.people_tables import Address, Membership
from store.tables import Setting

# Before what the office's order says.
CHOSEN = -1
LINKED, MOVED, REMOVED, PREFERRED = Action.WAY_LINKED, Action.WAY_MOVED, Action.WAY_REMOVED, Action.WAY_CHOSEN
# Since when sending fails; since when the channel is passed by; when it took something again.
FAILS, RESTS, BACK = "channel_fails:", "channel_rests:", "channel_back:"
# Since when nothing could be sent, of which the admins were told.
TOLD = "channel_told:"
# Since when so much of its month is spent that only what presses goes there.
SAVES = "channel_saves:"


def in_order() -> tuple[SQLColumnExpression[Any], ...]:
    """By what the ways of one person are sorted, the first first: what rests or saves its month is last."""
    passed_by = [literal(key) + col(Address.channel) for key in (RESTS, SAVES)]
    rests = select(Setting.key).where(col(Setting.key).in_(passed_by)).exists()
    return rests, col(Address.rank), col(Address.id)


def put_in_order(session: Session, order: Sequence[str]) -> None:
    """Makes the office's order of the channels that of everybody who chose none; what it leaves out is last."""
    for channel in session.exec(select(Address.channel).distinct()).all():
        place = rank(order, channel)
        others = update(Address).where(col(Address.channel) == channel, col(Address.rank).not_in((CHOSEN, place)))
        session.connection().execute(others.values(rank=place))
    session.expire_all()


def rank(order: Sequence[str], channel: str) -> int:
    """The place of a channel in the office's order; 0 where the office has none, and the way linked first is first."""
    return order.index(channel) if channel in order else len(order)


def choose(session: Session, chosen: Address, order: Sequence[str], now: datetime, *, via: str) -> None:
    """Makes one way of a person the first."""
    for each in session.exec(select(Address).where(Address.person_id == chosen.person_id)):
        each.rank = CHOSEN if each.id == chosen.id else rank(order, each.channel)
        session.add(each)
    _note(session, PREFERRED, chosen, now, via, chosen.person_id)


def add(session: Session, address: Address, now: datetime, *, via: str, by: int | None) -> str | None:
    """Links a further way to a person; where they have one on that channel, the new account takes its place.

    Gives the chat that belongs to nobody from now on, None where there was none. `by` is who gave the code.
    """
    query = select(Address).where(Address.person_id == address.person_id, Address.channel == address.channel)
    former = session.exec(query.order_by(col(Address.id))).first()
    if former is None:
        session.add(address)
        _note(session, LINKED, address, now, via, by)
        return None
    chat, former.user, former.chat = former.chat, address.user, address.chat
    former.linked_at, former.handle = now, address.handle
    former.unreachable_since, former.unreachable_why = None, ""
    session.add(former)
    _note(session, MOVED, former, now, via, by)
    return chat


def remove(session: Session, address: Address, now: datetime, *, via: str, by: int) -> None:
    """Lets a way go: what is said there from now on is a stranger's."""
    session.delete(address)
    _note(session, REMOVED, address, now, via, by)


def _note(session: Session, action: Action, address: Address, now: datetime, via: str, by: int | None) -> None:
    session.flush()
    subject = f"person:{address.person_id}"
    audit.record(session, action, subject, now, via=via, actor=by, channel=address.channel)


def open_ones(session: Session, person_id: int, but: Collection[str] = ()) -> Sequence[Address]:
    """The ways by which a person takes messages, the first first, without those on some channels and without those
    that rest."""
    query = select(Address).where(
        Address.person_id == person_id,
        col(Address.unreachable_since).is_(None),
        col(Address.channel).not_in([*but, *resting(session)]),
    )
    return session.exec(query.order_by(*in_order())).all()


def only_by(session: Session, channel: str) -> Sequence[int]:
    """Those with a role who take messages on this channel alone."""
    beside = aliased(Address)
    other = select(beside.id).where(
        beside.person_id == Address.person_id, beside.channel != channel, col(beside.unreachable_since).is_(None)
    )
    held = select(Membership.id).where(Membership.person_id == Address.person_id, col(Membership.until).is_(None))
    query = select(Address.person_id).where(
        Address.channel == channel, col(Address.unreachable_since).is_(None), held.exists(), ~other.exists()
    )
    return session.exec(query.order_by(col(Address.person_id)).distinct()).all()


# Asked at each beat, so made once.
_NOTED = (
    columns(col(Setting.key))
    .where(or_(*(col(Setting.key).startswith(key, autoescape=True) for key in (FAILS, RESTS, TOLD))))
    .limit(1)
)


def needs_care(session: Session) -> bool:
    """Whether some channel takes nothing, is passed by, or is told to take nothing: asked at each beat."""
    session.flush()
    return session.connection().execute(_NOTED).first() is not None


def told(session: Session) -> dict[str, datetime]:
    """The channels of which the admins were told that they take nothing, with since when (UTC)."""
    return _moments(session, TOLD)


def resting(session: Session) -> dict[str, datetime]:
    """The channels that are passed by, with since when (UTC) they take nothing."""
    return _moments(session, RESTS)


def saving(session: Session) -> dict[str, datetime]:
    """The channels whose month is nearly spent, with since when (UTC)."""
    return _moments(session, SAVES)


def save(session: Session, channel: str, now: datetime, *, is_near: bool) -> None:
    """Notes that a channel's month is nearly spent, or that it is not."""
    if is_near and settings.get(session, SAVES + channel) is None:
        settings.put(session, SAVES + channel, now.isoformat())
    elif not is_near:
        settings.drop(session, SAVES + channel)


def failing(session: Session) -> dict[str, datetime]:
    """The channels to which nothing could be sent, with since when (UTC)."""
    return _moments(session, FAILS)


def _moments(session: Session, key: str) -> dict[str, datetime]:
    rows = session.connection().execute(_of_prefix(key))
    return {name.removeprefix(key): datetime.fromisoformat(value) for name, value in rows}


@cache
def _of_prefix(key: str) -> Select[*tuple[Any, ...]]:
    """Asked for every digest, so made once."""
    return columns(col(Setting.key), col(Setting.value)).where(col(Setting.key).startswith(key, autoescape=True))


def fails(session: Session, channel: str, now: datetime) -> None:
    """Notes that a channel took nothing, where that is new."""
    if settings.get(session, FAILS + channel) is None:
        settings.put(session, FAILS + channel, now.isoformat())


def works(session: Session, channel: str, now: datetime) -> None:
    """Notes that a channel took a message, where it was known to take none."""
    if settings.get(session, FAILS + channel) is None:
        return
    settings.drop(session, FAILS + channel)
    if settings.get(session, RESTS + channel) is not None:
        settings.put(session, BACK + channel, now.isoformat())


def rest(session: Session, channel: str, since: datetime) -> None:
    """Passes a channel by."""
    settings.put(session, RESTS + channel, since.isoformat())
    settings.drop(session, BACK + channel)


def back(session: Session) -> dict[str, datetime]:
    """The channels that rest and took a message since, with when (UTC)."""
    return _moments(session, BACK)


def serve_again(session: Session, channel: str) -> None:
    """Takes a channel into use again."""
    settings.drop(session, RESTS + channel)
    settings.drop(session, BACK + channel)
