"""The rules of a request without a database: which day may be asked for, how long reminders rest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import ROOT
from plan.workdays import load_calendar
from progress.requests import PAUSE_DAYS, Wish, judge, rests

CALENDAR = load_calendar(ROOT / "data" / "days_vn.toml")
DUE = date(2020, 1, 30)
DAYS = st.dates(date(2019, 12, 1), date(2020, 12, 1))


@pytest.mark.parametrize(
    ("due", "wanted", "today", "wish"),
    [
        (DUE, date(2020, 2, 15), date(2020, 1, 20), Wish.FINE),
        (DUE, DUE, date(2020, 1, 20), Wish.NOT_LATER),
        (DUE, date(2020, 1, 31), date(2020, 1, 31), Wish.PAST),
        (DUE, date(2020, 2, 1), date(2020, 1, 31), Wish.FINE),
    ],
)
def test_a_new_deadline_is_later_and_ahead(due: date, wanted: date, today: date, wish: Wish) -> None:
    assert judge(due, wanted, today) is wish


@given(DAYS, DAYS)
def test_reminders_rest_for_so_many_working_days_and_no_longer(asked: date, today: date) -> None:
    if today < asked:
        return
    worked = sum(CALENDAR.is_working(asked + timedelta(days=n)) for n in range(1, (today - asked).days + 1))
    assert rests(CALENDAR, asked, today) == (worked < PAUSE_DAYS)


def test_days_off_do_not_use_up_the_rest() -> None:
    # From the day before Tết: the 30th is the first working day, the 31st the second.
    assert rests(CALENDAR, date(2020, 1, 22), date(2020, 1, 30))
    assert not rests(CALENDAR, date(2020, 1, 22), date(2020, 1, 31))
