"""One platform that is away keeps nobody from the other, and what a poll brought at the very end is kept."""

import asyncio
import os
import signal
from dataclasses import replace
from typing import Any

import pytest

from app import channel_checks, process, wiring
from app.wakes import Stop
from channels.errors import ChannelError
from sandbox.telegram_api.server import Server
from sandbox.world import World
from sandbox.zalo_api.http import create_app
from tests.channels.on_zalo import TOKEN, OnZalo
from tests.channels.poor import Poor
from tests.conftest import MakeWorld


class Away(Poor):
    """A platform that does not answer."""

    name = "away"

    async def open(self) -> str:
        """It never does."""
        raise ChannelError("network: ConnectTimeout")


def test_a_process_begins_once_one_platform_answers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    poor, away = Poor(), Away()
    monkeypatch.setattr(process, "TROUBLE_S", 0.001)

    async def go() -> tuple[bool, list[bool]]:
        stop = Stop.by_signal()
        opening = process._opening(world.service, {"away": away, "poor": poor}, stop)
        has_begun = await process._begin(world.service, opening, stop)
        os.kill(os.getpid(), signal.SIGTERM)
        return has_begun, await asyncio.gather(*opening.values())

    assert asyncio.run(go()) == (True, [False, True])


def test_what_the_last_poll_brought_is_kept_where_the_platform_forgets(make_world: MakeWorld) -> None:
    zalo = OnZalo()
    zalo.world = make_world(2020, 1, 2, 7, 0, beside=(zalo.channel,))
    receiver = wiring.receiver_of(zalo.world.service, zalo.channel)
    zalo.world.settle()
    zalo.platform.say(zalo.platform.person("Lan"), "2b xong")
    receiver._brought = zalo.world.run(zalo.channel.updates(0))
    assert receiver.keep_brought() == 1
    assert receiver.keep_brought() == 0


def test_the_doctor_says_what_it_found_of_zalo(make_world: MakeWorld) -> None:
    zalo = OnZalo()
    with Server(create_app(zalo.platform)) as server:
        given: dict[str, Any] = {"zalo_bot_token": TOKEN, "zalo_api_url": server.url}
        zalo.world = make_world(2020, 1, 2, 7, 0, beside=(zalo.channel,), **given)
        service = zalo.world.service

        def said() -> tuple[bool | None, str]:
            found = asyncio.run(channel_checks.zalo(service))
            assert found is not None
            return found.ok, found.said(service.office.text)

        assert said()[0] is True
        assert "lần hỏi tin gần nhất" not in said()[1]
        zalo.world.settle()
        assert "lần hỏi tin gần nhất 07:00" in said()[1]
        zalo.platform.webhook = {"url": "https://cu.example.vn/zalo", "updated_at": 1}
        is_ok, words = said()
        assert (is_ok, "cu.example.vn, không phải địa chỉ của hệ thống" in words) == (False, True)
        ours = service.settings.model_copy(update={"zalo_webhook_url": "https://moi.example.vn/zalo"})
        service = replace(service, settings=ours)
        assert said()[0] is False
        zalo.platform.webhook = None
        assert "chưa gọi đến moi.example.vn" in said()[1]
        zalo.platform.webhook = {"url": "https://moi.example.vn/zalo", "updated_at": 1}
        assert (said()[0], "gọi đến moi.example.vn khi có tin" in said()[1]) == (True, True)
        zalo.platform.token = "1459:another"
        is_ok, words = said()
        assert is_ok is False
        assert "ZALO_BOT_TOKEN" in words
        assert "secret" not in words
