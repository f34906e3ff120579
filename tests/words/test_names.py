"""Names and texts of people are shown without what turns, hides or breaks the text around them."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from words.names import (
    LONGEST_FILE_NAME,
    LONGEST_NAME,
    MOST_MARKS,
    clean,
    file_name,
    masked,
    of_group,
    of_person,
    one_line,
    safe_file_name,
)

HOSTILE = st.text(
    st.characters() | st.sampled_from("\u202e\u2066\u200e\u200f\ud800\x00\x1b\r\n\t\u2028/\\.:|\u0301\ufffe"),
    max_size=300,
)
TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@given(HOSTILE)
def test_what_is_kept_of_a_text_is_valid_everywhere(text: str) -> None:
    kept = clean(text)
    kept.encode()
    assert not TURNS.search(kept)
    escaped = kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert ElementTree.fromstring(f"<t>{escaped}</t>").text == (kept or None)
    assert clean(kept) == kept


def test_what_people_write_stays_as_it_is() -> None:
    for text in (
        "đã ban hành kế hoạch\n\tsố 05/KH",
        "👩‍👩‍👧 ệ",
        unicodedata.normalize("NFD", "hoàn thành việc ệ"),
        "x" * 4096,
    ):
        assert clean(text) == text
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert clean("e" + "\u0301" * 50) == "e" + "\u0301" * MOST_MARKS


@given(HOSTILE)
def test_a_name_is_one_line(text: str) -> None:
    for name in (one_line(text), file_name(text)):
        assert len(name) <= LONGEST_NAME
        assert len(name.splitlines()) <= 1
        assert not TURNS.search(name)


def test_a_long_name_keeps_the_end_that_says_what_it_claims_to_be() -> None:
    assert file_name("Báo cáo " * 40 + ".pdf").endswith("….pdf")
    assert file_name("anh\u202egpj.exe") == "anhgpj.exe"


@given(HOSTILE, st.sampled_from(["pdf", "exe", "bin", "docx"]))
@example("CON", "pdf")
@example("com1.tar", "pdf")
@example("...", "pdf")
@example("aux .x", "pdf")
@example("đ" * 400, "pdf")
def test_an_exported_name_is_a_plain_name_on_every_system(text: str, extension: str) -> None:
    name = safe_file_name(text, extension)
    assert PurePosixPath(name).name == name
    assert PureWindowsPath(name).name == name
    assert not PureWindowsPath(name).is_reserved()
    assert name.endswith(f".{extension}")
    assert not name.startswith((".", "-", "~"))
    assert len(name) <= LONGEST_FILE_NAME
    assert len(name.encode()) <= 255
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', name)


@pytest.mark.parametrize("number", ["0905123456", "0905 123 456", "+84 905.123.456", "02553-838-456"])
def test_a_telephone_number_shows_its_end_only(number: str) -> None:
    assert masked(f"gọi {number}, xã Sơn Dung") == "gọi …456, xã Sơn Dung"


@pytest.mark.parametrize("text", ["05/KH-UBND 12/03/2020", "kinh phí 0,5 tỷ", "mã hồ sơ 1234567890123", "2020-01-30"])
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text


def test_a_long_name_is_cut_to_the_last_character_that_there_is_room_for() -> None:
    assert safe_file_name("a" * 300, "pdf") == "a" * (LONGEST_FILE_NAME - 4) + ".pdf"
    assert len(safe_file_name("ữ" * 300, "pdf").encode()) in range(196, 201)


def test_the_end_of_a_name_is_kept_while_it_may_be_an_extension() -> None:
    assert file_name("a" * 300 + "." + "x" * 12).endswith("….xxxxxxxxxxxx")
    assert file_name("a" * 300 + "." + "x" * 13).endswith("…")


@pytest.mark.parametrize("raw", ["", "\u200b\u2060", "\u3164", "\u2800 \u2800", "🌸🌸", "… . -", "\u0301", "0905"])
def test_what_has_no_letter_names_no_person(raw: str) -> None:
    assert of_person(raw) == ""
    assert of_person(f"{raw} Lan").endswith("Lan")


def test_a_group_may_be_called_by_a_number() -> None:
    assert of_group("CCHC 2020") == "CCHC 2020"
    assert of_group("2020") == "2020"
    assert of_group("\u3164 🌸") == ""
