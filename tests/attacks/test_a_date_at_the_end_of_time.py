"""A deadline in the year 9999: typed by mistake, or to stop an agency's reminders."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from plan.workdays import Calendar
from sandbox.phone import text_of
from sandbox.world import World
from scheduler import unreckoned
from store import obligations
from store.tables import Delivery
from words import dates

END = date.max


@pytest.mark.parametrize("typed", ["31/12/9999", "1/1/0001", "31/12/2201", "9999-12-31"])
def test_it_is_no_day(typed: str) -> None:
    assert dates.read_day(typed, date(2020, 1, 2)) is None


@pytest.mark.parametrize("typed", ["31/12/9999", "đến 31/12/9999 do thiếu người", "31/12/2201"])
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


@dataclass(frozen=True)
class Faulty(Calendar):
    """A calendar that has no answer for one day, as one had none for the last day there is."""

    def anchor(self, day: date) -> date:
        """The last working day until a day."""
        if day == END:
            raise OverflowError("date value out of range")
        return super().anchor(day)


def test_the_admins_are_told_once_a_day_of_what_cannot_be_reckoned(world: World) -> None:
    lan, admin = world.officer("Lan", "sondung"), world.admin("Hoa")
    world.at(2020, 1, 13, 9, 0)
    office, store = world.service.office, world.service.store
    table = office.calendar
    faulty = replace(office, calendar=Faulty(table.off, table.worked, table.years, table.provisional))
    with store.unit() as session:
        row = next(each for each in obligations.of_agencies(session, ["sondung"]) if each.task == "2h")
        row.due = END
        session.add(row)
    for hour, told in ((1, 1), (2, 1), (25, 2)):
        with store.unit() as session:
            session.connection().exec_driver_sql("DELETE FROM setting WHERE key = 'unreckoned_looked'")
            unreckoned.tell(session, faulty, world.now + timedelta(hours=hour))
            query = select(Delivery).where(Delivery.occasion == "unreckoned")
            found = [str(each.body) for each in session.exec(query)]
        assert len(found) == told
    assert "2h" in found[0]
    assert "Xã Sơn Dung: 31/12/9999" in found[0]
    assert "/datngay" in found[0]
    world.later(hours=25)
    assert "chưa được nhắc" in "".join(text_of(each) for each in admin.unread)
    with store.look() as session:
        rows = obligations.all_of(session)
    assert unreckoned.find(office, rows, date(2020, 1, 13)) == []
    lan.forgets()
