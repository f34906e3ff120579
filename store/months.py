"""How much of its month a platform has given us: counted from our own record, since no platform says it."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from store import settings
from store.people_tables import Address
from store.tables import Delivery
from store.types import DeliveryState
from words.month import Spent, spent
from words.office import Office


def of(session: Session, office: Office, now: datetime) -> dict[str, list[Spent]]:
    """What is spent in the local month of an instant (UTC), by channel; those without an end are left out, and those
    whose bot was never opened: a process that knows no token counts what the others send."""
    since, until = office.month_of(now)
    found = {
        channel: list(spent(given, _people(session, channel), _messages(session, channel, since, until)))
        for channel, given in sorted(office.months.items())
        if settings.bot_name(session, channel) is not None
    }
    return {channel: each for channel, each in found.items() if each}


def _people(session: Session, channel: str) -> int:
    """Everybody who was linked there and not erased: nobody outside knows when the platform stops counting one."""
    return session.exec(
        select(func.count(func.distinct(col(Address.person_id)))).where(col(Address.channel) == channel)
    ).one()


def is_full(session: Session, office: Office, channel: str) -> bool:
    """Whether as many people are linked on a channel as its plan takes."""
    given = office.months.get(channel)
    return given is not None and bool(given.people) and _people(session, channel) >= given.people


def _messages(session: Session, channel: str, since: datetime, until: datetime) -> int:
    """What left with a receipt; a page is a message, and what leaves in doubt counts once it is settled."""
    query = select(func.count()).select_from(Delivery).where(col(Delivery.channel) == channel)
    query = query.where(col(Delivery.state) == DeliveryState.SENT)
    return session.exec(query.where(col(Delivery.sent_at) >= since, col(Delivery.sent_at) < until)).one()
