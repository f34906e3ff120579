"""The office's days and hours at an instant."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from plan.loader import load
from plan.status import Standing, State
from plan.workdays import load_calendar
from words import catalogue
from words.office import Office

DATA = Path(__file__).parents[2] / "data"
# 24:00 of 30 January in the office.
MIDNIGHT = datetime(2020, 1, 30, 17, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
DUE = date(2020, 1, 30)


@pytest.fixture(scope="module")
def office() -> Office:
    plan = load(DATA / "plan_2020.json")
    return Office({plan.id: plan}, load_calendar(DATA / "days_vn.toml"), catalogue.load(DATA / "texts_vi.toml"))


def test_a_day_is_the_offices_from_midnight_to_midnight(office: Office) -> None:
    noon = datetime(2020, 1, 30, 5, 12, 34, 56, tzinfo=UTC)
    assert office.day_of(noon) == (MIDNIGHT - timedelta(days=1), MIDNIGHT)
    assert office.day_of(MIDNIGHT)[0] == MIDNIGHT
    assert [office.today(each) for each in (MIDNIGHT - MOMENT, MIDNIGHT)] == [DUE, date(2020, 1, 31)]


def test_an_answer_is_in_time_until_midnight_of_the_office(office: Office) -> None:
    assert [office.in_time(DUE, each) for each in (MIDNIGHT - MOMENT, MIDNIGHT)] == [True, False]
    assert office.in_time(None, MIDNIGHT) is None
    answered = [Standing(State.DONE, DUE, each) for each in (MIDNIGHT - MOMENT, MIDNIGHT)]
    assert [office.lateness(each, DUE).is_late for each in answered] == [False, True]


def test_messages_leave_in_the_windows_of_a_working_day(office: Office) -> None:
    def at(day: int, hour: int, minute: int = 0) -> bool:
        return office.may_send(datetime(2020, 1, day, hour, minute, tzinfo=office.zone))

    assert [at(20, 7, 29), at(20, 7, 30), at(20, 10, 29), at(20, 10, 30)] == [False, True, True, False]
    assert [at(20, 13, 29), at(20, 13, 30), at(20, 16, 30), at(18, 9)] == [False, True, False, False]
