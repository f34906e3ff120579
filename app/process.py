"""The two processes: `bot` receives, answers and fetches; `scheduler` makes time pass; both send. A worker, which
serves several offices in one process, does all of it for each of them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from app import (
    daily,
    health_web,
    installation,
    leading,
    menus,
    ping,
    polling,
    webhook,
    wiring,
    zalo_webhook,
)
from app.beating import Beat
from app.plan_documents import PlanDocuments
from app.polling import TROUBLE_S
from app.wakes import Stop, Wakes
from app.wiring import Service
from channels.base import Channel
from channels.errors import ChannelError
from delivery import retry
from delivery.sender import Sender
from delivery.watch import WATCHED, Watch
from scheduler import tick
from store import delivery_leases, leases
from store.engine import OF_DATABASE
from store.fence import StaleEpochError

if TYPE_CHECKING:
    from scheduler.runner import Beats

log = logging.getLogger(__name__)
# As many as may be on their way at once; what they claim and receive meanwhile is kept in one unit (delivery.together).
SENDERS = 8
WATCH_S, SANDBOX_WATCH_S = 60.0, 5.0
# How long after its hour a day's backup may begin.
DAILY_S = 300.0
BEAT_S, SANDBOX_BEAT_S = 15.0, 0.25
# Who is to see another menu follows from what somebody committed, and from no hour.
MENUS_S = 600.0


async def run_bot(service: Service, stop: Stop | None = None) -> None:
    """Runs until SIGTERM, or as `stop` says: polls into the inbox, handles it, sends, fetches evidence."""
    stop = stop or Stop.by_signal()
    channels = wiring.channels_of(service)
    opening = _opening(service, channels, stop)
    if not await _begin(service, opening, stop):
        return
    sender, wakes = wiring.sender_of(service, channels), Wakes(service.store.commits())
    await asyncio.gather(
        wakes.follow(stop.event),
        *_talking(service, channels, opening, stop, wakes),
        _look_after(service, stop, "bot"),
        health_web.serve(service, stop.event),
        *_senders(sender, stop, wakes),
    )
    await asyncio.to_thread(leading.release, service, leases.POLL)
    await _close(channels)


async def run_scheduler(service: Service, stop: Stop | None = None) -> None:
    """Runs until SIGTERM, or as `stop` says: beats, and sends what the beats found due."""
    stop = stop or Stop.by_signal()
    channels = wiring.channels_of(service)
    opening = _opening(service, channels, stop)
    if not await _begin(service, opening, stop):
        return
    end_beats = _begin_beats(service, None)
    sender, wakes = wiring.sender_of(service, channels), Wakes(service.store.commits())
    await asyncio.gather(
        wakes.follow(stop.event),
        *opening.values(),
        health_web.serve(service, stop.event),
        *_time_passing(service, stop),
        _look_after(service, stop, "scheduler"),
        *_senders(sender, stop, wakes),
    )
    await asyncio.to_thread(end_beats)
    await asyncio.to_thread(leading.release, service, leases.SCHEDULER)
    await _close(channels)


async def run_both(service: Service, stop: Stop, beats: "Beats") -> None:
    """Does what both do until `stop`, with one connection to each platform and one look at what was committed.

    `beats` are those of a process that serves several offices. Where one part fails, all end, in order; raises its
    error then.
    """
    channels = wiring.channels_of(service)
    opening = _opening(service, channels, stop)
    if not await _begin(service, opening, stop):
        await _close(channels)
        return
    sender, wakes = wiring.sender_of(service, channels), Wakes(service.store.commits())
    end_beats = _begin_beats(service, beats)
    parts = (
        wakes.follow(stop.event),
        *_talking(service, channels, opening, stop, wakes),
        *_time_passing(service, stop),
        _look_after(service, stop, "bot", "scheduler"),
        *_senders(sender, stop, wakes),
    )

    async def whole(part: Awaitable[None]) -> None:
        try:
            await part
        except BaseException:
            stop.event.set()
            raise

    ended = await asyncio.gather(*map(whole, parts), return_exceptions=True)
    await asyncio.to_thread(end_beats)
    for lease in (leases.POLL, leases.SCHEDULER):
        await asyncio.to_thread(leading.release, service, lease)
    await _close(channels)
    for error in ended:
        if isinstance(error, BaseException):
            raise error


def _talking(
    service: Service,
    channels: Mapping[str, Channel],
    opening: Mapping[str, asyncio.Task[bool]],
    stop: Stop,
    wakes: Wakes,
) -> Iterator[Awaitable[None]]:
    """What `bot` does beside sending."""
    yield from (_hear(service, each, opening[name], stop, wakes) for name, each in channels.items())
    for each in (wiring.fetcher_of(service, channels), PlanDocuments(service, channels)):
        yield _steps(each.step, stop, wakes, each.idle_s)


def _time_passing(service: Service, stop: Stop) -> Iterator[Awaitable[None]]:
    """What `scheduler` does beside beating and sending."""
    yield ping.keep(service, stop.event)
    yield _daily(service, stop)


def _begin_beats(service: Service, beats: "Beats | None") -> Callable[[], None]:
    """Beats from now on; gives what ends it."""
    beat = Beat(
        service.store,
        service.clock,
        leads=lambda: leading.lead(service, leases.SCHEDULER),
        live=lambda now: leading.live(service, leases.SCHEDULER, now),
        steps=lambda now: tick.steps(service.store, service.current(), now),
    )
    return beat.begin(BEAT_S if service.settings.real else SANDBOX_BEAT_S, beats)


def _senders(sender: Sender, stop: Stop, wakes: Wakes) -> Iterator[Awaitable[None]]:
    """Loops that send side by side."""
    return (_steps(sender.step, stop, wakes, sender.idle_s, makes_work=False) for _ in range(SENDERS))


async def _look_after(service: Service, stop: Stop, *processes: str) -> None:
    """What is looked after every minute: the other process by each of these, and what stands beside a database."""
    watch = Watch(service.store, service.office, *(WATCHED[each] for each in processes))

    def look() -> None:
        watch.look(service.clock())
        installation.settle(service)

    every = WATCH_S if service.settings.real else SANDBOX_WATCH_S
    while not stop.now:
        try:
            await asyncio.to_thread(look)
        except Exception:
            log.exception("the other process could not be looked after")
        await stop.pause(every)


async def _daily(service: Service, stop: Stop) -> None:
    """Backups and what is let go, beside the beats: a big database must not hold them up."""
    while not stop.now:
        try:
            await asyncio.to_thread(
                daily.step, service, service.clock(), lambda: leading.lead(service, leases.SCHEDULER)
            )
        except Exception:
            log.exception("the day's backup or retention failed")
        await stop.pause(DAILY_S)


def _opening(service: Service, channels: Mapping[str, Channel], stop: Stop) -> dict[str, asyncio.Task[bool]]:
    """Opens every channel, side by side; each tells whether it is open, False when the end was asked for first."""
    return {name: asyncio.create_task(_open_one(service, each, stop)) for name, each in channels.items()}


async def _begin(service: Service, opening: Mapping[str, asyncio.Task[bool]], stop: Stop) -> bool:
    """Makes the database ready once a platform answers; False when the end was asked for first.

    A platform that is away for a week keeps nobody from the others.
    """
    done, _ = await asyncio.wait(opening.values(), return_when=asyncio.FIRST_COMPLETED)
    if not all(each.result() for each in done) or stop.now:
        await asyncio.gather(*opening.values())
        return False
    while not stop.now:
        try:
            await asyncio.to_thread(_make_ready, service)
        except OF_DATABASE as error:
            log.error("the database cannot be made ready: %s", error)
            await stop.pause(TROUBLE_S)
        else:
            return True
    return False


def _make_ready(service: Service) -> None:
    _rescue(service)
    installation.at_start(service, service.clock())
    wiring.sync(service)


def _rescue(service: Service) -> None:
    """What a process was sending that has ended, or is kept out, need not wait for the end of its lease."""
    with service.store.unit() as session:
        count = delivery_leases.rescue(session, service.clock(), retry.MOST_DOUBTS, leading.is_over(service))
    if count:
        log.warning("%s messages in doubt after their sender ended", count)


async def _open_one(service: Service, channel: Channel, stop: Stop) -> bool:
    """The platform may be out of reach for hours: that is logged and tried again, not a reason to end."""
    while not stop.now:
        try:
            await menus.introduce(service, channel)
        except (ChannelError, *OF_DATABASE) as error:
            log.error("%s cannot be opened: %s", channel.name, error)
            await stop.pause(TROUBLE_S)
        else:
            return True
    return False


async def _close(channels: Mapping[str, Channel]) -> None:
    for channel in channels.values():
        await channel.close()


async def _hear(service: Service, channel: Channel, is_open: Awaitable[bool], stop: Stop, wakes: Wakes) -> None:
    """Takes and handles what people say on one channel, from when it is open until the end."""
    if not await is_open:
        return
    receiver = wiring.receiver_of(service, channel)
    asking = asyncio.create_task(polling.receive(service, channel, receiver, stop, wakes))
    await asyncio.gather(
        webhook.receive(service, channel, receiver, stop.event, wakes.wake),
        zalo_webhook.receive(service, channel, receiver, stop.event, wakes.wake),
        _steps(receiver.step, stop, wakes, receiver.idle_s),
        _steps(partial(menus.show_admin_menu, service, channel), stop, wakes, lambda: MENUS_S),
    )
    # What a cut long poll would have brought was not confirmed and comes again, or was brought and is kept now.
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    try:
        await asyncio.to_thread(receiver.keep_brought)
    except OF_DATABASE as error:
        # It was not confirmed: the platform brings it again, to whoever asks next.
        log.warning("what the last poll brought could not be kept: %s", error)


async def _steps(
    step: Callable[[], Awaitable[bool]],
    stop: Stop,
    wakes: Wakes,
    idle_s: Callable[[], float],
    *,
    makes_work: bool = True,
) -> None:
    """Runs one step after another; an error of ours is logged and does not end the process.

    `idle_s` says in how many seconds it is worth looking again after a step that found nothing to do, though nothing
    changes; `makes_work` whether others have something to do after one that did something.
    """
    while not stop.now:
        count = wakes.count
        try:
            if await step():
                if makes_work:
                    wakes.wake()
                continue
        except StaleEpochError as error:
            log.warning("%s", error)
            await stop.pause(TROUBLE_S)
        except Exception:
            log.exception("a step failed")
            await stop.pause(TROUBLE_S)
        await wakes.pause(idle_s(), count)
