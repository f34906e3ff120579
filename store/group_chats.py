"""The groups that are linked: bound by an admin, narrowed to an agency or a part, renamed, moved and given up."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from store import audit
from store.audit_actions import Action
from store.people_tables import GroupChat


def linked(session: Session, channel: str, chat: str) -> GroupChat | None:
    """The bound group of a chat."""
    query = select(GroupChat).where(GroupChat.channel == channel, GroupChat.chat == chat)
    return session.exec(query.where(col(GroupChat.unlinked_at).is_(None))).first()


def known(session: Session, channel: str, chat: str) -> GroupChat | None:
    """The group of a chat, also one that is bound no more: its name is still wanted."""
    return session.exec(select(GroupChat).where(GroupChat.channel == channel, GroupChat.chat == chat)).first()


# Asked at each beat, so made once.
_EVERY = select(GroupChat).where(col(GroupChat.unlinked_at).is_(None)).order_by(col(GroupChat.id))


def every(session: Session) -> Sequence[GroupChat]:
    """Every bound group."""
    return session.exec(_EVERY).all()


def bind(session: Session, channel: str, chat: str, title: str, by: int, now: datetime) -> bool:
    """Binds a group to the office; False when it was bound already (one writer: store.engine)."""
    row = session.exec(select(GroupChat).where(GroupChat.channel == channel, GroupChat.chat == chat)).first()
    if row is not None and row.unlinked_at is None:
        return False
    row = row or GroupChat(channel=channel, chat=chat, title=title, linked_by=by, linked_at=now)
    row.title, row.linked_by, row.linked_at, row.unlinked_at = title, by, now, None
    session.add(row)
    session.flush()
    audit.record(session, Action.GROUP_BOUND, f"group:{row.id}", now, via=channel, actor=by)
    return True


def scope(
    session: Session, channel: str, chat: str, scope: Sequence[str], topic: str | None, by: int, now: datetime
) -> bool:
    """What a bound group is about (ids of groups and agencies; none: the office), and its topic; False when it was."""
    row = linked(session, channel, chat)
    if row is None or (list(row.scope), row.topic) == (list(scope), topic):
        return False
    row.scope, row.topic = list(scope), topic
    session.add(row)
    audit.record(
        session,
        Action.GROUP_SCOPED,
        f"group:{row.id}",
        now,
        via=channel,
        actor=by,
        scope=list(scope),
        topic=topic or "",
    )
    return True


def unbind(session: Session, channel: str, chat: str, now: datetime) -> None:
    """Forgets a group that we are no longer in."""
    row = linked(session, channel, chat)
    if row is not None:
        row.unlinked_at = now
        session.add(row)
        audit.record(session, Action.GROUP_LEFT, f"group:{row.id}", now, via=channel)


def rename(session: Session, row: GroupChat, title: str) -> None:
    """Keeps the name that a group has now."""
    row.title = title
    session.add(row)


def move(session: Session, channel: str, old: str, new: str) -> None:
    """Keeps a group, with what it is about, under the id it has as a supergroup."""
    row = linked(session, channel, old)
    if row is not None and linked(session, channel, new) is None:
        row.chat = new
        session.add(row)
