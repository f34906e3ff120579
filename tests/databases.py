"""A database of each kind for a test: empty, or a copy of one that was made ready once."""

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from app import wiring
from store.engines.sqlite import sqlite_path
from tests import postgresql

Prepare = Callable[[str], object]
"""Makes an empty database ready, by its address; leaves no connection open."""


class Databases(ABC):
    """Databases of one kind, gone with the test that they were made for."""

    name: str

    def __init__(self) -> None:
        self._made: list[str] = []

    def empty(self) -> str:
        """The address of a database without a table."""
        self._made.append(self._empty())
        return self._made[-1]

    def copy_of(self, prepare: Prepare = wiring.migrate) -> str:
        """The address of a new database with what `prepare` makes of an empty one, which it does once a process."""
        self._made.append(self._copy_of(prepare))
        return self._made[-1]

    def close(self) -> None:
        """Deletes what was made."""
        while self._made:
            self._drop(self._made.pop())

    @abstractmethod
    def _empty(self) -> str: ...

    @abstractmethod
    def _copy_of(self, prepare: Prepare) -> str: ...

    @abstractmethod
    def _drop(self, url: str) -> None: ...


def migrated(url: str) -> None:
    """Makes a file as `wiring.migrate` makes it of nothing, which takes most of a second and is done once a process."""
    _file(url).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(migrated_file(), _file(url))


def migrated_file() -> Path:
    """The file that is copied: empty, and of the newest schema."""
    return _file(_prepared_file(wiring.migrate))


class OnSqlite(Databases):
    """Files, each in a folder of its own."""

    name = "sqlite"

    def _empty(self) -> str:
        return f"sqlite:///{Path(tempfile.mkdtemp()) / 'office.db'}"

    def _copy_of(self, prepare: Prepare) -> str:
        url = self._empty()
        shutil.copyfile(_file(_prepared_file(prepare)), _file(url))
        return url

    def _drop(self, url: str) -> None:
        shutil.rmtree(_file(url).parent)


class OnPostgresql(Databases):
    """Databases of the tests' own server."""

    name = "postgresql"

    def _empty(self) -> str:
        return postgresql.empty()

    def _copy_of(self, prepare: Prepare) -> str:
        return postgresql.copy_of(prepare)

    def _drop(self, url: str) -> None:
        postgresql.drop(url)


KINDS: dict[str, type[Databases]] = {each.name: each for each in (OnSqlite, OnPostgresql)}


def of_kind(name: str) -> Iterator[Databases]:
    """Databases of one kind, deleted at the end."""
    made = KINDS[name]()
    yield made
    made.close()


# Each is proven on PostgreSQL in `make test-long`; what the two do differently stays in `make test`.
OFTEN = ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)]


@pytest.fixture(params=OFTEN)
def on_each_kind(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """The same test once on each kind of database."""
    yield from of_kind(request.param)


@pytest.fixture(params=KINDS)
def on_each_kind_always(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """The same, in `make test` too."""
    yield from of_kind(request.param)


@pytest.fixture
def on_sqlite() -> Iterator[Databases]:
    """SQLite alone, in a folder whose tests run on each kind: for what holds no SQL of its own."""
    yield from of_kind("sqlite")


def _file(url: str) -> Path:
    found = sqlite_path(url)
    assert found is not None
    return found


@cache
def _prepared_file(prepare: Prepare) -> str:
    url = f"sqlite:///{Path(tempfile.mkdtemp()) / 'template.db'}"
    prepare(url)
    return url
