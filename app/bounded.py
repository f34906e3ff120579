"""A connection to one of our web servers that cannot be held open by asking slowly.

uvicorn gives a client all the time it wants for the head and the body of a request; some hundred halves of requests
would use up the files that the process may open, and then nothing could be sent any more.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

ASK_S, MOST_CONNECTIONS = 30.0, 64
# A request that brings files has its time anew with each piece of so many bytes, and no more than this in all.
PIECE, MOST_S = 64 * 1024, 1800.0


class Bounded(H11Protocol):
    """One connection with a deadline for each request, among a limited number."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts the first request's time; where there are too many the one that has waited longest goes."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(ASK_S, transport.abort)
        if len(self.connections) > MOST_CONNECTIONS:
            oldest: Any = min(self.connections, key=_asked_last)
            oldest.transport.abort()

    def on_response_complete(self) -> None:
        """Starts the next request's time."""
        self._deadline.cancel()
        self._deadline = self.loop.call_later(ASK_S, self.transport.abort)
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._deadline.cancel()
        super().connection_lost(exc)


class Patient(Bounded):
    """One that may bring files over a slow line: 2 KB a second is enough, a byte now and then is not."""

    _came: int
    _ends: float

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts the first request's time."""
        super().connection_made(transport)
        self._begins()

    def data_received(self, data: bytes) -> None:
        """Takes a piece, and with enough of them the time begins anew."""
        self._came += len(data)
        if self._came >= PIECE:
            self._came = 0
            self._deadline.cancel()
            ends = min(self.loop.time() + ASK_S, self._ends)
            self._deadline = self.loop.call_at(ends, self.transport.abort)
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Starts the next request's time."""
        super().on_response_complete()
        self._begins()

    def _begins(self) -> None:
        self._came, self._ends = 0, self.loop.time() + MOST_S


def _asked_last(connection: Any) -> float:
    return float(connection._deadline.when())
