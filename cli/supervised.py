"""`python -m cli.supervised WATCHED`: starts the processes of the service that are missing, then watches them again.

`nhacviec run` looks at the settings and the database and then becomes this; the sandbox starts it beside itself.
"""

import gc
import os
import signal
import sys
from contextlib import suppress
from functools import partial

import anyio
import httpcore

import app.process
import cli.service
import scheduler.runner
from app import logs, office_settings, settings
from app.forking import fork
from app.supervise import PAGES, SIGNALS, WATCHES, Watched, take_back
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
    sys.argv = ["nhacviec", "run", "--only", name, "--supervised"]
    command_line.main()


def main(watched: Watched) -> None:
    """Starts what is missing from one copy of what they all load, and becomes the supervisor."""
    # They wait for the supervisor, who can end what was started here.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    logs.set_up(watched.log_level, "run")
    # Kept by its function for whoever asks again; a fault is said by who asks.
    with suppress(NhacViecError):
        office_settings.catalogue_of(settings.read())
    engine.prepare()
    # A collection writes into whatever it looks at, and what is written to is shared no more.
    gc.collect()
    gc.freeze()
    gc.disable()
    for name in watched.missing:
        watched.children[name] = fork(name, partial(run_one, aside=watched.aside), list(watched.children.values()))
    watched.become(WATCHES)


if __name__ == "__main__":
    main(Watched.of(sys.argv[1]))
