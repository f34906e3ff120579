"""Phones with Zalo on the page: what they show, what their owner sends, and what is there again after a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox.page.boxes import Owner
from sandbox.page.zalo import ZaloPhones, entities
from sandbox.phone import PNG
from sandbox.telegram_api.values import Upload
from sandbox.zalo_api.assumptions import Assumptions
from sandbox.zalo_api.methods import call
from sandbox.zalo_api.platform import Platform
from sandbox.zalo_api.values import ApiError

NOW = datetime(2020, 1, 14, 0, 30, tzinfo=UTC)
MAI, BOT = 9, 99


class Shown:
    """Mai's phone on the page, over a Zalo that is kept in a file."""

    def __init__(self, path: Path) -> None:
        self.news = 0
        self.now = NOW
        self.zalo = Platform("1459:sandbox", lambda: self.now, Assumptions(kept_s=60), journal=path, changed=self._new)
        self.account = self.zalo.person("Mai")
        self.phones = ZaloPhones(self.zalo, [Owner(MAI, "Mai", self.account.id, "UBND xã Sơn Long")])

    def _new(self) -> None:
        self.news += 1

    def bot_says(self, text: str) -> None:
        """The bot's side, without a bot."""
        call(self.zalo, "sendMessage", {"chat_id": self.account.id, "text": text})

    @property
    def messages(self) -> list[tuple[int, str]]:
        """Who said what."""
        found = self.phones.chat(MAI, 10, BOT)["messages"]
        return [(each["from"], each.get("text", "")) for each in found]


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    return Shown(tmp_path / "town.zalo")


def test_the_owner_writes_first_and_a_photo_is_shown_after_its_address_is_gone(shown: Shown) -> None:
    with pytest.raises(ApiError):
        shown.bot_says("Việc 2b")
    picture = Upload("anh.png", "image/png", PNG)
    shown.phones.write(MAI, "2b xong", [picture, Upload("KH 05.pdf", "application/pdf", b"%PDF")])
    shown.bot_says("Đã ghi nhận 2b")
    photo, lost, answer = shown.phones.chat(MAI, 10, BOT)["messages"]
    assert (photo["from"], photo["text"], photo["at"]) == (MAI, "2b xong", "2020-01-14T07:30:00+07:00")
    assert lost["service"] == {"kind": "zaloLost", "names": ["KH 05.pdf"]}
    assert (answer["from"], answer["text"]) == (BOT, "Đã ghi nhận 2b")
    shown.now += timedelta(hours=1)
    assert shown.zalo.photo("/photos/1.jpg") is None
    assert shown.phones.holds(photo["photo"]["file_id"])
    assert shown.phones.file(photo["photo"]["file_id"]) == ("1.jpg", PNG)
    assert shown.phones.person(MAI)["arrived"] == 1
    # A page that waits hears of each.
    assert shown.news == 3
    with pytest.raises(ValueError, match="chưa có chữ"):
        shown.phones.write(MAI, "  ")
    with pytest.raises(ValueError, match="Không có ảnh"):
        shown.phones.file("zalo-77.jpg")
    shown.zalo.record("sendMessage", {"chat_id": shown.account.id, "text": "x"}, 0)
    shown.zalo.record("getUpdates", {}, 408)
    assert [(each["method"], each["params"]["chat_id"]) for each in shown.phones.calls()] == [("Zalo sendMessage", MAI)]


def test_what_was_said_is_there_after_a_restart_and_the_month_goes_on(shown: Shown, tmp_path: Path) -> None:
    shown.phones.write(MAI, "chào", [Upload("anh.png", "image/png", PNG)])
    shown.bot_says("Việc 2b")
    again = Shown(tmp_path / "town.zalo")
    assert again.messages == shown.messages == [(MAI, "chào"), (BOT, "Việc 2b")]
    again.bot_says("Việc 2c")
    numbers = [each["message_id"] for each in again.account.messages]
    assert len(set(numbers)) == 3
    again.zalo.assumes.most_messages = 2
    with pytest.raises(ApiError, match="Quota"):
        again.bot_says("Việc 2d")
    again.now += timedelta(days=30)
    again.bot_says("Việc 2d")


def test_a_sentence_to_type_is_told_from_a_quotation() -> None:
    text = "Nội dung: «đã ký». Đồng chí nhắn: «xong 2b», «nhận việc 2b» hoặc «😀»; xem https://a.vn/b và /viec"
    units = text.encode("utf-16-le")
    found = [
        (each["type"], units[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le"))
        for each in entities(text)
    ]
    assert found == [
        ("to_type", "«xong 2b»"),
        ("to_type", "«nhận việc 2b»"),
        ("to_type", "«😀»"),
        ("url", "https://a.vn/b"),
        ("to_type", "/viec"),
    ]
