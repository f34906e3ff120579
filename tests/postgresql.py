"""A PostgreSQL of the tests' own, on a socket in a temporary folder; REQUIRE_POSTGRESQL=1 makes its absence a failure,
=0 does without it.

One server a process of pytest, started by the first test that asks for it; a database a test, as a copy of a migrated
one. It never waits for its disk: what a power cut leaves is nobody's data here.
"""

import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

# Debian keeps each version's programs in a folder of its own, off the PATH.
DEBIAN = "/usr/lib/postgresql"
OWNER, USER = "postgres", "nhacviec"
MAKE = "LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'"
SETTINGS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "autovacuum=off", "max_connections=60")
PATIENCE_S = 30.0
numbers = count(1)
TEMPORARY = Path(os.environ.get("TMPDIR", "/tmp"))


class Server:
    """A running server; `execute` speaks to its maintenance database."""

    def __init__(self, programs: Path, *settings: str) -> None:
        # Beside the folders of the tests, which are for their own user: the server is another one's where that is root.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir=TEMPORARY))
        # The server refuses to run as root: where we are root it runs as Debian's user for it.
        self._as: dict[str, Any] = {"cwd": self.folder}
        if os.geteuid() == 0:
            shutil.chown(self.folder, OWNER, OWNER)
            self._as |= {"user": OWNER, "group": OWNER, "extra_groups": []}
        data = self.folder / "data"
        make: list[str | Path] = [programs / "initdb", "-D", data, "-A", "trust", "-U", USER, "--no-sync"]
        make += ["--locale=C", "--encoding=UTF8"]
        subprocess.run(make, check=True, capture_output=True, timeout=120, **self._as)
        self._run: list[str | Path] = [programs / "postgres", "-D", data, "-k", self.folder]
        self._run += [word for setting in (*SETTINGS, *settings) for word in ("-c", setting)]
        self.start()

    def start(self) -> None:
        """Starts it, for the first time or again; it answers when this returns."""
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(self._run, stdout=log, stderr=log, **self._as)
        self._wait()

    def end(self, *, crash: bool) -> None:
        """Ends it under whoever is connected, in order or as a crash does; what was committed stays."""
        self.process.send_signal(signal.SIGQUIT if crash else signal.SIGINT)
        self.process.wait(PATIENCE_S)

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
        self.end(crash=True)
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
    found = _programs()
    return found if isinstance(found, str) else Server(found)


def begun(*settings: str) -> Server:
    """Another server, with settings (`NAME=VALUE`) of its own; whoever asked for it stops it. RuntimeError where there
    can be none."""
    found = _programs()
    if isinstance(found, str):
        raise RuntimeError(found)
    return Server(found, *settings)


def _programs() -> Path | str:
    """Where the server's programs are, or why they cannot be used."""
    if os.environ.get("REQUIRE_POSTGRESQL") == "0":
        return "no PostgreSQL: REQUIRE_POSTGRESQL=0"
    found = next(iter(sorted(Path(DEBIAN).glob("*/bin/initdb"), reverse=True)), None) or shutil.which("initdb")
    if found is None:
        return f"no PostgreSQL: looked for initdb in {DEBIAN} and on the PATH"
    if os.geteuid() == 0 and OWNER not in {each.pw_name for each in pwd.getpwall()}:
        return f"no PostgreSQL: its server refuses to run as root, and there is no user {OWNER}"
    # Beside its real place: the PATH may hold a link to initdb alone.
    return Path(found).resolve().parent


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


@contextmanager
def cut_at_commit(url: str, *, arrives: bool, answered: int = 0) -> Iterator[str]:
    """The same database at an address where one connection is lost inside a COMMIT, which reached the server or not.

    The first ones, `answered` of them, and those that follow are carried as they should be.
    """
    with tempfile.TemporaryDirectory(dir=TEMPORARY) as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/.s.PGSQL.5432")
        listener.listen()
        carrier = Thread(target=_accept, args=(listener, arrives, iter([True] * answered + [False])))
        carrier.start()
        yield url.replace(str(server().folder), folder)
        # Wakes the one who waits for another connection.
        listener.shutdown(socket.SHUT_RDWR)
        carrier.join(PATIENCE_S)


def _accept(listener: socket.socket, arrives: bool, whole: Iterator[bool]) -> None:
    carriers = []
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            carriers.append(Thread(target=_carry, args=(client, arrives, whole)))
            carriers[-1].start()
    for each in carriers:
        each.join(PATIENCE_S)


def _carry(client: socket.socket, arrives: bool, whole: Iterator[bool]) -> None:
    """Carries bytes between a client and the server until one of them ends, or a COMMIT is to be cut."""
    with client, socket.socket(socket.AF_UNIX) as upstream:
        upstream.connect(str(server().folder / ".s.PGSQL.5432"))
        while True:
            for ready in select.select([client, upstream], [], [])[0]:
                data = ready.recv(65_536)
                if not data:
                    return
                if b"COMMIT\0" in data and ready is client and not next(whole, True):
                    if arrives:
                        upstream.sendall(data)
                        upstream.recv(65_536)
                    return
                (upstream if ready is client else client).sendall(data)


def _missing(why: str) -> NoReturn:
    if os.environ.get("REQUIRE_POSTGRESQL") == "1":
        pytest.fail(f"{why}, and REQUIRE_POSTGRESQL=1")
    pytest.skip(why)
