"""Two copies of the service with one token: each gets a part of what people say, so the admins must hear of it."""

import logging
from datetime import datetime

from store import deliveries, people, rivals
from store.current_office import Live
from store.engine import Store
from store.postings import Identity, notice, to_person
from words.office import Office

log = logging.getLogger(__name__)


def meet(store: Store, office: Office, channel: str, now: datetime) -> None:
    """Notes that the platform gave our poll away; once it has lasted a minute, the admins are told, once a day."""
    with store.unit() as session:
        since = rivals.meet(session, channel, now)
        if since is None:
            return
        speaking = Live(office).of(session)
        text = speaking.text("watch.rival", since=since)
        log.error("a second program uses this account since %s", since.isoformat())
        for admin, address in people.admins(session):
            identity = Identity("rival", since.isoformat(), speaking.today(now), admin.id)
            posting = notice(identity, text, "a second program uses the same account")
            deliveries.post(session, to_person(address), posting, now)
