"""What a PostgreSQL server tells of commits: NOTIFY at the end of a unit, heard by a connection that only listens.

Each COMMIT that notifies waits for the one before it, of all databases of the server (PostgreSQL, "NOTIFY"): what is
committed at a rate tells of nothing.
"""

from collections.abc import Callable
from threading import Lock, Thread
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

LISTEN = "LISTEN committed"
# A transaction has a number once it has written something.
TELL = "SELECT pg_notify('committed', '') WHERE pg_current_xact_id_if_assigned() IS NOT NULL"


class Listener:
    """Counts what is told, without a question to the server; `listening` opens a connection that commits by itself.

    Where the connection was lost it is made anew beside whoever asks, who meanwhile is told of a commit at each look.
    """

    def __init__(self, listening: Callable[[], Connection]) -> None:
        self._listening = listening
        self._asking, self._count, self._closed = Lock(), 0, False
        self._opening: Thread | None = None
        self._connection = self._opened()

    def number(self) -> int:
        """Another one than before whenever somebody has committed since, or may have."""
        with self._asking:
            if self._connection is None:
                self._count += 1
                if self._opening is None and not self._closed:
                    self._opening = Thread(target=self._reopen, daemon=True)
                    self._opening.start()
                return self._count
            driver: Any = self._connection.connection.dbapi_connection
            try:
                driver.pgconn.consume_input()
                while driver.pgconn.notifies() is not None:
                    self._count += 1
            except self._connection.dialect.loaded_dbapi.Error:
                self._let_go()
                self._count += 1
            return self._count

    def pass_over(self) -> None:
        """What is not to be told of was not told."""

    def close(self) -> None:
        """Lets go of the server."""
        with self._asking:
            self._closed = True
            self._let_go()

    def _opened(self) -> Connection | None:
        try:
            found = self._listening()
            found.exec_driver_sql(LISTEN)
        except DBAPIError:
            return None
        return found

    def _reopen(self) -> None:
        found = self._opened()
        with self._asking:
            self._connection, self._opening = found, None
            # What was committed before it listened nobody told of.
            self._count += 1
            if self._closed:
                self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
        self._connection = None
