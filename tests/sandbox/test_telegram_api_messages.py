"""What the bot sends: entities, limits, keyboards, edits, and Telegram's refusals as telegram.error classes."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup, error

from sandbox.telegram_api.entities import COMMAND, HtmlParser, found_in
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.values import ApiError


def keyboard(**buttons: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[Button(label, callback_data=data) for label, data in buttons.items()]])


def test_html_becomes_entities_that_cover_their_words(platform: Platform, bot: Any) -> None:
    html = '😀 <b>Việc 2b</b> &amp; <i>hạn <u>30/01</u></i> <a href="https://example.org/a">xem</a> /done'
    message = bot.send_message(7, html, parse_mode="HTML")
    assert message.text == "😀 Việc 2b & hạn 30/01 xem /done"
    covered = {kind.value: words for kind, words in ((e.type, w) for e, w in message.parse_entities().items())}
    assert covered == {
        "bold": "Việc 2b",
        "italic": "hạn 30/01",
        "underline": "30/01",
        "text_link": "xem",
        "bot_command": "/done",
    }
    assert message.entities[0].offset == 3
    assert platform.messages(7)[-1]["entities"][0] == {"type": "bold", "offset": 3, "length": 7}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("ệ <x>a</x>", 'Unsupported start tag "x" at byte offset 4'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<span class="x">y</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_faulty_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(ApiError) as refused:
        HtmlParser(source).parse()
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("<blockquote>a</blockquote><tg-spoiler>b</tg-spoiler>", "ab", ["blockquote", "spoiler"]),
        ('<pre><code class="language-sql">x</code></pre>', "x", ["pre"]),
        ("&lt;b&gt; &#273; &#x111; &nbsp; &", "<b> đ đ &nbsp; &", []),
        ('<a href="javascript:x">y</a>', "y", []),
        ("<b></b>", "", []),
    ],
)
def test_html_forms(source: str, text: str, kinds: list[str]) -> None:
    plain, entities = HtmlParser(source).parse()
    assert (plain, [entity["type"] for entity in entities]) == (text, kinds)


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("/done 2b", ["/done"]),
        ("/done@NhacViecBot 2b", ["/done@NhacViecBot"]),
        ("/việc", []),
        ("/vie\u0323\u0302c", ["/vie"]),
        ("a/done", []),
        ("đ/done", []),
        ("(/done)", ["/done"]),
        ("30/01", []),
    ],
)
def test_commands_are_found_as_telegram_finds_them(text: str, commands: list[str]) -> None:
    assert COMMAND.findall(text) == commands


def test_no_command_inside_code() -> None:
    text, entities = HtmlParser("<code>/done</code> /done").parse()
    found = [(e["type"], e["offset"]) for e in found_in(text, entities)]
    assert found == [("code", 0), ("bot_command", 6)]


def test_text_is_counted_in_code_points_after_parsing(bot: Any) -> None:
    assert len(bot.send_message(7, "<b>" + "😀" * 4096 + "</b>", parse_mode="HTML").text) == 4096
    with pytest.raises(error.BadRequest, match="Message is too long"):
        bot.send_message(7, "ệ" * 4097)
    with pytest.raises(error.BadRequest, match="Message text is empty"):
        bot.send_message(7, "<b> </b>", parse_mode="HTML")


def test_callback_data_has_1_to_64_bytes(bot: Any) -> None:
    bot.send_message(7, "a", reply_markup=keyboard(x="đ" * 32))
    for data in ("đ" * 33, ""):
        with pytest.raises(error.BadRequest, match=r"(?i)BUTTON_DATA_INVALID"):
            bot.send_message(7, "a", reply_markup=keyboard(x=data))


def test_chat_not_found_until_the_person_presses_start(platform: Platform, bot: Any) -> None:
    for unknown in (8, 999, -5, "@nobody"):
        with pytest.raises(error.BadRequest, match="Chat not found"):
            bot.send_message(unknown, "Nhắc")
    platform.press_start(8, "invite_1")
    assert bot.send_message(8, "Nhắc").chat.first_name == "Hùng"
    assert platform.messages(8)[0]["text"] == "/start invite_1"


def test_blocked_and_deactivated(platform: Platform, bot: Any) -> None:
    platform.block(7)
    with pytest.raises(error.Forbidden, match="bot was blocked by the user"):
        bot.send_message(7, "Nhắc")
    with pytest.raises(ValueError, match="blocked"):
        platform.say(7, 7, "xong")
    platform.unblock(7)
    bot.send_message(7, "Nhắc")
    platform.deactivate(7)
    with pytest.raises(error.Forbidden, match="user is deactivated"):
        bot.send_message(7, "Nhắc")


def test_reply_to_a_message_that_is_gone(platform: Platform, bot: Any) -> None:
    asked = platform.say(7, 7, "việc?")
    assert bot.send_message(7, "đây", reply_to_message_id=asked["message_id"]).reply_to_message.text == "việc?"
    with pytest.raises(error.BadRequest, match="Message to be replied not found"):
        bot.send_message(7, "đây", reply_to_message_id=99)
    assert bot.send_message(7, "đây", reply_to_message_id=99, allow_sending_without_reply=True).text == "đây"


def test_edits(platform: Platform, bot: Any, clock: Any) -> None:
    sent = bot.send_message(7, "2b", reply_markup=keyboard(Xong="d:1"))
    with pytest.raises(error.BadRequest, match="Message is not modified"):
        bot.edit_message_text("2b", 7, sent.message_id, reply_markup=keyboard(Xong="d:1"))
    clock.forward(minutes=1)
    edited = bot.edit_message_text("<b>2b</b>", 7, sent.message_id, parse_mode="HTML")
    assert edited.reply_markup is None
    assert edited.edit_date > edited.date
    bot.edit_message_reply_markup(7, sent.message_id, reply_markup=keyboard(Xem="s:1"))
    stored = platform.messages(7)[-1]
    assert stored["reply_markup"]["inline_keyboard"] == [[{"text": "Xem", "callback_data": "s:1"}]]
    assert stored["entities"][0]["type"] == "bold"
    mine = platform.say(7, 7, "của tôi")["message_id"]
    for number, words in ((mine, "can't be edited"), (99, "to edit not found")):
        with pytest.raises(error.BadRequest, match=words):
            bot.edit_message_text("x", 7, number)


def test_delete(platform: Platform, bot: Any, clock: Any) -> None:
    sent = bot.send_message(7, "2b")
    assert bot.delete_message(7, sent.message_id) is True
    assert [message["text"] for message in platform.messages(7)] == ["/start"]
    with pytest.raises(error.BadRequest, match="Message to delete not found"):
        bot.delete_message(7, sent.message_id)
    old = bot.send_message(7, "2b")
    clock.forward(hours=49)
    with pytest.raises(error.BadRequest, match="can't be deleted"):
        bot.delete_message(7, old.message_id)


def test_a_tap_is_answered_once_and_in_time(platform: Platform, bot: Any, clock: Any) -> None:
    sent = bot.send_message(7, "2b", reply_markup=keyboard(Xong="d:1", Xem="s:1"))
    tapped = platform.tap(7, 7, sent.message_id, "Xong")
    query = bot.get_updates(timeout=0)[-1].callback_query
    assert (query.id, query.data, query.from_user.id, query.message.message_id) == (
        tapped["id"],
        "d:1",
        7,
        sent.message_id,
    )
    assert platform.answers_to(query.id) is None
    bot.answer_callback_query(query.id, "Đã ghi", show_alert=True)
    assert platform.answers_to(query.id) == {"text": "Đã ghi", "show_alert": True}
    late = platform.tap(7, 7, sent.message_id, "s:1")["id"]
    with pytest.raises(error.BadRequest, match="Query is too old and response timeout expired"):
        bot.answer_callback_query(query.id)
    clock.forward(hours=1)
    with pytest.raises(error.BadRequest, match="Query is too old and response timeout expired"):
        bot.answer_callback_query(late)
    bot.edit_message_reply_markup(7, sent.message_id)
    with pytest.raises(ValueError, match="no button"):
        platform.tap(7, 7, sent.message_id, "Xong")
