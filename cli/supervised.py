"""`python -m cli.supervised WATCHED`: starts the processes of the service that are missing, then watches them again.

`nhacviec run` looks at the settings and the database and then becomes this; the sandbox starts it beside itself.
"""

import gc
import os
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import partial

import anyio
import httpcore

import app.process
import cli.service
import scheduler.runner
from app import logs, office_settings, pages_process, settings
from app.forking import fork
from app.supervise import PAGES, SIGNALS, WATCHES, Only, Watched, take_back
from cli import main as command_line
from plan.errors import NhacViecError
from store import engine

# What each process would load first for itself.
ALIKE = (anyio, httpcore, app.process, cli.service, scheduler.runner)


def run_one(name: str, aside: int) -> None:
    """Runs `nhacviec run --only NAME` in this process, which ends with it; `aside` is what pages may not know."""
    gc.enable()
    if name not in PAGES:
        take_back(aside)
    os.close(aside)
    # As the command line would: reading one writes into 5 MB of what is shared.
    command_line.carry_out(partial(cli.service.run, Only(name), supervised=True))


def main(watched: Watched) -> None:
    """Starts what is missing from one copy of what they all load, and becomes the supervisor."""
    # They wait for the supervisor, who can end what was started here.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    logs.set_up(watched.log_level, "run")
    _load(watched.missing)
    # A collection writes into whatever it looks at, and what is written to is shared no more.
    gc.collect()
    gc.freeze()
    gc.disable()
    for name in watched.missing:
        watched.children[name] = fork(name, partial(run_one, aside=watched.aside), list(watched.children.values()))
    watched.become(WATCHES)


def _load(names: Iterable[str]) -> None:
    """What each of these would load, and read, first for itself."""
    # Plans and sentences are kept by their functions for whoever asks again; a fault is said by who asks.
    with suppress(NhacViecError):
        office_settings.office_of(settings.read())
    engine.prepare()
    for name in names:
        if name in PAGES:
            pages_process.load(Only(name))


if __name__ == "__main__":
    main(Watched.of(sys.argv[1]))
