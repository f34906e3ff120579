"""A world that begins as an earlier one of this process did: the same people are linked to the same agencies once.

Linking takes an invite, two presses and some ten calls, and most journeys begin with the same officer and admin. While
nothing else has happened, what the first world came to (the database, the platform, the clock) is taken by the next.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Engine, event

from app.settings import Settings, in_environment
from channels.telegram.channel import Telegram
from plan.people import Role
from sandbox.phone import Phone
from sandbox.world import TOKEN, World
from store import people
from store.deliveries import UNSETTLED
from tests.near import AtOnce, Near
from words import consent
from words.message import plain

# Each is about a megabyte; the tests of one file begin alike.
KEPT = 48
CHANGING = ("INSERT", "UPDATE", "DELETE")
# What each part of a round looks for first. Where no such row is there it would find nothing, at fifty times the price.
WAITING: Mapping[str, str] = {
    "handle": """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM inbox WHERE state = 'new')
            OR EXISTS (SELECT 1 FROM evidence WHERE album IS NOT NULL AND asked_at IS NULL AND left_at IS NULL)
    """,
    "send": f"SELECT 1 FROM delivery WHERE {UNSETTLED} LIMIT 1",
    "fetch": """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM evidence WHERE state = 'waiting')
            OR EXISTS (SELECT 1 FROM plan_import WHERE state = 'waiting')
    """,
}
# What a platform is made of besides its state: its lock, its clock and who listens.
NOT_STATE = {"lock", "_clock", "_listeners", "_journal", "hand_out", "fault_source", "_rates"}


@dataclass(frozen=True)
class Moment:
    """What a world had come to: its database, the pickled state of its platform, its clock, the last user's number, and
    the users whose phones there are."""

    database: sqlite3.Connection
    platform: bytes
    now: datetime
    users: int
    phones: dict[str, int]


class Memory:
    """The moments of the worlds of this process, by what had happened until then; the longest unused are let go."""

    def __init__(self) -> None:
        self._moments: OrderedDict[Hashable, Moment] = OrderedDict()

    def get(self, key: Hashable) -> Moment | None:
        """The moment to which these happenings led."""
        found = self._moments.get(key)
        if found is not None:
            self._moments.move_to_end(key)
        return found

    def put(self, key: Hashable, moment: Moment) -> None:
        """Keeps a moment."""
        self._moments[key] = moment
        if len(self._moments) > KEPT:
            self._moments.popitem(last=False)[1].database.close()


class Written:
    """Counts the statements of this process that changed a row, those of the notes of beats in `setting` left out."""

    def __init__(self) -> None:
        self.count = 0
        event.listen(Engine, "after_cursor_execute", self._executed)

    def _executed(self, connection: object, cursor: Any, statement: str, *_: object) -> None:
        # An INSERT that gives its rows back has not counted them yet.
        changed = cursor.rowcount or "RETURNING" in statement
        if changed and statement.startswith(CHANGING) and " setting " not in statement.partition("\n")[0]:
            self.count += 1


_WRITTEN = Written()
_CHOSEN: dict[Hashable, Settings] = {}


class RememberingWorld(World):
    """A World whose `officer` takes what is remembered, while nothing but `officer` was called since its beginning.

    It is near to its platform (tests/near.py), and leaves out the parts of a round that have nothing new to do.
    `in_threads` says that what the service does beside its loop happens beside it, as it does in earnest; `is_synced`
    that the database is a copy of one of which a world that began at the same moment with the same plan made the
    obligations: only its later starts do it again.
    """

    def __init__(
        self,
        folder: Path,
        now: datetime,
        memory: Memory,
        *,
        in_threads: bool = False,
        is_synced: bool = False,
        **settings: Any,
    ) -> None:
        super().__init__(folder, now, **settings)
        self._is_synced = is_synced
        if not in_threads:
            self._loop.get_loop().set_default_executor(AtOnce())
        self._probe = sqlite3.connect(":memory:")
        self._memory, self._quiet = memory, self.platform.fault_source
        # What each part of a round had nothing to do with.
        self._idle: dict[str, tuple[object, ...]] = {}
        # A path is of one test: nothing that it leads to is of use to another.
        paths = any(isinstance(value, Path) for value in settings.values())
        self._happened: Hashable | None = None if paths else (now, repr(sorted(settings.items())))

    def __enter__(self) -> RememberingWorld:
        super().__enter__()
        self._began = (self.service, self.channel)
        self._left = self._trace()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._probe.close()
        super().__exit__(kind, error, trace)

    def _chosen(self, **given: Any) -> Settings:
        """As World's, read once for all that differ in nothing but their database and their platform's address."""
        own = {name: given.pop(name) for name in ("database_url", "telegram_api_url")}
        if any(isinstance(value, Path | SecretStr) for value in given.values()):
            return super()._chosen(**given, **own)
        key = repr(sorted(given.items())), frozenset(in_environment().items())
        if key not in _CHOSEN:
            _CHOSEN[key] = super()._chosen(**given, **own)
        return _CHOSEN[key].model_copy(update=own)

    def _sync(self) -> None:
        if not self._is_synced:
            super()._sync()
        self._is_synced = False

    def _connect(self, chosen: Settings) -> Telegram:
        self._idle.clear()
        # The file may be another one since the service stopped: one that was restored.
        self._probe.close()
        self._probe = sqlite3.connect(self.database)
        return Telegram(TOKEN, self._server.url, transport=Near(self._app, self._is_faulty, self.listen))

    def _is_faulty(self) -> bool:
        return bool(self.platform.faults) or self.platform.fault_source is not self._quiet

    def _drain(self, until: datetime) -> bool:
        """As World's; where nothing has changed since it ended, nothing can come of it."""
        if self._is_idle("drain"):
            return False
        happened = super()._drain(until)
        self._idle["drain"] = self._trace()
        return happened

    async def _handle(self) -> bool:
        return await self._unless_idle("handle", super()._handle)

    async def _send(self) -> bool:
        return await self._unless_idle("send", super()._send)

    async def _fetch(self) -> bool:
        return await self._unless_idle("fetch", super()._fetch)

    async def _unless_idle(self, part: str, do: Callable[[], Awaitable[bool]]) -> bool:
        if self._is_idle(part):
            return False
        moved = await do()
        self._idle[part] = self._trace()
        return moved

    def _next_moment(self, until: datetime) -> datetime | None:
        return super()._next_moment(until) if self._may_wait("handle") or self._may_wait("send") else None

    def _may_wait(self, part: str) -> bool:
        if part == "handle" and any(each.pending for each in self.receivers):
            return True
        return self._probe.execute(WAITING[part]).fetchone() is not None

    def _beat(self) -> None:
        """As World's; one that only noted that it was there gives no part of a round anything to do."""
        before, written = self._trace(), _WRITTEN.count
        super()._beat()
        if _WRITTEN.count == written:
            after = self._trace()
            self._idle = {part: after if trace == before else trace for part, trace in self._idle.items()}

    def _is_idle(self, part: str) -> bool:
        """Whether all is as it was when a part of a round had nothing more to do; other channels leave no trace."""
        return not self._beside and self._idle.get(part) == self._trace()

    def begins(self, story: Callable[[World], object]) -> World:
        """As World's, once for each beginning of a world: the story is a function that knows nothing but the world."""
        if self._happened is not None and self._trace() != self._left:
            self._happened = None
        if self._happened is None:
            return super().begins(story)
        self._happened = (self._happened, story)
        moment = self._memory.get(self._happened)
        if moment is None:
            happened, self._happened = self._happened, None
            super().begins(story)
            self._happened = happened
            self._memory.put(happened, self._moment())
        else:
            self._take(moment)
        self._left = self._trace()
        for phone in self.phones.values():
            phone.forgets()
        return self

    def officer(self, name: str, *agencies: str, role: Role = Role.OFFICER) -> Phone:
        """As World's, once for each beginning of a world."""
        if self._happened is not None and self._trace() != self._left:
            self._happened = None
        if self._happened is None:
            return self._linked(name, agencies, role)
        self._happened = (self._happened, name, agencies, role)
        moment = self._memory.get(self._happened)
        if moment is None:
            phone = self._linked(name, agencies, role)
            self._memory.put(self._happened, self._moment())
        else:
            self._take(moment)
            phone = self.phones[name].forgets()
        self._left = self._trace()
        return phone

    def _linked(self, name: str, agencies: Sequence[str], role: Role) -> Phone:
        """As if somebody had been linked through invites before the story began."""
        phone, office = self.phone(name), self.service.current()
        self.platform.enter_bot(phone.user)
        with self.service.store.unit() as session:
            for agency in agencies:
                shown = consent.short(
                    office, self.channel.name, office.text(f"role.{role}"), office.agency_name(agency)
                )
                address = self.channel.name, str(phone.user), str(phone.chat)
                person = people.link(session, *address, name, plain(shown), self.now)
                people.join(session, person.id or 0, agency, role, self.now)
        self.settle()
        return self._as_if_long_there(phone)

    def _trace(self) -> tuple[object, ...]:
        """Differs once anything but this class has changed the database, the platform, the clock or the service."""
        platform = self.platform
        unusual = bool(platform.faults), platform.hand_out, platform.fault_source, self.running
        same = (self.service, self.channel) == self._began
        changes = self._probe.execute("PRAGMA data_version").fetchone()
        return changes, platform.version, self.now, same, *unusual

    def _moment(self) -> Moment:
        database = sqlite3.connect(":memory:")
        self._probe.backup(database)
        state = {name: value for name, value in vars(self.platform).items() if name not in NOT_STATE}
        users = {name: phone.user for name, phone in self.phones.items()}
        return Moment(database, pickle.dumps(state), self.now, self._users, users)

    def _take(self, moment: Moment) -> None:
        moment.database.backup(self._probe)
        self._idle.clear()
        vars(self.platform).update(pickle.loads(moment.platform))
        self.now, self._users = moment.now, moment.users
        for name, user in moment.phones.items():
            if name not in self.phones:
                self.phones[name] = Phone(self.platform, user, user, self.settle)
