"""Starts the two processes, starts one again that dies, and ends both cleanly."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from threading import Event

log = logging.getLogger(__name__)
PROCESSES = ("bot", "scheduler")
LOOK_S = 0.5
# One that dies at once, again and again, is not started in a hot loop.
QUICK_S, LONGEST_PAUSE_S = 10.0, 30.0
END_S = 40.0


class Supervisor:
    """Runs `nhacviec run --only NAME` for each name until `stop` is set; `extra` is added to their environment."""

    def __init__(self, stop: Event, extra: Mapping[str, str], names: tuple[str, ...] = PROCESSES) -> None:
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
            quick = now - since < QUICK_S
            self._failures[name] = self._failures.get(name, 0) + 1 if quick else 0
            pause = min(LONGEST_PAUSE_S, 2.0 ** self._failures[name] - 1)
            self._not_before[name] = now + pause
            log.error("%s ended with %s; it is started again in %.0f s", name, process.returncode, pause)
        if now >= self._not_before.get(name, 0):
            command = [sys.executable, "-m", "cli.main", "run", "--only", name]
            # A group of its own: Ctrl-C reaches us alone, and we end them in order.
            process = subprocess.Popen(command, env=self._environment, start_new_session=True)  # noqa: S603 -- our own
            self._running[name] = (process, now)

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


def stop_on_signals() -> Event:
    """An event that SIGTERM and SIGINT set."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop
