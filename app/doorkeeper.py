"""`python -m app.doorkeeper NAME SOCKET MODULE LEVEL`: has pages served while somebody asks for them, and only then.

It holds the listening socket and nothing of the application. To whoever knocks while nobody serves it starts MODULE,
which is given NAME and the socket, answers, and ends by itself when nobody has asked for long. What knocks meanwhile
waits in the socket's queue, so nothing is refused and nothing is cut.
"""

import logging
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from types import FrameType

from app import logs
from app.supervise import END_S, SIGNALS, be_called

log = logging.getLogger(__name__)
# Standard input closes when the supervisor is gone.
SUPERVISOR = 0


class Doorkeeper:
    """Keeps the door until SIGTERM, SIGINT or the supervisor's end; `held` is the number of the listening socket."""

    def __init__(self, name: str, held: int, module: str) -> None:
        self.name, self.held, self.module = name, held, module
        self._is_over = False
        self._wakes, self._woken = os.pipe()

    def keep(self) -> int:
        """Returns how it ended: 0, or what who serves failed with, for the supervisor to begin both again."""
        self._hear()
        code = 0
        while code == 0 and not self._is_over:
            if self._wait(self.held) and not self._is_over:
                code = self._serve()
        return code

    def _hear(self) -> None:
        """From here on a signal, also that of a child's end, ends a wait."""
        os.set_blocking(self._wakes, False)
        os.set_blocking(self._woken, False)
        signal.set_wakeup_fd(self._woken)
        for number in SIGNALS:
            signal.signal(number, self._end)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._is_over = True

    def _wait(self, *knocks: int) -> bool:
        """Until somebody knocks, a signal comes, or the supervisor is gone; whether somebody knocked."""
        ready = select.select([SUPERVISOR, self._wakes, *knocks], [], [])[0]
        if SUPERVISOR in ready:
            self._is_over = True
        if self._wakes in ready:
            with suppress(BlockingIOError):
                os.read(self._wakes, 512)
        return any(each in ready for each in knocks)

    def _serve(self) -> int:
        """Has who serves do so, and waits for the end: 0, or what it failed with. It ends with us."""
        command = [sys.executable, "-m", self.module, self.name, str(self.held)]
        # Its standard input tells it that we are gone.
        with subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=(self.held,)) as process:  # noqa: S603 -- our own
            while process.poll() is None and not self._is_over:
                self._wait()
            if process.returncode is None:
                process.terminate()
                try:
                    process.wait(END_S)
                except subprocess.TimeoutExpired:
                    log.error("who serves %s did not end in %.0f s and is killed", self.name, END_S)
                    process.kill()
                return 0
        log.info("who served %s ended with %d", self.name, process.returncode)
        return abs(int(process.returncode))


def main(name: str, held: int, module: str, log_level: str) -> int:
    """Keeps the door of the pages of this name; the code with which to end."""
    be_called(name)
    logs.set_up(log_level, name)
    return Doorkeeper(name, held, module).keep()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]))
