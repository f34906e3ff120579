"""Serves an ASGI app on loopback from a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Any

import uvicorn
from starlette.types import ASGIApp

START_SECONDS = 10
END_SECONDS = 2


class _Prompt(uvicorn.Server):
    """Ends as soon as it is told to: uvicorn looks ten times a second and then waits a tenth, in each world."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None

    def end(self) -> None:
        """Ends it; callable from any thread."""
        self.should_exit = True
        if self._told is not None:
            loop, told = self._told
            loop.call_soon_threadsafe(told.set)

    async def main_loop(self) -> None:
        told = asyncio.Event()
        self._told = asyncio.get_running_loop(), told
        # Once a second uvicorn renews the date that it sends.
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(told.wait(), 1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listener in (*self.servers, *(sockets or ())):
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        until = time.monotonic() + END_SECONDS
        while (self.server_state.connections or self.server_state.tasks) and time.monotonic() < until:
            await asyncio.sleep(0.002)


class Server:
    """A context manager around uvicorn on 127.0.0.1; `port` 0 takes a free one, `url` has no slash at its end."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        self._app = app
        # asyncio turns Nagle's delay (40 ms a call) off only where the protocol is named.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        # No websockets and no signal handlers: both would warn or interfere with the process that tests.
        config = uvicorn.Config(app, log_config=None, log_level="critical", ws="none", lifespan="off")
        self._server = _Prompt(config)
        self._thread = threading.Thread(target=self._run, name="telegram-sandbox", daemon=True)

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def __enter__(self) -> Server:
        """Start and wait until the port answers; RuntimeError when it does not within ten seconds."""
        self._thread.start()
        until = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                raise RuntimeError(f"the sandbox server did not start on {self.url}")
            time.sleep(0.005)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving: waiting polls are answered, open connections closed, the thread joined."""
        api: Any = getattr(getattr(self._app, "state", None), "bot_api", None)
        if api:
            api.close()
        self._server.end()
        # One that was never entered has nothing to join.
        if self._thread.ident is not None:
            self._thread.join()
        self._socket.close()
