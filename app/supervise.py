"""Starts the processes of the service, starts one again that dies, and ends them in order; they end when it is gone.

It knows nothing of the application. To start a process it becomes `cli.supervised`, which loads the application and
forks from it whatever is missing (`app.forking`), so that what they have loaded alike is in the memory once; that
becomes this module again, which holds a tenth of it. It stays one process all the while, with the same children.
"""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn, Self

from app import logs, withheld

log = logging.getLogger(__name__)
LOOK_S, SOON_S = 0.5, 0.02
# One that dies at once, again and again, is not started in a hot loop.
QUICK_S, LONGEST_PAUSE_S = 10.0, 30.0
END_S = 40.0
SIGNALS = (signal.SIGTERM, signal.SIGINT)
# What becomes this module and what it becomes; the second stands after this folder in the list of folders.
WATCHES, STARTS = "app.supervise", "cli.supervised"


class Only(StrEnum):
    """One of the processes: the two of the service, beside them the office's screen and the page to answer on."""

    BOT = "bot"
    SCHEDULER = "scheduler"
    DESK = "desk"
    ANSWER = "answer"


SERVICE = (Only.BOT, Only.SCHEDULER)
# Those that serve pages and speak to no platform.
PAGES = (Only.DESK, Only.ANSWER)


@dataclass
class Child:
    """A process of the service: `holds` is the end of a pipe whose closing tells it that we are gone.

    `since` and all other moments here are of the machine's monotonic clock, in seconds.
    """

    pid: int
    holds: int
    since: float

    def has_ended(self, until: float) -> int | None:
        """How it ended by then, as `subprocess` says it (a signal is negative); None while it runs."""
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                os.close(self.holds)
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() >= until:
                return None
            time.sleep(SOON_S)


@dataclass
class Watched:
    """What the supervisor knows, and takes along when it becomes another program: the processes that run, by name."""

    log_level: str
    # Whether standard input closes when who started us is gone.
    with_parent: bool = False
    names: tuple[str, ...] = SERVICE
    # Where what the screen may not know waits for the others (`put_aside`); -1 where there is nothing.
    aside: int = -1
    # The program that starts those that are missing.
    starts: str = STARTS
    children: dict[str, Child] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    not_before: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, written: str) -> Self:
        """As it was written by `become`."""
        found = json.loads(written)
        children = {name: Child(**each) for name, each in found.pop("children").items()}
        return cls(**found, children=children)

    @property
    def missing(self) -> list[str]:
        """Those that are to be started now."""
        now = time.monotonic()
        return [each for each in self.names if each not in self.children and now >= self.not_before.get(each, 0)]

    def become(self, module: str, **extra: str) -> NoReturn:
        """Goes on as another program of the same process; signals wait until that one can take them.

        `extra` is added to its environment: without the bot's token the settings alone would choose another database.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        if self.aside < 0:
            self.aside = put_aside(os.environ)
        for number in (self.aside, *(child.holds for child in self.children.values())):
            os.set_inheritable(number, True)
        # The processes must not set the clock again when one of them is started anew.
        os.environ.update(extra, CLOCK_START="")
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, [sys.executable, "-m", module, json.dumps(asdict(self))])  # noqa: S606 -- our own


def put_aside(environment: MutableMapping[str, str]) -> int:
    """Takes what the pages' processes may not know out of an environment, into a file in the memory only: its number.

    A process that is started with it keeps it for its life, where whoever may read that process can read it.
    """
    held = {name: environment.pop(name) for name in withheld.VARIABLES if name in environment}
    number = os.memfd_create("aside")
    os.write(number, json.dumps(held).encode())
    return number


def take_back(number: int) -> None:
    """Gives this process what was put aside."""
    os.environ.update(json.loads(os.pread(number, os.fstat(number).st_size, 0)))


class Supervisor:
    """Looks after what runs until `stop` is set, or until who started it is gone."""

    def __init__(self, watched: Watched, stop: Event) -> None:
        self.watched, self.stop = watched, stop

    def run(self) -> None:
        """Returns when that is so and all have ended; while one is missing it becomes the program that starts it."""
        try:
            while not self._is_over():
                for name in tuple(self.watched.children):
                    self._look_after(name)
                if self.watched.missing:
                    # What comes from here on waits for the next program; what came before is looked at once more.
                    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
                    if not self._is_over():
                        self.watched.become(self.watched.starts)
                    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
                self.stop.wait(LOOK_S)
        finally:
            self._end()

    def _is_over(self) -> bool:
        return self.stop.is_set() or (self.watched.with_parent and bool(select.select([0], [], [], 0)[0]))

    def _look_after(self, name: str) -> None:
        code = self.watched.children[name].has_ended(until=0)
        if code is None:
            return
        now, since, failures = time.monotonic(), self.watched.children.pop(name).since, self.watched.failures
        failures[name] = failures.get(name, 0) + 1 if now - since < QUICK_S else 0
        pause = min(LONGEST_PAUSE_S, 2.0 ** failures[name] - 1)
        self.watched.not_before[name] = now + pause
        log.error("%s ended with %s; it is started again in %.0f s", name, code, pause)

    def _end(self) -> None:
        running = self.watched.children
        for child in running.values():
            os.kill(child.pid, signal.SIGTERM)
        until = time.monotonic() + END_S
        for name, child in running.items():
            if child.has_ended(until) is None:
                log.error("%s did not end in %.0f s and is killed", name, END_S)
                os.kill(child.pid, signal.SIGKILL)
                child.has_ended(time.monotonic() + END_S)


def be_called(name: str) -> None:
    """Takes the name that `ps -o comm` and `top` show; only Linux lets a process say so."""
    with suppress(OSError):
        Path("/proc/self/comm").write_text(name, "ascii")


def end_with_supervisor() -> None:
    """Sends this process SIGTERM once its standard input closes, and SIGKILL if that does not end it in `END_S`.

    The supervisor holds the other end while it lives. A pipe, because every POSIX system closes it, whatever ended the
    supervisor, and also where that was before we began to look.
    """
    Thread(target=_watch_supervisor, name="supervisor", daemon=True).start()


def _watch_supervisor() -> None:
    while os.read(0, 1):
        pass
    log.error("the supervisor is gone: this process ends")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(END_S)
    log.error("it did not end in %.0f s and is killed", END_S)
    os.kill(os.getpid(), signal.SIGKILL)


def stop_on_signals() -> Event:
    """An event that SIGTERM and SIGINT set, and what of them waited."""
    stop = Event()
    for number in SIGNALS:
        signal.signal(number, lambda _number, _frame: stop.set())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    return stop


def run_apart(stop: Event, watched: Watched, extra: Mapping[str, str]) -> None:
    """Supervises in a process of its own, for one that has threads and must not fork, until `stop` is set.

    `extra` is added to its environment. It ends with us, however we go, and we with it.
    """
    environment = {**os.environ, **extra}
    apart = replace(watched, with_parent=True, aside=put_aside(environment))
    command = [sys.executable, "-m", apart.starts, json.dumps(asdict(apart))]
    with subprocess.Popen(  # noqa: S603 -- our own
        command, env=environment, start_new_session=True, stdin=subprocess.PIPE, pass_fds=(apart.aside,)
    ) as process:
        while process.poll() is None and not stop.wait(LOOK_S):
            pass
        with suppress(ProcessLookupError):
            process.terminate()


def main(watched: Watched) -> None:
    """Supervises until SIGTERM or SIGINT."""
    stop = stop_on_signals()
    logs.set_up(watched.log_level, "run")
    Supervisor(watched, stop).run()


if __name__ == "__main__":
    main(Watched.of(sys.argv[1]))
