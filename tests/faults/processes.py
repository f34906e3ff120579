"""The two real processes: started, killed, asked to end, starved of disk, and started anew at once.

They are forked from a process that has loaded the application, as the supervisor's are: none of a thousand starts
spends its seconds on reading the same modules.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from app.supervise import Only

ROOT = Path(__file__).parent.parent.parent
NAMES = ("bot", "scheduler")
END_S = 60.0
FORKED = multiprocessing.get_context("forkserver")
LOADED = ("httpcore", "app.process", "app.wiring", "cli.service", "scheduler.runner")


def be(name: str, folder: Path, log: Path, environment: Mapping[str, str]) -> None:
    """Becomes `nhacviec run --only NAME` in a folder; what it writes goes to the end of a log."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab") as written:
        for number in (1, 2):
            os.dup2(written.fileno(), number)
    from cli.service import run

    run(only=Only(name))


class Process:
    """`nhacviec run --only NAME`; `life` counts its starts, `lives` are their process ids, which a machine gives
    again, with the monotonic second of each start. `died` is told of each death before the next.
    """

    def __init__(self, name: str, folder: Path, settings: Mapping[str, str], died: Callable[[str, int], None]) -> None:
        self.name, self.folder, self.died = name, folder, died
        channels, others = ("TELEGRAM", "ZALO"), ("SEND_", "PLAN_", "DAYS_", "REMIND", "RETENTION", "TIMEZONE", "LOG_")
        ours = ("CLOCK", "DATABASE", *channels, *others)
        clean = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        self._environment = {**clean, **settings}
        self.log = folder / f"{name}.log"
        self.life = 0
        self.lives: list[tuple[int, float]] = []
        self.lock = threading.RLock()
        self._process: ForkServerProcess | None = None
        self._since = 0.0

    def start(self) -> None:
        """Starts it; what it writes goes to one log over all its lives."""
        with self.lock:
            self.life += 1
            self._since = time.monotonic()
            FORKED.set_forkserver_preload(list(LOADED))
            self._process = FORKED.Process(target=be, args=(self.name, self.folder, self.log, self._environment))
            self._process.start()
            self.lives.append((self.pid, self._since))

    @property
    def age(self) -> float:
        """Seconds since its last start."""
        return time.monotonic() - self._since

    @property
    def pid(self) -> int:
        """Its process id; 0 before the first start."""
        return (self._process and self._process.pid) or 0

    def hit(self) -> None:
        """SIGKILL and nothing else: quick, from any thread."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def kill(self) -> None:
        """SIGKILL, and a new one at once."""
        with self.lock:
            self.hit()
            self.revive()

    def revive(self) -> None:
        """Takes note of its death and starts it anew."""
        with self.lock:
            self._end(END_S)
            self.died(self.name, self.life)
            self.start()

    def end(self) -> int:
        """SIGTERM; gives the exit status. TimeoutError when it does not end within a minute."""
        with self.lock:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)
            return self._end(END_S)

    def _end(self, seconds: float) -> int:
        assert self._process is not None
        self._process.join(seconds)
        if self._process.exitcode is None:
            raise TimeoutError(f"{self.name} did not end in {seconds:.0f} s")
        return self._process.exitcode

    def restart(self) -> int:
        """SIGTERM, and a new one at once; gives the old one's exit status."""
        with self.lock:
            status = self.end()
            self.revive()
            return status

    def ended(self) -> int | None:
        """The exit status when it is not running."""
        with self.lock:
            return self._process.exitcode if self._process else None

    def starve(self, full: bool) -> None:
        """No file takes another byte from this process (EFBIG from every write), as on a full disk; or it does again.

        RLIMIT_FSIZE can be set from outside on a living process and needs no rights over the machine.
        """
        with self.lock:
            if self.ended() is None:
                hard = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)[1]
                resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0 if full else hard, hard))
