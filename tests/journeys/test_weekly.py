"""The summary that comes into the group by itself once a week, on the weekday that is set, and never twice."""

from datetime import date

import pytest
from sqlmodel import select

from plan.weekly import WEEKDAYS, nominal_day, sending_day
from plan.workdays import load_calendar
from sandbox.phone import Phone, text_of
from sandbox.telegram_api.values import Fault
from sandbox.world import GROUP, World
from store import audit
from store.tables import Delivery
from tests.conftest import MakeWorld
from words.render import weekday


def mornings(world: World, group: Phone, *days: int, month: int = 1, hour: int = 8) -> list[tuple[str, int]]:
    """The weekday by its name, and the day, of each summary that comes by itself."""
    heard = []
    for day in days:
        group.forgets()
        world.at(2020, month, day, hour, 0)
        if any(text_of(each).startswith("Tổng hợp") for each in group.unread):
            heard.append((weekday(date(2020, month, day)), day))
    return heard


def test_it_comes_on_the_weekday_of_its_name_in_words_and_as_a_picture(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan)
    world.at(2020, 1, 6, 7, 59)
    group.is_silent()
    lan.says("/done 2b")
    world.at(2020, 1, 6, 8, 0)
    with world.service.store.look() as session:
        count, head = audit.head(session)
    # Whoever can write the database cannot write what stands in the group.
    told = f"Nhật ký quản trị đến nay: {count} dòng, mã nhật ký {head[:16]}."
    group.expects("Tổng hợp CCHC 2020 – đến 08:00 ngày 06/01/2020", "139 đầu việc có thời hạn", "đúng hạn: 1", told)
    group.expects_photo("Tổng hợp CCHC 2020 đến 08:00").is_silent()
    world.at(2020, 1, 6, 14, 0)
    group.is_silent()
    # Monday the 27th is Tết: the first working day of its week is Thursday.
    assert mornings(world, group, *range(7, 32)) == [("thứ Hai", 13), ("thứ Hai", 20), ("thứ Năm", 30)]


def test_another_weekday_and_hour_may_be_set(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, weekly_day="Friday", weekly_at="14:00")
    group = world.group(world.admin("Hoa"))
    assert mornings(world, group, 3, hour=8) == []
    assert mornings(world, group, *range(3, 12), hour=14) == [("thứ Sáu", 3), ("thứ Sáu", 10)]


@pytest.mark.parametrize("name", WEEKDAYS)
def test_every_weekday_is_the_one_of_its_name(name: str) -> None:
    vietnamese = dict(
        zip(WEEKDAYS, ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"), strict=True)
    )
    for day in range(1, 29):
        nominal = nominal_day(name, date(2020, 6, day))
        assert weekday(nominal) == vietnamese[name]
        assert 0 <= (date(2020, 6, day) - nominal).days < 7


def test_a_week_without_a_working_day_has_none() -> None:
    calendar = load_calendar('[years.2020]\noff = [{ first = 2020-06-08, last = 2020-06-14, name = "Nghỉ bão" }]\n')
    assert sending_day("monday", calendar, date(2020, 6, 10)) is None
    assert sending_day("monday", calendar, date(2020, 6, 15)) == date(2020, 6, 15)


def test_after_downtime_it_comes_in_the_same_week_and_once(world: World) -> None:
    group = world.group(world.admin("Hoa"))
    world.at(2020, 1, 3, 16, 0)
    group.forgets()
    world.stop()
    # Monday the 6th and all of the week of the 13th's Monday pass.
    world.now = world.now.replace(day=15, hour=2)
    world.start()
    world.settle()
    group.expects("đến 09:00 ngày 15/01/2020").expects_photo("Tổng hợp").is_silent()
    for _ in range(3):
        world.stop()
        world.start()
        world.later(hours=5)
    group.is_silent()


def test_a_group_that_was_linked_after_the_moment_waits_for_the_next_week(world: World) -> None:
    world.at(2020, 1, 7, 9, 0)
    group = world.group(world.admin("Hoa"))
    assert mornings(world, group, 7, 8, 9, 10, 13, hour=10) == [("thứ Hai", 13)]


def test_a_report_that_fails_is_tried_again(world: World) -> None:
    boss = world.admin("Hoa")
    group = world.group(boss)
    world.at(2020, 1, 3, 9, 0)
    world.platform.faults.append(Fault("429", "sendMessage", GROUP, times=1, retry_after=3600))
    world.at(2020, 1, 6, 8, 0)
    group.is_silent()
    with world.service.store.look() as session:
        row = session.exec(select(Delivery).where(Delivery.occasion == "weekly", Delivery.page == 1)).one()
    assert (row.state, row.attempts) == ("due", 1)
    assert "retry later" in row.last_error
    world.at(2020, 1, 6, 9, 2)
    group.expects("Tổng hợp CCHC 2020").expects_photo("Tổng hợp").is_silent()


def test_a_report_that_cannot_arrive_is_on_the_admins_list(world: World) -> None:
    boss = world.admin("Hoa")
    world.group(boss)
    world.at(2020, 1, 3, 9, 0)
    boss.forgets()
    world.platform.faults.append(Fault("403", "sendMessage", GROUP, times=100))
    world.at(2020, 1, 6, 8, 0)
    assert any("Tin không gửi được" in text_of(each) and "CCHC Sơn Tây" in text_of(each) for each in boss.unread)
