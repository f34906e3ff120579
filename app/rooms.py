"""The offices of an installation as their pages need them: where each is found, and what answers there, opened when it
is first asked for.

A session, a form's token, a link, a webhook's secret is looked up in the database and the settings of the office at
whose address it came, and nowhere else: of another office it is as unknown as one that somebody made up.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pydantic import SecretStr

from app import addresses, answer_web, desk_web, offices, pages_process, settings, ways, wiring
from app.addresses import netloc
from app.hooks import with_hooks
from app.installation_settings import OFFICE, SETTINGS, Installation
from app.lanes import work_of
from app.offices import Place
from app.settings import Settings
from app.supervise import Only
from app.wiring import Service
from plan.errors import NhacViecError
from store import schema
from store.engine import OF_DATABASE
from store.engines.sqlite import sqlite_path

if TYPE_CHECKING:
    from starlette.types import ASGIApp

log = logging.getLogger(__name__)
# So many of one office's requests are answered at the same time, and so many offices are held open.
AT_ONCE, MOST_OPEN = 8, 200


class Door(StrEnum):
    """What an installation serves at an address of its own each: screens inside, what has no sign-in outside."""

    SCREEN = "screen"
    PUBLIC = "public"


class Why(StrEnum):
    """Why an office does not answer."""

    STOPPED = "stopped"
    TROUBLE = "trouble"


class ClosedError(NhacViecError):
    """An office that does not answer now; `why` says it."""

    def __init__(self, why: Why, words: str) -> None:
        super().__init__(words)
        self.why = why


@dataclass(frozen=True)
class Known:
    """An office as its folder says it is; `chosen` is None where its settings are wrong, and then `fault` says how."""

    place: Place
    stamp: int
    chosen: Settings | None
    fault: str = ""

    def host(self, door: Door) -> str:
        """The name, with a port where it has one, at which its pages of a door are; "" where there are none."""
        if self.chosen is None:
            return ""
        return netloc(self.chosen.desk_url if door is Door.SCREEN else self.chosen.public_url)

    def hosts(self, door: Door) -> set[str]:
        """The same with those at which its webhooks are."""
        hooks = (self.chosen.webhook_url, self.chosen.zalo_webhook_url) if self.chosen and door is Door.PUBLIC else ()
        return {self.host(door), *map(netloc, hooks)} - {""}


@dataclass
class Room:
    """An office that is open: its service and what answers at each of its doors."""

    known: Known
    service: Service
    doors: Mapping[Door, ASGIApp]
    busy: int = 0
    line: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


class House:
    """All offices of a folder. `look` before anything else, and again and again: it reads what changed."""

    def __init__(self, root: Path, to: Installation) -> None:
        self.root, self.to = root, to
        self.known: Mapping[str, Known] = {}
        self._read: Mapping[str, Known] = {}
        self._named: Mapping[Door, Mapping[str, str]] = {}
        self._rooms: OrderedDict[str, Room] = OrderedDict()
        self._turns: dict[str, Lock] = {}
        self._changing = Lock()
        self._said: dict[str, str] = {}

    def look(self) -> None:
        """Reads which offices there are, and what of their settings changed."""
        self._read = {place.name: self._look_at(place) for place in offices.all_in(self.root)}
        self.known = {name: _alone(known, self._read.values()) for name, known in self._read.items()}
        self._named = {door: self._hosts(door) for door in Door}
        with self._changing:
            changed = [name for name, room in self._rooms.items() if not self._is_as_before(name, room)]
        for name in changed:
            self._leave(name)

    def find(self, door: Door, host: str, path: str) -> tuple[str, str] | None:
        """The office at an address, and the path under which its pages stand there ("": all of the host is its own)."""
        if (name := self._named[door].get(host.casefold())) is not None:
            return name, ""
        name = path.removeprefix(OFFICE).partition("/")[0] if path.startswith(OFFICE) else ""
        # One whose pages have a name of their own is found under that alone: its cookies and links are for it.
        if name not in self.known or self.known[name].host(door) not in ("", self._own(door)):
            return None
        return name, OFFICE + name

    @asynccontextmanager
    async def entered(self, name: str) -> AsyncIterator[Room]:
        """An office while one request is answered; raises ClosedError."""
        with work_of(name):
            room = await asyncio.to_thread(self.room, name)
        room.busy += 1
        try:
            async with room.line:
                yield room
        finally:
            room.busy -= 1

    def room(self, name: str) -> Room:
        """An office, opened where it is not yet; raises ClosedError."""
        known = self.known.get(name)
        if known is None or known.place.is_stopped:
            raise ClosedError(Why.STOPPED, "stopped")
        if known.chosen is None:
            raise ClosedError(Why.TROUBLE, known.fault)
        with self._turns.setdefault(name, Lock()):
            room = self._rooms.get(name)
            if room is None or room.known != known:
                room = self._opened(known, known.chosen)
            with self._changing:
                self._rooms[name] = room
                self._rooms.move_to_end(name)
        with self._changing:
            idle = [each for each, one in self._rooms.items() if not one.busy and one is not room]
        # Those that were not asked for the longest go, where too many are open.
        for each in idle[: max(0, len(self._rooms) - MOST_OPEN)]:
            self._leave(each)
        return room

    def _opened(self, known: Known, chosen: Settings) -> Room:
        """A room; why it cannot be had is logged once, and not for each who asks."""
        name = known.place.name
        try:
            room = opened(known, chosen)
        except ClosedError as error:
            if self._said.get(name) != str(error):
                log.error("%s: its pages cannot be served: %s", name, error)
            self._said[name] = str(error)
            raise
        self._said.pop(name, None)
        return room

    def close(self) -> None:
        """Lets go of all."""
        for name in list(self._rooms):
            self._leave(name)

    def _look_at(self, place: Place) -> Known:
        with suppress(OSError):
            stamp = (place.folder / SETTINGS).stat().st_mtime_ns
            before = self._read.get(place.name)
            if before is not None and before.stamp == stamp:
                return before
            try:
                return Known(place, stamp, addresses.placed(place.settings(), place.name, self.to))
            except NhacViecError as error:
                return Known(place, stamp, None, str(error))
        return Known(place, 0, None, "its settings cannot be read")

    def _hosts(self, door: Door) -> dict[str, str]:
        """Whose each name is. The installation's own is nobody's, and one that two offices claim neither's."""
        ours = self._own(door)
        claims = [(host, name) for name, known in self.known.items() for host in known.hosts(door) if host != ours]
        of = {host: {name for other, name in claims if other == host} for host, _ in claims}
        for host, names in of.items():
            if len(names) > 1:
                log.error("%s is claimed by %s: it is nobody's", host, ", ".join(sorted(names)))
        return {host: names.pop() for host, names in of.items() if len(names) == 1}

    def _own(self, door: Door) -> str:
        return netloc(self.to.pages_address if door is Door.SCREEN else self.to.answers_url)

    def _is_as_before(self, name: str, room: Room) -> bool:
        return self.known.get(name) == room.known and not room.known.place.is_stopped

    def _leave(self, name: str) -> None:
        # Its connections close; a request under way opens what it still needs anew.
        with self._changing:
            room = self._rooms.pop(name, None)
        if room is not None:
            room.service.store.close()


