"""When a loop ends, and when one that found nothing to do looks again: at its own next moment, or after a change.

One look at the database's counter of commits serves all loops of a process; none of them asks every half second.
"""

import asyncio
import signal
from asyncio import AbstractEventLoop, Event, TimerHandle
from contextlib import suppress
from typing import Self
from weakref import WeakKeyDictionary

from store.engines import Commits

# How soon what another process committed is seen, and how often all look where the database does not say, or where more
# than MANY databases are asked.
FOLLOW_S, SELDOM_S, MANY = 0.25, 0.5, 20


class Stop:
    """Asks every loop of a process to end after the unit of work it is in."""

    def __init__(self) -> None:
        self.event = asyncio.Event()

    @classmethod
    def by_signal(cls) -> Self:
        """Asked by SIGTERM or SIGINT."""
        found = cls()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, found.event.set)
        return found

    @property
    def now(self) -> bool:
        """Whether the end was asked for."""
        return self.event.is_set()

    async def pause(self, seconds: float) -> None:
        """Waits, but not longer than until the end is asked for."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.event.wait(), seconds)


class Wakes:
    """Wakes all who wait, when told to and when somebody committed; where the database does not say (`commits` is
    None), at each look."""

    def __init__(self, commits: Commits | None) -> None:
        self._commits = commits
        self._seen = commits.number() if commits is not None else None
        self._next = Event()
        # How often all were woken: who found nothing to do before the last time looks again.
        self.count = 0

    def wake(self) -> None:
        """All who wait look again, and those that are looking look once more."""
        self.count += 1
        self._next.set()
        self._next = Event()

    async def pause(self, seconds: float, count: int) -> None:
        """Waits for so long, or until all are woken for the time after `count`."""
        if count == self.count:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._next.wait(), seconds)

    async def follow(self, end: Event) -> None:
        """Has it looked for what was committed, until the end is asked for; then wakes all for the last time."""
        rounds = _ROUNDS.setdefault(asyncio.get_running_loop(), _Round())
        rounds.join(self)
        await end.wait()
        rounds.leave(self)
        self.wake()

    def look(self) -> None:
        """Wakes all where somebody committed."""
        found = self._commits.number() if self._commits is not None else None
        if found is None or found != self._seen:
            self._seen = found
            self.wake()

    @property
    def is_blind(self) -> bool:
        """Whether the database does not say."""
        return self._commits is None


class _Round:
    """Looks after the followers of a loop one after the other: of two hundred none costs a timer of its own."""

    def __init__(self) -> None:
        self._followed: dict[Wakes, None] = {}
        self._next: TimerHandle | None = None

    def join(self, wakes: Wakes) -> None:
        self._followed[wakes] = None
        if self._next is None:
            self._look()

    def leave(self, wakes: Wakes) -> None:
        del self._followed[wakes]
        if not self._followed and self._next is not None:
            self._next.cancel()
            self._next = None

    def _look(self) -> None:
        for each in self._followed:
            each.look()
        is_seldom = len(self._followed) > MANY or all(each.is_blind for each in self._followed)
        wait = SELDOM_S if is_seldom else FOLLOW_S
        self._next = asyncio.get_running_loop().call_later(wait, self._look)


_ROUNDS: WeakKeyDictionary[AbstractEventLoop, _Round] = WeakKeyDictionary()
