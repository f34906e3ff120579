"""Feeds an office generated updates: a short run in the suite, a long one by `make fuzz`."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from sandbox.world import World
from tests.fuzz import updates
from tests.fuzz.office import Office

BATCH = 25
# Memory, where there is such a folder: this run asks what the code does, not what the disk does.
FAST = Path("/dev/shm")


@dataclass(frozen=True)
class Outcome:
    """What came of a run."""

    office: Office
    updates: int
    seconds: float


def feed(count: int, start: int = 0, each: Callable[[int], None] = lambda _done: None) -> Outcome:
    """Feeds about `count` updates to an office; the same `start` gives the same updates."""
    with (
        tempfile.TemporaryDirectory(dir=FAST if FAST.is_dir() else None) as folder,
        World(Path(folder), datetime.fromtimestamp(updates.NOW, UTC)) as world,
    ):
        office = Office(world)
        fed = 0

        @seed(start)
        @settings(
            max_examples=max(1, count // BATCH),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.lists(updates.case(office.codes), min_size=BATCH, max_size=BATCH))
        def run(cases: list[updates.Case]) -> None:
            nonlocal fed
            office.feed(cases)
            fed += len(cases)
            each(fed)

        begin = time.perf_counter()
        run()
        office._check_replay()
        office.look.close()
        return Outcome(office, fed, time.perf_counter() - begin)
