"""A PostgreSQL of the tests' own, on a socket in a temporary folder; REQUIRE_POSTGRESQL=1 makes its absence a failure.

One server a process of pytest, started by the first test that asks for it; a database a test, as a copy of a migrated
one. It never waits for its disk: what a power cut leaves is nobody's data here.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

# Debian keeps each version's programs in a folder of its own, off the PATH.
DEBIAN = "/usr/lib/postgresql"
USER = "nhacviec"
MAKE = "LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'"
SETTINGS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "autovacuum=off", "max_connections=60")
PATIENCE_S = 30.0
numbers = count(1)


class Server:
    """A running server; `execute` speaks to its maintenance database."""

    def __init__(self, programs: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        # The server refuses to run as root: where we are root it runs as Debian's user for it.
        self._as: dict[str, Any] = {"cwd": self.folder}
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self._as |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        data = self.folder / "data"
        make: list[str | Path] = [
            programs / "initdb",
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            USER,
            "--locale=C",
            "--encoding=UTF8",
        ]
        subprocess.run([*make, "--no-sync"], check=True, capture_output=True, timeout=120, **self._as)
        run: list[str | Path] = [programs / "postgres", "-D", data, "-k", self.folder]
        run += [word for setting in SETTINGS for word in ("-c", setting)]
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(run, stdout=log, stderr=log, **self._as)
        self._wait()

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def execute(self, statement: str) -> Sequence[Any]:
        """Runs one statement outside any transaction; gives the rows of a question."""
        engine = create_engine(self.url("postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            done = connection.exec_driver_sql(statement)
            return done.all() if done.returns_rows else ()

    def make(self, template: str = "template0", how: str = "") -> str:
        """A new database as a copy of another; gives its name."""
        name = f"office_{next(numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} {how}")
        return name

    def stop(self) -> None:
        """Ends the server at once and deletes what it kept."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(PATIENCE_S)
        shutil.rmtree(self.folder)

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while not (self.folder / ".s.PGSQL.5432").exists() or not self._answers():
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            return bool(self.execute("SELECT 1"))
        except Exception:
            return False


@cache
def _started() -> Server | str:
    """The server of this process, or why there is none."""
    found = next(iter(sorted(Path(DEBIAN).glob("*/bin/initdb"), reverse=True)), None) or shutil.which("initdb")
    if found is None:
        return f"no PostgreSQL: looked for initdb in {DEBIAN} and on the PATH"
    # Beside its real place: the PATH may hold a link to initdb alone.
    return Server(Path(found).resolve().parent)


def server() -> Server:
    """The server of this process; skips the test, or fails it when REQUIRE_POSTGRESQL=1, where there is none."""
    found = _started()
    if isinstance(found, str):
        _missing(found)
    return found


def stop() -> None:
    """Ends the server of this process, if it was ever started."""
    if _started.cache_info().currsize and isinstance(found := _started(), Server):
        found.stop()


def empty() -> str:
    """The address of a database without a table."""
    return server().url(server().make(how=MAKE))


@cache
def _prepared(prepare: Callable[[str], object]) -> str:
    url = empty()
    prepare(url)
    return url


def copy_of(prepare: Callable[[str], object]) -> str:
    """The address of a new database with what `prepare` makes of an empty one, which it does once."""
    template = _prepared(prepare).partition("@/")[2].partition("?")[0]
    return server().url(server().make(template))


def drop(url: str) -> None:
    """Deletes a database, whoever still looks at it."""
    name = url.partition("@/")[2].partition("?")[0]
    server().execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _missing(why: str) -> NoReturn:
    if os.environ.get("REQUIRE_POSTGRESQL") == "1":
        pytest.fail(f"{why}, and REQUIRE_POSTGRESQL=1")
    pytest.skip(why)
