"""After the deadline: the officer, once the head, once the admins, and nobody once it is answered or extended."""

from datetime import date

from sqlmodel import select

from plan.people import Role
from plan.status import EventKind
from sandbox.phone import Phone, text_of
from sandbox.world import World
from store import obligations
from store.obligations import NewEvent
from store.tables import Obligation


def said_to(world: World, phone: Phone, *days: tuple[int, int], piece: str, hour: int = 9) -> list[tuple[int, int]]:
    """The days on which a phone gets a message with a piece; the clock passes through all of them."""
    heard = []
    for month, day in days:
        phone.forgets()
        world.at(2020, month, day, hour, 0)
        if any(piece in text_of(each) for each in phone.unread):
            heard.append((month, day))
    return heard


FEBRUARY = [(1, 30), (1, 31), *((2, day) for day in range(3, 15))]


def test_the_head_hears_once_on_the_first_working_day_after_with_the_days_of_the_reminders(world: World) -> None:
    world.officer("Lan", "sondung")
    head = world.officer("Bình", "sondung", role=Role.HEAD)
    for day in (2, 14, 20, 22, 30):
        world.at(2020, 1, day, 9, 0)
    head.forgets()
    world.at(2020, 1, 31, 7, 30)
    head.expects(
        "Kính gửi đồng chí Bình: việc 2b của UBND xã Sơn Dung đã quá hạn 1 ngày làm việc",
        "hệ thống đã gửi tin nhắc cán bộ đầu mối các ngày 02/01, 14/01, 20/01, 22/01, 30/01, 31/01.",
    ).is_silent()
    assert said_to(world, head, *FEBRUARY[2:], piece="Kính gửi đồng chí Bình: việc 2b") == []


def test_the_admins_have_one_list_on_the_third_working_day(world: World) -> None:
    boss = world.admin("Hoa")
    assert said_to(world, boss, *FEBRUARY, piece="Quá hạn từ 3 ngày làm việc") == [(2, 4)]


def test_the_admins_list_names_every_agency_once(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b")
    boss.forgets()
    world.at(2020, 2, 4, 9, 0)
    told = "\n".join(text_of(each) for each in boss.unread if "Quá hạn từ 3" in text_of(each))
    of_2b = told.partition("2b · quá hạn 3 ngày làm việc (hạn 30/01/2020)")[2].partition("\n\n")[0]
    assert "\n22 đơn vị: VP HĐND&UBND, " in of_2b
    assert "Xã Sơn Dung" not in told


def test_it_stops_with_the_answer_and_waits_for_a_new_date(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    head, other = world.officer("Bình", "sondung", role=Role.HEAD), world.officer("Tú", "sonlong", role=Role.HEAD)
    world.officer("Nga", "sonlong")
    lan.says("/done 2b")
    with world.service.store.unit() as session:
        row = session.exec(
            select(Obligation).where(Obligation.milestone == "2b.1", Obligation.agency_id == "sonlong")
        ).one()
        obligations.record(
            session,
            row,
            NewEvent(EventKind.EXTENDED, world.now, via="test", due=date(2020, 2, 12), note="x"),
            world.now,
        )
    until = [day for day in FEBRUARY if day <= (2, 12)]
    assert said_to(world, other, *until, piece="quá hạn") == []
    assert not any("quá hạn" in text_of(each) for each in head.unread)
    lists = [text_of(each) for each in boss.unread if "Quá hạn từ" in text_of(each)]
    assert "21 đơn vị" in lists[0]
    assert "Sơn Dung" not in lists[0]
    other.forgets()
    world.at(2020, 2, 13, 9, 0)
    other.expects("việc 2b của UBND xã Sơn Long đã quá hạn 1 ngày").is_silent()


def test_on_mondays_the_head_reads_a_list_and_no_second_message(world: World) -> None:
    lan, head = world.officer("Lan", "taichinh"), world.officer("Bình", "taichinh", role=Role.HEAD)
    world.at(2020, 1, 6, 8, 0)
    head.is_silent()
    lan.says("/vuongmac 5 chờ hướng dẫn của tỉnh")
    # The 30th is late after itself, a Thursday; the plan's task 5 is due on Tuesday, 30 June.
    for day in (1, 8, 15, 22):
        world.at(2020, 6, day, 8, 0)
    head.forgets()
    world.at(2020, 6, 29, 7, 59)
    head.is_silent()
    world.at(2020, 6, 29, 8, 0)
    head.expects(
        "Kính gửi đồng chí Bình: việc của Phòng Tài chính - Kế hoạch cần lưu ý – tuần từ 29/06/2020 đến 05/07/2020",
        "Quá hạn",
        "Đến hạn trong tuần",
        "5 · còn 1 ngày làm việc (hạn 30/06/2020)",
        "Vướng mắc: chờ hướng dẫn của tỉnh",
    ).is_silent()
    world.at(2020, 6, 30, 9, 0)
    head.is_silent()
    world.at(2020, 7, 1, 9, 0)
    head.expects("Kính gửi đồng chí Bình: việc 5 của Phòng Tài chính - Kế hoạch đã quá hạn 1 ngày làm việc").is_silent()


def test_what_becomes_late_on_a_monday_stands_in_the_list(world: World) -> None:
    head, _ = world.officer("Bình", "tuphap", role=Role.HEAD), world.officer("Tư", "tuphap")
    for day in (14, 20, 22):
        world.at(2020, 1, day, 9, 0)
    # Friday 31 January was the day after the deadline; the messages of that day did not get through.
    head.forgets()
    world.at(2020, 2, 3, 7, 40)
    head.is_silent()
    world.at(2020, 2, 3, 8, 0)
    head.expects("Quá hạn", "2b · quá hạn 2 ngày làm việc").is_silent()
    world.at(2020, 2, 4, 9, 0)
    head.is_silent()
    head.says("/done 2b").expects("Đã ghi nhận 2b – Phòng Tư pháp")
