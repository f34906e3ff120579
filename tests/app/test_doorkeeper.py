"""Pages that are served while somebody asks for them: the first who comes is answered, and who comes after an end."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app import heartbeat, web
from app.clock import machine_now
from app.heartbeat import PageState
from app.supervise import Only
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server
from sandbox.world import TOKEN
from store.heartbeat import read
from tests.app.test_supervise import wait_for

ROOT = Path(__file__).parent.parent.parent
# Answers one who knocks with its own number, and ends; to a request for the end it fails.
SERVES = """
import os, socket, sys

held = socket.socket(fileno=int(sys.argv[2]))
taken, _ = held.accept()
asked = taken.recv(100)
taken.sendall(f"{sys.argv[1]} {os.getpid()}".encode())
sys.exit(3 if asked == b"fail" else 0)
"""


def ask(port: int, words: bytes = b"who") -> str:
    """What somebody who comes is told."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as one:
        one.sendall(words)
        return one.recv(100).decode()


def test_who_knocks_is_answered_and_so_is_who_knocks_after_the_end(tmp_path: Path) -> None:
    (tmp_path / "serves.py").write_text(SERVES, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        keeper = subprocess.Popen(
            [sys.executable, "-m", "app.doorkeeper", "pages", str(held.fileno()), "serves", "INFO"],
            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
            stdin=subprocess.PIPE, pass_fds=(held.fileno(),),
        )  # fmt: skip
        with keeper:
            try:
                first, second = ask(port).split(), ask(port).split()
                assert (first[0], second[0]) == ("pages", "pages")
                assert len({first[1], second[1], str(keeper.pid)}) == 3
                # It fails with who serves: their supervisor begins both again, not in a hot loop.
                ask(port, b"fail")
                assert keeper.wait(30) == 3
            finally:
                keeper.kill()


def test_pages_end_when_nobody_asks_any_more_and_not_before() -> None:
    async def slowly(request: Request) -> PlainTextResponse:
        return PlainTextResponse(await request.body())

    async def life(held: socket.socket) -> str:
        end = asyncio.Event()
        app = Starlette(routes=[Route("/", slowly, methods=["POST"])])
        served = asyncio.create_task(web.serve_on(held, app, end, idle_s=0.2))
        reader, writer = await asyncio.open_connection(*held.getsockname())
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\nab")
        # Several times as long as it waits for the next one: what is under way keeps it.
        await asyncio.sleep(1)
        assert not end.is_set()
        assert not served.done()
        writer.write(b"cd")
        said = await reader.read()
        writer.close()
        await writer.wait_closed()
        await asyncio.wait_for(served, 30)
        assert end.is_set()
        return said.decode()

    assert asyncio.run(life(socket.create_server(("127.0.0.1", 0)))).endswith("abcd")


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, PageState.SILENT),
        ({"desk": 1}, PageState.AWAKE),
        ({"desk": 16, "scheduler": 1}, PageState.SILENT),
        ({"desk:asleep": 900, "desk": 901, "poll": 1}, PageState.ASLEEP),
        ({"desk:asleep": 900, "poll": 1}, PageState.ASLEEP),
        # It woke since, and is gone.
        ({"desk:asleep": 900, "desk": 800, "poll": 1}, PageState.SILENT),
        # Nobody lives any more who would hold its address.
        ({"desk:asleep": 900, "poll": 16, "scheduler": 17}, PageState.SILENT),
    ],
)
def test_one_that_sleeps_is_told_from_one_that_is_gone(said: dict[str, int], state: PageState) -> None:
    now = machine_now()
    beats = {beat: now - timedelta(minutes=minutes) for beat, minutes in said.items()}
    assert heartbeat.page_state(Only.DESK, beats.get, now) is state


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[tuple[int, str, Path]]:
    """`nhacviec run` against a Telegram on loopback: its process id, its database and its log."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM", "CLOCK"))}
    url, log = f"sqlite:///{folder / 'office.db'}", folder / "log"
    with Server(create_app(Platform(TOKEN, machine_now))) as server, log.open("w") as file:
        clean |= {
            "PYTHONPATH": str(ROOT), "DATABASE_URL": url, "TELEGRAM_BOT_TOKEN": TOKEN, "HEALTH_LISTEN": "",
            "TELEGRAM_API_URL": server.url, **settings,
        }  # fmt: skip
        command = [sys.executable, "-m", "cli.main", "run"]
        process = subprocess.Popen(command, cwd=folder, env=clean, stdout=file, stderr=file)
        try:
            yield process.pid, url, log
        finally:
            process.terminate()
            process.wait()


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads process ids from /proc")
def test_the_screen_wakes_sleeps_and_wakes_again(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"

    def beats() -> dict[str, float]:
        with suppress(Exception):
            return {name: at.timestamp() for name, at in read(url)[0].items()}
        return {}

    with running(tmp_path, DESK_LISTEN=address, PAGES_SLEEP_MINUTES="0.03") as (_, url, log):

        def slept_since(moment: float) -> bool:
            return beats()["desk:asleep"] > moment

        wait_for(lambda: "desk:asleep" in beats(), log)
        assert "desk" not in beats()
        for _ in range(2):
            with urlopen(f"http://{address}/vao", timeout=60) as answer:
                assert "<form" in answer.read().decode()
            woke = beats()["desk"]
            assert woke > beats()["desk:asleep"]
            wait_for(partial(slept_since, woke), log)
        assert "Traceback" not in log.read_text("utf-8")
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://{address}/vao")
