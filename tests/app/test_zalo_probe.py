"""The probe finds of the fake what its switches say, and of a bot that is in use nothing."""

import asyncio

import pytest

from app import zalo_probe
from channels.errors import ChannelError
from channels.zalo.channel import Zalo
from sandbox.zalo_api.platform import Platform
from tests.channels.on_zalo import OnZalo


def found(platform: Platform, channel: Zalo) -> dict[str, str]:
    """What it prints, with somebody at the phone who does what it says."""
    lan = platform.person("Lan")

    def tell(words: str) -> None:
        if words.startswith("Block"):
            lan.has_closed = True
        else:
            platform.say(lan, "một")
            platform.say(lan, "hai")

    async def go() -> dict[str, str]:
        async def wait(_seconds: float) -> None:
            """Nothing passes."""

        return {each.question: each.answer async for each in zalo_probe.probe(channel, tell, wait)}

    return asyncio.run(go())


def test_it_finds_what_the_platform_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zalo_probe, "IDLE_S", 0)
    zalo = OnZalo()
    said = found(zalo.platform, zalo.channel)
    assert said["a poll of 0 seconds"].startswith("0 updates after")
    assert said["an unknown call"].startswith("refused: 404")
    assert said["a chat that there is not"] == "refused: 410 The chat_id is invaild"
    assert said["a text of 2,000 letters of one byte"] == "taken"
    assert said["a text of 2,000 letters of two bytes"].startswith("refused: 400")
    assert said["a button"].startswith("taken")
    # One of what was written before is there too.
    assert said["what is written while nobody asks"] == "3 came"
    assert said["a chat that was blocked"] == "refused: 410 Forbidden"


def test_a_bot_that_is_in_use_is_left_alone() -> None:
    zalo = OnZalo()
    zalo.platform.webhook = {"url": "https://bot.example.vn/zalo", "updated_at": 1}
    with pytest.raises(ChannelError, match="has a webhook"):
        found(zalo.platform, zalo.channel)
