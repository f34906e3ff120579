"""Groups: what privacy mode lets through, the bot coming and going, and a group that becomes a supergroup."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import error

from sandbox.telegram_api.platform import Platform

GROUP = -500


@pytest.fixture
def group(platform: Platform) -> int:
    platform.add_group(GROUP, "Tổ CCHC", [7, 8])
    platform.add_bot_to_group(GROUP, by=7)
    return GROUP


def news(bot: Any) -> list[str]:
    """The words of the updates that wait, which are confirmed."""
    updates = bot.get_updates(timeout=0)
    if updates:
        bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
    return [update.effective_message.text for update in updates if update.effective_message]


def test_privacy_mode(platform: Platform, bot: Any, group: int) -> None:
    news(bot)
    platform.say(7, group, "chào cả nhà")
    platform.say(7, group, "/done 1a")  # bare, and a person wrote last
    platform.say(7, group, "/done@OtherBot 1b")
    platform.say(7, group, "xong /done@NhacViecBot 1c")  # not at the beginning
    assert news(bot) == []
    platform.say(7, group, "/done@nhacviecbot 2a")
    reminder = bot.send_message(group, "Nhắc: 2b")
    platform.say(8, group, "/done 2b")  # bare, right after the bot
    platform.say(7, group, "/done 2c")  # bare, but Hùng wrote since
    platform.say(7, group, "xong ạ", reply_to=reminder.message_id)
    assert news(bot) == ["/done@nhacviecbot 2a", "/done 2b", "xong ạ"]


def test_a_command_in_a_caption_counts_in_a_group(platform: Platform, bot: Any, group: int) -> None:
    news(bot)
    platform.send_photo(7, group, b"picture", "ảnh")
    platform.send_photo(7, group, b"picture", "/done@NhacViecBot 2b")
    assert [update.message.caption for update in bot.get_updates(timeout=0)] == ["/done@NhacViecBot 2b"]


def test_the_bot_comes_and_goes(platform: Platform, bot: Any, group: int) -> None:
    bot.send_message(group, "chào")
    platform.kick_bot(group, by=8)
    with pytest.raises(error.Forbidden, match="bot was kicked from the group chat"):
        bot.send_message(group, "còn đó không?")
    updates = bot.get_updates(timeout=0)
    changes = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["member", "kicked"]
    assert changes[1].from_user.id == 8
    assert any(u.message and [m.id for m in u.message.new_chat_members] == [4242] for u in updates)
    platform.add_bot_to_group(group, by=7)
    assert bot.leave_chat(group) is True
    with pytest.raises(error.Forbidden, match="bot is not a member of the group chat"):
        bot.send_message(group, "x")


def test_a_group_without_the_bot_is_not_found(platform: Platform, bot: Any) -> None:
    platform.add_group(-501, "Nhóm khác", [8])
    platform.say(8, -501, "/done@NhacViecBot 2b")
    assert news(bot) == ["/start"]
    with pytest.raises(error.BadRequest, match="Chat not found"):
        bot.send_message(-501, "x")


def test_a_group_becomes_a_supergroup(platform: Platform, bot: Any, group: int) -> None:
    new_id = platform.migrate(group)
    with pytest.raises(error.ChatMigrated) as moved:
        bot.send_message(group, "Nhắc")
    assert moved.value.new_chat_id == new_id
    first = bot.send_message(new_id, "Nhắc")
    assert (first.chat.type, first.message_id) == ("supergroup", 2)  # its own numbers; 1 is the service message
    messages = [update.message for update in bot.get_updates(timeout=0) if update.message]
    assert [m.migrate_to_chat_id for m in messages if m.chat_id == group][-1] == new_id
    assert [m.migrate_from_chat_id for m in messages if m.chat_id == new_id] == [group]
    with pytest.raises(ValueError, match="supergroup"):
        platform.say(7, group, "ai còn đây?")
    platform.say(7, new_id, "/done 2b")
    platform.kick_bot(new_id, by=7)
    with pytest.raises(error.Forbidden, match="bot was kicked from the supergroup chat"):
        bot.send_message(new_id, "x")


def test_members(platform: Platform, bot: Any, group: int) -> None:
    platform.add_person(9, "Mai")
    platform.join_group(group, 9)
    status = {user: bot.get_chat_member(group, user).status for user in (7, 8, 9, 4242)}
    assert status == {7: "creator", 8: "member", 9: "member", 4242: "member"}
    platform.leave_group(group, 9)
    assert bot.get_chat_member(group, 9).status == "left"
    assert [admin.user.id for admin in bot.get_chat_administrators(group)] == [7]
    assert bot.get_chat(group).title == "Tổ CCHC"
    with pytest.raises(ValueError, match="not in chat"):
        platform.say(9, group, "tạm biệt")


def test_a_message_forwarded_to_the_bot_keeps_its_origin(platform: Platform, bot: Any, group: int) -> None:
    said = platform.say(8, group, "xong 2b")
    platform.forward(7, group, said["message_id"], 7)
    arrived = bot.get_updates(timeout=0)[-1].message
    assert (arrived.from_user.id, arrived.forward_origin.sender_user.id, arrived.text) == (7, 8, "xong 2b")
