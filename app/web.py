"""A small web server inside a process of ours: listens, answers, and ends after the requests under way.

Who asks slowly, or never to the end, holds nothing up: a connection has its time for each request with its answer, and
of too many the one that has asked for nothing for the longest time goes (`app.bounded`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.setting_values import host_and_port

log = logging.getLogger(__name__)
# Requests under way are short; a client that never finishes its own must not hold the process.
GRACE_S = 20
# How often it is looked whether nobody asks any more, and how long what came at the last moment has to show itself.
LOOK_S, LAST_S = 5.0, 0.2

# What a browser is led to by another site's name is a name with a dot; a container's own name has none.
BY_ADDRESS = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]|[A-Za-z0-9_-]+)(?::\d+)?")

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp, Receive, Scope, Send


class ByAddress:
    """Lets a request through that names this machine by its address or a bare name, and comes from no other site.

    Against pages of other sites: one that has its own name lead to this machine (DNS rebinding) is known by the Host,
    one that asks across sites by the Origin. Others get 403. `named` is a name of ours, with its port where it has one.
    """

    def __init__(self, app: ASGIApp, named: str = "") -> None:
        self.app, self.named = app, named

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "http" and not _is_ours(dict(scope["headers"]), self.named):
            from starlette.responses import Response

            await Response(status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_ours(headers: dict[bytes, bytes], named: str) -> bool:
    host = headers.get(b"host", b"").decode("latin-1")
    origin = headers.get(b"origin", b"").decode("latin-1")
    known = BY_ADDRESS.fullmatch(host) is not None or (named != "" and host.casefold() == named.casefold())
    return known and origin in ("", f"http://{host}", f"https://{host}")


async def serve(
    make: Callable[[], ASGIApp], address: str, end: asyncio.Event, again_s: float, *, uploads: bool = False
) -> None:
    """Serves what `make` makes on `address` (host:port) until `end`, then finishes what is under way.

    While another program holds the address it is tried again every `again_s` seconds. With `uploads` a request that
    brings files has its time as long as they come.
    """
    held = await _listen(address, end, again_s)
    if held is not None:
        await serve_on(held, make(), end, uploads=uploads)


async def serve_on(
    held: socket.socket, app: ASGIApp, end: asyncio.Event, *, uploads: bool = False, idle_s: float | None = None
) -> None:
    """Serves on a socket that listens until `end`, then finishes what is under way.

    With `idle_s` it sets `end` itself when for so many seconds no request has come and nobody was connected; who else
    holds the socket has what comes from then on.
    """
    server = _server(app, uploads=uploads)

    async def stop() -> None:
        await end.wait()
        server.should_exit = True

    beside = [asyncio.create_task(stop())]
    if idle_s is not None:
        beside.append(asyncio.create_task(_end_when_idle(server, held, end, idle_s)))
    try:
        await server.serve([held])
    finally:
        for each in beside:
            each.cancel()
        held.close()


async def _end_when_idle(server: uvicorn.Server, held: socket.socket, end: asyncio.Event, idle_s: float) -> None:
    loop, state = asyncio.get_running_loop(), server.server_state
    asked, since = state.total_requests, loop.time()
    while loop.time() - since < idle_s:
        await wait(end, min(LOOK_S, idle_s))
        if state.connections or state.total_requests != asked:
            asked, since = state.total_requests, loop.time()
    # Nobody is taken in from here on, and who was taken in at the last moment is answered first.
    loop.remove_reader(held)
    await wait(end, LAST_S)
    while state.connections:
        await wait(end, LAST_S)
    end.set()


def _server(app: ASGIApp, *, uploads: bool) -> uvicorn.Server:
    # Loaded where used: who finds the address taken serves nothing.
    import uvicorn

    from app.bounded import Bounded, Patient

    config = uvicorn.Config(
        app,
        http=Patient if uploads else Bounded,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    server = uvicorn.Server(config)
    # No signal handlers of its own: the process has its own and ends in order.
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
    return server


async def wait(end: asyncio.Event, seconds: float) -> None:
    """Waits, but not longer than until the end."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(end.wait(), seconds)


async def _listen(address: str, end: asyncio.Event, again_s: float) -> socket.socket | None:
    said = False
    while not end.is_set():
        try:
            return bound(address)
        except OSError as error:
            if not said:
                log.info("%s is not free (%s); it is tried again every %.0f s", address, error.strerror, again_s)
            said = True
            await wait(end, again_s)
    return None


def bound(address: str) -> socket.socket:
    """A socket that listens at an address (host:port); raises OSError where it is taken or not ours."""
    host, port = host_and_port(address)
    family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    held = socket.socket(family, kind, protocol)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(place)
        # At once: with SO_REUSEADDR two programs may bind, but only one may listen.
        held.listen()
    except OSError:
        held.close()
        raise
    return held
