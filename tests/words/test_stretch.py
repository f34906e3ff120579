"""Two days typed without their years: a turn of the year is understood, a slip of the hand is asked about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.dates import passed_instead
from words.stretch import Stretch, Unlikely, read_stretch

JANUARY = date(2020, 1, 14)
DECEMBER = date(2019, 12, 20)
FEBRUARY = date(2020, 2, 5)
ANY_DAY = st.dates(date(2001, 1, 1), date(2090, 12, 31))


def stretch(*days: int) -> Stretch:
    """From a year, month and day to another."""
    return Stretch(date(*days[:3]), date(*days[3:]))


@pytest.mark.parametrize(
    ("today", "first", "last", "read"),
    [
        (JANUARY, "3/2", "10/2", stretch(2020, 2, 3, 2020, 2, 10)),
        (JANUARY, "14/1", "14/1", stretch(2020, 1, 14, 2020, 1, 14)),
        (JANUARY, "1/6", "31/10", stretch(2020, 6, 1, 2020, 10, 31)),
        # Over the turn of the year, and behind it.
        (DECEMBER, "28/12", "3/1", stretch(2019, 12, 28, 2020, 1, 3)),
        (DECEMBER, "2/1", "5/1", stretch(2020, 1, 2, 2020, 1, 5)),
        (date(2020, 10, 15), "1/12", "30/3", stretch(2020, 12, 1, 2021, 3, 30)),
        # Who is away already says since when.
        (JANUARY, "1/1", "20/1", stretch(2020, 1, 1, 2020, 1, 20)),
        (JANUARY, "28/12", "20/1", stretch(2019, 12, 28, 2020, 1, 20)),
        (JANUARY, "1/1", "20/1/2020", stretch(2020, 1, 1, 2020, 1, 20)),
        # The year was typed: it is meant.
        (JANUARY, "10/2", "3/2/2021", stretch(2020, 2, 10, 2021, 2, 3)),
        (JANUARY, "1/1/2021", "3/1", stretch(2021, 1, 1, 2021, 1, 3)),
        (JANUARY, "10/1/2020", "3/1/2020", stretch(2020, 1, 10, 2020, 1, 3)),
        # Typed once, behind the last day, it is both days'.
        (date(2026, 6, 20), "3/1", "10/1/2027", stretch(2027, 1, 3, 2027, 1, 10)),
        (date(2026, 6, 20), "28/12", "10/1/2027", stretch(2026, 12, 28, 2027, 1, 10)),
        (JANUARY, "3/2", "30/2", None),
        (JANUARY, "31/4", "3/5", None),
    ],
)
def test_days_that_are_plain(today: date, first: str, last: str, read: Stretch | None) -> None:
    assert read_stretch(first, last, today) == read


@pytest.mark.parametrize(
    ("today", "first", "last", "read"),
    [
        (JANUARY, "10/2", "3/2", Unlikely(stretch(2020, 2, 10, 2021, 2, 3), turned=stretch(2020, 2, 3, 2020, 2, 10))),
        (JANUARY, "1/6", "1/3", Unlikely(stretch(2020, 6, 1, 2021, 3, 1), turned=stretch(2020, 3, 1, 2020, 6, 1))),
        (JANUARY, "1/1", "3/1", Unlikely(stretch(2021, 1, 1, 2021, 1, 3), passed=date(2020, 1, 1))),
        (JANUARY, "10/1", "3/1", Unlikely(stretch(2021, 1, 3, 2021, 1, 10), passed=date(2020, 1, 10))),
        (JANUARY, "28/12", "3/1", Unlikely(stretch(2020, 12, 28, 2021, 1, 3), passed=date(2019, 12, 28))),
        # Turned round in the days themselves, and at the turn of the year.
        (FEBRUARY, "10/2", "3/2", Unlikely(stretch(2020, 2, 10, 2021, 2, 3), None, stretch(2020, 2, 3, 2020, 2, 10))),
        (DECEMBER, "5/1", "2/1", Unlikely(stretch(2020, 1, 5, 2021, 1, 2), turned=stretch(2020, 1, 2, 2020, 1, 5))),
        (DECEMBER, "3/1", "28/12",
         Unlikely(stretch(2020, 1, 3, 2020, 12, 28), turned=stretch(2019, 12, 28, 2020, 1, 3))),
        # What is over the other way round too is not offered, nor what began long ago then.
        (date(2026, 9, 20), "1/10", "1/4", Unlikely(stretch(2026, 10, 1, 2027, 4, 1))),
        (JANUARY, "10/2/2019", "3/1", Unlikely(stretch(2019, 2, 10, 2020, 1, 3))),
    ],
)  # fmt: skip
def test_days_that_only_a_slip_puts_into_the_next_year(today: date, first: str, last: str, read: Unlikely) -> None:
    assert read_stretch(first, last, today) == read


@given(ANY_DAY, st.integers(0, 100), st.integers(0, 120))
def test_what_is_near_is_read_as_typed_whenever_the_year_turns(today: date, ahead: int, long: int) -> None:
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=long)
    assert read_stretch(f"{first:%d/%m}", f"{last:%d/%m}", today) == Stretch(first, last)


@given(ANY_DAY, st.integers(0, 100), st.integers(1, 180))
def test_days_in_each_others_place_are_asked_about_and_turned(today: date, ahead: int, long: int) -> None:
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=long)
    found = read_stretch(f"{last:%d/%m}", f"{first:%d/%m}", today)
    assert isinstance(found, Unlikely)
    assert found.turned == Stretch(first, last) or found.passed is not None


@given(ANY_DAY, ANY_DAY, ANY_DAY)
def test_what_is_noted_without_a_year_is_in_order_and_not_over(today: date, one: date, other: date) -> None:
    found = read_stretch(f"{one:%d/%m}", f"{other:%d/%m}", today)
    if isinstance(found, Stretch):
        assert found.first <= found.last
        assert found.last >= today
        assert found.last - found.first <= timedelta(days=365)


@given(ANY_DAY, ANY_DAY)
def test_a_day_that_has_passed_instead_is_that_day(today: date, day: date) -> None:
    passed = passed_instead(f"{day:%d/%m}", today)
    if passed is not None:
        assert passed < today
        assert (passed.day, passed.month) == (day.day, day.month)
    assert passed_instead(f"{day:%d/%m/%Y}", today) is None
