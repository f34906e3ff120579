"""Serves offices of an installation in one process: each with its own database, settings and threads.

Several workers, on one machine or on several, divide them among each other (app/seats.py). An office in trouble (a plan
that is broken, a token that is refused, a full disk) is named, tried again after a while, and keeps no other from its
work.
"""

import asyncio
import logging
from asyncio import Task
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from app import addresses, offices, process, under_fence, wiring
from app.lanes import LaneBeats, Lanes, work_of
from app.offices import Place
from app.seats import Orders, Seats
from app.settings import Settings
from app.wakes import Stop
from app.wiring import Service
from plan.errors import NhacViecError
from store import sandboxed, schema
from store.control import Note, Seat
from store.engine import OF_DATABASE, Store
from store.fence import Fence, Mark, StaleEpochError

log = logging.getLogger(__name__)
# How often the folder and the other workers are looked at; and when an office that failed is tried again.
LOOK_S, AGAIN_S = 5.0, 30.0


@dataclass
class Served:
    """An office that is served: its end, for good or of this attempt, and the task that serves it; its epoch, what
    is said of it to the other workers, and which worker had it before."""

    place: Place
    epoch: int = 0
    note: Note = field(default_factory=Note)
    former: str = ""
    stop: Stop = field(default_factory=Stop)
    attempt: Stop = field(default_factory=Stop)
    task: Task[None] | None = None

    def end(self) -> None:
        """Asks it to end after what it is doing."""
        self.stop.event.set()
        self.attempt.event.set()


class Worker:
    """Serves its share of a folder's offices that are not stopped, until `stop`; `served` are those that it has."""

    def __init__(self, root: Path, stop: Stop, seats: Seats) -> None:
        self.root, self.stop, self.seats = root, stop, seats
        self.served: dict[str, Served] = {}
        self.lanes = Lanes()
        self.beats = LaneBeats(self.lanes)
        # Set where there is something to tell the others before the next look: an office has ended.
        self._soon = asyncio.Event()

    async def run(self) -> None:
        """Looks at the folder and the other workers again and again, and serves what is this one's."""
        asyncio.get_running_loop().set_default_executor(self.lanes)
        self.beats.start()
        # While they end they are still this worker's.
        while not self.stop.now or self.served:
            if self.stop.now:
                for served in self.served.values():
                    served.end()
            try:
                await self.look()
            except OF_DATABASE as error:
                log.error("the control record does not answer, each office goes on where it is: %s", error)
            except Exception:
                log.exception("the offices could not be looked at, each goes on where it is")
            await self._pause()
        try:
            await asyncio.to_thread(self.seats.leave)
        except OF_DATABASE as error:
            log.warning("the other workers were not told that this one ends: %s", error)
        self.seats.close()
        self.beats.stop()

    async def look(self) -> None:
        """Begins to serve offices that came, and asks those to end that were stopped, are gone, or are another's.

        Raises what the folder and the control record raise.
        """
        wanted, offered = await asyncio.to_thread(self._offered)
        for name, served in self.served.items():
            if name not in wanted:
                served.end()
        held = {name: served.note for name, served in self.served.items()}
        self._follow(await asyncio.to_thread(self.seats.look, offered, held, leaving=self.stop.now), wanted)

    def _follow(self, orders: Orders, wanted: dict[str, Place]) -> None:
        for name in orders.lost | orders.give:
            if name in self.served:
                self.served[name].end()
        for name, seat in orders.take.items():
            # What is not begun after all is let go at the next look.
            if name not in self.served and not self.stop.now:
                self._begin(wanted[name], seat)

    def _begin(self, place: Place, seat: Seat) -> None:
        served = self.served[place.name] = Served(place, seat.epoch, seat.note)
        with work_of(place.name):
            served.task = asyncio.create_task(self._serve(served))

    def _offered(self) -> tuple[dict[str, Place], dict[str, bool]]:
        found = {place.name: place for place in offices.all_in(self.root) if not place.is_stopped}
        # One that is served here has its database.
        return found, {name: name in self.served or place.has_record() for name, place in found.items()}

    async def _pause(self) -> None:
        ends = (self._soon,) if self.stop.now else (self._soon, self.stop.event)
        waiting = [asyncio.create_task(each.wait()) for each in ends]
        await asyncio.wait(waiting, timeout=LOOK_S, return_when=asyncio.FIRST_COMPLETED)
        for each in waiting:
            each.cancel()
        self._soon.clear()

    async def _serve(self, served: Served) -> None:
        """One office until its end; what fails in it is logged under its name, and noted for the other workers."""
        name = served.place.name
        log.info("served from now on, under epoch %s", served.epoch)
        while not served.stop.now:
            trouble = ""
            try:
                await self._once(served)
            except StaleEpochError as error:
                log.warning("%s", error)
                self._soon.set()
            except NhacViecError as error:
                log.error("cannot be served: %s", error)
                trouble = str(error)
            except Exception as error:
                log.exception("cannot be served")
                trouble = type(error).__name__
            served.note = replace(served.note, trouble=trouble)
            # One that was asked to end has ended; another is tried again.
            await served.stop.pause(AGAIN_S)
        log.info("served no more")
        self.served.pop(name, None)
        self.lanes.leave(name)
        self._soon.set()

    async def _once(self, served: Served) -> None:
        attempt = served.attempt = Stop()
        if served.stop.now:
            attempt.event.set()
        loop = asyncio.get_running_loop()

        def lost() -> None:
            # Ends the attempt, and learns at once whose it is; from any thread.
            loop.call_soon_threadsafe(attempt.event.set)
            loop.call_soon_threadsafe(self._soon.set)

        service = await asyncio.to_thread(self._open, served, lost)

        try:
            await process.run_both(service, attempt, self.beats)
        finally:
            service.store.close()

    def _open(self, served: Served, lost: Callable[[], None]) -> Service:
        """In a thread of the office: its service under this worker's epoch; `lost` is told when it is another's."""
        url = settings_of(served.place).database_url
        have = wiring.revision_of(url)
        served.note = replace(served.note, revision=have or "")
        schema.refuse_newer(have)
        if have is not None:
            # Before its schema is touched: whoever had the office before knows the former one.
            with closing(Store(url)) as store:
                self._put_up(store, served)
        service = open_office(served.place)
        self._put_up(service.store, served)
        service.store.fence = Fence(Mark(served.epoch, self.seats.name), lost, served.former)
        served.note = Note(under_fence.weight_of(service.store), schema.HEAD)
        return service

    def _put_up(self, store: Store, served: Served) -> None:
        def lift(above: int) -> int | None:
            return self.seats.lift(served.place.name, above)

        mark, former = under_fence.put_up(store, Mark(served.epoch, self.seats.name), lift)
        served.epoch, served.former = mark.epoch, former or served.former


def settings_of(place: Place) -> Settings:
    """An office's settings as a worker serves it. Raises NhacViecError with what is to be done."""
    chosen = addresses.placed(place.settings(), place.name)
    if not chosen.has_bot:
        raise NhacViecError("neither TELEGRAM_BOT_TOKEN nor ZALO_BOT_TOKEN is in its settings")
    return chosen


def open_office(place: Place) -> Service:
    """An office's service by its own settings alone. Raises NhacViecError with what is to be done."""
    chosen = settings_of(place)
    service = wiring.open_service(chosen)
    if chosen.real and sandboxed.is_sandbox(service.store):
        service.store.close()
        raise NhacViecError("its database is a sandbox's, with example people and a moved clock")
    return service
