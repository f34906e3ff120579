"""The workers of a province's benches: processes of this machine, or each as on a machine of its own."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from app import identity

# A host's name and a table of processes of its own: none of two sees whether the other one lives. Needs root.
APART = ("unshare", "--uts", "--pid", "--fork", "--kill-child=SIGKILL", "--mount-proc",
         "sh", "-c", 'hostname "$0" && exec "$@"')  # fmt: skip


class Worker:
    """One worker that runs; `host` is the machine's name that it has alone, empty where it is on this one."""

    def __init__(
        self, command: Sequence[str], host: str, folder: Path, environment: Mapping[str, str], log: BinaryIO
    ) -> None:
        self.host = host
        whole = [*APART, host, *command] if host else list(command)
        self._process = subprocess.Popen(whole, cwd=folder, env=environment, stdout=log, stderr=log)

    @property
    def pid(self) -> int:
        """The number of its process, as this machine counts."""
        return _child(self._process.pid) if self.host else self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self._process.poll() is not None

    def is_named(self, holder: str) -> bool:
        """Whether this is the worker of a name (`app.identity.own`), and lives."""
        if not self.host:
            return not identity.ended(holder)
        return not self.has_ended and identity.shown(holder).partition(":")[0] == self.host

    def kill(self) -> None:
        """Ends it at once, as a power cut does."""
        self._process.kill()
        self._process.wait()

    def ask_to_end(self) -> None:
        """Asks it to end in order."""
        if not self.has_ended:
            os.kill(self.pid, signal.SIGTERM)

    def wait(self, seconds: float) -> int:
        """Waits for its end, and gives its exit code."""
        return self._process.wait(seconds)


def _child(pid: int) -> int:
    """What `unshare` runs (proc(5), task/TID/children)."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()[0])
