"""The whole service against the strict Bot API in one process, for tests: time stands still until it is moved."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from app import menus, wiring
from app import settings as app_settings
from app.plan_documents import PlanDocuments
from channels.base import Channel
from channels.telegram.channel import Telegram
from plan.people import Role
from sandbox.phone import Phone
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server
from scheduler.tick import tick
from store import audit, delivery_queue, gaps, inbox, invites, nominations, people, serving
from store import settings as store_settings

T = TypeVar("T")
TOKEN = "1234567:sandbox-token-of-nobody-at-all-000000"  # noqa: S105 -- no real bot has it
GROUP = -4001
# A reply is there within seconds; what is further away is not waited for.
PATIENCE = timedelta(seconds=60)


class World:
    """A Telegram, a service and some phones. `now` is the only clock; `settle` lets everything due happen.

    `beside` are channels that the service serves beside Telegram.
    """

    def __init__(
        self,
        folder: Path,
        now: datetime,
        *,
        enforce_rates: bool = False,
        beside: Sequence[Channel] = (),
        **settings: Any,
    ) -> None:
        self.now = now.astimezone(UTC)
        self.database = folder / "nhacviec.db"
        self.platform = Platform(TOKEN, lambda: self.now, enforce_rates=enforce_rates)
        self._app = create_app(self.platform)
        self._server, self._listens = Server(self._app), False
        self._given, self._beside = settings, beside
        self._loop = asyncio.Runner()
        self._users = 70_100_200
        self.phones: dict[str, Phone] = {}
        # Channels that are asked and do not answer.
        self.away: set[str] = set()

    def __enter__(self) -> World:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._loop.close()
        self._server.__exit__(kind, error, trace)

    def start(self) -> None:
        """Starts the service anew on the same database, as after a restart."""
        chosen = self._chosen(
            _env_file=None,
            telegram_bot_token=TOKEN,
            telegram_api_url=self._server.url,
            **{"database_url": f"sqlite:///{self.database}", **self._given},
        )
        service = replace(wiring.open_service(chosen), clock=lambda: self.now)
        self.service = service
        self.channel = self._connect(chosen)
        self.channels: dict[str, Channel] = {each.name: each for each in (self.channel, *self._beside)}
        for each in self.channels.values():
            self.run(menus.introduce(service, each))
        self._sync()
        self.receiver = wiring.receiver_of(service, self.channel)
        self.receivers = [self.receiver, *(wiring.receiver_of(service, each) for each in self._beside)]
        self.sender = wiring.sender_of(service, self.channels, wait=at_once)
        self.running = True

    def _chosen(self, **given: Any) -> app_settings.Settings:
        return app_settings.read(**given)

    def _sync(self) -> None:
        wiring.sync(self.service)

    def _connect(self, chosen: app_settings.Settings) -> Telegram:
        """The service's channel to the platform."""
        self.listen()
        return wiring.telegram_of(chosen)

    def listen(self) -> None:
        """Answers calls to `api` from now on."""
        if not self._listens:
            self._server.__enter__()
            self._listens = True

    @property
    def api(self) -> str:
        """The address of the Bot API."""
        self.listen()
        return self._server.url

    def stop(self) -> None:
        """Ends the service; the platform and the phones go on."""
        if self.running:
            self.running = False
            for each in self.channels.values():
                self.run(each.close())
            self.service.store.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs a coroutine to its end."""
        return self._loop.run(work)

    def settle(self) -> None:
        """Receives, handles, sends, fetches and beats until nothing more happens; where a limit says so time passes.

        As in the service a beat is no part of a send: it comes when all is answered, and again when something was done.
        """
        if not self.running:
            return
        until = self.now + PATIENCE
        self.run(self._hear())
        if self.run(self._handle()):
            self._drain(until)
        self._beat()
        while self._drain(until):
            self._beat()
        self.run(self._show_menus())

    def _beat(self) -> None:
        """What happens because time passed."""
        tick(self.service.store, self.service.current(), self.now)

    def _drain(self, until: datetime) -> bool:
        """Handles, sends and fetches until nothing waits that could leave before a moment; whether anything did."""
        happened = False
        while True:
            if self.run(self._round()):
                happened = True
                continue
            then = self._next_moment(until)
            if then is None:
                return happened
            self.now = then

    def _next_moment(self, until: datetime) -> datetime | None:
        """To when the clock is moved for what waits, no further than a moment; None where nothing does so soon."""
        with self.service.store.look() as session:
            moments = delivery_queue.next_moment(session, self.now), inbox.next_moment(session, held=True)
            soon = min((each for each in moments if each is not None and each > self.now), default=None)
            office, own = self.service.current(), serving.held(session) is None
            reminders, tell = office.may_send(self.now), partial(office.may_tell, now=self.now)
            busy = delivery_queue.waiting(session, self.now, reminders=reminders, own=own, may_tell=tell)
        if self.now < until and (any(each.pending for each in self.receivers) or (busy and self._may_wait("fetch"))):
            return self.now + timedelta(seconds=1)
        if self.now < until and busy:
            # A limit or a platform that is away: the sender knows when it is worth looking again.
            then = self.now + timedelta(seconds=max(1, math.ceil(self.sender.idle_s())))
            return min(then, until, *([soon] if soon is not None else ()))
        return soon if soon is not None and self.now < soon <= until else None

    def _may_wait(self, _part: str) -> bool:
        """Whether there may be anything for a part of a round (handle, send, fetch) to do: it is asked in any case."""
        return True

    async def _hear(self) -> None:
        """Takes what the platform brings until it has nothing new; the poll after the last update confirms it."""
        for receiver in self.receivers:
            while receiver.channel.name not in self.away and await receiver.poll(0):
                pass

    async def _handle(self) -> bool:
        """Handles what was received; whether there was anything."""
        handled = False
        for receiver in self.receivers:
            while self._may_wait("handle") and await receiver.step():
                handled = True
        return handled

    async def _round(self) -> bool:
        """Handles, sends and fetches; whether anything happened, of which more may come in another round."""
        if self.platform.pending_updates():
            await self._hear()
        handled, sent = await self._handle(), await self._send()
        return await self._fetch() or handled or sent

    async def _send(self) -> bool:
        """Sends what may leave; whether anything did."""
        moved = False
        while self._may_wait("send") and await self.sender.step():
            moved = True
        return moved

    async def _fetch(self) -> bool:
        """Fetches the files that were sent; whether there were any."""
        moved = False
        files, documents = wiring.fetcher_of(self.service, self.channels), PlanDocuments(self.service, self.channels)
        while self._may_wait("fetch") and (await files.step() or await documents.step()):
            moved = True
        return moved

    async def _show_menus(self) -> None:
        """Nothing comes of a menu, so they wait until all is still."""
        while await menus.show_admin_menu(self.service, self.channel):
            pass

    def at(self, *when: int) -> World:
        """Moves the clock to a local moment, and lets everything happen that is due then."""
        self.now = datetime(*when, tzinfo=self.service.office.zone).astimezone(UTC)  # type: ignore[misc, arg-type]
        self._was_running()
        self.settle()
        return self

    def later(self, **by: float) -> World:
        """Moves the clock on, and lets everything happen that is due then."""
        self.now += timedelta(**by)
        self._was_running()
        self.settle()
        return self

    def _was_running(self) -> None:
        """A service that runs polls all the time: the leap of the clock is no outage."""
        if self.running:
            with self.service.store.unit() as session:
                gaps.leapt(session, self.now, self.away)

    def phone(self, name: str) -> Phone:
        """A phone of somebody; the same name is the same person."""
        if name not in self.phones:
            self._users += 1
            self.platform.add_person(self._users, name)
            self.phones[name] = Phone(self.platform, self._users, self._users, self.settle)
        return self.phones[name]

    def begins(self, story: Callable[[World], object]) -> World:
        """Lets a story happen before the one that is told; nobody has anything unread of it."""
        story(self)
        for phone in self.phones.values():
            phone.forgets()
        return self

    def officer(self, name: str, *agencies: str, role: Role = Role.OFFICER) -> Phone:
        """Somebody linked to agencies through real invites: Start, the notice, "Tôi đồng ý"."""
        phone = self.phone(name)
        for agency in agencies:
            with self.service.store.unit() as session:
                waits = nominations.is_needed(session, 0, role)
                code = invites.make(session, agency, role, None, self.now) if not waits else None
            if code is not None:
                phone.starts(code).taps("Tôi đồng ý")
            else:
                self._confirmed(phone, name, agency, role)
        return self._as_if_long_there(phone)

    def _as_if_long_there(self, phone: Phone) -> Phone:
        """Nobody is told of somebody's coming any more."""
        with self.service.store.unit() as session:
            store_settings.put(session, store_settings.PEOPLE_TOLD, str(audit.head(session)[0]))
        return phone.forgets()

    def _confirmed(self, phone: Phone, name: str, agency: str, role: Role) -> None:
        """A later admin, whom somebody confirmed before the story begins."""
        phone.starts()
        with self.service.store.unit() as session:
            user, chat = str(phone.user), str(phone.chat)
            person = people.link(session, self.channel.name, user, chat, name, "", self.now)
            people.join(session, person.id or 0, agency, role, self.now)
        self.settle()

    def admin(self, name: str, agency: str = "noivu") -> Phone:
        """An admin."""
        return self.officer(name, agency, role=Role.ADMIN)

    def group(self, admin: Phone, *members: Phone, title: str = "CCHC Sơn Tây", linked: bool = True) -> Phone:
        """The admin's phone in a group with the bot, bound to the office."""
        ids = [admin.user, *(member.user for member in members)]
        self.platform.add_group(GROUP, title, ids)
        self.platform.add_bot_to_group(GROUP, admin.user)
        phone = admin.in_chat(GROUP)
        self.settle()
        if linked:
            phone.says(f"/link@{self.platform.bot['username']}")
        return phone.forgets()


async def at_once(_seconds: float) -> None:
    """Time stands still here: what waits for a part of a second by it would wait by another clock, and for nothing."""
    await asyncio.sleep(0)
