"""Updates that Telegram brings: kept before they are answered, each once, and from nobody else."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app import webhook
from app.webhook import MOST_BYTES, make_app, troubled
from channels.telegram import webhook as telegram_webhook
from channels.telegram.webhook import Webhook
from sandbox.phone import text_of
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server
from sandbox.world import TOKEN, World
from store import settings
from tests.conftest import MakeWorld
from tests.sandbox.hook import until

ROOT = Path(__file__).parent.parent.parent
SECRET = "a-secret-of-thirty-two-letters-00"
HEADER = {telegram_webhook.SECRET_HEADER: SECRET}
BROKEN = "CREATE TRIGGER broken BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"


@dataclass
class Hooked:
    """A world whose updates are brought, and the address they are brought to."""

    world: World
    url: str
    kept: list[None]

    def rows(self) -> int:
        """How many updates the inbox holds."""
        with self.world.service.store.look() as session:
            return int(session.connection().execute(text("SELECT count(*) FROM inbox")).scalar() or 0)

    def write(self, statement: str) -> None:
        """Changes the database behind the service's back."""
        with self.world.service.store.unit() as session:
            session.connection().execute(text(statement))

    def work(self) -> None:
        """Handles and sends what there is, without polling."""

        async def steps() -> None:
            while await self.world.receiver.step() or await self.world.sender.step():
                pass

        self.world.run(steps())

    def post(self, content: bytes, **headers: str) -> int:
        """The status for a body."""
        return httpx.post(self.url, content=content, headers=headers or HEADER).status_code


@pytest.fixture
def hooked(world: World) -> Iterator[Hooked]:
    """The service with a webhook, before anybody wrote."""
    kept: list[None] = []
    world.platform.loopback_webhooks = True
    with Server(make_app(world.receiver, "https://bot.example/tele/gram", SECRET, lambda: kept.append(None))) as server:
        url = f"{server.url}/tele/gram"
        world.run(telegram_webhook.put(world.channel, url, SECRET))
        yield Hooked(world, url, kept)
        world.run(telegram_webhook.remove(world.channel))


def test_text_in_answer_out(hooked: Hooked) -> None:
    world = hooked.world
    lan = world.phone("Lan")
    world.platform.press_start(lan.user)
    until(lambda: not world.platform.pending_updates())
    assert hooked.rows() == len(hooked.kept) == 1
    hooked.work()
    assert len(lan.unread) == 1


def test_what_cannot_be_kept_is_not_answered_with_200_and_comes_again(hooked: Hooked) -> None:
    world = hooked.world
    lan = world.phone("Lan")
    hooked.write(BROKEN)
    world.platform.press_start(lan.user)
    info = until(lambda: world.run(_last_error(world)))
    assert info.error == "Wrong response from the webhook: 500 Internal Server Error"
    assert (info.waiting, hooked.rows(), hooked.kept) == (1, 0, [])
    hooked.write("DROP TRIGGER broken")
    until(lambda: not world.platform.pending_updates())
    hooked.work()
    assert (hooked.rows(), len(lan.unread)) == (1, 1)


async def _last_error(world: World) -> Webhook | None:
    found = await telegram_webhook.look(world.channel)
    return found if found is not None and found.error else None


def test_the_same_update_twice_is_one_effect_also_when_it_is_polled_later(hooked: Hooked) -> None:
    world = hooked.world
    lan = world.phone("Lan")
    hooked.write(BROKEN)
    world.platform.press_start(lan.user)
    [update] = world.platform.pending_updates()
    until(lambda: world.run(_last_error(world)))
    world.run(telegram_webhook.remove(world.channel))
    hooked.write("DROP TRIGGER broken")
    assert httpx.post(hooked.url, json=update, headers=HEADER).status_code == 200
    assert httpx.post(hooked.url, json=update, headers=HEADER).status_code == 200
    world.settle()
    assert (hooked.rows(), len(hooked.kept), len(lan.unread)) == (1, 1, 1)


@pytest.mark.parametrize("given", [{}, {"": ""}, {"a": SECRET[:-1]}, {"a": SECRET + "0"}, {"a": "bí mật"}])
def test_without_the_secret_nothing_is_kept_or_said(hooked: Hooked, given: dict[str, str]) -> None:
    headers = {telegram_webhook.SECRET_HEADER.encode(): value.encode() for value in given.values()}
    answer = httpx.post(hooked.url, content=b'{"update_id": 5}', headers=headers)
    assert (answer.status_code, answer.content, hooked.rows()) == (403, b"", 0)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[1]", 400),
        (b"{}", 400),
        (b'{"update_id": "5"}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": 5.0}', 400),
        # Refused, the platform would bring it again and again, and nothing after it.
        (b'{"update_id": 5, "message": {"text": "\\ud800"}}', 200),
        (b"[" * 100_000, 400),
        (b'{"update_id": 5, "x": "' + b"x" * MOST_BYTES + b'"}', 413),
        (b'{"update_id": 5}', 200),
    ],
    ids=lambda value: value[:24].decode() if isinstance(value, bytes) else None,
)
def test_only_an_update_is_kept(hooked: Hooked, body: bytes, status: int) -> None:
    assert hooked.post(body) == status
    assert hooked.rows() == (status == 200)


