"""Who may have written while a channel was not asked for longer than it keeps is asked to send it again."""

from datetime import datetime, timedelta

from sqlmodel import Session

from store import addresses, deliveries, gaps, people, settings
from store.postings import Identity, notice, to_person
from words.office import Office

# A line that comes and goes all day is told of once in so long: each notice is of all that was before it.
AGAIN = timedelta(hours=1)


def tell(session: Session, office: Office, now: datetime) -> None:
    """Tells those to whom something left on the channel on the day of the gap, and after more than a day everybody on
    it, once for each gap."""
    for channel, since, until in gaps.untold(session):
        told = gaps.told_at(session, channel)
        if told is not None and now - told < AGAIN:
            continue
        gaps.is_told(session, channel, now)
        if _is_of_outage(session, since, until):
            continue
        text = office.text("outage.gap", since=since, until=until)
        if until - since > settings.KEPT_BY_PLATFORM:
            asked = gaps.on(session, channel)
        else:
            asked = gaps.written_to(session, channel, office.day_of(since)[0], until)
        for person_id in asked:
            address = addresses.address_of(session, person_id, channel)
            if address is not None and people.memberships(session, person_id):
                identity = Identity("gap", since.isoformat(), person_id=person_id)
                posting = notice(identity, text, f"{channel} was not asked for what people write")
                deliveries.post(session, to_person(address), posting, now)


def _is_of_outage(session: Session, since: datetime, until: datetime) -> bool:
    """Whether the service was off for more than a day then, of which everybody hears anyway."""
    began, ended = settings.get(session, settings.OUTAGE_FROM), settings.get(session, settings.OUTAGE_UNTIL)
    if not began or not ended:
        return False
    early, late = datetime.fromisoformat(began) - gaps.SHORTEST, datetime.fromisoformat(ended) + gaps.SHORTEST
    return early <= since and until <= late
