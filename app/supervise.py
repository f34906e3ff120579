"""Starts the processes, starts one again that dies, and ends both cleanly; they end when it is gone, however.

It knows nothing of the application: `nhacviec run` looks at the settings and the database, and then becomes this module
alone, which needs a tenth of the memory.
"""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from enum import StrEnum
from threading import Event, Thread
from typing import NoReturn

from app import logs

log = logging.getLogger(__name__)
LOOK_S = 0.5
# One that dies at once, again and again, is not started in a hot loop.
QUICK_S, LONGEST_PAUSE_S = 10.0, 30.0
END_S = 40.0


class Only(StrEnum):
    """One of the processes: the two of the service, and the office's screen beside them."""

    BOT = "bot"
    SCHEDULER = "scheduler"
    DESK = "desk"


SERVICE = (Only.BOT, Only.SCHEDULER)
# What the screen's process is not given: it speaks to no platform.
NOT_FOR_DESK = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE", "WEBHOOK_SECRET", "WEBHOOK_SECRET_FILE")


class Supervisor:
    """Runs `nhacviec run --only NAME` for each name until `stop` is set; `extra` is added to their environment."""

    def __init__(self, stop: Event, extra: Mapping[str, str], names: tuple[str, ...] = SERVICE) -> None:
        self.stop, self.names = stop, names
        self._environment = {**os.environ, **extra}
        self._running: dict[str, tuple[subprocess.Popen[bytes], float]] = {}
        self._failures: dict[str, int] = {}
        self._not_before: dict[str, float] = {}

    def run(self) -> None:
        """Returns when `stop` is set and both have ended."""
        try:
            while not self.stop.is_set():
                for name in self.names:
                    self._look_after(name)
                self.stop.wait(LOOK_S)
        finally:
            self._end()

    def _look_after(self, name: str) -> None:
        found = self._running.get(name)
        if found is not None and found[0].poll() is None:
            return
        now = time.monotonic()
        if found is not None:
            process, since = self._running.pop(name)
            _let_go(process)
            quick = now - since < QUICK_S
            self._failures[name] = self._failures.get(name, 0) + 1 if quick else 0
            pause = min(LONGEST_PAUSE_S, 2.0 ** self._failures[name] - 1)
            self._not_before[name] = now + pause
            log.error("%s ended with %s; it is started again in %.0f s", name, process.returncode, pause)
        if now >= self._not_before.get(name, 0):
            self._running[name] = (self._start(name), now)

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "cli.main", "run", "--only", name, "--supervised"]
        # A group of its own: Ctrl-C reaches us alone, and we end them in order. Nothing is ever written into the pipe:
        # that it closes is how they notice our end.
        return subprocess.Popen(  # noqa: S603 -- our own
            command, env=self._environment_of(name), start_new_session=True, stdin=subprocess.PIPE
        )

    def _environment_of(self, name: str) -> dict[str, str]:
        if name != Only.DESK:
            return self._environment
        return {key: value for key, value in self._environment.items() if key not in NOT_FOR_DESK}

    def _end(self) -> None:
        for process, _ in self._running.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        until = time.monotonic() + END_S
        for name, (process, _) in self._running.items():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.error("%s did not end in %.0f s and is killed", name, END_S)
                process.kill()
                process.wait()
            _let_go(process)


def _let_go(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()


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
    """An event that SIGTERM and SIGINT set."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop


def become(log_level: str, database_url: str, names: tuple[str, ...] = SERVICE) -> NoReturn:
    """Turns this process into the supervisor of those that are named; everything that it has loaded is let go of.

    The database is named to them: without the bot's token the settings alone would choose another.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    command = [sys.executable, "-m", "app.supervise", log_level, *names]
    os.execve(sys.executable, command, {**os.environ, "DATABASE_URL": database_url})  # noqa: S606 -- our own


def main(log_level: str, *names: str) -> None:
    """Supervises until SIGTERM or SIGINT."""
    logs.set_up(log_level, "run")
    # The children must not set the clock again when one of them is started anew.
    Supervisor(stop_on_signals(), {"CLOCK_START": ""}, names or SERVICE).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
