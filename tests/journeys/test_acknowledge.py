"""Received is not done: the early reminders rest, the last two come, and what is late is never quiet."""

from datetime import date, timedelta

from sqlmodel import select

from sandbox.phone import Phone, text_of
from sandbox.world import World
from store.tables import Obligation, ObligationEvent, Reminder


def days_with_2b(world: World, phone: Phone, first: date, last: date) -> list[date]:
    """The days on which the phone is reminded of 2b."""
    heard = []
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        world.at(day.year, day.month, day.day, 7, 30)
        if any("2b ·" in text_of(message) for message in phone.unread):
            heard.append(day)
        phone.forgets()
    return heard


def events(world: World, kind: str) -> int:
    """How often something happened to 2b of Sơn Dung."""
    with world.service.store.look() as session:
        query = select(ObligationEvent).join(Obligation).where(ObligationEvent.kind == kind)
        return len(session.exec(query.where(Obligation.milestone == "2b.1", Obligation.agency_id == "sondung")).all())


def test_the_button_under_the_digest_quiets_the_early_steps_and_the_last_two_come(world: World) -> None:
    lan, mua = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    world.at(2020, 1, 2, 7, 30)
    mua.forgets()
    lan.expects("2b").expects_buttons("Đã xong", "Vướng mắc", "Nhắc sau", "Đã nhận việc", "Đang thực hiện")
    lan.taps("Đã nhận việc").expects("UBND xã Sơn Dung đã nhận việc 2b", "Tin nhắc tiếp theo: 20/01/2020").is_silent()
    lan.taps("Đã nhận việc").expects("đã nhận việc 2b").is_silent()
    assert events(world, "acknowledged") == 1
    assert days_with_2b(world, lan, date(2020, 1, 3), date(2020, 2, 1)) == [
        date(2020, 1, 20),  # ten working days have passed: the next step of the ladder speaks
        date(2020, 1, 22),
        date(2020, 1, 30),
        date(2020, 1, 31),
    ]
    with world.service.store.look() as session:
        steps = {row.step: row.skipped for row in session.exec(select(Reminder).where(Reminder.person_id == 1))}
    assert "-7" not in steps
    assert set(steps.values()) == {""}


def test_progress_renews_it_and_its_own_agency_only_is_quiet(world: World) -> None:
    lan, mua = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    lan.says("/nhan 2b").expects(
        "đã nhận việc 2b", "Tin nhắc tiếp theo: 20/01/2020", "Nếu đến 16/01/2020 chưa có tiến độ"
    )
    assert days_with_2b(world, mua, date(2020, 1, 2), date(2020, 1, 15)) == [date(2020, 1, 2), date(2020, 1, 14)]
    lan.is_silent().says("/tiendo 2b đang lấy ý kiến").expects("Đã ghi tiến độ")
    assert days_with_2b(world, lan, date(2020, 1, 16), date(2020, 1, 31)) == [
        date(2020, 1, 22),
        date(2020, 1, 30),
        date(2020, 1, 31),
    ]


def test_plain_words_a_reply_and_the_alias_say_the_same(world: World) -> None:
    lan, mua, boss = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua"), world.admin("Hoa")
    world.at(2020, 1, 2, 7, 30)
    boss.forgets()
    lan.expects("2b").says("Đã nhận việc", reply_to="Tin tự động").expects("đã nhận việc 2b")
    lan.says("/ack 1e").expects("đã nhận việc 1e").is_silent()
    mua.forgets().says("đã nhận việc 2b").expects("UBND xã Sơn Mùa đã nhận việc 2b").is_silent()
    mua.says("/nhan 1c").expects("không phải việc của đơn vị đồng chí").is_silent()
    boss.says("/nhan 2b").expects("Lệnh này dành cho").is_silent()


def test_what_is_done_or_late_is_not_made_quiet(world: World) -> None:
    lan, mua = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    lan.says("/done 2b").expects("Đã ghi nhận 2b").says("/nhan 2b.1").expects("không cần báo thêm").is_silent()
    world.at(2020, 1, 31, 9, 0)
    mua.forgets().says("/nhan 2b").expects("Tin nhắc tiếp theo: 07/02/2020").is_silent()
    assert "trở lại" not in mua.last
    assert days_with_2b(world, mua, date(2020, 2, 1), date(2020, 2, 10)) == [date(2020, 2, 7)]
