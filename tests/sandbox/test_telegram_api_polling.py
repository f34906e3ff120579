"""Updates reach the real telegram.Bot: long polling, redelivery, conflicts, the day after which they are gone."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

import httpx
import pytest
from telegram import error

from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.untidy import Untidy


def texts(updates: Any) -> list[str]:
    return [update.effective_message.text for update in updates]


def test_an_update_comes_again_until_a_later_offset_confirms_it(platform: Platform, bot: Any) -> None:
    platform.say(7, 7, "xong 2b")
    first = bot.get_updates(timeout=0)
    assert texts(first) == ["/start", "xong 2b"]
    assert texts(bot.get_updates(timeout=0)) == ["/start", "xong 2b"]
    assert texts(bot.get_updates(offset=first[1].update_id, timeout=0)) == ["xong 2b"]
    assert bot.get_updates(offset=first[1].update_id + 1, timeout=0) == ()
    assert platform.pending_updates() == []


def test_limit_and_negative_offset(platform: Platform, bot: Any) -> None:
    for word in ("một", "hai", "ba"):
        platform.say(7, 7, word)
    assert texts(bot.get_updates(limit=2, timeout=0)) == ["/start", "một"]
    assert texts(bot.get_updates(offset=-1, timeout=0)) == ["ba"]
    assert texts(bot.get_updates(timeout=0)) == ["ba"]


def test_a_poll_waits_for_the_next_message(platform: Platform, bot: Any) -> None:
    offset = bot.get_updates(timeout=0)[-1].update_id + 1

    async def wait_then_write() -> tuple[bool, Any]:
        poll = asyncio.create_task(bot.real.get_updates(offset=offset, timeout=30))
        done, _ = await asyncio.wait({poll}, timeout=0.1)
        await asyncio.to_thread(platform.say, 7, 7, "xong")
        return bool(done), await asyncio.wait_for(asyncio.shield(poll), 5)

    ended_early, updates = bot.run(wait_then_write())
    assert not ended_early
    assert texts(updates) == ["xong"]


def test_a_second_poller_ends_the_first_with_409(platform: Platform, bot: Any) -> None:
    offset = bot.get_updates(timeout=0)[-1].update_id + 1

    async def two() -> tuple[Any, Any]:
        async with bot.another() as other:
            first = asyncio.create_task(bot.real.get_updates(offset=offset, timeout=30))
            await asyncio.wait({first}, timeout=0.1)
            second = asyncio.create_task(other.get_updates(offset=offset, timeout=30))
            with pytest.raises(error.Conflict, match="terminated by other getUpdates request"):
                await first
            await asyncio.to_thread(platform.say, 7, 7, "xong")
            return first, await second

    assert texts(bot.run(two())[1]) == ["xong"]


def test_a_poller_that_has_gone_is_no_conflict(platform: Platform, bot: Any, served: str) -> None:
    offset = bot.get_updates(timeout=0)[-1].update_id + 1
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{served}/bot{bot.token}/getUpdates?offset={offset}&timeout=30", timeout=0.1)
    platform.say(7, 7, "xong")
    assert texts(bot.get_updates(offset=offset, timeout=0)) == ["xong"]


def test_untidy_updates_come_again_and_out_of_order(platform: Platform, bot: Any) -> None:
    offset = bot.get_updates(timeout=0)[-1].update_id + 1
    platform.hand_out = untidy = Untidy(Random(1), again=1.0, shuffle=1.0)
    words = [str(number) for number in range(6)]
    for word in words:
        platform.say(7, 7, word)
    first = bot.get_updates(offset=offset, timeout=0)
    assert sorted(texts(first)) == words
    assert texts(first) != words
    platform.say(7, 7, "sau")
    second = bot.get_updates(offset=offset + len(words), timeout=0)
    assert "sau" in texts(second)
    assert len(second) == 2
    assert {each.update_id for each in second} & {each.update_id for each in first}
    assert bot.get_updates(offset=offset + len(words) + 1, timeout=0) == ()
    assert (untidy.repeated, untidy.shuffled) == (1, 2)


def test_updates_older_than_a_day_are_dropped(platform: Platform, bot: Any, clock: Any) -> None:
    clock.forward(hours=23)
    platform.say(7, 7, "hôm sau")
    assert texts(bot.get_updates(timeout=0)) == ["/start", "hôm sau"]
    clock.forward(hours=2)
    assert texts(bot.get_updates(timeout=0)) == ["hôm sau"]


def test_only_the_kinds_that_were_asked_for_are_queued(platform: Platform, bot: Any) -> None:
    bot.get_updates(timeout=0, allowed_updates=["message"])
    platform.block(7)
    platform.unblock(7)
    platform.say(7, 7, "xong")
    assert [update.my_chat_member for update in bot.get_updates(timeout=0)] == [None, None]
    bot.get_updates(timeout=0, allowed_updates=[])
    platform.block(7)
    assert bot.get_updates(timeout=0)[-1].my_chat_member.new_chat_member.status == "kicked"


def test_a_webhook_stops_polling(platform: Platform, bot: Any) -> None:
    bot.set_webhook("https://example.org/hook", secret_token="s")
    assert bot.get_webhook_info().pending_update_count == 1
    with pytest.raises(error.Conflict, match="webhook is active"):
        bot.get_updates(timeout=0)
    bot.delete_webhook(drop_pending_updates=True)
    assert bot.get_updates(timeout=0) == ()


def test_an_edited_message_is_an_update_of_its_own(platform: Platform, bot: Any) -> None:
    message = platform.say(7, 7, "xong 2a")
    platform.edit(7, 7, message["message_id"], "xong 2b")
    edited = bot.get_updates(timeout=0)[-1]
    assert (edited.message, edited.edited_message.text) == (None, "xong 2b")
    assert edited.edited_message.message_id == message["message_id"]
    assert edited.edited_message.edit_date is not None


def test_the_four_ways_to_give_parameters(platform: Platform, served: str) -> None:
    url = f"{served}/bot4242:sandbox/SENDmessage"
    with httpx.Client() as client:
        answers = [
            client.get(url, params={"chat_id": 7, "text": "query"}),
            client.post(url, data={"chat_id": "7", "text": "form"}),
            client.post(url, json={"chat_id": 7, "text": "json"}),
            client.post(url, files={"chat_id": (None, "7"), "text": (None, "multipart")}),
        ]
        assert [answer.json()["result"]["text"] for answer in answers] == ["query", "form", "json", "multipart"]
        assert client.post(url, content=b"{", headers={"content-type": "application/json"}).status_code == 400
