"""The screen's process: serves its pages until SIGTERM, and gives a sign of life each minute."""

import asyncio
import logging
import signal

from app import desk_web, screen_key, web
from app.wiring import Service
from plan.errors import NhacViecError
from store import settings

log = logging.getLogger(__name__)
BEAT_S = 60.0
# Until the address is free: a former process may still be finishing its answers.
AGAIN_S = 2.0


async def run(service: Service) -> None:
    """Runs until SIGTERM or SIGINT; requests under way are answered first."""
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    await asyncio.to_thread(_seal, service)
    await asyncio.gather(
        web.serve(lambda: desk_web.make(service), service.settings.desk_listen, end, AGAIN_S), _beat(service, end)
    )


def _seal(service: Service) -> None:
    """Encrypts what an earlier version kept in the clear; where it cannot, `doctor` says so and people sign in."""
    # Loaded where used: only the screen's own process has it in memory.
    from desk.door import sealed

    try:
        if count := sealed.carry_over(service.store, screen_key.of(service.settings)):
            log.info("the secrets of %d authenticators' apps are encrypted now", count)
    except NhacViecError as error:
        log.warning("the secrets of authenticators' apps are not encrypted: %s", error)


async def _beat(service: Service, end: asyncio.Event) -> None:
    while not end.is_set():
        try:
            await asyncio.to_thread(_note, service)
        except Exception:
            log.exception("the screen's sign of life could not be kept")
        await web.wait(end, BEAT_S)


def _note(service: Service) -> None:
    with service.store.unit() as session:
        settings.beat(session, "desk", service.clock())
