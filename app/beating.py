"""The beats of the process that leads: whole where anybody committed or a minute began, else a sign of life."""

from collections.abc import Callable
from datetime import datetime, timedelta

from store.engine import Store

LIFE = timedelta(seconds=15)


class Beat:
    """What is called at every beat; a second scheduler waits here for the first one's end.

    What time alone makes due is due at whole minutes. `leads` says whether this process does, and keeps it so for a
    while; `live` gives the sign of life of an instant (UTC), `steps` does what is due then.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        *,
        leads: Callable[[], bool],
        live: Callable[[datetime], None],
        steps: Callable[[datetime], None],
    ) -> None:
        self.clock, self.leads, self.live, self.steps = clock, leads, live, steps
        self._commits = store.commits()
        self._seen: int | None = None
        self._minute: datetime | None = None
        self._lived: datetime | None = None

    def __call__(self) -> None:
        """One beat."""
        found, now = self._number(), self.clock()
        minute = now.replace(second=0, microsecond=0)
        is_still = found is not None and found == self._seen and minute == self._minute
        if is_still and self._lived is not None and now - self._lived < LIFE:
            return
        if not self.leads():
            return
        self.live(now)
        self._lived, seen = now, self._number()
        if not is_still:
            self.steps(now)
            self._minute = minute
        # From before the steps: what was committed meanwhile, by one of them or by somebody else, has its beat as well.
        self._seen = seen

    def close(self) -> None:
        """Lets go of the database."""
        if self._commits is not None:
            self._commits.close()

    def _number(self) -> int | None:
        return self._commits.number() if self._commits is not None else None
