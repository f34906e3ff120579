"""Threads for the offices of one process: each has its own, so that one whose database is locked starves no other; and
their names before what is logged.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from threading import Event, Lock
from time import monotonic
from typing import ParamSpec, TypeVar

from scheduler.runner import Beats

P = ParamSpec("P")
T = TypeVar("T")
# Whose work is being done: tasks and threads that begin in it are in it too.
OFFICE: ContextVar[str] = ContextVar("office", default="")
# As many as can be of use: one writes, the others look, draw and read files.
EACH = 4
# So many work at once, of all offices: what they do is Python, of which one thread runs at a time, and each question to
# SQLite lets go of the interpreter. Six that want it hand it over 15,000 times a second, which costs as much again,
# and two a fourth more than one.
AT_ONCE = 1
# Who works for longer waits for something else, a locked database or a disk, and keeps nobody from a turn.
HELD_S = 0.25


@contextmanager
def work_of(office: str) -> Iterator[None]:
    """What is begun inside is an office's."""
    before = OFFICE.set(office)
    try:
        yield
    finally:
        OFFICE.reset(before)


class Named(logging.Filter):
    """Puts the office's name before what is logged in its work."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record stays."""
        if office := OFFICE.get():
            record.msg = f"[{office}] {record.msg}"
        return True


class Turns:
    """Lets so many work at once, in the order in which they came; who has been at it for HELD_S seconds is counted no
    more."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._since: dict[object, float] = {}
        # Who waits; the first of them alone is woken.
        self._line: deque[Event] = deque()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Waits for a turn and has it."""
        own, mine = object(), Event()
        with self._lock:
            if waits := bool(self._line) or len(self._since) >= self._most:
                self._line.append(mine)
            else:
                self._since[own] = monotonic()
        if waits:
            self._wait(own, mine)
        try:
            yield
        finally:
            with self._lock:
                self._since.pop(own, None)
                self._wake_first()

    def _wait(self, own: object, mine: Event) -> None:
        while True:
            with self._lock:
                mine.clear()
                rest = None
                if self._line[0] is mine:
                    rest = self._rest()
                    if rest <= 0:
                        self._line.popleft()
                        self._since[own] = monotonic()
                        self._wake_first()
                        return
            mine.wait(rest)

    def _rest(self) -> float:
        """Seconds until a turn is free by itself; those that work for too long are left out."""
        while len(self._since) >= self._most:
            longest = next(iter(self._since))
            rest = self._since[longest] + HELD_S - monotonic()
            if rest > 0:
                return rest
            del self._since[longest]
        return 0.0

    def _wake_first(self) -> None:
        if self._line:
            self._line[0].set()


class Lanes(ThreadPoolExecutor):
    """Does work in threads of the office whose it is, EACH at the most."""

    def __init__(self) -> None:
        super().__init__(EACH, "office")
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._opening = Lock()
        self._turns = Turns(AT_ONCE)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As of any executor; called in the context of an office.

        What the process does for itself waits for no turn: one that says too late that it lives loses its offices.
        """
        office = OFFICE.get()
        if not office:
            return self._lane(office).submit(fn, *args, **kwargs)
        return self._lane(office).submit(self._in_turn, fn, *args, **kwargs)

    def leave(self, office: str) -> None:
        """Lets go of an office's threads, once their work is done."""
        with self._opening:
            lane = self._lanes.pop(office, None)
        if lane is not None:
            lane.shutdown(wait=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends all of them."""
        for office in list(self._lanes):
            self._lanes.pop(office).shutdown(wait, cancel_futures=cancel_futures)
        super().shutdown(wait, cancel_futures=cancel_futures)

    def _in_turn(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._turns.one():
            return fn(*args, **kwargs)

    def _lane(self, office: str) -> ThreadPoolExecutor:
        with self._opening:
            if office not in self._lanes:
                self._lanes[office] = ThreadPoolExecutor(EACH, f"office-{office}")
            return self._lanes[office]


class LaneBeats(Beats):
    """Beats of several offices, each in a thread of its own office: ten whose databases are away hold up no other's."""

    def __init__(self, lanes: Lanes) -> None:
        super().__init__()
        self._lanes = lanes

    def add(self, name: str, beat: Callable[[], None], every_s: float) -> None:
        """As of any beats; called in the context of an office."""
        context, is_over = copy_context(), Lock()

        def whole() -> None:
            try:
                beat()
            finally:
                is_over.release()

        def hand_over() -> None:
            # The one before is still at work: this one is left out, as one that comes late is.
            if is_over.acquire(blocking=False):
                context.run(self._lanes.submit, whole)

        super().add(name, hand_over, every_s)
