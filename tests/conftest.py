"""The world that journeys are told in.

The service is imported where a world or a database is made: the tests of what is pure are over before it is read.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from sandbox.world import World
    from store.engine import Store

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
# No test asserts a time, hypothesis' own deadline and its opinion on slow machines included.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
MakeWorld = Callable[..., "World"]
MEMORY, ENOUGH_BYTES = Path("/dev/shm"), 2 << 30
# A commit waits for the disk, and no test cuts the power: a third of the time of a world was that.
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session")
def fresh_databases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """Where a migrated and synced database of each starting moment is kept: making one takes most of a second."""
    return tmp_path_factory.mktemp("databases"), set()


@pytest.fixture
def make_world(tmp_path: Path, fresh_databases: tuple[Path, set[str]]) -> Iterator[MakeWorld]:
    """Makes worlds that end with the test."""
    from sandbox.world import World

    made: list[World] = []
    folder, known = fresh_databases

    def make(*when: int, **settings: object) -> World:
        own = tmp_path / str(len(made))
        own.mkdir()
        world = World(own, datetime(*when, tzinfo=HANOI), **settings)  # type: ignore[misc, arg-type]
        name = "-".join(map(str, when))
        if name in known:
            shutil.copyfile(folder / name, world.database)
        world.__enter__()
        made.append(world)
        if name not in known and "days_file" not in settings and "plan_file" not in settings:
            with closing(sqlite3.connect(world.database)) as connection:
                connection.execute("VACUUM INTO ?", (str(folder / name),))
            known.add(name)
        return world

    yield make
    for world in made:
        world.__exit__(None, None, None)


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """The service on the morning of 2 January 2020, before the first reminder."""
    return make_world(2020, 1, 2, 7, 0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database."""
    from app.wiring import migrate
    from store.engine import Store

    url = f"sqlite:///{tmp_path / 'office.db'}"
    migrate(url)
    found = Store(url)
    yield found
    found.close()
