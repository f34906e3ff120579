"""`python -m cli.supervised WATCHED`: starts the processes of the service that are missing, then watches them again.

`nhacviec run` looks at the settings and the database and then becomes this; the sandbox starts it beside itself.
"""

import gc
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

import anyio
import httpcore

import app.process
import cli.service
import scheduler.runner
from app import logs, office_settings, pages_process, settings, web
from app.forking import fork
from app.settings import Settings
from app.supervise import PAGES, SIGNALS, WATCHES, Only, Watched, take_back
from cli import main as command_line
from plan.errors import NhacViecError
from store import engine

# What each process would load first for itself.
ALIKE = (anyio, httpcore, app.process, cli.service, scheduler.runner)
# Who keeps the door of pages, and who is started to serve them.
KEEPS, SERVES = "app.doorkeeper", "cli.pages"


def run_one(name: str, aside: int, doors: Mapping[Only, str], log_level: str) -> None:
    """Runs `nhacviec run --only NAME` in this process, which ends with it; `aside` is what pages may not know.

    `doors`: where those pages answer that are served only while somebody asks.
    """
    only = Only(name)
    gc.enable()
    if only not in PAGES:
        take_back(aside)
    os.close(aside)
    # As the command line would: reading one writes into 5 MB of what is shared.
    if only in doors:
        command_line.carry_out(partial(_keep_door, only, doors[only], log_level))
    command_line.carry_out(partial(cli.service.run, only, supervised=True))


def _keep_door(only: Only, address: str, log_level: str) -> None:
    """Becomes who waits for somebody to ask; returns where another program holds the address as yet."""
    try:
        held = web.bound(address)
    except OSError:
        return
    cli.service.settle_pages(only)
    os.set_inheritable(held.fileno(), True)
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    command = [sys.executable, "-m", KEEPS, only, str(held.fileno()), SERVES, log_level]
    os.execv(sys.executable, command)  # noqa: S606 -- our own


def main(watched: Watched) -> None:
    """Starts what is missing from one copy of what they all load, and becomes the supervisor."""
    # They wait for the supervisor, who can end what was started here.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    logs.set_up(watched.log_level, "run")
    doors = _doors(_load())
    for page in PAGES:
        if page in watched.missing and page not in doors:
            pages_process.load(page)
    # A collection writes into whatever it looks at, and what is written to is shared no more.
    gc.collect()
    gc.freeze()
    gc.disable()
    for name in watched.missing:
        work = partial(run_one, aside=watched.aside, doors=doors, log_level=watched.log_level)
        watched.children[name] = fork(name, work, list(watched.children.values()))
    watched.become(WATCHES)


def _load() -> Settings | None:
    """What each process would load, and read, first for itself; the settings, None where there is a fault in them."""
    chosen = None
    # Plans and sentences are kept by their functions for whoever asks again; a fault is said by who asks.
    with suppress(NhacViecError):
        chosen = settings.read()
        office_settings.office_of(chosen)
    engine.prepare()
    return chosen


def _doors(chosen: Settings | None) -> Mapping[Only, str]:
    """Where pages answer that are served only while somebody asks; none where PAGES_SLEEP_MINUTES is 0."""
    if chosen is None or not chosen.pages_sleep_minutes:
        return {}
    return {only: address for only, address in cli.service.listening(chosen).items() if address}


if __name__ == "__main__":
    main(Watched.of(sys.argv[1]))
