"""Figures about the rows themselves, for whoever watches the service: no person, no text, no token in them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, text
from sqlmodel import Session, col, or_, select

from store.answer_tables import Evidence
from store.deliveries import IN_WINDOWS, OPEN
from store.engines import kind_named
from store.people_tables import Address, Membership, Person
from store.tables import Delivery, Inbox, Obligation
from store.types import DeliveryKind, DeliveryState, InboxState


def unsent_since(
    session: Session, now: datetime, digests_since: datetime | None, told_since: datetime | None
) -> datetime | None:
    """Since when the message has waited that could leave and has waited longest; None when none waits.

    A row that was tried waits since it was made: its `not_before` is only the moment of the next try. Reminders count
    from `digests_since`, when the sending window opened, and not at all when it is None; what tells of others' doings
    from `told_since`, when the day's hours began, and where its person chose hours of their own not at all.
    """
    digest = col(Delivery.kind).in_(IN_WINDOWS)
    chose = select(Person.id).where(col(Person.hours).is_not(None))
    of_others = and_(
        col(Delivery.kind) == DeliveryKind.NOTICE,
        col(Delivery.caused_by).is_not(None),
        col(Delivery.caused_by) != col(Delivery.person_id),
    )
    tried = and_(col(Delivery.state).in_(OPEN), col(Delivery.attempts) > 0)
    since = case((tried, col(Delivery.created_at)), else_=col(Delivery.not_before))
    unsent = or_(
        and_(col(Delivery.state).in_((*OPEN, DeliveryState.SENDING)), col(Delivery.not_before) <= now),
        tried,
    )
    moments = [session.exec(select(func.min(since)).where(unsent, ~digest, or_(of_others.is_(None), ~of_others))).one()]
    told = and_(of_others, col(Delivery.person_id).not_in(chose))
    for kind, from_then in ((digest, digests_since), (told, told_since)):
        if from_then is not None:
            oldest = session.exec(select(func.min(since)).where(unsent, kind)).one()
            moments.append(max(oldest, from_then) if oldest is not None else None)
    return min((each for each in moments if each is not None), default=None)


def last_received(session: Session) -> datetime | None:
    """When the newest update came in."""
    return session.exec(select(Inbox.received_at).order_by(col(Inbox.id).desc()).limit(1)).first()


def unhandled_since(session: Session) -> datetime | None:
    """When the oldest update came in that waits to be handled; None when none waits."""
    return session.exec(select(func.min(Inbox.received_at)).where(Inbox.state == InboxState.NEW)).one()


def unreported(session: Session) -> int:
    """How many messages were given up that no admin heard of yet."""
    given_up = (Delivery.state == DeliveryState.FAILED, col(Delivery.reported).is_(False))
    missed = or_(col(Delivery.person_id).is_not(None), Delivery.kind == DeliveryKind.WEEKLY)
    return session.exec(select(func.count()).where(*given_up, missed)).one()


def deliveries(session: Session) -> Mapping[str, int]:
    """Messages by state."""
    return _by_state(session, Delivery.state)


def inbox(session: Session) -> Mapping[str, int]:
    """Updates by state."""
    return _by_state(session, Inbox.state)


def evidence(session: Session) -> Mapping[str, int]:
    """Files by state."""
    return _by_state(session, Evidence.state)


def obligations(session: Session) -> Mapping[str, int]:
    """Obligations by state."""
    return _by_state(session, Obligation.state)


def _by_state(session: Session, column: Any) -> Mapping[str, int]:
    return {str(state): count for state, count in session.exec(select(column, func.count()).group_by(column))}


def people(session: Session) -> int:
    """How many have a role."""
    count = func.count(col(Membership.person_id).distinct())
    return session.exec(select(count).where(col(Membership.until).is_(None))).one()


def doubted(session: Session) -> int:
    """How many messages were ever in doubt."""
    return session.exec(select(func.count()).where(col(Delivery.doubts) > 0)).one()


def unreachable(session: Session) -> int:
    """How many people's chats take nothing any more."""
    gone = col(Address.unreachable_since).is_not(None)
    return session.exec(select(func.count(func.distinct(Address.person_id))).where(gone)).one()


def linked(session: Session) -> int:
    """How many people are linked to an account."""
    return session.exec(select(func.count(func.distinct(Address.person_id)))).one()


def cut_off(session: Session) -> int:
    """How many of them are reached by none of their ways any more."""
    takes = select(Address.person_id).where(col(Address.unreachable_since).is_(None))
    return session.exec(
        select(func.count(func.distinct(Address.person_id))).where(col(Address.person_id).not_in(takes))
    ).one()


def sent_since(session: Session, since: datetime) -> int:
    """How many messages left with a receipt from an instant (UTC) on."""
    left = (Delivery.state == DeliveryState.SENT, col(Delivery.sent_at) >= since)
    return session.exec(select(func.count()).select_from(Delivery).where(*left)).one()


def size(session: Session) -> int:
    """The database's size in bytes, evidence included."""
    connection = session.connection()
    return kind_named(connection.dialect.name).size(connection)


def revision(session: Session) -> str:
    """The schema's revision as alembic wrote it down."""
    return str(session.connection().execute(text("SELECT version_num FROM alembic_version")).scalar())
