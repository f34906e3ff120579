"""A day that is said by how near it is; what may be something else is not taken for one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.codes import fold
from words.dates import find_day
from words.near_days import whole
from words.render import WEEKDAYS

# A Thursday.
TODAY = date(2020, 1, 16)


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("mai", date(2020, 1, 17), ""),
        ("mai, chờ tỉnh", date(2020, 1, 17), "chờ tỉnh"),
        ("đến mai vì chờ tỉnh", date(2020, 1, 17), "vì chờ tỉnh"),
        ("ngày mai chờ tỉnh", date(2020, 1, 17), "chờ tỉnh"),
        ("chieu mai", date(2020, 1, 17), ""),
        ("sáng ngày mai", date(2020, 1, 17), ""),
        ("đến hết ngày kia, lý do: chờ tỉnh", date(2020, 1, 18), "chờ tỉnh"),
        ("thứ hai tuần sau chờ tỉnh", date(2020, 1, 20), "chờ tỉnh"),
        ("xin gia hạn đến thu 2 tuan toi", date(2020, 1, 20), ""),
        ("thứ sáu này", date(2020, 1, 17), ""),
        ("thứ năm này", TODAY, ""),
        ("thứ tư này", date(2020, 1, 22), ""),
        ("thứ tư tuần này", date(2020, 1, 15), ""),
        ("t5 tuần sau", date(2020, 1, 23), ""),
        ("thứ hai tới chờ tỉnh", date(2020, 1, 20), "chờ tỉnh"),
        ("thứ năm tới", date(2020, 1, 23), ""),
        ("chủ nhật tuần sau", date(2020, 1, 26), ""),
        # Names, counts, an order of things, and what is no end.
        ("Mai nghỉ ốm", None, "Mai nghỉ ốm"),
        ("Mai, Hoa đều nghỉ ốm", None, "Mai, Hoa đều nghỉ ốm"),
        ("Mai: đang nghỉ thai sản", None, "Mai: đang nghỉ thai sản"),
        ("đến Mai Thị Hoa về", None, "đến Mai Thị Hoa về"),
        ("mai, xin đến 15/2", date(2020, 2, 15), "mai, xin đến 15/2"),
        ("mai mối chưa xong", None, "mai mối chưa xong"),
        ("thứ hai là chưa có tiền", None, "thứ hai là chưa có tiền"),
        ("thứ tự này chưa rõ", None, "thứ tự này chưa rõ"),
        ("hôm nay chưa có số liệu", None, "hôm nay chưa có số liệu"),
        ("kia là việc của tỉnh", None, "kia là việc của tỉnh"),
        ("tuần sau", None, "tuần sau"),
        ("thu hai tuần sauna", None, "thu hai tuần sauna"),
    ],
)
def test_the_day_at_the_start_of_a_sentence(text: str, day: date | None, rest: str) -> None:
    found = find_day(text, TODAY)
    assert (found.day, found.rest) == (day, rest)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("chiều nay", TODAY),
        ("hôm nay", TODAY),
        ("Sáng mai.", date(2020, 1, 17)),
        ("thứ hai", date(2020, 1, 20)),
        ("sáng thứ bảy", date(2020, 1, 18)),
        ("thu 5", date(2020, 1, 23)),
        ("cn", date(2020, 1, 19)),
        ("Monday", date(2020, 1, 20)),
        ("thứ hai tuần sau", date(2020, 1, 20)),
        ("thứ tám", None),
        ("bữa nào đó", None),
        ("thứ hai tuần sau nữa", None),
    ],
)
def test_a_text_that_is_a_day(text: str, day: date | None) -> None:
    assert whole(text, TODAY) == day


@given(st.dates(date(2001, 1, 1), date(2090, 12, 31)), st.integers(0, 6), st.booleans())
def test_a_weekday_is_that_weekday_of_its_week(today: date, number: int, plain: bool) -> None:
    name = fold(WEEKDAYS[number]) if plain else WEEKDAYS[number]
    monday = today - timedelta(days=today.weekday())
    assert find_day(f"{name} tuần sau", today).day == monday + timedelta(days=7 + number)
    assert find_day(f"{name} tuan nay", today).day == monday + timedelta(days=number)
    coming = find_day(f"đến {name} này chờ tỉnh", today).day
    assert coming is not None
    assert 0 <= (coming - today).days < 7
    assert coming.weekday() == number
    alone = whole(name, today)
    assert alone is not None
    assert 0 < (alone - today).days <= 7
    assert alone.weekday() == number