def test_a_body_without_an_end_is_refused_once_it_is_too_big(hooked: Hooked) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * (MOST_BYTES // 16)

    try:
        status = httpx.post(hooked.url, content=pieces(), headers=HEADER).status_code
    except httpx.TransportError:
        status = 413  # it closed the connection before we were done
    assert (status, hooked.rows()) == (413, 0)


def test_other_paths_and_methods_are_not_served(hooked: Hooked) -> None:
    assert httpx.get(hooked.url).status_code == 405
    assert httpx.post(hooked.url + "/x", headers=HEADER).status_code == 404


NOW = datetime(2020, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("waiting", "ago", "expected"), [(0, 1, False), (1, None, False), (1, 1, True), (1, 11, False)]
)
def test_old_errors_are_history(waiting: int, ago: int | None, expected: bool) -> None:
    at = None if ago is None else NOW - timedelta(minutes=ago)
    assert troubled(Webhook("https://x", waiting, at, "502"), NOW) is expected


def test_it_is_set_again_when_it_is_gone_and_the_beat_goes_on(make_world: MakeWorld) -> None:
    url = f"http://127.0.0.1:{_free_port()}/telegram"
    world = make_world(2020, 1, 2, 7, 0, webhook_url=url, webhook_secret=SECRET, in_threads=True)
    world.platform.loopback_webhooks = True

    async def looks() -> None:
        end = asyncio.Event()
        task = asyncio.create_task(
            webhook.keep_set(world.service, world.channel, world.receiver, SECRET, end, every_s=0.01)
        )
        for _ in range(2):
            await asyncio.to_thread(until, lambda: world.platform.webhook["url"] == url)
            await telegram_webhook.remove(world.channel)
        await asyncio.to_thread(until, lambda: world.platform.webhook["url"] == url)
        await asyncio.to_thread(until, lambda: _beat(world) == world.now)
        # Nobody listens there: what is held up at the platform is no sign of life.
        world.platform.press_start(world.phone("Lan").user)
        await asyncio.to_thread(until, lambda: "last_error_message" in world.platform.webhook)
        looked = len(world.platform.calls)
        await asyncio.to_thread(until, lambda: len(world.platform.calls) > looked + 2)
        world.now += timedelta(minutes=1)
        looked = len(world.platform.calls)
        await asyncio.to_thread(until, lambda: len(world.platform.calls) > looked + 5)
        assert _beat(world) == world.now - timedelta(minutes=1)
        end.set()
        await task

    world.run(looks())
    world.run(telegram_webhook.remove(world.channel))


def _beat(world: World) -> datetime | None:
    with world.service.store.look() as session:
        return settings.last_beat(session, "poll")


class Office:
    """A Telegram on loopback, and `nhacviec run --only bot` against it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "log"
        self.platform = Platform(TOKEN, lambda: datetime.now(UTC), loopback_webhooks=True)
        self.platform.add_person(7, "Lan")
        self.address = f"127.0.0.1:{_free_port()}"
        self.url = f"http://{self.address}/telegram"

    @contextmanager
    def bot(self, api: str, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
        """The process; SIGTERM ends it with 0."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM", "CLOCK"))}
        clean |= {
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"sqlite:///{self.folder / 'office.db'}",
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api,
            "HEALTH_LISTEN": "",
        }
        command = [sys.executable, "-m", "cli.main", "run", "--only", "bot"]
        with self.log.open("a") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=clean | more, stdout=log, stderr=log)
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0, self.log.read_text()
        finally:
            process.kill()
            process.wait()

    def said(self) -> list[str]:
        """What the bot said to Lan."""
        return [text_of(each) for each in self.platform.messages(7) if each["from"]["id"] != 7]

    def wait(self, look: Callable[[], Any]) -> None:
        """Until something is so, half a minute at most."""
        for _ in range(3):
            try:
                until(look)
            except AssertionError:
                continue
            return
        raise AssertionError(self.log.read_text())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.long
def test_polling_webhook_polling(tmp_path: Path) -> None:
    office = Office(tmp_path)
    platform = office.platform
    hook = {"WEBHOOK_URL": office.url, "WEBHOOK_SECRET": SECRET, "WEBHOOK_LISTEN": office.address}
    with Server(create_app(platform)) as server:
        with office.bot(server.url):
            platform.press_start(7)
            office.wait(lambda: len(office.said()) == 1)
        with office.bot(server.url, **hook):
            office.wait(lambda: platform.webhook["url"] == office.url)
            assert platform.webhook["max_connections"] == 4
            platform.say(7, 7, "/help")
            office.wait(lambda: len(office.said()) == 2)
        assert platform.webhook["url"] == office.url
        platform.say(7, 7, "/help")  # nobody listens: Telegram keeps it
        office.wait(lambda: platform.call("getWebhookInfo", {}).get("last_error_message"))
        with office.bot(server.url, **hook):
            office.wait(lambda: len(office.said()) == 3)
            assert httpx.post(office.url, json={"update_id": 1}).status_code == 403
        platform.say(7, 7, "/help")
        with office.bot(server.url):
            office.wait(lambda: len(office.said()) == 4)
            assert platform.webhook["url"] == ""
    said = office.log.read_text()
    assert SECRET not in said
    assert TOKEN not in said
    assert not re.search("Traceback|ERROR", said), said
    assert "a webhook was set; it is removed" in said
