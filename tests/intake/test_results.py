"""What a table says came of its work: only what is plainly done counts, and only with a day that has been."""

from datetime import date

import pytest

from intake.results import read

TODAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("words", "number", "day"),
    [
        ("Đã hoàn thành 15/KH-UBND 12/03/2026", "15/KH-UBND", date(2026, 3, 12)),
        ("Hoàn thành; Báo cáo số 40/BC-PKT ngày 15 tháng 7 năm 2026", "40/BC-PKT", date(2026, 7, 15)),
        ("Hoàn thành 100% ngày 30/6/2026", "", date(2026, 6, 30)),
        ("Đã ban hành", "", None),
        ("Đã xong 31/12/2026", "", None),
    ],
)
def test_what_is_done(words: str, number: str, day: date | None) -> None:
    found = read(words, TODAY)
    assert found is not None
    assert (found.number, found.day) == (number, day)


@pytest.mark.parametrize(
    "words",
    ["Chưa hoàn thành", "Đang thực hiện", "Hoàn thành 50%", "Dự kiến hoàn thành 30/11/2026", "Không hoàn thành",
     "Đã trình, chờ ký", "Phòng Kinh tế", ""],
)  # fmt: skip
def test_what_is_not_done_or_not_said(words: str) -> None:
    assert read(words, TODAY) is None
