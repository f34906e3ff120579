"""The beats of the process that leads: whole where anybody committed or time alone makes something due, else a sign of
life.
"""

from collections.abc import Callable
from contextvars import copy_context
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from store.engine import Store

if TYPE_CHECKING:
    from scheduler.runner import Beats

# Well within the lease that is kept with it (store/leases.py), also where a beat comes late.
LIFE = timedelta(seconds=40)


class Beat:
    """What is called at every beat; a second scheduler waits here for the first one's end.

    `leads` says whether this process does, and keeps it so for a while; `live` does the same and gives the sign of life
    of an instant (UTC). `steps` does what is due at an instant (UTC) and gives the one from which on time alone makes
    something due.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        *,
        leads: Callable[[], bool],
        live: Callable[[datetime], bool],
        steps: Callable[[datetime], datetime],
    ) -> None:
        self.clock, self.leads, self.live, self.steps = clock, leads, live, steps
        self._commits = store.commits()
        self._seen: int | None = None
        # When the last whole one was, and until when nothing becomes due by itself.
        self._whole: tuple[datetime, datetime] | None = None
        self._lived: datetime | None = None
        self._under_way = Lock()

    def __call__(self) -> None:
        """One beat."""
        with self._under_way:
            self._beat()

    def begin(self, every_s: float, beats: "Beats | None") -> Callable[[], None]:
        """Beats from now on, with those of other offices or alone; gives what ends it, after the beat under way."""
        # Loaded where used: the other process of an office needs no APScheduler.
        from scheduler.runner import Beats

        together, name = beats or Beats(), str(id(self))
        # In the context of who begins: a process of several offices knows by it whose beat is told of in the log.
        context = copy_context()
        together.add(name, lambda: context.run(self), every_s)
        if beats is None:
            together.start()

        def end() -> None:
            together.remove(name)
            if beats is None:
                together.stop()
            self.close()

        return end

    def close(self) -> None:
        """Waits for the beat that is under way."""
        with self._under_way:
            return

    def _beat(self) -> None:
        found, now = self._number(), self.clock()
        if found is not None and found == self._seen and self._is_still(now):
            if (self._lived is None or now - self._lived >= LIFE) and self.live(now):
                self._lived = now
            return
        if not self.leads():
            return
        seen = self._number()
        self._whole = now, self.steps(now)
        has_followed = self._number() != seen
        # The sign of life is the last: who waits for a beat finds what came of it.
        self._lived = now if self.live(now) else None
        # What was committed meanwhile, by one of the steps or by somebody else, has its beat as well.
        self._seen = None if has_followed else self._number()

    def _is_still(self, now: datetime) -> bool:
        """Whether nothing becomes due by time alone; a clock that was set back is looked at anew."""
        return self._whole is not None and self._whole[0] <= now < self._whole[1]

    def _number(self) -> int | None:
        return self._commits.number() if self._commits is not None else None
