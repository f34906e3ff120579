"""Where people are reached: their chats, letters included, which of them take messages, and which comes first."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from store import audit, ways
from store.audit_actions import Action
from store.people_tables import Address, Person

# What the audit says when somebody is reached no more.
LOST = Action.MEMBER_UNREACHABLE


def address_of(session: Session, person_id: int, channel: str) -> Address | None:
    """Where a person is reached on a channel."""
    query = select(Address).where(Address.person_id == person_id, Address.channel == channel)
    return session.exec(query.order_by(col(Address.id))).first()


def addresses_of(session: Session, person_id: int) -> Sequence[Address]:
    """Every way in which a person was linked, in the order in which they are used."""
    return session.exec(select(Address).where(Address.person_id == person_id).order_by(*ways.in_order())).all()


def any_address(session: Session, person_id: int) -> Address | None:
    """A person's first address, whether it takes messages or not."""
    return session.exec(select(Address).where(Address.person_id == person_id).order_by(col(Address.id))).first()


def reached_at(session: Session, person_id: int, channel: str) -> Address | None:
    """Where a person takes messages: on this channel if they can, otherwise on another; None for nowhere.

    Who reported on a shared telephone is reached there.
    """
    person = session.get(Person, person_id)
    at = person_id if person is None or person.reports_on is None else person.reports_on
    query = select(Address).where(Address.person_id == at, col(Address.unreachable_since).is_(None))
    return session.exec(query.order_by(col(Address.channel) != channel, *ways.in_order())).first()


def mark_unreachable(session: Session, channel: str, chat: str, why: str, now: datetime) -> Address | None:
    """Notes that a private chat takes nothing any more; None when it was known or is nobody's."""
    address = session.exec(select(Address).where(Address.channel == channel, Address.chat == chat)).first()
    if address is None or address.unreachable_since is not None:
        return None
    address.unreachable_since, address.unreachable_why = now, why
    session.add(address)
    audit.record(session, LOST, f"person:{address.person_id}", now, via=channel, actor=address.person_id)
    return address


def mark_reachable(session: Session, channel: str, user: str) -> None:
    """Notes that a person opened the chat again."""
    address = session.exec(select(Address).where(Address.channel == channel, Address.user == user)).first()
    if address is not None:
        address.unreachable_since, address.unreachable_why = None, ""
        session.add(address)
