"""A deadline in the year 9999: typed by mistake, or to stop an agency's reminders."""

from datetime import date

import pytest

from plan.workdays import Calendar
from sandbox.world import World
from store import obligations
from words import dates

END = date.max


@pytest.mark.parametrize("typed", ["31/12/9999", "1/1/0001", "31/12/2101", "9999-12-31"])
def test_it_is_no_day(typed: str) -> None:
    assert dates.read_day(typed, date(2020, 1, 2)) is None


@pytest.mark.parametrize("typed", ["31/12/9999", "đến 31/12/9999 do thiếu người", "31/12/2101"])
def test_it_is_no_day_in_a_sentence(typed: str) -> None:
    assert dates.find_day(typed, date(2020, 1, 2)).day is None


@pytest.mark.parametrize("day", [date.min, END])
def test_the_calendar_has_an_answer_for_every_day(day: date) -> None:
    calendar, today = Calendar(), date(2020, 1, 2)
    assert calendar.anchor(day)
    assert calendar.late_after(day)
    assert calendar.shift(day, 15)
    assert calendar.shift(day, -15)
    assert (calendar.distance(today, day) > 0) == (day > today)


def test_neither_an_officer_nor_an_admin_can_set_one(world: World) -> None:
    lan, admin = world.officer("Lan", "sondung"), world.admin("Hoa")
    admin.forgets()
    lan.says("/giahan 2b 31/12/9999 chờ hướng dẫn").expects("31/12/9999").forgets()
    lan.says("/giahan 2b 31/12/2030 chờ hướng dẫn").expects("quá xa", "31/12/2022")
    admin.is_silent()
    admin.says("/datngay 1b 31/12/2030 căn cứ QĐ 1").expects("quá xa")
    admin.says("/giaoviec tuphap 31/12/2030 nội dung; căn cứ QĐ 1").expects("quá xa")


def test_one_that_stands_in_the_record_stops_nobody_elses_reminders(world: World) -> None:
    lan, admin = world.officer("Lan", "sondung"), world.admin("Hoa")
    with world.service.store.unit() as session:
        row = next(each for each in obligations.of_agencies(session, ["sondung"]) if each.task == "2h")
        row.due = END
        session.add(row)
    lan.forgets()
    world.at(2020, 1, 14, 7, 30)
    lan.expects("2b")
    admin.forgets()
    admin.says("/tonghop").expects("Tổng hợp").forgets()
    admin.says("/bieudo sondung").expects("Sơn Dung")
