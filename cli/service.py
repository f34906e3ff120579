"""`run` and `sandbox`: the service itself."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer

from app import logs, settings, supervise, ways, wiring
from app.clock import set_clock
from app.settings import Settings
from app.supervise import PAGES, SERVICE, Only
from app.wiring import Service
from plan.errors import NhacViecError
from store import sandboxed

PORT = 8020


def run(
    only: Annotated[Only | None, typer.Option(help="One process alone, for example under Docker.")] = None,
    supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False,
) -> None:
    """Runs the service: against Telegram with TELEGRAM_BOT_TOKEN, Zalo with ZALO_BOT_TOKEN, otherwise the sandbox."""
    if supervised:
        supervise.end_with_supervisor()
    chosen = settings.read()
    if only in PAGES:
        _pages(only, chosen)
        return
    if not chosen.has_bot:
        if only is not None:
            raise NhacViecError(
                "neither TELEGRAM_BOT_TOKEN nor ZALO_BOT_TOKEN is set; write one into .env or the environment"
            )
        _sandbox(chosen, PORT, chosen.start)
        return
    logs.set_up(chosen.log_level, str(only or "run"))
    if chosen.start is not None:
        sandboxed.refuse_an_office(chosen.database_url)
    service = wiring.open_service(chosen)
    if not supervised:
        service.office.text.refuse_broken()
    if chosen.start is not None:
        sandboxed.mark(service.store)
    elif chosen.real and sandboxed.is_sandbox(service.store):
        raise NhacViecError(
            "DATABASE_URL is a sandbox's database, with example people and a moved clock; name another one"
        )
    if only is None:
        if chosen.start is not None:
            set_clock(service.store, chosen.start)
        service.store.close()
        names = (*SERVICE, *(name for name, listen in listening(chosen).items() if listen))
        typer.echo(f"nhacviec: {', '.join(names)} are starting; Ctrl-C ends them", err=True)
        told = {"DATABASE_URL": chosen.database_url, **ways.told(chosen)}
        supervise.Watched(chosen.log_level, names=names).become(supervise.STARTS, **told)
    if chosen.start is not None and only is Only.SCHEDULER:
        set_clock(service.store, chosen.start)
    asyncio.run(_work_of(only)(service))
    service.store.close()


def _work_of(only: Only) -> Callable[[Service], Coroutine[None, None, None]]:
    # Loaded where used: the screen's process needs no platform's library in its memory.
    from app import process

    return process.run_bot if only is Only.BOT else process.run_scheduler


def listening(chosen: Settings) -> dict[Only, str]:
    """Where each of those that serve pages listens; "" where it is not served."""
    return {Only.DESK: chosen.desk_listen, Only.ANSWER: chosen.answer_listen if chosen.public_url else ""}


def _pages(only: Only, chosen: Settings) -> None:
    """The office's screen, or the page to answer on, without the bot's token."""
    from app import pages_process

    if not listening(chosen)[only]:
        raise NhacViecError(
            "DESK_LISTEN is empty; write where the screen answers, for example 127.0.0.1:8090"
            if only is Only.DESK
            else "PUBLIC_URL is empty; write the address at which officers open the page, for example https://bao.example.vn"
        )
    with _pages_service(only, chosen) as service:
        asyncio.run(pages_process.run(service, only))


def serve_pages(only: Only, held: socket.socket) -> None:
    """Serves those pages on a socket that its doorkeeper holds, until nobody asks any more."""
    from app import pages_process

    supervise.end_with_supervisor()
    with _pages_service(only, settings.read()) as service:
        asyncio.run(pages_process.run(service, only, held))


def settle_pages(only: Only) -> None:
    """Does what is done once before anybody asks for those pages."""
    from app import pages_process

    with _pages_service(only, settings.read()) as service:
        pages_process.settle(service, only)


@contextmanager
def _pages_service(only: Only, chosen: Settings) -> Iterator[Service]:
    logs.set_up(chosen.log_level, str(only))
    chosen = settings.without_secrets(chosen)
    wiring.refuse_missing(chosen.database_url)
    service = wiring.open_service(chosen)
    yield service
    service.store.close()


def sandbox(
    port: Annotated[int, typer.Option(help="The page's port; another one when it is taken.")] = PORT,
    start: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="Where the clock starts; default: where it was."),
    ] = None,
) -> None:
    """Runs everything without Telegram, and prints the address of the page."""
    chosen = settings.read(telegram_bot_token=None, zalo_bot_token=None)
    moment = start.replace(tzinfo=chosen.timezone) if start else chosen.start
    _sandbox(chosen, port, moment)


def _sandbox(chosen: Settings, port: int, moment: datetime | None) -> None:
    # Imported here: the two processes of the service need no web server in their memory.
    from sandbox import serve

    serve.run(chosen, port, moment)
