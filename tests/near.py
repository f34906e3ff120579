"""The Bot API without a socket: a world's calls go from httpx straight into the app that would answer them.

What is between (a thread, a port, the bytes of HTTP) was a third of a journey's time. The app, what it demands of a
call and what httpx makes of its answer are the same. A fault is of the connection, so while one is armed the calls go
over the loopback, as those of `tests/sandbox` and `tests/faults` always do.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx
from starlette.applications import Starlette


class Near(httpx.AsyncBaseTransport):
    """Calls an app; over the loopback, where `listen` sees to it that somebody answers, while a fault is armed."""

    def __init__(self, app: Starlette, is_faulty: Callable[[], bool], listen: Callable[[], object]) -> None:
        self._is_faulty, self._listen = is_faulty, listen
        # What the app raises is an answer of 500 there too.
        self._straight = httpx.ASGITransport(app, raise_app_exceptions=False)
        # Certificates take a fiftieth of a second to read, and nothing here is encrypted.
        self._loopback = httpx.AsyncHTTPTransport(verify=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One call."""
        if not self._is_faulty():
            return await self._straight.handle_async_request(request)
        self._listen()
        return await self._loopback.handle_async_request(request)

    async def aclose(self) -> None:
        """Lets go of the connections."""
        await self._loopback.aclose()


class AtOnce(ThreadPoolExecutor):
    """Does in the thread that asks what would be done in another, which in a world has nothing else to do meanwhile."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Does it, and gives what came of it."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done
