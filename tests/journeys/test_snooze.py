"""An officer puts a reminder off: one extra message, the ladder whole, never past the deadline."""

from sqlmodel import select

from sandbox.phone import Phone, text_of
from sandbox.world import World
from store.tables import Delivery, Reminder
from store.types import DeliveryKind
from tests.conftest import MakeWorld
from tests.journeys.test_requests import owed as row_of


def days_told(phone: Phone, world: World) -> list[str]:
    """The local days on which a message named 2b as an item."""
    return [f"{world.service.office.local(world.now):%d/%m}" for message in phone.unread if "2b · " in text_of(message)]


def test_the_button_under_the_digest_adds_one_message_and_the_series_stays_whole(make_world: MakeWorld) -> None:
    """R20: the same days with and without a snooze, but for the day that was asked for."""
    told: dict[bool, list[str]] = {}
    for snoozed in (False, True):
        world = make_world(2020, 1, 2, 7, 0)
        lan = world.officer("Lan", "sondung")
        world.at(2020, 1, 2, 7, 30)
        lan.forgets()
        world.at(2020, 1, 14, 7, 30)
        lan.expects("2b · còn")
        lan.expects_buttons("Đã xong", "Vướng mắc", "Nhắc sau", "Đã nhận việc", "Đang thực hiện")
        if snoozed:
            lan.taps("Nhắc sau").expects("việc 2b khi nào", "30/01/2020").expects_buttons(
                "Sáng mai", "Sáng thứ Hai, 20/01"
            )
            lan.taps("Sáng mai").expects("thứ Tư, 15/01/2020, lúc 07:30").is_silent()
        told[snoozed] = []
        # Up to the eve of Tết, one day of it, and the days of the last two steps.
        for day in (15, 16, 17, 20, 21, 22, 23, 28, 30, 31):
            for hour in (7, 14):
                lan.forgets()
                world.at(2020, 1, day, hour, 30)
                told[snoozed] += days_told(lan, world)
        with world.service.store.look() as session:
            steps = [row.step for row in session.exec(select(Reminder).where(Reminder.obligation_id == owed(world)))]
        assert steps == ["-15", "-7", "-3", "-1", "0", "+1"]
    assert told[True] == sorted([*told[False], "15/01"])


def owed(world: World) -> int:
    """The row of 2b of Sơn Dung."""
    return row_of(world).id or 0


def test_done_before_then_nothing_comes(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/nhaclai 2b sáng mai").expects("Sẽ nhắc thêm việc 2b vào sáng thứ Sáu, 03/01/2020")
    lan.says("/done 2b.1").forgets()
    world.at(2020, 1, 3, 7, 30)
    lan.is_silent()


def test_what_the_days_digest_says_anyway_is_not_said_twice(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    # The step of three working days before: 20 January.
    world.at(2020, 1, 16, 9, 0)
    lan.forgets().says("/snooze 2b thứ hai").expects("thứ Hai, 20/01/2020").is_silent()
    world.at(2020, 1, 20, 7, 30)
    assert sum("2b · " in text_of(message) for message in lan.unread) == 1
    lan.expects("Tin tự động").is_silent()


def test_a_later_wish_moves_it(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.forgets().says("/nhaclai 2b mai").says("/nhaclai 2b 7/1").expects("03/01").expects("07/01/2020").is_silent()
    world.at(2020, 1, 3, 7, 30)
    lan.forgets()
    world.at(2020, 1, 7, 7, 30)
    lan.expects("Nhắc lại theo đề nghị của đồng chí", "2b · còn").taps("Đã xong").expects("Đã ghi nhận 2b").is_silent()


def test_a_day_is_said_as_people_say_it(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 13, 9, 0)
    lan.forgets().says("/nhaclai 2b thứ hai tuần sau").expects("sáng thứ Hai, 20/01/2020").is_silent()
    lan.says("/nhaclai 2b ngày kia").expects("sáng thứ Tư, 15/01/2020").is_silent()
    lan.says("/nhaclai 2b thừ sáu này").expects("sáng thứ Sáu, 17/01/2020").is_silent()
    lan.says("/nhaclai 2b chiều nay").expects("Ngày 13/01/2020 đã qua hoặc là hôm nay").is_silent()


def test_it_waits_for_the_window_and_a_working_day(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.forgets().says("/nhaclai 2b chủ nhật").expects("thứ Hai, 06/01/2020")
    world.at(2020, 1, 5, 9, 0)
    lan.forgets()
    world.at(2020, 1, 6, 6, 0)
    lan.is_silent()
    world.at(2020, 1, 6, 7, 30)
    lan.expects("Nhắc lại").is_silent()


def test_never_past_the_deadline_and_what_is_not_clear_is_asked(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/nhaclai 2b 15/2").expects("hạn 30/01/2020", "không nhắc lại muộn hơn").expects_buttons(
        "Sáng mai", "Sáng thứ Hai, 06/01"
    )
    lan.says("/nhaclai 2b bữa nào đó").expects("Chưa rõ «bữa nào đó»").says("/nhaclai 2b 1/1").expects(
        "01/01/2020 đã qua"
    )
    lan.says("/nhaclai").expects("việc nào").says("2b").expects("việc 2b khi nào").is_silent()
    world.at(2020, 2, 4, 9, 0)
    lan.forgets().says("/nhaclai 2b.1 mai").expects("đã quá hạn 30/01/2020").is_silent()
    with world.service.store.look() as session:
        assert session.exec(select(Delivery).where(Delivery.kind == DeliveryKind.SNOOZE)).all() == []


def test_a_wish_for_a_far_day_keeps_no_reminder_back(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0)
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 9, 0)
    lan.says("/nhaclai 2b 21/01").forgets()
    world.at(2020, 1, 14, 7, 30)
    lan.expects("Tin tự động", "2b · còn 7 ngày làm việc")
    lan.forgets()
    world.at(2020, 1, 21, 7, 30)
    assert any("2b · " in text_of(message) for message in lan.unread)
