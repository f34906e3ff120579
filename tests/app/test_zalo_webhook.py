"""Updates that Zalo brings: in either form, as often as it likes, with the secret or not at all; probes are let be."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from app import wiring, zalo_webhook
from app.settings import SettingsError, read
from app.webhook import MOST_BYTES, make_app
from channels.zalo.webhook import SECRET_HEADER
from sandbox.telegram_api.server import Server
from tests.channels.on_zalo import OnZalo
from tests.conftest import MakeWorld

SECRET = "a-secret-of-thirty-two-letters-00"
URL = "https://bot.example.vn/zalo"
BROKEN = "CREATE TRIGGER broken BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"


class Hooked:
    """A world beside which Zalo brings what people write."""

    def __init__(self, zalo: OnZalo) -> None:
        self.zalo, self.kept = zalo, list[None]()
        self.lan = zalo.linked("Lan", "sondung")
        self.receiver = wiring.receiver_of(zalo.world.service, zalo.channel)
        app = make_app(self.receiver, URL, SECRET, lambda: self.kept.append(None), zalo_webhook.HOOK)
        self.server = Server(app)
        zalo.platform.webhook = {"url": URL, "secret_token": SECRET, "updated_at": 1}

    def post(self, content: bytes, secret: str = SECRET) -> int:
        """The status for a body."""
        headers = {SECRET_HEADER: secret, "User-Agent": "Java/1.8"}
        return httpx.post(f"{self.server.url}/zalo", content=content, headers=headers, trust_env=False).status_code

    def brought(self) -> bytes:
        """What Zalo brings of the last thing that was said."""
        platform = self.zalo.platform
        return json.dumps(platform.hook_body(platform.to_bring[-1])).encode()

    def write(self, statement: str) -> None:
        """Changes the database behind the service's back."""
        with self.zalo.world.service.store.unit() as session:
            session.connection().exec_driver_sql(statement)

    def work(self) -> None:
        """Handles and sends what there is, without polling."""

        async def steps() -> None:
            while await self.receiver.step() or await self.zalo.world.sender.step():
                pass

        # The pace of the platform has room again.
        self.zalo.world.now += timedelta(seconds=5)
        self.zalo.world.run(steps())


@pytest.fixture
def hooked(make_world: MakeWorld) -> Iterator[Hooked]:
    """The service with a webhook, once Lan is linked."""
    zalo = OnZalo()
    zalo.world = make_world(2020, 1, 2, 7, 0, beside=(zalo.channel,))
    zalo.world.settle()
    found = Hooked(zalo)
    with found.server:
        yield found


def test_what_is_brought_flat_or_wrapped_and_again_acts_once(hooked: Hooked) -> None:
    hooked.zalo.platform.say(hooked.lan.person, "xong 2b đã ban hành")
    flat = hooked.brought()
    hooked.zalo.platform.assumes.wrapped_hooks = True
    wrapped = hooked.brought()
    assert flat != wrapped
    assert [hooked.post(each) for each in (flat, wrapped, flat)] == [200, 200, 200]
    hooked.work()
    hooked.lan.expects("Đã ghi nhận 2b").is_silent()
    assert len(hooked.kept) == 1


def test_only_who_knows_the_secret_is_heard_and_a_probe_says_nothing(hooked: Hooked) -> None:
    hooked.zalo.platform.say(hooked.lan.person, "xong 2b")
    for wrong in ("", SECRET[:-1], SECRET + "0"):
        assert hooked.post(hooked.brought(), wrong) == 403
    assert (hooked.post(b"", ""), hooked.post(b""), hooked.post(b"{}")) == (200, 200, 200)
    assert [hooked.post(each) for each in (b"[" * 100_000, b"x", b" " * (MOST_BYTES + 1))] == [400, 400, 413]
    assert hooked.kept == []


def test_what_could_not_be_kept_is_not_taken(hooked: Hooked) -> None:
    hooked.zalo.platform.say(hooked.lan.person, "xong 2b")
    hooked.write(BROKEN)
    assert hooked.post(hooked.brought()) == 500
    hooked.write("DROP TRIGGER broken")
    assert (hooked.post(hooked.brought()), len(hooked.kept)) == (200, 1)


def test_it_is_set_anew_where_somebody_else_set_theirs(hooked: Hooked) -> None:
    zalo = hooked.zalo
    zalo.platform.webhook = {"url": "https://cu.example.vn/zalo", "secret_token": "another-secret", "updated_at": 1}

    async def for_a_while() -> None:
        end = asyncio.Event()
        keeping = asyncio.create_task(
            zalo_webhook.keep_set(zalo.channel, hooked.receiver, (URL, SECRET), end, every_s=0.01)
        )
        while _ours(zalo) is False:
            await asyncio.sleep(0.005)
        zalo.platform.webhook = None
        while _ours(zalo) is False:
            await asyncio.sleep(0.005)
        end.set()
        await keeping

    zalo.world.run(asyncio.wait_for(for_a_while(), 20))


def _ours(zalo: OnZalo) -> bool:
    found = zalo.platform.webhook or {}
    return (found.get("url"), found.get("secret_token")) == (URL, SECRET)


def test_its_settings_are_held_to_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.chdir(tmp_path)
    token = "1459232241454765289:AAaaBBbbCCccDDddEEeeFFffGG"
    monkeypatch.setenv("ZALO_BOT_TOKEN", token)
    for url, says in ((URL, "ZALO_WEBHOOK_SECRET: ZALO_WEBHOOK_URL needs it"), ("http://10.0.0.1/", "public address")):
        monkeypatch.setenv("ZALO_WEBHOOK_URL", url)
        with pytest.raises(SettingsError, match=says):
            read()
    monkeypatch.setenv("ZALO_WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("ZALO_WEBHOOK_URL", f"{URL}/{token}")
    with pytest.raises(SettingsError, match="leave the token out"):
        read()
    monkeypatch.setenv("ZALO_WEBHOOK_URL", URL)
    assert SECRET not in repr(read())
