"""Reminders as they arrive on phones: on the right days, once, with why, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from plan.people import Role
from plan.status import EventKind
from progress.acts import beginning
from sandbox.phone import text_of
from sandbox.telegram_api.values import Fault, FaultKind
from sandbox.world import World
from scheduler import enqueue, tick
from store import deliveries, obligations
from store.obligations import NewEvent
from store.tables import Delivery, Reminder
from store.types import DeliveryState
from tests.conftest import MakeWorld
from tests.outbox import posted
from words.message import Button, say


def days_with_2b(world: World, *days: tuple[int, int, int]) -> list[date]:
    """The days on which Lan hears of 2b when the clock passes through all of them."""
    lan = world.officer("Lan", "sondung")
    heard = []
    for day in days:
        world.at(*day, 7, 30)
        if any("2b ·" in text_of(message) for message in lan.unread):
            heard.append(date(*day))
        lan.forgets()
    return heard


def test_the_ladder_goes_round_tet(world: World) -> None:
    january = [(2020, 1, day) for day in range(2, 32)] + [(2020, 2, day) for day in range(1, 11)]
    assert days_with_2b(world, *january) == [
        date(2020, 1, 2),
        date(2020, 1, 14),
        date(2020, 1, 20),
        date(2020, 1, 22),
        date(2020, 1, 30),
        date(2020, 1, 31),
        date(2020, 2, 7),
    ]


def test_nothing_leaves_before_the_first_minute_or_on_a_day_off(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 29)
    lan.is_silent()
    world.at(2020, 1, 4, 9, 0)
    lan.is_silent()
    world.at(2020, 1, 6, 11, 0)
    lan.is_silent()
    world.at(2020, 1, 6, 13, 30)
    lan.expects("còn 13 ngày làm việc").expects("Việc đơn vị phối hợp").is_silent()


def test_time_alone_makes_something_due_at_each_fifth_minute_and_at_the_hours_of_the_office(world: World) -> None:
    office = replace(world.service.office, windows=((time(7, 32), time(10)),), weekly_at=time(8, 3))

    def again(hour: int, minute: int, second: int = 0) -> tuple[int, int, int]:
        now = datetime(2020, 1, 6, hour, minute, second, tzinfo=office.zone).astimezone(UTC)
        found = office.local(tick.again(world.service.store, office, now))
        return found.hour, found.minute, found.second

    assert again(7, 29, 40) == (7, 30, 0)
    assert again(7, 30) == (7, 32, 0)
    assert again(7, 32) == (7, 35, 0)
    assert again(8, 0, 1) == (8, 3, 0)
    assert again(23, 57) == (0, 0, 0)
    # Another worker's message is in doubt as soon as its lease is over.
    world.officer("Lan", "sondung").says("/viec")
    with world.service.store.unit() as session:
        row = session.exec(select(Delivery)).first()
        assert row is not None
        row.state, row.lease_until = DeliveryState.SENDING, datetime(2020, 1, 6, 2, 1, 30, tzinfo=UTC)
        session.add(row)
    assert again(9, 0) == (9, 1, 30)
    assert again(9, 1, 30) == (9, 5, 0)


def test_a_step_that_fails_has_another_turn_within_a_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2020, 1, 6, 9, 0, 20, tzinfo=world.service.office.zone)
    assert tick.steps(world.service.store, world.service.office, now) - now == timedelta(minutes=4, seconds=40)

    def fails(*_: object) -> None:
        raise OSError("of the test")

    monkeypatch.setattr(enqueue, "digests", fails)
    assert tick.steps(world.service.store, world.service.office, now) - now == timedelta(seconds=40)


def test_what_is_done_is_not_reminded_of_even_when_the_digest_is_made(world: World) -> None:
    lan, mua = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    tam, minh = world.officer("Tâm", "sontinh"), world.officer("Minh", "sontinh")
    chi = world.officer("Chi", "sonlong")
    lan.says("/done 2b").expects("Đã ghi nhận")
    # Made when it was due, held back by the platform, and answered by a colleague before it is let through.
    for phone in (tam, chi):
        world.platform.faults.append(Fault("429", "sendMessage", phone.chat, retry_after=600))
    world.at(2020, 1, 2, 7, 30)
    lan.is_silent()
    mua.expects("2b")
    minh.expects("2b").says("/done 2b").expects("Đã ghi nhận")
    world.later(minutes=11)
    tam.is_silent()
    chi.expects("2b")


def test_done_between_enqueue_and_send_is_not_sent(world: World) -> None:
    lan, other = world.officer("Lan", "sondung"), world.officer("Mai", "sondung")
    world.now = world.now.replace(hour=0, minute=30)
    tick.tick(world.service.store, world.service.office, world.now)
    other.says("/done 2b").forgets()
    lan.is_silent()
    with world.service.store.look() as session:
        assert {row.state for row in session.exec(select(Delivery).where(Delivery.kind == "digest"))} == {
            DeliveryState.DROPPED
        }


def test_the_same_beat_twice_sends_once(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    for _ in range(3):
        world.at(2020, 1, 2, 7, 30)
        world.stop()
        world.start()
        world.settle()
    lan.expects("2b").is_silent()


def test_somebody_linked_today_gets_one_catch_up(world: World) -> None:
    world.at(2020, 1, 8, 9, 0)
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 9, 7, 30)
    assert "Tin tự động" in lan.last
    lan.forgets()
    world.at(2020, 1, 10, 7, 30)
    lan.is_silent()


def test_off_from_february_to_march_gives_one_digest_each(world: World) -> None:
    boss = world.admin("Hoa")
    officers = [world.officer(f"Cán bộ {agency}", agency) for agency in ("sondung", "tuphap", "vanhoa", "noivu")]
    world.at(2020, 2, 10, 16, 0)
    for phone in (boss, *officers):
        phone.forgets()
    world.stop()
    world.now = world.now.replace(month=3, day=25, hour=0, minute=30)
    world.start()
    world.settle()
    for phone in officers:
        phone.expects("thứ Tư 25/03", "đề nghị gửi lại", "quá hạn").is_silent()
    world.at(2020, 3, 25, 13, 30)
    for phone in officers:
        phone.is_silent()
    with world.service.store.look() as session:
        skipped = session.exec(select(Reminder).where(Reminder.skipped != "")).all()
    assert skipped
    assert all(row.skipped.startswith("superseded by") for row in skipped)


def test_after_a_day_off_those_without_a_digest_are_asked_to_send_again_once(world: World) -> None:
    lan, stranger = world.officer("Lan", "sondung"), world.phone("Người lạ")
    world.at(2020, 1, 2, 7, 30)
    lan.forgets()
    world.stop()
    world.now = world.now.replace(day=6)
    world.start()
    world.settle()
    lan.expects("gián đoạn từ 07:30 ngày 02/01/2020", "đề nghị gửi lại").is_silent()
    stranger.is_silent()
    world.at(2020, 1, 6, 14, 0)
    lan.expects("Việc đơn vị phối hợp").is_silent()
    world.at(2020, 1, 7, 14, 0)
    lan.is_silent()


def test_missed_on_its_day_goes_out_on_the_next_with_the_days_that_are_left(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    lan.forgets()
    world.stop()
    world.now = world.now.replace(day=21)
    world.start()
    world.settle()
    lan.expects("còn 2 ngày làm việc").is_silent()


def test_sixty_items_go_over_several_messages_and_none_is_lost(world: World) -> None:
    agencies = ("sondung", "sonlong", "sontan", "sonmua", "sonlien", "sonbua", "tuphap", "noivu")
    lan = world.officer("Lan", *agencies)
    world.at(2020, 4, 1, 7, 30)
    messages = [text_of(message) for message in lan.unread]
    assert len(messages) > 2
    assert all(len(message) <= 4096 for message in messages)
    with world.service.store.look() as session:
        wanted = session.exec(select(Reminder).where(Reminder.skipped == "")).all()
    items = sum(message.count("/xong_") + message.count("/tiendo_") for message in messages)
    assert items == len({row.obligation_id for row in wanted}) > 30
    ages = [
        int(line.split("quá hạn ")[1].split()[0])
        for text in messages
        for line in text.splitlines()
        if "· quá hạn" in line
    ]
    assert ages == sorted(ages, reverse=True)


def test_ongoing_work_is_asked_about_once_a_quarter(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    asked = []
    for day in ((2020, 2, 28), (2020, 3, 2), (2020, 3, 3), (2020, 4, 2), (2020, 6, 1), (2020, 6, 2)):
        lan.forgets()
        world.at(*day, 7, 30)
        if any("mỗi việc một dòng về kết quả quý này" in text_of(message) for message in lan.unread):
            asked.append(day)
    assert asked == [(2020, 3, 2), (2020, 6, 1)]


def test_ongoing_work_closes_with_the_year(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2021, 1, 4, 7, 30)
    lan.forgets().says("/done 2d").expects("đã khép lại")


def test_undated_work_is_never_late_and_is_listed_to_the_admin_once_a_month(world: World) -> None:
    boss, minh = world.admin("Hoa"), world.officer("Chi", "vanphong")
    world.at(2020, 1, 2, 7, 30)
    assert sum("chưa có thời hạn" in text_of(message) for message in boss.unread) == 1
    assert "2f" in "".join(text_of(message) for message in boss.unread)
    boss.forgets()
    world.at(2020, 1, 3, 7, 30)
    assert not any("chưa có thời hạn" in text_of(message) for message in boss.unread)
    world.at(2020, 12, 1, 7, 30)
    assert "2f ·" not in "".join(text_of(message) for message in minh.unread)


def test_agencies_without_anybody_are_told_to_the_admin(world: World) -> None:
    boss = world.admin("Hoa")
    world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    texts = [text_of(message) for message in boss.unread if "Chưa có cán bộ đầu mối" in text_of(message)]
    assert len(texts) == 1
    assert "UBND xã Sơn Long" in texts[0]
    assert "UBND xã Sơn Dung" not in texts[0]


def test_an_old_plan_floods_nobody_until_the_admin_says_how_to_begin(make_world: MakeWorld) -> None:
    world = make_world(2026, 11, 23, 7, 0)
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2026, 11, 23, 7, 30)
    lan.is_silent()
    messages = [text_of(message) for message in world.platform.messages(boss.chat)]
    old = [text for text in messages if "Chưa có ai bị nhắc" in text]
    assert len(old) == 1
    assert "272 việc đã quá hạn" in old[0]  # 139 dated, 133 reports
    world.at(2026, 11, 24, 7, 30)
    lan.is_silent()
    boss.forgets().taps("Không theo dõi phần đã qua").expects("Đã khép lại").is_silent()
    world.at(2026, 11, 25, 7, 30)
    lan.is_silent()
    boss.forgets().says("/begin today cchc-2020").expects("đã được quyết định từ trước")


def test_what_becomes_late_after_an_old_plan_began_is_said_while_the_question_stands(make_world: MakeWorld) -> None:
    world = make_world(2020, 2, 10, 7, 0)
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    head = world.officer("Dũng", "sondung", role=Role.HEAD)
    for day in (10, 11, 17):
        world.at(2020, 2, day, 8, 0)
    # Asked once a week, and to be found where all that waits is.
    asked = [text for each in world.platform.messages(boss.chat) if "Chưa có ai bị nhắc" in (text := text_of(each))]
    assert len(asked) == 2
    boss.forgets().says("/choxuly").expects("chưa chọn nhắc hay khép lại", "/batdau")
    assert "2b" not in "".join(text_of(each) for phone in (lan, head) for each in phone.unread)
    world.at(2020, 3, 10, 7, 30)
    lan.forgets()
    world.at(2020, 3, 11, 7, 30)
    lan.expects("bc (quý I/2020) · quá hạn 1 ngày làm việc")
    boss.forgets().says("/batdau").expects("Chưa có ai bị nhắc").taps("Nhắc từ hôm nay").expects("nhắc cả")
    boss.forgets().says("/batdau").expects("Không có kế hoạch nào")
    world.at(2020, 3, 12, 7, 30)
    assert "2b" in "".join(text_of(each) for each in lan.unread)


def test_an_old_plan_of_whose_past_nothing_is_open_asks_no_more(make_world: MakeWorld) -> None:
    world = make_world(2020, 2, 10, 7, 0)
    boss = world.admin("Hoa")
    with world.service.store.unit() as session:
        for plan in beginning.undecided(session, world.service.office):
            for row in beginning.past_then(session, world.service.office, plan):
                closed = NewEvent(EventKind.CLOSED, world.now, via="test", note="đã xong trên giấy")
                obligations.record(session, row, closed, world.now)
    world.at(2020, 2, 10, 8, 0)
    world.at(2020, 2, 17, 8, 0)
    assert "Chưa có ai bị nhắc" not in "".join(text_of(each) for each in world.platform.messages(boss.chat))
    boss.forgets().says("/choxuly").expects("Không có gì đang chờ").says("/batdau").expects("Không có kế hoạch nào")


def test_an_old_plan_can_begin_today_with_one_digest(make_world: MakeWorld) -> None:
    world = make_world(2020, 5, 4, 7, 0)
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 5, 4, 7, 30)
    lan.is_silent()
    boss.taps("Nhắc từ hôm nay")
    world.at(2020, 5, 5, 7, 30)
    lan.expects("2b", "quá hạn").is_silent()


def test_one_who_blocked_the_bot_costs_no_further_call_and_the_admin_hears_of_it(world: World) -> None:
    boss, lan, mua = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    world.platform.faults.append(Fault("403", "sendMessage", lan.chat))
    world.at(2020, 1, 2, 7, 30)
    lan.is_silent()
    mua.expects("2b").is_silent()
    assert any("Tin không gửi được" in text_of(message) and "Lan" in text_of(message) for message in boss.unread)
    world.platform.calls.clear()
    world.later(hours=1)
    assert [call for call in world.platform.calls if str(call.params.get("chat_id")) == str(lan.chat)] == []
    # Start again: the reminder that never arrived comes now.
    lan.starts().forgets()
    world.at(2020, 1, 3, 7, 30)
    lan.expects("2b", "còn 14 ngày làm việc").is_silent()


def test_an_answer_lost_on_the_way_repeats_once_with_a_mark(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.faults.append(Fault("accepted_but_lost", "sendMessage", lan.chat))
    world.at(2020, 1, 2, 7, 30)
    world.later(minutes=2)
    lan.expects("2b").expects("có thể trùng", "2b").is_silent()


def test_a_press_on_a_message_in_doubt_settles_it(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.faults.append(Fault("accepted_but_lost", "sendMessage", lan.chat))
    world.now = world.now.replace(hour=0, minute=30)
    tick.tick(world.service.store, world.service.current(), world.now)
    world.run(world._round())
    lan.expects("2b").taps("Đang thực hiện").expects("Đã ghi tiến độ")
    world.later(minutes=10)
    lan.is_silent()


def test_a_reply_to_a_message_in_doubt_settles_it_and_is_understood(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.faults.append(Fault("accepted_but_lost", "sendMessage", lan.chat))
    world.now = world.now.replace(hour=0, minute=30)
    tick.tick(world.service.store, world.service.current(), world.now)
    world.run(world._round())
    lan.expects("2b").sends_photo(reply_to="Tin tự động").expects("Đã ghi nhận 2b")
    world.later(minutes=10)
    lan.is_silent()


def test_trouble_with_one_persons_digest_is_not_the_next_ones(world: World) -> None:
    lan, mua = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    with world.service.store.unit() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER trouble BEFORE INSERT ON reminder WHEN NEW.person_id = 1 "
            "BEGIN SELECT RAISE(ABORT, 'trouble'); END"
        )
    world.at(2020, 1, 2, 7, 30)
    lan.is_silent()
    mua.expects("2b").is_silent()
    with world.service.store.unit() as session:
        session.connection().exec_driver_sql("DROP TRIGGER trouble")
    world.later(minutes=1)
    lan.expects("2b").is_silent()


def test_a_message_that_cannot_be_built_ends_and_the_admin_hears_of_it(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    boss.forgets()
    too_long = say("x", buttons=[[Button("y", "/done " + "đ" * 60)]])
    with world.service.store.unit() as session:
        posted(session, str(lan.chat), too_long, world.now, person_id=1)
    world.later(seconds=1)
    lan.says("/viec")
    assert "Việc chưa hoàn thành" in lan.last
    assert "Tin không gửi được" in boss.last


@pytest.mark.parametrize("kind", ["500", "502html", "drop"])
def test_a_passing_fault_loses_nothing(world: World, kind: FaultKind) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.faults.append(Fault(kind, "sendMessage", lan.chat))
    world.at(2020, 1, 2, 7, 30)
    world.later(minutes=5)
    assert "2b" in lan.last
    with world.service.store.look() as session:
        row = session.exec(select(Delivery).where(Delivery.kind == "digest")).one()
    assert (row.state, row.attempts, row.why) == ("sent", 2, "the day's reminders of 2020-01-02")


def test_too_many_requests_are_obeyed(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.faults.append(Fault("429", "sendMessage", lan.chat, retry_after=1800))
    world.at(2020, 1, 2, 7, 30)
    world.later(minutes=29)
    lan.is_silent()
    world.later(minutes=2)
    lan.expects("2b").is_silent()


def test_a_day_off_that_is_added_later_moves_what_is_open(make_world: MakeWorld, tmp_path: Path) -> None:
    table = Path("data/days_vn.toml").read_text("utf-8")
    days = tmp_path / "days.toml"
    days.write_text(table, "utf-8")
    world = make_world(2020, 1, 2, 7, 0, days_file=days)
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.forgets()
    world.stop()
    new = '  { first = 2020-01-14, name = "Nghỉ thêm" },\n  { first = 2020-01-23'
    days.write_text(table.replace("  { first = 2020-01-23", new), "utf-8")
    world.start()
    world.at(2020, 1, 13, 7, 30)
    lan.expects("còn 7 ngày làm việc").is_silent()
    world.at(2020, 1, 14, 7, 30)
    world.at(2020, 1, 15, 7, 30)
    lan.is_silent()


@pytest.mark.parametrize("first", ["the sender", "the beat"])
def test_a_digest_that_could_not_leave_is_the_next_days_whoever_takes_it_first(world: World, first: str) -> None:
    lan, service = world.officer("Lan", "sondung"), world.service
    zone = service.office.zone
    world.now = datetime(2020, 1, 14, 16, 29, tzinfo=zone).astimezone(UTC)
    assert enqueue.digests(service.store, service.current(), world.now) == 1
    world.now = datetime(2020, 1, 20, 7, 30, tzinfo=zone).astimezone(UTC)
    if first == "the sender":
        world.run(world.sender.step())
    tick.tick(service.store, service.current(), world.now)
    world.settle()
    lan.expects("2b · còn 3 ngày làm việc").is_silent()
    with service.store.look() as session:
        found = session.exec(select(Reminder).where(Reminder.step == "-3")).all()
        assert [each.delivery_id is not None for each in found] == [True]
        assert deliveries.exists(session, enqueue.digest_identity(found[0].person_id, date(2020, 1, 20)))
