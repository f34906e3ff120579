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
    """The look of one process at the beats of others."""

    def __init__(self, store: Store, office: Office, *beats: str) -> None:
        self.store, self.live, self.beats = store, Live(office), beats
        self._suspects: dict[str, datetime | None] = {}

    def look(self, now: datetime) -> None:
        """Tells the admins, once, that another process stopped, and once that it is back; call it every minute.

        Between the first sending window and the last of a working day only: at night nothing is due, and nobody is
        woken for it. An old beat must be met twice, so that a clock that was set forward is no alarm.
        """
        with self.store.look() as session:
            found = [
                (each, settings.last_beat(session, each), settings.get(session, _told(each))) for each in self.beats
            ]
            is_in_hours = self.live.of(session).in_hours(now)
        for name, beat, told in found:
            if beat is None:
                continue
            silent = now - beat > SILENT
            met_before, self._suspects[name] = beat == self._suspects.get(name), beat if silent else None
            if silent and met_before and told is None and is_in_hours:
                log.error("no beat of %s since %s", name, beat.isoformat())
                self._tell(name, beat, now)
            elif not silent and told is not None:
                self._tell_back(name, datetime.fromisoformat(told), now)

    def _tell(self, name: str, beat: datetime, now: datetime) -> None:
        with self.store.unit() as session:
            settings.put(session, _told(name), beat.isoformat())
            text = self.live.base.text(f"watch.{name}", since=beat)
            self._post(session, text, Identity("stopped", f"{name}:{beat.isoformat()}"), now)

    def _tell_back(self, name: str, since: datetime, now: datetime) -> None:
        with self.store.unit() as session:
            settings.drop(session, _told(name))
            text = self.live.base.text(f"watch.{name}_back", since=since, at=now)
            self._post(session, text, Identity("back", f"{name}:{since.isoformat()}"), now)

    def _post(self, session: Session, text: str, identity: Identity, now: datetime) -> None:
        why = "a process of the service stopped or came back"
        for admin, address in people.admins(session):
            deliveries.post(session, to_person(address), notice(identity.to(admin.id), text, why), now)


def _told(beat: str) -> str:
    """Under which key it is kept that the admins know that a process stopped."""
    return f"stopped:{beat}"
