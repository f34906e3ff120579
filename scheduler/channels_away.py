"""A channel that takes nothing: what waits goes another way, and the admins hear since when, and when it is back."""

from datetime import datetime, timedelta

from sqlmodel import Session

from delivery import route
from store import deliveries, people, settings, ways
from store.engine import Store
from store.postings import Identity, notice, to_person
from words.names import of_channel
from words.office import Office

# A platform is away for minutes every week; nobody is told of that.
TOLD_AFTER = timedelta(hours=1)
# So many who have no other way are named.
NAMED = 10


def look_after(store: Store, office: Office, now: datetime) -> None:
    """Moves what waits, and tells; most beats find nothing to look after."""
    with store.look() as session:
        if not ways.needs_care(session):
            return
    with store.unit() as session:
        route.pass_by(session, office, now)
        _tell(session, office, now)


def _tell(session: Session, office: Office, now: datetime) -> None:
    failing, told = ways.failing(session), ways.told(session)
    for channel, since in failing.items():
        if channel not in told and now - since >= TOLD_AFTER:
            settings.put(session, ways.TOLD + channel, since.isoformat())
            _tell_since(session, office, channel, since, now)
    for channel, since in told.items():
        if channel not in failing:
            settings.drop(session, ways.TOLD + channel)
            text = office.text("admin.channel_back", channel=of_channel(channel), since=since, at=now)
            for admin, address in people.admins(session):
                identity = Identity("channel-back", f"{channel} {since.isoformat()}", person_id=admin.id)
                deliveries.post(session, to_person(address), notice(identity, text, f"{channel} works again"), now)


def _tell_since(session: Session, office: Office, channel: str, since: datetime, now: datetime) -> None:
    """By another way: by the one that is away nobody would hear of it."""
    alone = ways.only_by(session, channel)
    text = office.text(
        "admin.channel_away",
        channel=of_channel(channel),
        since=since,
        at=since + office.route_after,
        count=len(alone),
        names=[people.named(session, office.agency_short, each) for each in alone[:NAMED]],
    )
    for admin, way in people.admins_beside(session, channel):
        identity = Identity("channel-away", f"{channel} {since.isoformat()}", person_id=admin.id)
        deliveries.post(session, to_person(way), notice(identity, text, f"{channel} takes nothing"), now)
