"""When a loop that found nothing to do looks again: at its own next moment, or once something changed.

One look at the database's counter of commits serves all loops of a process; none of them asks every half second.
"""

import asyncio
from asyncio import Event
from contextlib import suppress

from store.engines import Commits

# How soon what another process committed is seen, and how often all look where the database does not say.
FOLLOW_S, BLIND_S = 0.25, 0.5
# The most that a loop waits: what lets time alone make something due there says so itself.
MOST_IDLE_S = 10.0


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
        """Looks for what was committed, until the end is asked for; then wakes all for the last time."""
        while not end.is_set():
            found = self._commits.number() if self._commits is not None else None
            if found is None or found != self._seen:
                self._seen = found
                self.wake()
            with suppress(TimeoutError):
                await asyncio.wait_for(end.wait(), BLIND_S if found is None else FOLLOW_S)
        self.wake()
        if self._commits is not None:
            self._commits.close()
