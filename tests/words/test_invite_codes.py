"""Eight digits are read however a phone and a hand write them, and never out of a longer number or a date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words import invite_codes

CODE = "48271936"


@pytest.mark.parametrize(
    "text",
    [
        "4827 1936",
        "48271936",
        "4827-1936",
        "4827.1936",
        "4827 – 1936",
        "48 27 19 36",
        "4 8 2 7 1 9 3 6",
        "４８２７ １９３６",
    ],
)
@pytest.mark.parametrize("around", ["{}", "Dạ mã của em là {} ạ", "/start {}", "mã mời: «{}»."])
def test_a_code_is_found_and_says_nothing_else(text: str, around: str) -> None:
    assert invite_codes.found_in(around.format(text)) == CODE
    assert invite_codes.alone_in(around.format(text)) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "0912 345 678",
        "0912345678",
        "12/05/2026",
        "12.05.2026",
        "482719",
        "4827 19367",
        "4827 1936, 1111 2222",
        "",
        "2b",
    ],
)
def test_another_number_is_no_code(text: str) -> None:
    assert invite_codes.found_in(text) is None


@pytest.mark.parametrize("text", ["xong 2b theo văn bản 4827 1936", "kinh phí 48271936 đồng"])
def test_among_other_words_it_is_only_for_who_has_nothing_else_to_say(text: str) -> None:
    assert invite_codes.found_in(text) == CODE
    assert invite_codes.alone_in(text) is None


def test_digits_of_another_keyboard_are_digits() -> None:
    assert invite_codes.alone_in("４８２７ １９３６") == CODE


@given(st.integers(0, 10**8 - 1))
def test_what_is_shown_is_read(number: int) -> None:
    code = f"{number:08}"
    assert invite_codes.alone_in(invite_codes.shown(code)) == code


@given(st.text(alphabet="0123456789 .-–/xạ", max_size=40))
def test_whatever_is_read_is_eight_digits(text: str) -> None:
    found = invite_codes.found_in(text)
    assert found is None or (len(found) == 8 and found.isascii() and found.isdecimal())