def _alone(known: Known, every: Iterable[Known]) -> Known:
    """An office as it is, or in trouble where its settings name another's database: nobody shows that under two names.

    Whose it is says the folder in which it stands; of one on a server nobody can say it.
    """
    if known.chosen is None:
        return known
    path = sqlite_path(known.chosen.database_url)
    if path is not None and path.resolve().is_relative_to(known.place.folder.resolve()):
        return known
    url = known.chosen.database_url
    others = [
        each.place.name for each in every if each.chosen and each is not known and each.chosen.database_url == url
    ]
    return replace(known, chosen=None, fault=f"its database is that of {', '.join(others)}") if others else known


def opened(known: Known, chosen: Settings) -> Room:
    """An office's room; its database is taken as it is, and brought up to date by who serves it (`nhacviec work`).

    Raises ClosedError.
    """
    try:
        wiring.refuse_missing(chosen.database_url)
        service = wiring.open_service(without_tokens(chosen), migrated=False)
        if schema.revision(service.store) != schema.HEAD:
            service.store.close()
            raise ClosedError(Why.TROUBLE, "its database is of another version")
        pages_process.settle(service, Only.DESK)
        screen, public = desk_web.make(service), answer_web.make(service)
    except (NhacViecError, *OF_DATABASE) as error:
        if isinstance(error, ClosedError):
            raise
        raise ClosedError(Why.TROUBLE, str(error)) from error
    return Room(
        known, service, {Door.SCREEN: screen, Door.PUBLIC: with_hooks(chosen, service, public, known.place.name)}
    )


def without_tokens(chosen: Settings) -> Settings:
    """The settings of an office's pages, which speak to no platform: without its tokens, with what is made of them."""
    told = ways.told(chosen)
    made = {"invite_channels": tuple(filter(None, told["INVITE_CHANNELS"].split(",")))}
    given = {"invite_key": SecretStr(told["INVITE_KEY"])} if "INVITE_KEY" in told else {}
    return settings.without_secrets(chosen).model_copy(update=made | given)
