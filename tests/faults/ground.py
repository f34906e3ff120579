"""What the record stands on in a run: a file, or a server that is restarted under everybody."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any, Protocol

import psycopg

from app import moving
from app.clock import machine_now
from store.engines.postgresql import TAKE_TURN
from tests import postgresql

PATIENCE_S, SOON_S = 60.0, 0.05
# What puts a row into doubt is written down beside it: the row itself keeps only the last.
DOUBTS = "CREATE TABLE harness_doubt (row BIGINT, token TEXT, until TEXT, moment TEXT, error TEXT, at DOUBLE PRECISION)"
SQLITE_DOUBTS = """
CREATE TRIGGER harness_doubts AFTER UPDATE OF doubts ON delivery WHEN new.doubts > old.doubts BEGIN
  INSERT INTO harness_doubt VALUES (old.id, old.lease_token, old.lease_until, new.not_before, new.last_error,
    (julianday('now') - 2440587.5) * 86400.0);
END
"""
POSTGRESQL_DOUBTS = """
CREATE FUNCTION harness_doubts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO harness_doubt VALUES (old.id, old.lease_token, old.lease_until::text, new.not_before::text,
    new.last_error, extract(epoch FROM clock_timestamp()));
  RETURN new;
END $$;
CREATE TRIGGER harness_doubts AFTER UPDATE ON delivery FOR EACH ROW WHEN (new.doubts > old.doubts)
  EXECUTE FUNCTION harness_doubts();
"""


class Ground(Protocol):
    """A database of one kind; `name` stands in the table, `restarts` says that it is a server which may go away."""

    url: str
    name: str
    restarts: bool

    def ask(self, question: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """The rows of a question in the words that both know, beside everybody; waits for a server that is away."""

    def note_doubts(self) -> None:
        """From now on each doubt about a row is kept in `harness_doubt`; its tables stand."""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else can write meanwhile."""

    def restart(self, random: Random) -> str:
        """The server goes away under everybody and comes again; how."""

    def as_file(self) -> Path:
        """The record as an SQLite file, once nobody has it open any more."""

    def close(self) -> None:
        """Lets go of it."""


class OnSqlite:
    """See Ground."""

    restarts = False

    def __init__(self, folder: Path) -> None:
        self.file = folder / "office.db"
        self.url, self.name = f"sqlite:///{self.file}", f"SQLite {sqlite3.sqlite_version}"

    def ask(self, question: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """From a connection of its own: one that stays would see an old moment's log grow."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(question, values).fetchall()

    def note_doubts(self) -> None:
        """By a trigger."""
        with closing(sqlite3.connect(self.file, timeout=PATIENCE_S)) as connection:
            connection.execute(DOUBTS)
            connection.execute(SQLITE_DOUBTS)

    @contextmanager
    def held(self) -> Iterator[None]:
        """A writer that takes its time."""
        with closing(sqlite3.connect(self.file, timeout=PATIENCE_S)) as connection:
            connection.isolation_level = None
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")

    def restart(self, random: Random) -> str:
        """There is no server."""
        raise NotImplementedError(random)

    def as_file(self) -> Path:
        """It is one."""
        return self.file

    def close(self) -> None:
        """Nothing is open."""


class OnPostgresql:
    """See Ground; a server of this process's own, which never waits for its disk: what dies here is no machine."""

    restarts = True

    def __init__(self, folder: Path) -> None:
        self._folder, self._server = folder, postgresql.server()
        self.url = postgresql.empty()
        (version,) = self._server.execute("SHOW server_version")
        self.name = f"PostgreSQL {version[0].partition(' ')[0]}"
        self._lock = threading.Lock()
        self._line: psycopg.Connection[tuple[Any, ...]] | None = None

    def ask(self, question: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """From one connection, made anew where the server went away."""
        until = time.monotonic() + PATIENCE_S
        with self._lock:
            while True:
                try:
                    if self._line is None:
                        self._line = self._connected()
                    return self._line.execute(question.replace("?", "%s").encode(), values).fetchall()
                except psycopg.OperationalError:
                    self._let_go()
                    if time.monotonic() > until:
                        raise
                    time.sleep(SOON_S)

    def note_doubts(self) -> None:
        """By a trigger."""
        with self._connected() as connection:
            connection.execute(DOUBTS)
            connection.execute(POSTGRESQL_DOUBTS.encode())

    def _connected(self) -> psycopg.Connection[tuple[Any, ...]]:
        address = self.url.replace("postgresql+psycopg", "postgresql")
        return psycopg.connect(address, autocommit=True, options="-c timezone=UTC")

    def _let_go(self) -> None:
        with suppress(psycopg.Error):
            if self._line is not None:
                self._line.close()
        self._line = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """The office's lock, taken as every writer takes it."""
        with self._connected() as connection, connection.transaction():
            connection.execute(TAKE_TURN)
            yield

    def restart(self, random: Random) -> str:
        """Away for up to three seconds."""
        crash = random.random() < 0.5
        self._server.end(crash=crash)
        time.sleep(random.uniform(0.0, 3.0))
        self._server.start()
        return "crash" if crash else "in order"

    def as_file(self) -> Path:
        """Moved into one by the program itself, which compares every row."""
        self.close()
        with self._connected() as connection:
            connection.execute("DROP TRIGGER harness_doubts ON delivery")
            connection.execute("DROP TABLE harness_doubt")
        file = self._folder / "moved.db"
        moving.move(self.url, f"sqlite:///{file}", machine_now())
        return file

    def close(self) -> None:
        """Ends the connection."""
        with self._lock:
            self._let_go()
