"""Late, returned, in time: the one rule, case by case and over any day."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.lateness import Lateness, days_left, in_time, lateness
from plan.status import Judgement, Standing, State
from plan.workdays import load_calendar

CALENDAR = load_calendar(Path("data/days_vn.toml"))
DUE = date(2020, 1, 30)  # a Thursday; the days before it are Tết
SATURDAY = date(2020, 2, 15)
DAYS = st.dates(date(2019, 12, 1), date(2020, 6, 30))


def on(day: date) -> datetime:
    """Some instant of a day, which `found` reads without a zone."""
    return datetime.combine(day, time(12), UTC)


def found(standing: Standing, today: date) -> Lateness:
    return lateness(standing, CALENDAR, today, datetime.date)


def still_open(due: date | None = DUE, **what: Any) -> Standing:
    return Standing(State.OPEN, due)._replace(**what)


def returned(kept: date, back: date, **what: Any) -> Standing:
    return still_open(kept_at=on(kept), returned_at=on(back), **what)


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2020, 1, 13), Lateness(days_left=8)),
        (date(2020, 1, 14), Lateness(days_left=7)),
        (date(2020, 1, 22), Lateness(days_left=1)),
        (DUE, Lateness(days_left=0)),
        (date(2020, 1, 31), Lateness(is_late=True, days_late=1)),
        # Late all the same on the days off after it, by the working days that have passed.
        (date(2020, 2, 1), Lateness(is_late=True, days_late=1)),
        (date(2020, 2, 7), Lateness(is_late=True, days_late=6)),
    ],
)
def test_what_is_open_is_judged_by_today(today: date, wanted: Lateness) -> None:
    assert found(still_open(), today) == wanted


def test_a_deadline_on_a_day_off_is_kept_on_the_next_working_day() -> None:
    late = [found(still_open(SATURDAY), date(2020, 2, day)) for day in (14, 15, 16, 17, 18)]
    assert [each.is_late for each in late] == [False, False, False, False, True]
    assert [each.days_left for each in late] == [0, 0, 0, 0, None]
    friday = found(still_open(date(2020, 2, 14)), SATURDAY)
    assert (friday.is_late, friday.days_late, friday.days_left) == (True, 0, None)


def test_near_is_seven_working_days_and_no_more() -> None:
    assert [found(still_open(), date(2020, 1, day)).is_near for day in (13, 14, 30, 31)] == [False, True, True, False]


@pytest.mark.parametrize("state", [State.DONE, State.IN_REVIEW, State.AT_HEAD, State.UNPROVEN])
def test_an_answer_is_judged_by_its_moment_whatever_the_day(state: State) -> None:
    for today in (date(2020, 2, 3), date(2020, 12, 1)):
        in_its_time = Standing(state, DUE, on(DUE))
        assert found(in_its_time, today) == Lateness()
        assert found(in_its_time._replace(done_at=on(date(2020, 2, 4))), today) == Lateness(is_late=True, days_late=3)


def test_an_answer_in_time_that_was_returned_is_never_late() -> None:
    standing = returned(DUE, date(2020, 2, 3))
    assert [found(standing, day) for day in (date(2020, 2, 3), date(2020, 2, 4), date(2020, 2, 28))] == [
        Lateness(days_returned=0), Lateness(days_returned=1), Lateness(days_returned=19)
    ]  # fmt: skip
    early = returned(date(2020, 1, 6), date(2020, 1, 8))
    assert found(early, date(2020, 1, 10)) == Lateness(days_left=9, days_returned=2)
    assert found(early, date(2020, 2, 10)).is_returned
    assert not found(early, date(2020, 2, 10)).is_late


def test_an_answer_that_came_late_and_was_returned_is_late_as_if_there_were_none() -> None:
    late = returned(date(2020, 1, 31), date(2020, 2, 3))
    assert found(late, date(2020, 2, 7)) == found(still_open(), date(2020, 2, 7)) == Lateness(is_late=True, days_late=6)


def test_what_an_admin_decided_about_an_answer_holds_after_its_return() -> None:
    today, came = date(2020, 2, 10), date(2020, 2, 4)
    answered = Standing(State.DONE, DUE, on(came), judged=Judgement.IN_TIME)
    assert found(answered, today) == Lateness()
    assert found(returned(came, date(2020, 2, 6), judged=Judgement.IN_TIME), today) == Lateness(days_returned=2)
    assert found(answered._replace(judged=Judgement.LATE), today) == Lateness(is_late=True, days_late=3)
    in_its_time = answered._replace(done_at=on(DUE), judged=Judgement.LATE)
    assert found(in_its_time, today) == Lateness(is_late=True)
    assert found(returned(DUE, date(2020, 2, 6), judged=Judgement.LATE), today).is_late
    # Without an answer there is nothing that it was decided about.
    assert found(still_open(judged=Judgement.IN_TIME), today).is_late


def test_while_it_is_not_decided_whether_it_counts_it_is_not_late() -> None:
    today = date(2020, 2, 4)
    flagged = Lateness(is_flagged=True, days_late=3)
    assert found(still_open(judged=Judgement.FLAGGED), today) == flagged
    assert found(Standing(State.DONE, DUE, on(today), judged=Judgement.FLAGGED), date(2020, 3, 2)) == flagged
    assert found(returned(today, today, judged=Judgement.FLAGGED), today) == flagged
    assert flagged.days == -3
    extended = still_open(date(2020, 2, 10), judged=Judgement.FLAGGED)
    assert found(extended, today) == Lateness(days_left=4)


def test_without_a_date_nothing_is_late_and_a_return_is_counted() -> None:
    assert found(still_open(None), DUE) == Lateness()
    assert found(returned(DUE, date(2020, 2, 3), due=None), date(2020, 2, 5)) == Lateness(days_returned=2)


@pytest.mark.parametrize("state", [State.SUSPENDED, State.ENDED, State.CLOSED, State.RETIRED])
def test_what_is_set_aside_is_never_late(state: State) -> None:
    assert found(Standing(state, DUE), date(2020, 12, 1)) == Lateness()


@given(DAYS, DAYS)
def test_late_days_and_days_left_never_meet(today: date, due: date) -> None:
    each = found(still_open(due), today)
    assert each.is_late == (in_time(due, CALENDAR, today) is False) == (days_left(due, CALENDAR, today) is None)
    assert each.is_late == (today > CALENDAR.late_after(due))
    assert (each.days_late > 0) == (CALENDAR.distance(CALENDAR.late_after(due), today) > 0)


@given(DAYS, DAYS, DAYS, DAYS)
def test_returned_and_late_exclude_each_other(today: date, due: date, kept: date, back: date) -> None:
    each = found(returned(kept, back, due=due), today)
    assert not (each.is_returned and each.is_late)
    assert each.is_returned == (kept <= CALENDAR.late_after(due))
