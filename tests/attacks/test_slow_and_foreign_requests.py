"""Requests that never end, and requests that a page of another site makes."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from uvicorn.server import ServerState

from app import bounded, web
from app.bounded import Bounded, Patient
from sandbox.telegram_api.server import Server

HALF = b"POST /telegram HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n"


async def answer(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("here")


@contextmanager
def serving(*, uploads: bool = False) -> Iterator[int]:
    """The port of a server as the webhook and the health have it, or as the page to answer on has it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    app = Starlette(routes=[Route("/", answer)])
    loop, end = asyncio.new_event_loop(), asyncio.Event()
    served = web.serve(lambda: app, f"127.0.0.1:{port}", end, 0.1, uploads=uploads)
    thread = Thread(target=loop.run_until_complete, args=(served,))
    thread.start()
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()
        loop.close()


def get(port: int) -> str:
    """What the server answers; it may still be starting."""
    with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
        return client.get(f"http://127.0.0.1:{port}/").text


def test_hundreds_of_half_requests_keep_nobody_out() -> None:
    with serving() as port, ExitStack() as held:
        assert get(port) == "here"
        for number in range(3 * bounded.MOST_CONNECTIONS):
            half = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            half.sendall(HALF)
            if number % 50 == 0:
                assert get(port) == "here"
        assert get(port) == "here"


@pytest.mark.parametrize("uploads", [False, True])
def test_a_half_request_has_its_time_and_then_goes(monkeypatch: pytest.MonkeyPatch, uploads: bool) -> None:
    monkeypatch.setattr("app.bounded.ASK_S", 0.05)
    with serving(uploads=uploads) as port:
        assert get(port) == "here"
        with socket.create_connection(("127.0.0.1", port), timeout=20) as half:
            half.sendall(HALF)
            # The server ends it: an empty answer, or the end of the connection as an error.
            with suppress(ConnectionResetError):
                assert half.recv(100) == b""


class Line(asyncio.Transport):
    """A connection that takes everything."""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Takes it."""

    def abort(self) -> None:
        """It is cut."""

    def pause_reading(self) -> None:
        """It waits."""

    def close(self) -> None:
        """It ends."""


def test_a_request_that_brings_files_has_its_time_anew_with_each_piece_and_no_more_than_its_whole() -> None:
    async def told() -> None:
        config = uvicorn.Config(Starlette(), lifespan="off")
        config.load()
        protocol = Patient(config, ServerState(), {})
        protocol.connection_made(Line())
        first = protocol._deadline.when()
        protocol.data_received(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999\r\n\r\n")
        for _ in range(100):
            protocol.data_received(b"x")
        assert protocol._deadline.when() == first, "a byte now and then is no time"
        protocol.data_received(b"x" * bounded.PIECE)
        assert protocol._deadline.when() > first
        ends = protocol._ends = asyncio.get_running_loop().time() + 1
        protocol.data_received(b"x" * bounded.PIECE)
        assert protocol._deadline.when() == ends
        protocol.connection_lost(None)

    asyncio.run(told())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8081"}, 200),
        ({"Host": "bot:8081"}, 200),
        ({"Host": "[::1]:8081"}, 200),
        ({"Host": "rebound.example.com"}, 403),
        ({"Host": "127.0.0.1.example.com"}, 403),
        ({"Host": "127.0.0.1:80@example.com"}, 403),
        ({"Origin": "https://example.com"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_page_of_another_site_is_answered_nothing(headers: dict[str, str], status: int) -> None:
    app = Starlette(routes=[Route("/", answer)])
    app.add_middleware(web.ByAddress)
    with Server(app) as server:
        assert httpx.get(f"{server.url}/", headers=headers).status_code == status


def test_the_servers_of_the_service_are_bounded() -> None:
    server = web._server(Starlette(), uploads=False)
    assert server.config.http is Bounded
    assert web._server(Starlette(), uploads=True).config.http is Patient
