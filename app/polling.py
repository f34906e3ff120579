"""Asks a platform again and again for what people said; one process of an office at a time."""

import asyncio
import logging
from datetime import timedelta

from sqlmodel import Session

from app import installation, leading, webhook, zalo_webhook
from app.wakes import Stop, Wakes
from app.wiring import Service
from bot.door.receive import Receiver
from channels.base import Channel
from channels.errors import ChannelError, RivalError
from delivery import rival
from store import leases, serving

log = logging.getLogger(__name__)
POLL_S = 25
# After an error that concerns every call: the network, the token, a second poller.
TROUBLE_S = 5.0
# After a line that broke once.
SOON_S = 1.0


async def receive(service: Service, channel: Channel, receiver: Receiver, stop: Stop, wakes: Wakes) -> None:
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
    await poll(service, receiver, stop, wakes)


async def poll(service: Service, receiver: Receiver, stop: Stop, wakes: Wakes) -> None:
    """Polls while this process has the lease for it."""
    wait = 0  # the first call asks what came meanwhile and says at once that we are here
    failed = 0
    while not stop.now:
        try:
            # The platform lets one program poll: a second one would end the first one's call each time.
            if not await asyncio.to_thread(_may_ask, service):
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
            await asyncio.sleep(pause_s(error, failed, forgets=receiver.channel.abilities.keeps == timedelta()))
        except Exception:
            log.exception("updates could not be kept")
            await asyncio.sleep(TROUBLE_S)


def pause_s(error: ChannelError, failed: int, *, forgets: bool) -> float:
    """Seconds until the next poll after so many that failed: soon after one where what people say meanwhile is lost."""
    return error.retry_after or (SOON_S if forgets and failed == 1 and not error.stop else TROUBLE_S)


def _may_ask(service: Service) -> bool:
    with service.store.look() as session:
        if is_aside(session):
            return False
        if leading.has(service, session, leases.POLL):
            return True
    return leading.take(service, leases.POLL)


def is_aside(session: Session) -> bool:
    """Whether an admin said that another copy serves: what people say is that one's."""
    found = serving.held(session)
    return found is not None and found.why is serving.Why.ASIDE


def _meet_rival(service: Service, channel: str) -> None:
    try:
        rival.meet(service.store, service.office, channel, service.clock(), installation.place(service))
    except Exception:
        log.exception("a second program on the same account could not be noted")
