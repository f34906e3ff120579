"""The world that journeys are told in.

The service is imported where a world or a database is made: the tests of what is pure are over before it is read.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from sandbox.world import World
    from store.engine import Store
    from tests.databases import Databases, Prepare

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


@cache
def opened_at(moment: datetime) -> Prepare:
    """Makes a database ready as a world does that starts at a moment."""
    from sandbox.world import World

    def prepare(url: str) -> None:
        with tempfile.TemporaryDirectory() as folder, World(Path(folder), moment, database_url=url):
            pass

    return prepare


@pytest.fixture
def make_world(tmp_path: Path, fresh_databases: tuple[Path, set[str]], databases: Databases) -> Iterator[MakeWorld]:
    """Makes worlds that end with the test."""
    from sandbox.world import World

    made: list[World] = []
    folder, known = fresh_databases

    def make(*when: int, **settings: object) -> World:
        own = tmp_path / str(len(made))
        own.mkdir()
        moment = datetime(*when, tzinfo=HANOI)  # type: ignore[misc, arg-type]
        if databases.name != "sqlite":
            settings["database_url"] = databases.copy_of(opened_at(moment))
        world = World(own, moment, **settings)  # type: ignore[arg-type]
        name = "-".join(map(str, when))
        if "database_url" in settings:
            world.__enter__()
            made.append(world)
            return world
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


def pytest_sessionfinish() -> None:
    """Ends what this process started for its tests."""
    from tests import postgresql

    postgresql.stop()


@pytest.fixture
def databases() -> Iterator[Databases]:
    """Databases for a test to be on: SQLite, where its folder does not say otherwise."""
    from tests.databases import of_kind

    yield from of_kind("sqlite")


@pytest.fixture
def store(databases: Databases) -> Iterator[Store]:
    """A database that was migrated and holds nothing."""
    from store.engine import Store

    found = Store(databases.copy_of())
    yield found
    found.close()
