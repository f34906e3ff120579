"""A process that is forked from this one: it shares the memory of what is loaded, and lives a life of its own."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import NoReturn

from app.supervise import SIGNALS, Child, be_called


def fork(name: str, work: Callable[[str], None], others: list[Child]) -> Child:
    """Starts a process that does `work` and ends; its standard input closes when this process is gone.

    This one must have no threads. SIGTERM and SIGINT end it from its first moment, until it says otherwise itself.
    """
    reads, holds = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    # What comes between the fork and the child's own word about signals waits.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    pid = os.fork()
    if pid == 0:
        # A child that kept the other ends of the others' inputs would keep the others from noticing.
        _be(name, work, reads, [holds, *(each.holds for each in others)])
    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    os.close(reads)
    return Child(pid, holds, time.monotonic())


def _be(name: str, work: Callable[[str], None], reads: int, held: list[int]) -> NoReturn:
    """Becomes a process of its own, works and ends; it never returns into its parent's code."""
    code = 1
    try:
        # A group of its own: Ctrl-C reaches the supervisor alone, which ends them in order.
        os.setsid()
        os.dup2(reads, 0)
        for each in (reads, *held):
            os.close(each)
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        be_called(name)
        work(name)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
