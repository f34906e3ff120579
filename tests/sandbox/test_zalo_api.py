"""The fake Zalo is as nasty as the real one is said to be, and our channel reads every answer of it over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any, Literal

import httpx
import pytest

from channels.base import Outgoing
from channels.errors import ChannelError, FileGoneError, Sent
from channels.zalo import webhook
from channels.zalo.channel import Zalo
from sandbox.phone import PNG
from sandbox.telegram_api.server import Server
from sandbox.zalo_api.assumptions import Assumptions
from sandbox.zalo_api.http import create_app
from sandbox.zalo_api.platform import Platform
from tests.sandbox.conftest import Clock
from words.message import Button, say

TOKEN = "1459:sandbox-secret-of-nobody"
CLOSED: tuple[Literal[410, 403], ...] = (410, 403)


class Driven:
    """The fake behind a real socket and our channel to it, whose calls wait for their answer."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.platform = Platform(TOKEN, self.clock, Assumptions(poll_every_s=0.0))
        self.server = Server(create_app(self.platform))
        self.platform.address = self.server.url
        self.channel = Zalo(TOKEN, self.server.url, poll_every_s=0.0)
        self.lan = self.platform.person("Lan")
        self._runner = asyncio.Runner()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Runs a call to its end."""
        return self._runner.run(work)

    def heard(self, timeout: int = 0) -> list[str]:
        """What one poll brings."""
        found = [self.channel.read(key, raw, self.clock()) for key, raw in self.run(self.channel.updates(timeout))]
        return [each.text for each in found if each is not None]

    def send(self, text: str, chat: str = "", **said: Any) -> Any:
        """Sends a message."""
        return self.run(self.channel.send(Outgoing(chat or self.lan.id, say(text, **said), 1)))

    def fails(self, work: Coroutine[Any, Any, Any]) -> ChannelError:
        """The decision for a call that fails."""
        with pytest.raises(ChannelError) as caught:
            self.run(work)
        assert "secret" not in str(caught.value)
        return caught.value

    def sending(self, text: str = "Xin chào") -> Coroutine[Any, Any, Any]:
        """A message on its way."""
        return self.channel.send(Outgoing(self.lan.id, say(text), 1))

    def close(self) -> None:
        """Lets go of everything."""
        self.run(self.channel.close())
        self._runner.close()


@pytest.fixture
def zalo() -> Iterator[Driven]:
    """Lan has written to the bot; what she wrote then was heard."""
    found = Driven()
    with found.server:
        found.heard()
        found.platform.say(found.lan, "chào")
        assert found.heard() == ["chào"]
        yield found
        found.close()


def test_what_is_said_while_nobody_polls_is_gone(zalo: Driven) -> None:
    zalo.clock.forward(seconds=1)
    zalo.platform.say(zalo.lan, "2b xong")
    assert zalo.heard() == []
    assert [each["message"]["text"] for each in zalo.platform.dropped] == ["2b xong"]
    zalo.platform.say(zalo.lan, "2b xong rồi")
    assert zalo.heard() == ["2b xong rồi"]
    # It comes once: nothing confirms it, and nothing brings it again.
    assert zalo.heard() == []


def test_a_poll_waits_and_of_two_one_gets_it(zalo: Driven) -> None:
    async def both() -> list[int]:
        polls = [asyncio.ensure_future(zalo.channel.updates(5)), asyncio.ensure_future(zalo.channel.updates(5))]
        while zalo.platform._open_polls < 2:
            await asyncio.sleep(0.01)
        zalo.platform.say(zalo.lan, "một")
        done, rest = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        zalo.platform.say(zalo.lan, "hai")
        return [len(await each) for each in (*done, *rest)]

    assert zalo.run(both()) == [1, 1]


@pytest.mark.parametrize("takes", [True, False])
def test_a_poll_that_was_cut_takes_the_next_update_to_nowhere_or_ends(zalo: Driven, takes: bool) -> None:
    zalo.platform.assumes.cut_polls_take = takes

    async def cut() -> None:
        poll = asyncio.ensure_future(zalo.channel.updates(5))
        while not zalo.platform.is_polled:
            await asyncio.sleep(0.01)
        poll.cancel()
        while zalo.platform.is_polled and not takes:
            await asyncio.sleep(0.01)
        # Nothing is kept for a poll to come.
        zalo.clock.forward(seconds=1)
        zalo.platform.say(zalo.lan, "một")
        while zalo.platform.is_polled:
            await asyncio.sleep(0.01)

    zalo.run(cut())
    assert zalo.heard() == []
    assert [each["message"]["text"] for each in zalo.platform.dropped] == ([] if takes else ["một"])


@pytest.mark.parametrize("status", [200, 408])
def test_an_idle_poll_brings_nothing_and_is_no_error(zalo: Driven, status: Any) -> None:
    zalo.platform.assumes.idle_status = status
    assert zalo.heard() == []


def test_polling_in_a_burst_is_answered_with_a_page(zalo: Driven) -> None:
    zalo.platform.assumes.poll_every_s = 60.0
    assert zalo.fails(zalo.channel.updates(0)).stop


def test_a_message_arrives_as_words_and_buttons_do_not(zalo: Driven) -> None:
    assert zalo.send("Việc <b>2b</b>", buttons=[[Button("Xong", "/done 2b")]]).message_id
    assert zalo.lan.messages[-1]["text"] == "Việc 2b"
    chat = {"chat_id": zalo.lan.id, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "Xong"}]]}}
    assert zalo.run(zalo.channel.client.call("sendMessage", chat))["message_id"]
    assert "reply_markup" not in zalo.lan.messages[-1]


@pytest.mark.parametrize("in_200", [True, False])
@pytest.mark.parametrize("as_text", [True, False])
def test_errors_are_read_whatever_status_they_bear(zalo: Driven, in_200: bool, as_text: bool) -> None:
    zalo.platform.assumes.errors_in_200, zalo.platform.assumes.code_as_text = in_200, as_text
    assert zalo.fails(zalo.channel.send(Outgoing("never-seen", say("x"), 1))).gone
    long = zalo.fails(zalo.sending("ạ" * 700))
    assert (long.permanent, long.gone) == (True, False)
    zalo.lan.has_closed = True
    for code in CLOSED:
        zalo.platform.assumes.closed = code
        assert zalo.fails(zalo.sending()).gone
    zalo.platform.token = "1459:another-secret"
    assert zalo.fails(zalo.sending()).stop


def test_the_longest_message_that_we_send_is_taken(zalo: Driven) -> None:
    assert zalo.send("ạ" * (zalo.channel.abilities.text // 3)).message_id


def test_a_lost_answer_leaves_it_unknown_and_a_refusal_does_not(zalo: Driven) -> None:
    for kind, sent, arrived in (
        ("drop", Sent.UNKNOWN, False),
        ("accepted_but_lost", Sent.UNKNOWN, True),
        ("accepted_but_504", Sent.UNKNOWN, True),
        ("502html", Sent.UNKNOWN, False),
        ("malformed", Sent.UNKNOWN, False),
        ("429html", Sent.NO, False),
        (429, Sent.NO, False),
        (403, Sent.UNKNOWN, False),
    ):
        before = len(zalo.lan.messages)
        zalo.platform.fail(kind)
        assert (zalo.fails(zalo.sending()).sent, len(zalo.lan.messages) > before) == (sent, arrived), kind


def test_a_month_that_is_spent_stops_the_bot_and_loses_nothing(zalo: Driven) -> None:
    zalo.platform.assumes.most_messages = 1
    zalo.send("một")
    error = zalo.fails(zalo.sending("hai"))
    assert (error.stop, error.permanent, error.sent) == (True, False, Sent.NO)


def test_a_photo_serves_for_a_minute(zalo: Driven) -> None:
    zalo.platform.send_photo(zalo.lan, PNG, "2b")
    [(key, raw)] = zalo.run(zalo.channel.updates(0))
    found = zalo.channel.read(key, raw, zalo.clock())
    assert found is not None
    assert zalo.run(zalo.channel.fetch(found.files[0].file_id)) == PNG
    zalo.clock.forward(seconds=61)
    assert isinstance(zalo.fails(zalo.channel.fetch(found.files[0].file_id)), FileGoneError)


def test_a_webhook_ends_the_polls_until_it_is_removed(zalo: Driven) -> None:
    assert zalo.run(webhook.look(zalo.channel)) is None
    zalo.fails(webhook.put(zalo.channel, "http://10.0.0.1/zalo", "a-long-secret"))
    zalo.run(webhook.put(zalo.channel, "https://bot.example.vn/zalo", "a-long-secret"))
    assert zalo.run(webhook.look(zalo.channel)) == "https://bot.example.vn/zalo"
    zalo.fails(zalo.channel.updates(0))
    zalo.platform.say(zalo.lan, "2b xong")
    zalo.run(webhook.remove(zalo.channel))
    assert zalo.heard() == []


def test_the_gateway_says_the_token_and_two_servers(zalo: Driven) -> None:
    zalo.platform.fail("502html")
    page = httpx.post(f"{zalo.server.url}/bot{TOKEN}/getMe", json={}, trust_env=False)
    assert TOKEN in page.text
    assert TOKEN.replace(":", "%3A") in page.text
    assert len(page.headers.get_list("server")) > 1


def test_a_photo_goes_out_by_a_public_address_alone(zalo: Driven) -> None:
    call, chat = zalo.channel.client.call, {"chat_id": zalo.lan.id}
    assert zalo.run(call("sendPhoto", {**chat, "photo": "https://bot.example.vn/1.png", "caption": "2b"}))["message_id"]
    assert zalo.fails(call("sendPhoto", {**chat, "photo": "http://192.168.1.5/1.png"})).permanent
    zalo.run(zalo.channel.typing(zalo.lan.id, None))
    assert zalo.fails(call("sendmessage", {**chat, "text": "x"})).stop
