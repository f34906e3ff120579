"""One connection for the looks that follow each other in a thread, as those of a beat do: to begin and end a
transaction for each costs as much as what most of them ask.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import local

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError


@dataclass
class _View:
    """A connection in its transaction, and how many looks read from it now."""

    connection: Connection
    users: int = 0
    is_past: bool = False

    def leave(self) -> None:
        """Lets go of the connection after the last look."""
        if not self.is_past or self.users:
            return
        try:
            self.connection.close()
        except DBAPIError:
            # The server is gone, and with it what was only read: whoever goes on is told where it asks.
            if not self.connection.closed:
                self.connection.invalidate()
                self.connection.close()


class SharedLooks(local):
    """Of each thread whether its looks share a view now, and which."""

    is_on = False
    _view: _View | None = None

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Looks of this thread share a view from here to the end, until `renew`; inside of another one it is that."""
        if self.is_on:
            yield
            return
        self.is_on = True
        try:
            yield
        finally:
            self.is_on = False
            self.renew()

    @contextmanager
    def connection(self, engine: Engine) -> Iterator[Connection]:
        """The connection of the view that is shared now; what raises ends it for those that follow."""
        view = self._view
        if view is None:
            view = _View(engine.connect())
            view.connection.begin()
            self._view = view
        view.users += 1
        try:
            yield view.connection
        except BaseException:
            self.renew()
            raise
        finally:
            view.users -= 1
            view.leave()

    def renew(self) -> None:
        """The next look sees what stands then; who reads now goes on as before."""
        view, self._view = self._view, None
        if view is not None:
            view.is_past = True
            view.leave()
