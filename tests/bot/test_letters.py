"""A lone letter chooses; a particle that looks like one, a word, or a code does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.door import letters


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("A", "A"),
        ("b", "B"),
        ("a ạ", "A"),
        ("Dạ em chọn B ạ", "B"),
        ("câu c nhé anh", "C"),
        ("«A».", "A"),
        ("chọn: d)", "D"),
        ("em chọn a ạ", "A"),
        ("vâng A", "A"),
    ],
)
def test_a_letter_is_read(text: str, letter: str) -> None:
    assert letters.read(text) == letter


@pytest.mark.parametrize(
    "text",
    [
        "ạ",
        "dạ",
        "ừ",
        "à",
        "đ",
        "ok",
        "1",
        "2b",
        "A B",
        "a, c",
        "xong a",
        "",
        "dạ ạ",
        "không",
        "vâng a",
        "Dạ em a",
        "dạ a",
    ],
)
def test_nothing_else_is_one(text: str) -> None:
    assert letters.read(text) is None


@given(st.text(max_size=300))
def test_whatever_is_said_is_one_letter_or_none(text: str) -> None:
    found = letters.read(text)
    assert found is None or found in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
