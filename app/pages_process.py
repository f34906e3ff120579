"""The process that serves pages, the screen's or the page to answer on, until SIGTERM; a sign of life each minute.

Beside the others of `nhacviec run` it serves while somebody asks, and `app.doorkeeper` holds its address meanwhile.
"""

import asyncio
import logging
import signal
import socket
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


async def run(service: Service, only: Only, held: socket.socket | None = None) -> None:
    """Runs until SIGTERM or SIGINT; requests under way are answered first.

    On a socket that is `held` for it, it also ends when nobody has asked for `PAGES_SLEEP_MINUTES`.
    """
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    if held is None:
        await asyncio.to_thread(_seal, service, only)
    await asyncio.gather(_serve(service, only, held, end), _beat(service, only, end))
    if held is not None:
        await asyncio.to_thread(_note, service, heartbeat.asleep(only))


async def _serve(service: Service, only: Only, held: socket.socket | None, end: asyncio.Event) -> None:
    chosen, uploads = service.settings, only is Only.ANSWER
    make, address = (
        (answer_web.make, chosen.answer_listen) if only is Only.ANSWER else (desk_web.make, chosen.desk_listen)
    )
    if held is None:
        await web.serve(lambda: make(service), address, end, AGAIN_S, uploads=uploads)
    else:
        await web.serve_on(held, make(service), end, uploads=uploads, idle_s=60 * chosen.pages_sleep_minutes)


def settle(service: Service, only: Only) -> None:
    """What is done once before anybody has asked; from then on it is said to be asleep."""
    _seal(service, only)
    _note(service, heartbeat.asleep(only))


def _seal(service: Service, only: Only) -> None:
    """Encrypts what an earlier version of the screen kept in the clear; where it cannot, `doctor` says so."""
    if only is not Only.DESK:
        return
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
            await asyncio.to_thread(_note, service, heartbeat.BEATS[only])
        except Exception:
            log.exception("the sign of life of %s could not be kept", only)
        await web.wait(end, BEAT_S)


def _note(service: Service, beat: str) -> None:
    with service.store.unit() as session:
        settings.beat(session, beat, service.clock())
