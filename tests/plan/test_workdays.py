"""Working days: Tết, make-up days, years without a table."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.errors import CalendarError
from plan.workdays import Calendar, load_calendar

TABLE = load_calendar(Path(__file__).parents[2] / "data" / "days_vn.toml")
DAYS = st.dates(date(2018, 6, 1), date(2028, 6, 1))
STEPS = st.integers(-40, 40)
# Announced by the Government, unknown to the package.
CORRECTED = {date(2026, 1, 2): False, date(2026, 1, 10): True}


def test_the_reminders_before_30_january_2020_avoid_tet(calendar: Calendar) -> None:
    due = date(2020, 1, 30)
    assert [calendar.shift(due, -n).isoformat() for n in (15, 7, 3, 1)] == [
        "2020-01-02",
        "2020-01-14",
        "2020-01-20",
        "2020-01-22",
    ]


def test_the_days_off_of_2020(calendar: Calendar) -> None:
    weekdays = (date(2020, 1, 1) + timedelta(days=n) for n in range(366))
    off = [day.strftime("%d/%m") for day in weekdays if day.weekday() < 5 and not calendar.is_working(day)]
    assert " ".join(off) == "01/01 23/01 24/01 27/01 28/01 29/01 02/04 30/04 01/05 02/09"
    assert not any(calendar.is_working(date(2020, 1, day)) for day in range(23, 30))


def test_the_table_agrees_with_the_package_but_for_the_corrections(calendar: Calendar) -> None:
    known = holidays.country_holidays("VN", years=range(2019, 2028))
    every = (date(2019, 1, 1) + timedelta(days=n) for n in range((date(2028, 1, 1) - date(2019, 1, 1)).days))
    assert {
        day: calendar.is_working(day) for day in every if calendar.is_working(day) != known.is_working_day(day)
    } == CORRECTED


def test_a_make_up_saturday_is_worked(calendar: Calendar) -> None:
    assert calendar.is_working(date(2026, 1, 10))
    assert calendar.shift(date(2026, 1, 9), 1) == date(2026, 1, 10)
    assert calendar.distance(date(2026, 1, 9), date(2026, 1, 12)) == 2


def test_names_of_days_off(calendar: Calendar) -> None:
    assert calendar.name_of_day_off(date(2020, 1, 25)) == "Tết Nguyên đán 2020"
    assert calendar.name_of_day_off(date(2020, 2, 1)) is None
    assert calendar.name_of_day_off(date(2020, 2, 3)) is None
    assert calendar.name_of_day_off(date(2026, 1, 10)) is None


def test_runs_of_days_off_are_told_whole(calendar: Calendar) -> None:
    runs = calendar.offs_between(date(2020, 1, 28), date(2020, 4, 2))
    assert [(run.first.day, run.last.day, run.name) for run in runs] == [
        (23, 29, "Tết Nguyên đán 2020"),
        (2, 2, "Giỗ Tổ Hùng Vương"),
    ]
    assert calendar.offs_between(date(2020, 2, 1), date(2020, 4, 1)) == ()


def test_late_days_count_from_the_day_after_which_it_is_late(calendar: Calendar) -> None:
    assert calendar.distance(calendar.late_after(date(2021, 1, 31)), date(2021, 2, 1)) == 0
    assert calendar.distance(calendar.late_after(date(2021, 1, 31)), date(2021, 2, 2)) == 1
    assert calendar.distance(date(2020, 1, 22), date(2020, 1, 30)) == 1


def test_a_year_without_a_table_keeps_weekends_and_fixed_holidays(calendar: Calendar) -> None:
    assert calendar.covers(2027)
    assert calendar.is_provisional(2027)
    assert not calendar.is_provisional(2026)
    assert not calendar.covers(2031)
    assert not calendar.is_provisional(2031)
    assert not calendar.is_working(date(2031, 9, 2))
    assert not calendar.is_working(date(2031, 9, 6))
    assert calendar.is_working(date(2031, 9, 3))
    assert [run.name for run in calendar.offs_between(date(2031, 4, 30), date(2031, 5, 1))] == [
        "Ngày Chiến thắng 30/4",
        "Quốc tế Lao động 1/5",
    ]


@given(DAYS, STEPS)
def test_shift_lands_on_a_working_day_that_far_away(day: date, n: int) -> None:
    start = TABLE.on_or_after(day)
    end = TABLE.shift(start, n)
    assert TABLE.is_working(end)
    assert TABLE.distance(start, end) == n
    assert TABLE.shift(end, -n) == start


@given(DAYS, DAYS, DAYS)
def test_distance_is_signed_and_adds_up(a: date, b: date, c: date) -> None:
    assert TABLE.distance(a, b) == -TABLE.distance(b, a)
    if a <= b <= c:
        assert TABLE.distance(a, b) + TABLE.distance(b, c) == TABLE.distance(a, c)


@given(DAYS)
def test_the_anchor_is_never_after_the_day_it_is_late(day: date) -> None:
    assert TABLE.anchor(day) <= day <= TABLE.late_after(day)
    assert TABLE.is_working(TABLE.anchor(day))
    assert (TABLE.anchor(day) == day) == (TABLE.late_after(day) == day) == TABLE.is_working(day)


def test_from_a_day_off_the_first_step_is_the_nearest_working_day(calendar: Calendar) -> None:
    assert calendar.shift(date(2020, 1, 25), 1) == date(2020, 1, 30)
    assert calendar.shift(date(2020, 1, 25), -1) == date(2020, 1, 22)
    assert calendar.shift(date(2020, 1, 25), 0) == date(2020, 1, 25)


def test_a_broken_table_gives_all_its_faults() -> None:
    with pytest.raises(CalendarError) as caught:
        load_calendar(
            """
            [years.2020]
            off = [{ first = 2021-01-01, name = "A" }, { first = "2020-01-02", name = "B" }, { first = 2020-01-03 },
                   { first = 2020-05-02, last = 2020-05-01, name = "C" }, { first = 2020-06-06, name = "D" },
                   { first = 2020-06-06, name = "D" }]
            worked = [2020-06-06, 2020-06-08]
            offf = 1
            [years.xx]
            """
        )
    places = [fault.place for fault in caught.value.faults]
    assert set(places) == {
        "years.2020.offf",
        "years.2020.off[0].first",
        "years.2020.off[1].first",
        "years.2020.off[2].name",
        "years.2020.off[3]",
        "years.2020.worked[1]",
        "years.xx",
        "years",
    }
    assert all(fault.do for fault in caught.value.faults)


@pytest.mark.parametrize("text", ["[years", "x = 1", "[years.2020]\noff = 3", "years = 1"])
def test_a_table_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CalendarError):
        load_calendar(text)


def test_a_missing_or_recoded_table_is_explained(tmp_path: Path) -> None:
    with pytest.raises(CalendarError, match="cannot be opened"):
        load_calendar(tmp_path / "none.toml")
    (tmp_path / "days.toml").write_bytes("# Tết".encode("utf-16"))
    with pytest.raises(CalendarError, match="UTF-8"):
        load_calendar(tmp_path / "days.toml")


def test_in_a_year_that_the_table_does_not_hold_four_holidays_are_off_and_no_other_day_of_the_week() -> None:
    days = [date(2031, 1, 1) + timedelta(days=n) for n in range(365)]
    off = [day for day in days if day.weekday() < 5 and not Calendar().is_working(day)]
    assert off == [date(2031, 1, 1), date(2031, 4, 30), date(2031, 5, 1), date(2031, 9, 2)]
