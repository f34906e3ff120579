"""SQLite: one file, one writer by BEGIN IMMEDIATE, readers beside it by its write-ahead log."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool
from sqlalchemy.util import LRUCache

from store.engines import Looked, ServedError

BUSY_MS = 15_000
# SQLite up to 3.51.2 can corrupt a write-ahead log that two connections reset at the same time (fixed in 3.51.3).
WAL_RESET_FIXED = (3, 51, 3)
# FULL: what was committed is there after a power cut, or a message would be sent twice.
# LIKE tells large letters from small, as elsewhere: what it looks for are identities.
ALL = (f"busy_timeout={BUSY_MS}", "case_sensitive_like=ON")
# Whoever has the file open shares a lock of it; so long a reader that comes and goes may take.
ALONE = ("busy_timeout=1000", "locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
WRITES = ("journal_mode=WAL", "synchronous=FULL", *ALL)
# Of every engine of this process: a statement is compiled once, not once for each reader and writer of each office.
_COMPILED: LRUCache[Any, Any] = LRUCache(1000)


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite address; None for another database or one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def in_folder(url: str, folder: Path) -> str:
    """The same address with its file in a folder, unless it says the whole path; any other address as it is."""
    path = sqlite_path(url)
    if path is None:
        return url
    return make_url(url).set(database=str(folder / path)).render_as_string(hide_password=False)


def open_writer(url: str) -> Engine:
    """BEGIN IMMEDIATE keeps every other writer out of the file from the first statement on."""
    return _open(url, _prepared(*WRITES, "foreign_keys=ON"), "BEGIN IMMEDIATE")


def open_reader(url: str) -> Engine:
    """The first statement settles what is seen; a write raises."""
    return _open(url, _prepared(*ALL, "query_only=ON"), "BEGIN")


def open_for_migration(url: str) -> Engine:
    """Foreign keys are off, because SQLite alters a table by making it anew."""
    return _open(url, _prepared(*WRITES, "foreign_keys=OFF"), "BEGIN IMMEDIATE", poolclass=NullPool)


@contextmanager
def upgrading(url: str) -> Iterator[None]:
    """The folder itself is locked, so that no file is left behind."""
    folder = Path(sqlite_path(url) or "").parent
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Commits:
    """SQLite's own counter of what other connections committed (PRAGMA data_version).

    It is a hint: where the file cannot be asked each look is told of a commit, and no COMMIT fails for it.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._asking, self._count, self._version = Lock(), 0, self._now()

    def number(self) -> int:
        """Another one than before whenever another connection has committed since, or may have."""
        with self._asking:
            now = self._now()
            if now is None or now != self._version:
                self._version = now
                self._count += 1
            return self._count

    def pass_over(self) -> None:
        """What was committed since `number` was asked last is told of to nobody."""
        with self._asking:
            self._version = self._now()

    def _now(self) -> int | None:
        try:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return None

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()


def commits(url: str) -> Commits | None:
    """The counter of a file; a database in memory has no other connections."""
    path = sqlite_path(url)
    return None if path is None else Commits(path)


def tell(_connection: Connection) -> None:
    """The file's own counter tells of every commit."""


@contextmanager
def alone(url: str) -> Iterator[Connection]:
    """The file's exclusive lock: even a process that has it open and does nothing is found by it."""
    engine = _open(url, _prepared(*ALONE), "BEGIN EXCLUSIVE", poolclass=NullPool)
    try:
        connection = engine.connect()
        connection.begin()
    except (sqlite3.OperationalError, OperationalError) as error:
        why = getattr(error, "orig", error)
        raise ServedError(
            f"{sqlite_path(url)} is in use ({why}): end the service and whatever else has it open"
        ) from error
    with connection:
        yield connection


def as_json(text: BindParameter[str]) -> Any:
    """Text is kept as it is."""
    return text


def count_on(_connection: Connection) -> None:
    """The next number is the one after the highest of the table."""


def size(connection: Connection) -> int:
    """The bytes of the file."""
    pages, page = (connection.exec_driver_sql(f"PRAGMA {each}").scalar() for each in ("page_count", "page_size"))
    return int(pages or 0) * int(page or 0)


def free(connection: Connection) -> int | None:
    """What is free where the file is; None for a database in memory."""
    row = connection.exec_driver_sql("PRAGMA database_list").first()
    return shutil.disk_usage(Path(row[2]).parent).free if row is not None and row[2] else None


def place(_connection: Connection) -> str:
    """A file knows nothing of where it stands: what stands beside it says it (app.installation)."""
    return ""


def moment(_connection: Connection) -> datetime | None:
    """A file has no clock but the machine's."""
    return None


def unfit(_connection: Connection) -> str:
    """Every file is fit: it sorts text by its bytes unless asked for something else."""
    return ""


def examine(connection: Connection) -> Iterable[Looked]:
    """Whether the pages are sound, and whether this SQLite has a known fault."""
    sound = connection.exec_driver_sql("PRAGMA quick_check").scalar()
    yield Looked("database", sound == "ok", f"quick_check: {sound}")
    if sqlite3.sqlite_version_info < WAL_RESET_FIXED:
        text = f"SQLite {sqlite3.sqlite_version} can corrupt its log in a rare case (fixed in 3.51.3): keep backups"
        yield Looked("sqlite", None, text)


def _open(url: str, prepare: Callable[[sqlite3.Connection, Any], None], begin: str, **options: Any) -> Engine:
    path = sqlite_path(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    # What people wrote stands in the parameters: an error must not carry it into the log.
    engine = create_engine(url, hide_parameters=True, execution_options={"compiled_cache": _COMPILED}, **options)
    engine.dialect = _dialect()
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


@cache
def _dialect() -> Dialect:
    """The one by which all engines write their SQL: what was compiled is found again by it."""
    engine = create_engine("sqlite://")
    # With its first connection it learns what it must know of the library.
    engine.connect().close()
    engine.dispose()
    return engine.dialect


def _prepared(*pragmas: str) -> Callable[[sqlite3.Connection, Any], None]:
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver's own transactions begin deferred; ours are begun by the event above.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return prepare
