"""Times in which a channel was not asked for longer than it keeps what people say: that is lost, nobody knows whose."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from store import settings
from store.people_tables import Address, Membership
from store.tables import Delivery, Setting
from store.types import DeliveryState

# A restart takes less, and so does a poll that waits.
SHORTEST = timedelta(minutes=2)
HEARD, GAP, TOLD = "heard:", "gap:", "gap_told:"


def note(session: Session, channel: str, keeps: timedelta, now: datetime) -> None:
    """Notes that a channel was asked at `now` (UTC), and the gap before, where it was longer than the channel `keeps`
    what people say, and than two minutes.

    Of each channel on its own: one that is away is missed also while the others are heard. Gaps that nobody was told
    of yet become one. A deadline that ended inside is looked at by an admin, as after an outage.
    """
    since = heard_at(session, channel)
    heard(session, channel, now)
    if since is None or now - since <= max(SHORTEST, keeps):
        return
    settings.keep_outage_row(session, since, now)
    open_since = (settings.get(session, GAP + channel) or since.isoformat()).partition(" ")[0]
    settings.put(session, GAP + channel, f"{open_since} {now.isoformat()}")


def heard(session: Session, channel: str, now: datetime) -> None:
    """Marks that a channel was asked until `now` (UTC)."""
    settings.put(session, HEARD + channel, now.isoformat())


def leapt(session: Session, now: datetime, but: Collection[str] = ()) -> None:
    """Marks that every channel, but for some, was asked until `now` (UTC): a clock that was moved is no outage."""
    settings.beat(session, "poll", now)
    for key in session.exec(select(Setting.key).where(col(Setting.key).startswith(HEARD))).all():
        if key.removeprefix(HEARD) not in but:
            settings.put(session, key, now.isoformat())


def heard_at(session: Session, channel: str) -> datetime | None:
    """Until when a channel was asked last (UTC)."""
    value = settings.get(session, HEARD + channel)
    return datetime.fromisoformat(value) if value else None


def untold(session: Session) -> Sequence[tuple[str, datetime, datetime]]:
    """The gaps that nobody was told of, as (channel, since, until) in UTC."""
    rows = session.exec(
        select(Setting.key, Setting.value).where(col(Setting.key).startswith(GAP)).order_by(Setting.key)
    ).all()
    found = []
    for key, value in rows:
        since, _, until = value.partition(" ")
        found.append((key.removeprefix(GAP), datetime.fromisoformat(since), datetime.fromisoformat(until)))
    return found


def told_at(session: Session, channel: str) -> datetime | None:
    """When people were last told of a gap of a channel (UTC)."""
    value = settings.get(session, TOLD + channel)
    return datetime.fromisoformat(value) if value else None


def is_told(session: Session, channel: str, now: datetime) -> None:
    """Notes that the gap of a channel was told, or need not be."""
    settings.drop(session, GAP + channel)
    settings.put(session, TOLD + channel, now.isoformat())


def on(session: Session, channel: str) -> Sequence[int]:
    """The people with a role who are linked on a channel."""
    held = select(Membership.id).where(Membership.person_id == Address.person_id, col(Membership.until).is_(None))
    query = select(Address.person_id).where(Address.channel == channel, held.exists())
    return session.exec(query.order_by(col(Address.person_id)).distinct()).all()


def written_to(session: Session, channel: str, since: datetime, until: datetime) -> Sequence[int]:
    """The people to whom something left on a channel between two instants (UTC)."""
    query = select(Delivery.person_id).where(
        Delivery.channel == channel,
        Delivery.state == DeliveryState.SENT,
        col(Delivery.sent_at) >= since,
        col(Delivery.sent_at) <= until,
        col(Delivery.person_id).is_not(None),
        col(Delivery.in_group).is_(False),
    )
    return sorted({each for each in session.exec(query.distinct()).all() if each is not None})
