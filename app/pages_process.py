"""The process that serves pages, the screen's or the page to answer on, until SIGTERM; a sign of life each minute."""

import asyncio
import logging
import signal
from importlib import import_module

from app import answer_web, desk_web, heartbeat, screen_key, web
from app.supervise import Only
from app.wiring import Service
from plan.errors import NhacViecError
from store import settings

log = logging.getLogger(__name__)
BEAT_S = 60.0
# Until the address is free: a former process may still be finishing its answers.
AGAIN_S = 2.0
# What is loaded once each serves, and by both.
SERVES = {Only.DESK: ("desk.site", "app.shown_settings"), Only.ANSWER: ("answer.site",)}
SERVE = ("app.bounded", "encodings.idna", "uvicorn.lifespan.off", "uvicorn.loops.auto")


def load(only: Only) -> None:
    """Loads now what this one serves pages with: what a process is forked with it shares with the others."""
    for name in (*SERVE, *SERVES[only]):
        import_module(name)


async def run(service: Service, only: Only) -> None:
    """Runs until SIGTERM or SIGINT; requests under way are answered first."""
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    chosen = service.settings
    if only is Only.ANSWER:
        served = web.serve(lambda: answer_web.make(service), chosen.answer_listen, end, AGAIN_S, uploads=True)
    else:
        await asyncio.to_thread(_seal, service)
        served = web.serve(lambda: desk_web.make(service), chosen.desk_listen, end, AGAIN_S)
    await asyncio.gather(served, _beat(service, only, end))


def _seal(service: Service) -> None:
    """Encrypts what an earlier version kept in the clear; where it cannot, `doctor` says so and people sign in."""
    # Loaded where used: only the screen's own process has it in memory.
    from desk.door import sealed

    try:
        if count := sealed.carry_over(service.store, screen_key.of(service.settings)):
            log.info("the secrets of %d authenticators' apps are encrypted now", count)
    except NhacViecError as error:
        log.warning("the secrets of authenticators' apps are not encrypted: %s", error)


async def _beat(service: Service, only: Only, end: asyncio.Event) -> None:
    while not end.is_set():
        try:
            await asyncio.to_thread(_note, service, only)
        except Exception:
            log.exception("the sign of life of %s could not be kept", only)
        await web.wait(end, BEAT_S)


def _note(service: Service, only: Only) -> None:
    with service.store.unit() as session:
        settings.beat(session, heartbeat.BEATS[only], service.clock())
