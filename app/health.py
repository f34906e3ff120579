"""How the service stands: the same facts for /healthz, /metrics, `doctor`, `alive` and the outside monitor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from app import heartbeat
from app.heartbeat import LIMIT, PageState, alive
from app.settings import Settings
from app.supervise import Only
from app.wiring import Service
from store import gauges, rivals, room, schema, serving, settings, ways
from store.room import Lack, Room
from store.serving import Held, Why

# After which a platform that takes nothing is more than a hiccup.
AWAY = timedelta(hours=1)
LACKS = {
    Lack.DISK: "disk: {free} free, so that files wait with the platform (DISK_FREE_MB)",
    Lack.DATABASE: "database: {size}, so that files wait with the platform (DATABASE_GB)",
}


HELDS = {
    Why.RESTORED: "this database was restored from a backup",
    Why.COPIED: "this database was brought from elsewhere",
    Why.MOVED: "this database's record was moved into another one",
    Why.RIVAL: "another program uses this bot",
    Why.ASIDE: "an admin said that another copy serves, and this one receives nothing",
}


@dataclass(frozen=True)
class Health:
    """The facts at a moment (UTC); a time that is None never was, or nothing waits.

    `beats`: the last sign of life per beat. `unsent_since`: the oldest message that could leave and has not.
    `received_at`: the last update. `unhandled_since`: the oldest update that waits. `unreported`: messages given up of
    which no admin was told yet. `revision` of the schema, and the one that the program `wants`. `room` is
    what there is for files. `rival_since`: another program uses the same account. `held`: whether this copy serves was
    not said. `away`: since when a channel takes nothing. `pages`: how those stand that serve pages; which of them
    lives is no part of the service's own health.
    """

    at: datetime
    beats: Mapping[str, datetime | None]
    unsent_since: datetime | None
    received_at: datetime | None
    waiting: int
    unhandled_since: datetime | None
    unreported: int
    revision: str
    wants: str
    room: Room
    rival_since: datetime | None = None
    held: Held | None = None
    away: Mapping[str, datetime] = field(default_factory=dict)
    pages: Mapping[str, PageState] = field(default_factory=dict)

    def age(self, moment: datetime | None) -> float | None:
        """Seconds since a moment; None for None."""
        return None if moment is None else max(0.0, (self.at - moment).total_seconds())

    def faults(self) -> list[str]:
        """What is wrong, a sentence each; empty when all is well."""
        return [words for _, words in self._found()]

    def kinds(self) -> list[str]:
        """The same as kinds of faults, each once, for who says them in words of their own."""
        return list(dict.fromkeys(kind for kind, _ in self._found()))

    def _found(self) -> Iterator[tuple[str, str]]:
        for name, beat in self.beats.items():
            if not alive(beat, self.at):
                yield "silent", f"{name}: no sign of life{f' for {_minutes(self.at - beat)}' if beat else ''}"
        if self.unsent_since is not None and self._long_ago(self.unsent_since):
            yield "unsent", f"unsent: a message waits for {_minutes(self.at - self.unsent_since)}"
        if self.unhandled_since is not None and self._long_ago(self.unhandled_since):
            yield "inbox", f"inbox: an update waits for {_minutes(self.at - self.unhandled_since)}"
        if self.rival_since is not None:
            age = _minutes(self.at - self.rival_since)
            yield "rival", f"rival: another program receives this bot's messages for {age}"
        if self.held is not None:
            why = HELDS[self.held.why]
            yield "held", f"held: {why}; it sends no reminders until an admin answers in the chat, or `nhacviec serve`"
        for channel, since in self.away.items():
            if self.at - since >= AWAY:
                yield "away", f"{channel}: the platform takes no messages for {_minutes(self.at - since)}"
        if (lack := self.room.lack) is not None:
            yield "room", LACKS[lack].format(free=_megabytes(self.room.free), size=_megabytes(self.room.size))
        if self.revision != self.wants:
            yield "schema", f"schema: revision {self.revision}, the program's is {self.wants}"

    def _long_ago(self, moment: datetime) -> bool:
        return self.at - moment > LIMIT

    def as_json(self) -> dict[str, Any]:
        """The facts for a program: ages in whole seconds, null where there is none."""
        faults = self.faults()
        return {
            "healthy": not faults,
            "faults": faults,
            "at": self.at.isoformat(timespec="seconds"),
            "beat_age_seconds": {name: _whole(self.age(beat)) for name, beat in self.beats.items()},
            "oldest_unsent_seconds": _whole(self.age(self.unsent_since)),
            "last_update_age_seconds": _whole(self.age(self.received_at)),
            "inbox_waiting": self.waiting,
            "oldest_waiting_update_seconds": _whole(self.age(self.unhandled_since)),
            "failed_unreported": self.unreported,
            "channels_away_seconds": {name: _whole(self.age(since)) for name, since in self.away.items()},
            "pages": dict(self.pages),
            "database": "answers",
            "database_bytes": self.room.size,
            "disk_free_bytes": self.room.free,
            "schema": {"revision": self.revision, "wanted": self.wants},
        }


def look(service: Service, now: datetime) -> Health:
    """The facts at `now` (UTC); raises what the database raises when it does not answer."""
    with service.store.look() as session:
        office = service.live.of(session)
        return Health(
            at=now,
            beats={name: settings.last_beat(session, name) for name in ("scheduler", "poll")},
            unsent_since=gauges.unsent_since(session, now, office.sending_since(now), office.told_since(now)),
            received_at=gauges.last_received(session),
            waiting=gauges.inbox(session).get("new", 0),
            unhandled_since=gauges.unhandled_since(session),
            unreported=gauges.unreported(session),
            revision=gauges.revision(session),
            wants=schema.HEAD,
            room=room.look(session, service.office.free_bytes, service.office.most_bytes),
            rival_since=rivals.anywhere(session, now),
            held=serving.held(session),
            away=ways.failing(session),
            pages={only: page_state(session, only, now) for only in _pages(service.settings)},
        )


def page_state(session: Session, only: Only, now: datetime) -> PageState:
    """How one stands that serves pages."""
    return heartbeat.page_state(only, partial(settings.last_beat, session), now)


def _pages(chosen: Settings) -> list[Only]:
    # Those of an installation's offices are served together, by what leaves no sign of life in any of them.
    if chosen.together:
        return []
    return [*([Only.DESK] if chosen.desk_listen else []), *([Only.ANSWER] if chosen.public_url else [])]


def _minutes(age: timedelta) -> str:
    return f"{int(age.total_seconds() // 60)} minutes"


def _megabytes(count: int | None) -> str:
    return f"{(count or 0) // 1024 // 1024} MB"


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else int(seconds)
