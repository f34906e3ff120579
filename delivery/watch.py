"""Each process watches the other: when reminders or answers stop, the admins hear of it from the one that lives."""

import logging
from datetime import datetime, timedelta

from sqlmodel import Session

from store import deliveries, people, settings
from store.current_office import Live
from store.engine import Store
from store.postings import Identity, notice, to_person
from words.office import Office

log = logging.getLogger(__name__)
# With a look a minute, and a minute to send, the admins know well within fifteen.
SILENT = timedelta(minutes=10)
WATCHED = {"bot": "scheduler", "scheduler": "poll"}


class Watch:
    """The look of one process at the beat of the other."""

    def __init__(self, store: Store, office: Office, beat: str) -> None:
        self.store, self.live, self.beat = store, Live(office), beat
        self._suspect: datetime | None = None

    def look(self, now: datetime) -> None:
        """Tells the admins, once, that the other process stopped, and once that it is back; call it every minute.

        Between the first sending window and the last of a working day only: at night nothing is due, and nobody is
        woken for it. An old beat must be met twice, so that a clock that was set forward is no alarm.
        """
        with self.store.look() as session:
            beat, told = settings.last_beat(session, self.beat), settings.get(session, self._key)
            office = self.live.of(session)
        if beat is None:
            return
        silent = now - beat > SILENT
        met_before, self._suspect = beat == self._suspect, beat if silent else None
        if silent and met_before and told is None and office.in_hours(now):
            log.error("no beat of %s since %s", self.beat, beat.isoformat())
            self._tell(f"watch.{self.beat}", beat, now)
        elif not silent and told is not None:
            self._tell_back(datetime.fromisoformat(told), now)

    @property
    def _key(self) -> str:
        return f"stopped:{self.beat}"

    def _tell(self, text: str, beat: datetime, now: datetime) -> None:
        with self.store.unit() as session:
            settings.put(session, self._key, beat.isoformat())
            self._post(
                session,
                self.live.base.text(text, since=beat),
                Identity("stopped", f"{self.beat}:{beat.isoformat()}"),
                now,
            )

    def _tell_back(self, since: datetime, now: datetime) -> None:
        with self.store.unit() as session:
            settings.drop(session, self._key)
            text = self.live.base.text(f"watch.{self.beat}_back", since=since, at=now)
            self._post(session, text, Identity("back", f"{self.beat}:{since.isoformat()}"), now)

    def _post(self, session: Session, text: str, identity: Identity, now: datetime) -> None:
        why = "a process of the service stopped or came back"
        for admin, address in people.admins(session):
            deliveries.post(session, to_person(address), notice(identity.to(admin.id), text, why), now)
