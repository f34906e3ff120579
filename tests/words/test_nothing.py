"""When "không phát sinh" is the whole answer, and when it is a part of another one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.nothing import nothing_arose


@pytest.mark.parametrize(
    "text",
    [
        "không phát sinh",
        "Không phát sinh.",
        "khong phat sinh",
        "ko phát sinh",
        "không có phát sinh",
        "quý này không phát sinh",
        "Quý I/2020 không phát sinh",
        "trong quý I không phát sinh",
        "6 tháng không phát sinh gì",
        "không phát sinh mới",
        "không phát sinh trường hợp nào",
        "không phát sinh trong kỳ",
        "không phát sinh quý I năm 2020",
        unicodedata.normalize("NFD", "không phát sinh"),
    ],
)
def test_it_is_the_whole_answer(text: str) -> None:
    assert nothing_arose(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "phát sinh",
        "không phát sinh vướng mắc",
        "không phát sinh chi phí, đã ban hành kế hoạch",
        "không phát sinh?",
        "đã kiểm tra, không phát sinh sai sót",
        "không",
        "có phát sinh 2 hồ sơ",
    ],
)
def test_it_is_a_part_of_another_answer(text: str) -> None:
    assert not nothing_arose(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_read_without_an_error(before: str, after: str) -> None:
    assert nothing_arose(f"{before} không phát sinh {after}") in (True, False)
