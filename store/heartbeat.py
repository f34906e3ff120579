"""The signs of life and the clock's offset, read without the tables: a health check asks for them each minute.

Loading SQLModel for it would take longer than all the rest, and more memory.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

from plan.errors import NhacViecError

CLOCK, BEAT = "clock_offset_seconds", "beat:"
KEPT = "SELECT key, value FROM setting"
WAIT_S = 15


class NoAnswerError(NhacViecError):
    """The database does not answer, or holds no settings; the message is the driver's."""


def read(url: str) -> tuple[dict[str, datetime], timedelta]:
    """The last sign of life (UTC) by who gave it, and how far the service's clock is from the machine's.

    `url` is a DATABASE_URL. Nothing is made and nothing written. Raises NoAnswerError.
    """
    backend, _, place = url.partition("://")
    kept = dict(_of_sqlite(place) if backend.startswith("sqlite") else _of_postgresql(place))
    beats = {
        key.removeprefix(BEAT): datetime.fromisoformat(value) for key, value in kept.items() if key.startswith(BEAT)
    }
    return beats, timedelta(seconds=float(kept.get(CLOCK, 0)))


def _of_sqlite(place: str) -> Sequence[tuple[str, str]]:
    # Three slashes before a relative path, four before an absolute one.
    path = Path(unquote(place.partition("?")[0]).removeprefix("/"))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", WAIT_S, uri=True)) as connection:
            rows: Sequence[tuple[str, str]] = connection.execute(KEPT).fetchall()
            return rows
    except sqlite3.Error as error:
        raise NoAnswerError(f"the database {path} does not answer: {error}") from error


def _of_postgresql(place: str) -> Sequence[tuple[str, str]]:
    # Loaded where used: an office on SQLite need not have it.
    import psycopg

    try:
        with closing(psycopg.connect(f"postgresql://{place}", connect_timeout=WAIT_S)) as connection:
            rows: Sequence[tuple[str, str]] = connection.execute(KEPT).fetchall()
            return rows
    except psycopg.Error as error:
        raise NoAnswerError(f"the database does not answer: {error}") from error
