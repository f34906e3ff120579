"""Photos and files both ways, with their captions, albums and sizes."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from telegram import InputMediaPhoto, error

from sandbox.telegram_api.files import MAX_DOWNLOAD, MAX_PHOTO, grey_png
from sandbox.telegram_api.platform import Platform

PICTURE = grey_png(800, 600)
JPEG = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0\x00\x11\x08" + struct.pack(">HH", 480, 640) + b"\x03" * 12


def test_a_persons_photo_comes_in_sizes_and_only_the_last_is_the_photo(platform: Platform, bot: Any) -> None:
    platform.send_photo(7, 7, PICTURE, "/done 2b đây ạ")
    message = bot.get_updates(timeout=0)[-1].message
    assert [(size.width, size.height) for size in message.photo] == [(90, 68), (320, 240), (800, 600)]
    assert message.parse_caption_entities(["bot_command"]) == {message.caption_entities[0]: "/done"}
    largest, smallest = bot.get_file(message.photo[-1].file_id), bot.get_file(message.photo[0].file_id)
    assert bot.token in largest.file_path
    assert bytes(bot.run(largest.download_as_bytearray())) == PICTURE
    assert bytes(bot.run(smallest.download_as_bytearray())) != PICTURE
    assert largest.file_size == len(PICTURE)


def test_a_file_link_is_good_for_an_hour(platform: Platform, bot: Any, clock: Any) -> None:
    sent = platform.send_document(7, 7, b"%PDF", "Kế hoạch.pdf", "application/pdf", "xong 2b")
    document = bot.get_updates(timeout=0)[-1].message.document
    assert (document.file_name, document.mime_type, document.file_size) == ("Kế hoạch.pdf", "application/pdf", 4)
    file = bot.get_file(sent["document"]["file_id"])
    clock.forward(minutes=61)
    with pytest.raises(error.InvalidToken):  # how the library reads 404
        bot.run(file.download_as_bytearray())
    fresh = bot.get_file(document.file_id)
    assert bytes(bot.run(fresh.download_as_bytearray())) == b"%PDF"


def test_a_file_over_20_mb_cannot_be_fetched(platform: Platform, bot: Any) -> None:
    sent = platform.send_document(7, 7, bytes(MAX_DOWNLOAD + 1), "to.zip", "application/zip")
    with pytest.raises(error.BadRequest, match="File is too big"):
        bot.get_file(sent["document"]["file_id"])
    with pytest.raises(error.BadRequest, match=r"(?i)invalid file_id"):
        bot.get_file("none")


def test_an_album_is_several_updates_with_one_caption(platform: Platform, bot: Any) -> None:
    platform.send_album(7, 7, [PICTURE, JPEG], "xong 2b")
    messages = [update.message for update in bot.get_updates(timeout=0)][1:]
    assert [message.caption for message in messages] == ["xong 2b", None]
    assert len({message.media_group_id for message in messages}) == 1
    assert messages[0].media_group_id
    assert (messages[1].photo[-1].width, messages[1].photo[-1].height) == (640, 480)


def test_the_bot_sends_a_photo_and_a_file(platform: Platform, bot: Any) -> None:
    photo = bot.send_photo(7, PICTURE, caption="<b>Tuần 3</b>", parse_mode="HTML")
    file = bot.send_document(7, b"a,b", filename="tổng hợp.csv", caption="bảng")
    stored = platform.messages(7)
    assert platform.file_bytes(stored[-2]["photo"][-1]["file_id"]) == PICTURE
    assert stored[-2]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    assert platform.file_bytes(stored[-1]["document"]["file_id"]) == b"a,b"
    assert file.document.file_name == "tổng hợp.csv"
    assert bot.send_photo(7, photo.photo[-1].file_id).photo[-1].file_unique_id == photo.photo[-1].file_unique_id
    assert bot.edit_message_caption(7, file.message_id, caption="bảng mới").caption == "bảng mới"
    with pytest.raises(error.BadRequest, match="There is no text in the message to edit"):
        bot.edit_message_text("x", 7, file.message_id)


def test_the_bot_sends_an_album(platform: Platform, bot: Any) -> None:
    sent = bot.send_media_group(7, [InputMediaPhoto(PICTURE, caption="tuần 3"), InputMediaPhoto(JPEG)])
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.get("caption") for message in platform.messages(7)[-2:]] == ["tuần 3", None]


def test_refused_uploads_change_nothing(platform: Platform, bot: Any) -> None:
    big = PICTURE + bytes(MAX_PHOTO)
    for data, words in (
        (b"no picture", "Image_process_failed"),
        (big, "is too big for a photo; the maximum size is 10485760 bytes"),
        (grey_png(2100, 100), "Photo_invalid_dimensions"),
    ):
        with pytest.raises(error.BadRequest, match=words):
            bot.send_photo(7, data)
    with pytest.raises(error.BadRequest, match="Message caption is too long"):
        bot.send_photo(7, PICTURE, caption="ệ" * 1025)
    with pytest.raises(error.BadRequest, match="File must be non-empty"):
        bot.send_document(7, b"")
    with pytest.raises(error.BadRequest, match="Image_process_failed"):
        bot.send_media_group(7, [InputMediaPhoto(PICTURE), InputMediaPhoto(b"no picture")])
    assert len(platform.messages(7)) == 1
    assert platform.files.by_id == {}
