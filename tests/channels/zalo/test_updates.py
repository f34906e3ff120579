"""An update of Zalo is read as what somebody said, whatever form it comes in; what is no update is no fault of ours."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.base import ChatKind, What
from channels.errors import UnreadableError
from channels.zalo import updates
from channels.zalo.channel import Zalo

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
CHANNEL = Zalo("1459:secret")


def update(event: str = "message.text.received", **said: Any) -> dict[str, Any]:
    """An update as the platform sends it."""
    person = {"id": "a3f5c0", "is_bot": False, "display_name": "Nguyễn Thị Lan"}
    message = {"from": person, "chat": {"id": "a3f5c0", "chat_type": "PRIVATE"}, "message_id": "2d758cb5e222177a4e35"}
    return {"event_name": event, "message": message | {"date": int(NOW.timestamp() * 1000)} | said}


def read(found: dict[str, Any]) -> Any:
    """What an update means."""
    return CHANNEL.read(*updates.keyed(found), NOW)


def test_a_text_is_said_by_somebody_at_its_moment() -> None:
    found = read(update(text="xong 2b \u202eạ"))
    assert (found.what, found.text, found.user, found.chat) == (What.MESSAGE, "xong 2b ạ", "a3f5c0", "a3f5c0")
    assert (found.user_name, found.sent_at, found.message_id) == ("Nguyễn Thị Lan", NOW, "2d758cb5e222177a4e35")


@pytest.mark.parametrize("field", ["photo_url", "photo"])
def test_a_photo_is_its_address(field: str) -> None:
    found = read(update("message.image.received", caption="2b xong", **{field: "https://f.zdn.vn/1.jpg"}))
    assert (found.text, [each.file_id for each in found.files]) == ("2b xong", ["https://f.zdn.vn/1.jpg"])


@pytest.mark.parametrize("said", [{"voice_url": "https://v.zdn.vn/1.aac"}, {"sticker": "b3"}, {}])
def test_what_cannot_be_read_was_sent_by_somebody_all_the_same(said: dict[str, Any]) -> None:
    assert read(update("message.unsupported.received", **said)).what is What.UNSHOWN


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("@Nhắc Việc xã /tonghop", "/tonghop"),
        ("  @nhắc việc XÃ, 2b xong", "2b xong"),
        ("@Nhắc Việc xã", ""),
        # A name that we were not told yet.
        ("@Ai /tonghop", "/tonghop"),
        ("/tonghop", "/tonghop"),
    ],
)
def test_in_a_group_our_name_before_the_words_is_none_of_them(said: str, text: str) -> None:
    assert updates.without_mention(said, "Nhắc Việc xã") == text


def test_a_group_is_a_chat_of_its_own_and_a_private_one_is_its_persons() -> None:
    found = read(update(text="@Bot /tonghop", chat={"id": "zgr-0abc", "chat_type": "GROUP"}))
    assert (found.chat, found.chat_kind, found.chat_title) == ("zgr-0abc", ChatKind.GROUP, "Zalo 0abc")
    assert found.user != found.chat
    for chat in ({"id": "zgr-0abc", "chat_type": "PRIVATE"}, {"id": found.user, "chat_type": "GROUP"}):
        with pytest.raises(UnreadableError):
            read(update(text="x", chat=chat))


def test_what_names_nobody_or_is_said_by_a_bot_is_nothing() -> None:
    assert read({"event_name": "message.unsupported.received"}) is None
    said_by_bot = update(text="x")
    said_by_bot["message"]["from"]["is_bot"] = True
    assert read(said_by_bot) is None


def test_a_message_has_one_key_however_it_is_brought() -> None:
    flat = update(text="xong 2b")
    [wrapped] = updates.unwrapped({"ok": True, "result": flat})
    [listed] = updates.unwrapped([flat])
    assert updates.keyed(flat) == updates.keyed(wrapped) == updates.keyed(listed)
    later = update(text="xong 2b", date=int(NOW.timestamp() * 1000) + 5)
    assert updates.keyed(later)[0] == updates.keyed(flat)[0]
    other = update(text="xong 2b", message_id="2d758cb5e222177a4e36")
    assert updates.keyed(other)[0] != updates.keyed(flat)[0]
    assert updates.unwrapped({"ok": True}) == updates.unwrapped("x") == updates.unwrapped(None) == []


def test_a_strangers_update_is_cut() -> None:
    _, raw = updates.keyed(update(text="x" * 5000, quoted={"text": "y" * 5000}))
    short = CHANNEL.shortened(raw, 300)
    assert len(short) < 800
    assert read(json.loads(short)).text == "x" * 300
    assert CHANNEL.private_sender(short) == CHANNEL.sender(raw) == "a3f5c0"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=8), each, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["from", "chat", "message_id", "date", "text", "photo_url", "caption"]), JSON))
def test_whatever_an_update_holds_it_is_kept_and_read_or_put_aside(said: dict[str, Any]) -> None:
    for found in ({"event_name": "x", "message": said}, update(**said)):
        key, raw = updates.keyed(found)
        assert key.isascii()
        assert len(key) < 40
        CHANNEL.sender(raw)
        CHANNEL.private_sender(raw)
        CHANNEL.sender(CHANNEL.shortened(raw, 10))
        try:
            incoming = CHANNEL.read(key, raw, NOW)
        except UnreadableError:
            continue
        assert incoming is None or incoming.user == incoming.chat


@given(st.text(max_size=60))
def test_no_raw_text_breaks_what_is_done_before_it_is_read(raw: str) -> None:
    assert CHANNEL.sender(raw) is None
    assert CHANNEL.private_sender(raw) is None
    CHANNEL.shortened(raw, 10)
