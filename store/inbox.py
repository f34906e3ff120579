"""Raw updates: committed before the platform hears that they arrived, handled from here, each once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from store.tables import Inbox
from store.types import InboxState

ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=30)
# So many updates are looked through for what belongs to one of them: it comes right behind it.
LOOKED_AT = 50


def keep(session: Session, channel: str, updates: Sequence[tuple[str, str]], now: datetime) -> int:
    """Keeps raw updates as (key, JSON); returns how many were new. The same one again changes nothing.

    Looks before it adds (one writer: store.engine).
    """
    brought: dict[str, str] = {}
    for key, raw in updates:
        brought.setdefault(key, raw)
    known = select(Inbox.key).where(Inbox.channel == channel, col(Inbox.key).in_(list(brought)))
    for key in session.exec(known).all():
        del brought[key]
    session.add_all(Inbox(channel=channel, key=key, raw=raw, received_at=now) for key, raw in brought.items())
    session.flush()
    return len(brought)


def next_new(session: Session, now: datetime, channel: str | None = None) -> Inbox | None:
    """The oldest update that waits to be handled, of one channel or of any."""
    return session.exec(_next_new(channel is None), params={"now": now, "channel": channel}).first()


@cache
def _next_new(of_any: bool) -> SelectOfScalar[Inbox]:
    """Asked at every turn, so made once."""
    # Word for word the condition of the index `inbox_new`: without it every look reads all that ever came in.
    query = select(Inbox).where(text("state = 'new'"))
    if not of_any:
        query = query.where(Inbox.channel == bindparam("channel"))
    query = query.where(or_(col(Inbox.not_before).is_(None), col(Inbox.not_before) <= bindparam("now")))
    return query.order_by(col(Inbox.id))


def get(session: Session, inbox_id: int) -> Inbox | None:
    """One update while it waits; None once somebody handled it."""
    row = session.get(Inbox, inbox_id)
    return row if row is not None and row.state == InboxState.NEW else None


def held(session: Session, channel: str, now: datetime) -> Sequence[Inbox]:
    """The updates of a channel whose moment has not come: they wait for what belongs to them, or are tried again."""
    query = select(Inbox).where(text("state = 'new'"), Inbox.channel == channel, col(Inbox.not_before) > now)
    return session.exec(query.order_by(col(Inbox.id)).limit(LOOKED_AT)).all()


def new_after(session: Session, row: Inbox, *, from_the_first: bool = False) -> Sequence[Inbox]:
    """The next updates of a channel that wait, behind a row, or from the first on without it."""
    query = select(Inbox).where(text("state = 'new'"), Inbox.channel == row.channel, Inbox.id != row.id)
    if not from_the_first:
        query = query.where(col(Inbox.id) > row.id)
    return session.exec(query.order_by(col(Inbox.id)).limit(LOOKED_AT)).all()


def hold(session: Session, row: Inbox, until: datetime) -> None:
    """Handles an update at a later moment (UTC), when what belongs to it is here."""
    row.not_before = until
    session.add(row)


def next_moment(session: Session, channel: str | None = None, *, held: bool = False) -> datetime | None:
    """When the first update of a channel, or of any, is to be handled that waits for its moment (UTC), with `held` of
    those alone that wait for what belongs to them; None where none does."""
    return session.exec(_next_moment(channel is None, held), params={"channel": channel}).first()


@cache
def _next_moment(of_any: bool, held: bool) -> SelectOfScalar[Any]:
    """Asked at every turn, so made once."""
    waits = select(col(Inbox.not_before)).where(text("state = 'new'"), col(Inbox.not_before).is_not(None))
    if not of_any:
        waits = waits.where(Inbox.channel == bindparam("channel"))
    if held:
        waits = waits.where(Inbox.attempts == 0)
    return waits.order_by(col(Inbox.not_before)).limit(1)


def versions(session: Session, channel: str, message: str, before: int) -> Sequence[Inbox]:
    """The updates of one message that were handled before a row, oldest first."""
    query = select(Inbox).where(Inbox.channel == channel, Inbox.message == message, col(Inbox.id) < before)
    return session.exec(query.order_by(col(Inbox.id))).all()


def mark_done(session: Session, row: Inbox, *, message: str = "", acted: bool = False, keep: bool = True) -> None:
    """Marks an update as handled, in the transaction of its effect; its text goes unless it is to be kept.

    `message` is the identity of the message that it is of, kept with its text; `acted` whether it had an effect.
    """
    row.state, row.acted = InboxState.DONE, acted
    if keep:
        row.message = message
    else:
        row.raw = ""
    session.add(row)


def mark_failed(session: Session, row: Inbox, error: str, now: datetime, *, final: bool = False) -> bool:
    """Notes an error; after three, or a `final` one, the update rests for the operator. True on the first error."""
    row.attempts += 1
    row.error = error[:2000]
    row.not_before = now + RETRY_AFTER * row.attempts
    if final or row.attempts >= ATTEMPTS:
        row.state = InboxState.FAILED
    session.add(row)
    return row.attempts == 1
