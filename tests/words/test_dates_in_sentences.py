"""A day inside what somebody wrote: day first, the year guessed as people mean it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.dates import find_day, read_day

TODAY = date(2020, 1, 20)


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("15/02 chờ tỉnh", date(2020, 2, 15), "chờ tỉnh"),
        ("đến hết ngày 15/2/2020: chờ tỉnh", date(2020, 2, 15), "chờ tỉnh"),
        ("xin gia hạn đến 15-02-2020, lý do: chờ tỉnh", date(2020, 2, 15), "chờ tỉnh"),
        ("ngày 15 tháng 2 năm 2021 chờ tỉnh", date(2021, 2, 15), "chờ tỉnh"),
        ("15/2/20", date(2020, 2, 15), ""),
        ("chờ tỉnh, xin đến 15/2", date(2020, 2, 15), "chờ tỉnh, xin đến 15/2"),
        # In December the January that comes, in January not the one of next year.
        ("5/1", date(2020, 1, 5), ""),
        ("30/12", date(2019, 12, 30), ""),
        ("31/10", date(2020, 10, 31), ""),
        ("30/2 chờ", None, "chờ"),
        ("15/13", None, ""),
        # Numbers of documents and points, and two days of which one cannot be told.
        ("chờ KH 05/KH-UBND và điểm 2.1", None, "chờ KH 05/KH-UBND và điểm 2.1"),
        ("họp ngày 5/2 hoặc 6/2", None, "họp ngày 5/2 hoặc 6/2"),
        ("10-15 xã chưa nộp", None, "10-15 xã chưa nộp"),
    ],
)
def test_the_day_of_a_sentence(text: str, day: date | None, rest: str) -> None:
    found = find_day(text, TODAY)
    assert (found.day, found.rest) == (day, rest)


def test_the_year_turns_with_the_date() -> None:
    assert find_day("15/1", date(2020, 12, 20)).day == date(2021, 1, 15)
    assert find_day("29/2", date(2021, 3, 1)).day == date(2020, 2, 29)


@given(st.dates(date(2001, 1, 1), date(2090, 12, 31)), st.dates(date(2001, 1, 1), date(2090, 12, 31)))
def test_a_day_with_its_year_is_that_day(day: date, today: date) -> None:
    assert find_day(f"đến {day:%d/%m/%Y} vì", today).day == day


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_whatever_is_typed_there_is_an_answer(text: str, today: date) -> None:
    find_day(text, today)


def test_without_a_year_it_is_the_next_such_day_today_included() -> None:
    assert read_day("20/1", TODAY) == TODAY
    assert read_day("19/1", TODAY) == date(2021, 1, 19)
    # 2100 is no leap year: eight years may go by without such a day.
    assert read_day("29/2", date(2096, 3, 1)) == date(2104, 2, 29)
    assert read_day("30/2", TODAY) is None
