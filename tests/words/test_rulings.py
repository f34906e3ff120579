"""Who ruled about a cause, in which post and by which document, as admins write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.rulings import Ruling, read, read_on

TODAY = date(2020, 3, 1)
SIGNED = date(2020, 2, 12)
WHOLE = Ruling("Đinh Văn Y", "Phó Chủ tịch UBND huyện", "15/UBND-NV", SIGNED)


@pytest.mark.parametrize(
    "text",
    [
        "Đinh Văn Y, Phó Chủ tịch UBND huyện, CV 15/UBND-NV 12/02/2020",
        "ông Đinh Văn Y – Phó Chủ tịch UBND huyện – công văn số 15/UBND-NV ngày 12/2/2020",
        "Đinh Văn Y\nPhó Chủ tịch UBND huyện\ntheo văn bản số: 15/UBND-NV ngày 12 tháng 02 năm 2020.",
        "đ/c Đinh Văn Y; Phó Chủ tịch UBND huyện; 15 / UBND-NV, ký ngày 12.02.2020",
    ],
)
def test_one_ruling_is_written_in_many_ways(text: str) -> None:
    assert read(text, TODAY) == WHOLE


def test_what_follows_the_document_is_the_reason() -> None:
    said = "Đinh Văn Y, Phó Chủ tịch UBND huyện, CV 15/UBND-NV 12/02/2020: thôn chưa xác nhận, chưa đủ căn cứ"
    assert read(said, TODAY).words == "thôn chưa xác nhận, chưa đủ căn cứ"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", ("name", "post", "number", "day")),
        ("15/UBND-NV 12/02/2020", ("name", "post")),
        ("Đinh Văn Y, CV 15/UBND-NV 12/02/2020", ("post",)),
        ("Đinh Văn Y, Phó Chủ tịch, ngày 12/02/2020", ("number", "day")),
        # A day that cannot be, or has not come yet, is none.
        ("Đinh Văn Y, Phó Chủ tịch, CV 15/UBND-NV 30/02/2020", ("day",)),
        ("Đinh Văn Y, Phó Chủ tịch, CV 15/UBND-NV 12/03/2020", ("day",)),
        ("0912345678, Phó Chủ tịch, CV 15/UBND-NV 12/02/2020", ("name",)),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_guessed(text: str, missing: tuple[str, ...]) -> None:
    assert read(text, TODAY).missing == missing


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ("Đinh Văn Y", "Phó Chủ tịch UBND huyện, CV 15/UBND-NV 12/02/2020"),
        ("CV 15/UBND-NV 12/02/2020", "Đinh Văn Y, Phó Chủ tịch UBND huyện"),
        ("đồng ý nhé", "Đinh Văn Y, Phó Chủ tịch UBND huyện, CV 15/UBND-NV 12/02/2020"),
    ],
)
def test_a_ruling_may_come_in_pieces(before: str, then: str) -> None:
    assert read_on(before, then, TODAY)[1].missing == ()


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_read_and_a_day_is_never_later_than_today(before: str, text: str) -> None:
    words, found = read_on(before, text, TODAY)
    assert found == read(words, TODAY)
    assert found.on is None or found.on <= TODAY
