"""The two real processes: started, killed, asked to end, starved of disk, and started anew at once."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NAMES = ("bot", "scheduler")
END_S = 60.0


class Process:
    """`python -m cli.main run --only NAME`; `life` counts its starts. `died` is told of each death before the next."""

    def __init__(
        self, name: str, folder: Path, settings: Mapping[str, str], died: Callable[[str, int, str], None]
    ) -> None:
        self.name, self.folder, self.died = name, folder, died
        ours = ("TELEGRAM", "CLOCK", "DATABASE", "SEND_", "PLAN_", "DAYS_", "REMIND", "RETENTION", "TIMEZONE", "LOG_")
        clean = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        self._environment = {**clean, "PYTHONPATH": str(ROOT), **settings}
        self.log = folder / f"{name}.log"
        self.life = 0
        self.lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._since = 0.0

    def start(self) -> None:
        """Starts it; what it writes goes to one log over all its lives."""
        with self.lock, self.log.open("ab") as log:
            self.life += 1
            self._since = time.monotonic()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "cli.main", "run", "--only", self.name],
                cwd=self.folder, env=self._environment, stdout=log, stderr=log,
            )  # fmt: skip

    @property
    def age(self) -> float:
        """Seconds since its last start."""
        return time.monotonic() - self._since

    @property
    def pid(self) -> int:
        """Its process id; 0 before the first start."""
        return self._process.pid if self._process else 0

    def hit(self) -> None:
        """SIGKILL and nothing else: quick, from any thread."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)

    def kill(self) -> None:
        """SIGKILL, and a new one at once."""
        with self.lock:
            self.hit()
            self.revive("kill")

    def revive(self, how: str) -> None:
        """Takes note of its death and starts it anew."""
        with self.lock:
            assert self._process is not None
            self._process.wait(END_S)
            self.died(self.name, self.life, how)
            self.start()

    def end(self) -> int:
        """SIGTERM; gives the exit status. TimeoutExpired when it does not end within a minute."""
        with self.lock:
            assert self._process is not None
            self._process.send_signal(signal.SIGTERM)
            return self._process.wait(END_S)

    def restart(self) -> int:
        """SIGTERM, and a new one at once; gives the old one's exit status."""
        with self.lock:
            status = self.end()
            self.revive("SIGTERM")
            return status

    def ended(self) -> int | None:
        """The exit status when it is not running."""
        return self._process.poll() if self._process else None

    def starve(self, full: bool) -> None:
        """No file takes another byte from this process (EFBIG from every write), as on a full disk; or it does again.

        RLIMIT_FSIZE can be set from outside on a living process and needs no rights over the machine.
        """
        with self.lock:
            if self.ended() is None:
                hard = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)[1]
                resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0 if full else hard, hard))
