"""Serves all offices of an installation in one process: each with its own database, settings and threads.

An office in trouble (a plan that is broken, a token that is refused, a full disk) is named, tried again after a while,
and keeps no other from its work.
"""

import asyncio
import logging
from asyncio import Task
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path

from app import addresses, offices, process, wiring
from app.lanes import Lanes, work_of
from app.offices import Place
from app.wakes import Stop
from app.wiring import Service
from plan.errors import NhacViecError
from scheduler.runner import Beats
from store import sandboxed

log = logging.getLogger(__name__)
# How often the folder is looked through for what came, stopped or went; and when an office that failed is tried again.
LOOK_S, AGAIN_S = 5.0, 30.0


@dataclass
class Served:
    """An office that is served: its end, for good or of this attempt, and the task that serves it."""

    place: Place
    stop: Stop = field(default_factory=Stop)
    attempt: Stop = field(default_factory=Stop)
    task: Task[None] | None = None

    def end(self) -> None:
        """Asks it to end after what it is doing."""
        self.stop.event.set()
        self.attempt.event.set()


class Worker:
    """Serves every office of a folder that is not stopped, until `stop`; `served` are those there are."""

    def __init__(self, root: Path, stop: Stop) -> None:
        self.root, self.stop = root, stop
        self.served: dict[str, Served] = {}
        self.lanes, self.beats = Lanes(), Beats()

    async def run(self) -> None:
        """Looks through the folder again and again, and serves what is there."""
        asyncio.get_running_loop().set_default_executor(self.lanes)
        self.beats.start()
        while not self.stop.now:
            self.look()
            await self.stop.pause(LOOK_S)
        for each in self.served.values():
            each.end()
        await asyncio.gather(*(each.task for each in self.served.values() if each.task is not None))
        self.beats.stop()

    def look(self) -> None:
        """Begins to serve offices that came, and asks those to end that were stopped or are gone."""
        wanted = {place.name: place for place in offices.all_in(self.root) if not place.is_stopped}
        for name, served in self.served.items():
            if name not in wanted:
                served.end()
        for name, place in wanted.items():
            if name not in self.served:
                served = self.served[name] = Served(place)
                with work_of(name):
                    served.task = asyncio.create_task(self._serve(served))

    async def _serve(self, served: Served) -> None:
        """One office until its end; what fails in it is logged under its name."""
        name = served.place.name
        log.info("served from now on")
        while not served.stop.now:
            try:
                await self._once(served)
            except NhacViecError as error:
                log.error("cannot be served: %s", error)
            except Exception:
                log.exception("cannot be served")
            # One that was asked to end has ended; another is tried again.
            await served.stop.pause(AGAIN_S)
        log.info("served no more")
        self.served.pop(name, None)
        self.lanes.leave(name)

    async def _once(self, served: Served) -> None:
        service = await asyncio.to_thread(open_office, served.place)
        attempt = served.attempt = Stop()
        if served.stop.now:
            attempt.event.set()

        async def whole(part: Awaitable[None]) -> None:
            # Where one half fails, the other ends too, in order.
            try:
                await part
            finally:
                attempt.event.set()

        halves = process.run_bot(service, attempt), process.run_scheduler(service, attempt, self.beats)
        try:
            for error in await asyncio.gather(*map(whole, halves), return_exceptions=True):
                if isinstance(error, BaseException):
                    raise error
        finally:
            service.store.close()


def open_office(place: Place) -> Service:
    """An office's service by its own settings alone. Raises NhacViecError with what is to be done."""
    chosen = addresses.placed(place.settings(), place.name)
    if not chosen.has_bot:
        raise NhacViecError("neither TELEGRAM_BOT_TOKEN nor ZALO_BOT_TOKEN is in its settings")
    service = wiring.open_service(chosen)
    if chosen.real and sandboxed.is_sandbox(service.store):
        service.store.close()
        raise NhacViecError("its database is a sandbox's, with example people and a moved clock")
    return service
