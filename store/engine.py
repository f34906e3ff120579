"""Opens the database; `unit()` is the only way to write, and commits or rolls back as a whole."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool
from sqlmodel import Session

BUSY_MS = 15_000
# SQLite up to 3.51.2 can corrupt a write-ahead log that two connections reset at the same time (fixed in 3.51.3).
WAL_RESET_FIXED = (3, 51, 3)


class Store:
    """One engine that writes and one that only reads."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.writer = _engine(url, read_only=False)
        self.reader = _engine(url, read_only=True)

    @contextmanager
    def unit(self) -> Iterator[Session]:
        """One transaction that may write: committed when the block ends, rolled back when it raises.

        On SQLite it begins with BEGIN IMMEDIATE, so that two processes never both read a row before one changes it.
        """
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def look(self) -> Iterator[Session]:
        """A consistent view for reading; a write in it raises."""
        with Session(self.reader, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        """Lets go of every connection."""
        self.writer.dispose()
        self.reader.dispose()


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite address; None for another database or one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def migration_engine(url: str) -> Engine:
    """An engine for migrations: one connection, foreign keys off, because SQLite alters a table by rebuilding it."""
    path = sqlite_path(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_migration)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_migration(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _engine(url: str, *, read_only: bool) -> Engine:
    path = sqlite_path(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_reader if read_only else _prepare_writer)
        event.listen(engine, "begin", _begin if read_only else _begin_immediate)
    return engine


def _prepare_writer(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transactions begin deferred; ours are begun by the event below.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_reader(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_MS}", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
