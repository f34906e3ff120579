"""Serves an ASGI app on loopback from a thread of its own."""

from __future__ import annotations

import socket
import threading
import time
from types import TracebackType
from typing import Any

import uvicorn
from starlette.types import ASGIApp

START_SECONDS = 10


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
        config = uvicorn.Config(
            app, log_config=None, log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=2
        )
        self._server = uvicorn.Server(config)
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
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
