"""One town after another at the same address: what the server shows stays while what lives behind it is made anew."""

from __future__ import annotations

from threading import Condition, Event
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.sentences import say


class Doorway:
    """An ASGI app that hands each request to the app of the town that is open; while none is, it says so."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        self._inside, self._change = 0, Condition()

    def leave(self, seconds: float) -> bool:
        """Lets nobody in any more, and waits until everybody is out: what a request still asked would open the
        database of the town that is being removed. False where somebody stays for longer than that.
        """
        self.app = None
        with self._change:
            return self._change.wait_for(lambda: not self._inside, seconds)

    @property
    def state(self) -> Any:
        """The open town's, by which the server ends the polls that wait."""
        return getattr(self.app, "state", None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on."""
        self._count(1)
        try:
            app = self.app or JSONResponse({"error": say("againWait")}, 503)
            await app(scope, receive, send)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._change:
            self._inside += more
            self._change.notify_all()


class Both:
    """Two platforms' calls, whose polls end together."""

    def __init__(self, *apis: Any) -> None:
        self._apis = apis

    def close(self) -> None:
        """Ends the polls that wait."""
        for each in self._apis:
            each.close()


class Either(Event):
    """An event that is set when it is set itself, or when a signal told the whole process to stop."""

    def __init__(self, stop: Event) -> None:
        super().__init__()
        self._stop = stop

    def is_set(self) -> bool:
        """Whether either was."""
        return super().is_set() or self._stop.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Waits for the signal, which wakes it at once; of its own it hears within the timeout."""
        return super().is_set() or self._stop.wait(timeout) or super().is_set()
