"""Two copies of the service with one token: each gets a part of what people say, so the admins must hear of it."""

import logging
from datetime import datetime

from delivery import which_serves
from store import rivals, serving, settings
from store.current_office import Live
from store.engine import Store
from store.serving import Why
from words.office import Office

log = logging.getLogger(__name__)


def meet(store: Store, office: Office, channel: str, now: datetime, place: str = "") -> None:
    """Notes that the platform gave our poll away; once it has lasted a minute, the admins are told, once a day.

    Until one of them says which copy serves, this one sends nothing that it begins by itself, unless it was chosen
    where it stands now: `place` is what a copy does not share.
    """
    with store.unit() as session:
        since = rivals.meet(session, channel, now)
        if since is None:
            return
        log.error("a second program uses this account since %s", since.isoformat())
        speaking = Live(office).of(session)
        chosen = settings.get(session, serving.CHOSEN)
        if settings.get(session, serving.UNSEALED) is not None or (chosen and chosen == place):
            which_serves.warn(session, speaking, since, now)
            return
        if serving.held(session) is None:
            serving.hold(session, Why.RIVAL, now)
        which_serves.ask(session, speaking, now)
