"""The two processes: `bot` receives, answers and fetches; `scheduler` makes time pass; both send."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from app import daily, health_web, identity, installation, menus, ping, plan_documents, webhook, wiring, zalo_webhook
from app.beating import Beat
from app.wakes import MOST_IDLE_S, Stop, Wakes
from app.wiring import Service
from bot.door.receive import Receiver
from channels.base import Channel
from channels.errors import ChannelError, RivalError
from delivery import retry, rival
from delivery.sender import Sender
from delivery.watch import WATCHED, Watch
from scheduler import tick
from store import delivery_leases, leases, serving
from store.engine import OF_DATABASE
from store.fence import StaleEpochError

if TYPE_CHECKING:
    from scheduler.runner import Beats

log = logging.getLogger(__name__)
POLL_S = 25
# As many as may be on their way at once; what they claim and receive meanwhile is kept in one unit (delivery.together).
SENDERS = 8
WATCH_S, SANDBOX_WATCH_S = 60.0, 5.0
BEAT_S, SANDBOX_BEAT_S = 15.0, 0.25
# After an error that concerns every call: the network, the token, a second poller.
TROUBLE_S = 5.0
# After a line that broke once.
SOON_S = 1.0


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
        *(_hear(service, each, opening[name], stop, wakes) for name, each in channels.items()),
        health_web.serve(service, stop.event),
        _steps(lambda: wiring.fetch(service, channels), stop, wakes),
        _steps(lambda: plan_documents.step(service, channels), stop, wakes),
        _watch(service, "bot", stop),
        *_senders(sender, stop, wakes),
    )
    await asyncio.to_thread(_release, service, leases.POLL)
    await _close(channels)


async def run_scheduler(service: Service, stop: Stop | None = None, beats: "Beats | None" = None) -> None:
    """Runs until SIGTERM, or as `stop` says: beats, and sends what the beats found due.

    `beats` are those of a process that serves several offices; without them it has its own.
    """
    stop = stop or Stop.by_signal()
    channels = wiring.channels_of(service)
    opening = _opening(service, channels, stop)
    if not await _begin(service, opening, stop):
        return
    every = BEAT_S if service.settings.real else SANDBOX_BEAT_S
    beat = Beat(
        service.store,
        service.clock,
        leads=lambda: _lead(service, leases.SCHEDULER),
        live=lambda now: tick.live(service.store, now),
        steps=lambda now: tick.steps(service.store, service.current(), now),
    )
    end_beats = beat.begin(every, beats)
    sender, wakes = wiring.sender_of(service, channels), Wakes(service.store.commits())
    await asyncio.gather(
        wakes.follow(stop.event),
        *opening.values(),
        health_web.serve(service, stop.event),
        ping.keep(service, stop.event),
        _watch(service, "scheduler", stop),
        _daily(service, stop),
        *_senders(sender, stop, wakes),
    )
    await asyncio.to_thread(end_beats)
    await asyncio.to_thread(_release, service, leases.SCHEDULER)
    await _close(channels)


def _senders(sender: Sender, stop: Stop, wakes: Wakes) -> Iterator[Awaitable[None]]:
    """Loops that send side by side."""
    return (_steps(sender.step, stop, wakes, sender.idle_s, makes_work=False) for _ in range(SENDERS))


async def _watch(service: Service, who: str, stop: Stop) -> None:
    """Looks after the other process."""
    watch = Watch(service.store, service.office, WATCHED[who])
    every = WATCH_S if service.settings.real else SANDBOX_WATCH_S
    while not stop.now:
        try:
            await asyncio.to_thread(watch.look, service.clock())
            await asyncio.to_thread(installation.settle, service)
        except Exception:
            log.exception("the other process could not be looked after")
        await stop.pause(every)


async def _daily(service: Service, stop: Stop) -> None:
    """Backups and what is let go, beside the beats: a big database must not hold them up."""
    while not stop.now:
        try:
            if await asyncio.to_thread(_lead, service, leases.SCHEDULER):
                await asyncio.to_thread(daily.step, service, service.clock())
        except Exception:
            log.exception("the day's backup or retention failed")
        await stop.pause(WATCH_S)


def _lead(service: Service, name: str) -> bool:
    with service.store.unit() as session:
        return leases.hold(session, name, identity.own(), identity.ended, service.clock())


def _release(service: Service, name: str) -> None:
    # Where the database is away the lease runs out by itself.
    with suppress(*OF_DATABASE), service.store.unit() as session:
        leases.release(session, name, identity.own(), service.clock())


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
    """What a process was sending that is known to have ended need not wait for the end of its lease."""
    with service.store.unit() as session:
        count = delivery_leases.rescue(session, service.clock(), retry.MOST_DOUBTS, identity.ended)
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
    polling = asyncio.create_task(_receive(service, channel, receiver, stop, wakes))
    await asyncio.gather(
        webhook.receive(service, channel, receiver, stop.event, wakes.wake),
        zalo_webhook.receive(service, channel, receiver, stop.event, wakes.wake),
        _steps(receiver.step, stop, wakes, receiver.idle_s),
        _steps(partial(menus.show_admin_menu, service, channel), stop, wakes),
    )
    # What a cut long poll would have brought was not confirmed and comes again, or was brought and is kept now.
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    try:
        await asyncio.to_thread(receiver.keep_brought)
    except OF_DATABASE as error:
        # It was not confirmed: the platform brings it again, to whoever asks next.
        log.warning("what the last poll brought could not be kept: %s", error)


async def _receive(service: Service, channel: Channel, receiver: Receiver, stop: Stop, wakes: Wakes) -> None:
    """Polls, unless the platform brings the updates itself, or none come back on this channel."""
    if channel.abilities.one_way:
        return
    if webhook.brings(service, channel) or zalo_webhook.brings(service, channel):
        return
    while not stop.now:
        try:
            await webhook.leave(channel)
            break
        except ChannelError as error:
            log.error("a webhook could not be looked for: %s", error)
            await asyncio.sleep(error.retry_after or TROUBLE_S)
        except Exception:
            log.exception("a webhook could not be looked for")
            await asyncio.sleep(TROUBLE_S)
    await _poll(service, receiver, stop, wakes)


async def _poll(service: Service, receiver: Receiver, stop: Stop, wakes: Wakes) -> None:
    wait = 0  # the first call asks what came meanwhile and says at once that we are here
    failed = 0
    while not stop.now:
        try:
            # The platform lets one program poll: a second one would end the first one's call each time.
            if await asyncio.to_thread(_is_aside, service) or not await asyncio.to_thread(_lead, service, leases.POLL):
                await asyncio.sleep(TROUBLE_S)
                continue
            if await receiver.poll(wait):
                wakes.wake()
            wait, failed = POLL_S, 0
        except ChannelError as error:
            log.error("no updates: %s", error)
            failed += 1
            if isinstance(error, RivalError):
                await asyncio.to_thread(_meet_rival, service, receiver.channel.name)
            await asyncio.sleep(_pause_s(error, failed, forgets=receiver.channel.abilities.keeps == timedelta()))
        except Exception:
            log.exception("updates could not be kept")
            await asyncio.sleep(TROUBLE_S)


def _pause_s(error: ChannelError, failed: int, *, forgets: bool) -> float:
    """Seconds until the next poll after so many that failed: soon after one where what people say meanwhile is lost."""
    return error.retry_after or (SOON_S if forgets and failed == 1 and not error.stop else TROUBLE_S)


def _is_aside(service: Service) -> bool:
    """Whether an admin said that another copy serves: what people say is that one's."""
    with service.store.look() as session:
        found = serving.held(session)
    return found is not None and found.why is serving.Why.ASIDE


def _meet_rival(service: Service, channel: str) -> None:
    try:
        rival.meet(service.store, service.office, channel, service.clock(), installation.place(service))
    except Exception:
        log.exception("a second program on the same account could not be noted")


async def _steps(
    step: Callable[[], Awaitable[bool]],
    stop: Stop,
    wakes: Wakes,
    idle_s: Callable[[], float] = lambda: MOST_IDLE_S,
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
