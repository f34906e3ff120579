"""The world that journeys are told in.

The service is imported where a world or a database is made: the tests of what is pure are over before it is read.
"""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import certifi
import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from sandbox.world import World
    from store.engine import Store
    from tests.databases import Databases, Prepare
    from tests.remembering import Memory

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
# No test asserts a time, hypothesis' own deadline and its opinion on slow machines included.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
MakeWorld = Callable[..., "World"]
# Worlds are large and few: looked through every 700 objects, as Python does unasked, they cost a twentieth of the time.
gc.set_threshold(50_000, 20, 100)
MEMORY, ENOUGH_BYTES = Path("/dev/shm"), 2 << 30
# A commit waits for the disk, and no test cuts the power: a third of the time of a world was that.
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: it need not be looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


# The C library's own: glibc keeps what was let go of, and another library has none.
GIVE_BACK: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """After each file what its tests let go of goes back to the machine: documents and pictures leave a gigabyte in
    pieces that nothing holds any more."""
    if GIVE_BACK is not None and (nextitem is None or nextitem.path != item.path):
        GIVE_BACK(0)


@pytest.fixture(scope="session", autouse=True)
def _temporary(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What makes a temporary folder of its own has it there too, and leaves nothing behind."""
    tempfile.tempdir = str(tmp_path_factory.mktemp("temporary"))


@pytest.fixture(scope="session", autouse=True)
def _one_authority(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of all authorities of the world one: a client of HTTP reads them for a twentieth of a second, and no test goes
    beyond loopback."""
    first, end, _ = Path(certifi.where()).read_text("ascii").partition("-----END CERTIFICATE-----\n")
    path = tmp_path_factory.mktemp("authorities") / "one.pem"
    path.write_text(first + end, "ascii")
    os.environ.setdefault("SSL_CERT_FILE", str(path))


@pytest.fixture(scope="session")
def migrated() -> Path:
    """An empty database of the newest schema, made once and copied: climbing all migrations takes a second."""
    from tests.databases import migrated_file

    return migrated_file()


@pytest.fixture(scope="session")
def fresh_databases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """Where a synced database of each starting moment is kept: making one takes a third of a second."""
    return tmp_path_factory.mktemp("databases"), set()


@cache
def opened_at(moment: datetime) -> Prepare:
    """Makes a database ready as a world does that starts at a moment."""
    from sandbox.world import World

    def prepare(url: str) -> None:
        with tempfile.TemporaryDirectory() as folder, World(Path(folder), moment, database_url=url):
            pass

    return prepare


@pytest.fixture(scope="session")
def memory() -> Memory:
    """How worlds began that were made before, with whom."""
    from tests.remembering import Memory

    return Memory()


@pytest.fixture
def make_world(
    tmp_path: Path,
    migrated: Path,
    fresh_databases: tuple[Path, set[str]],
    memory: Memory,
    databases: Databases,
) -> Iterator[MakeWorld]:
    """Makes worlds that end with the test."""
    from sandbox.world import World
    from tests.remembering import RememberingWorld

    made: list[World] = []
    folder, known = fresh_databases

    def make(*when: int, **settings: Any) -> World:
        own = tmp_path / str(len(made))
        own.mkdir()
        moment = datetime(*when, tzinfo=HANOI)  # type: ignore[misc, arg-type]
        if databases.name != "sqlite":
            ready = databases.copy_of() if "plan_file" in settings else databases.copy_of(opened_at(moment))
            settings["database_url"] = ready
            made.append(World(own, moment, **settings).__enter__())
            return made[-1]
        name = "-".join(map(str, when))
        # A plan of the test's own serves from its first start, and is no draft beside the plan of 2020.
        begun = name in known and not {"days_file", "plan_file"} & settings.keys()
        world = RememberingWorld(own, moment, memory, is_synced=begun, **settings)
        shutil.copyfile(folder / name if begun else migrated, world.database)
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
    """Databases for a test to be on: SQLite, where neither its folder nor `DATABASES` says otherwise."""
    from tests.databases import of_kind

    yield from of_kind(os.environ.get("DATABASES", "sqlite"))


@pytest.fixture
def store(databases: Databases) -> Iterator[Store]:
    """A database that was migrated and holds nothing."""
    from store.engine import Store

    found = Store(databases.copy_of())
    yield found
    found.close()
