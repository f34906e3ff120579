"""Somebody is away: who is told in their place, who may answer, and what they hear when they are back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import select

from plan.people import Role
from sandbox.phone import Phone, text_of
from sandbox.world import World
from scheduler.tick import tick
from store.answer_tables import Submission
from store.people_tables import Address


def named(world: World, phone: Phone, handle: str | None) -> Phone:
    """The same phone, its account called @handle from now on."""
    person = world.platform.people[phone.user]
    person.username = handle
    # Done behind the platform's back: a world that remembers must see that this is no longer the one it knows.
    world.platform.version += 1
    return phone


def number_of(world: World, phone: Phone) -> int:
    """The person's row."""
    with world.service.store.look() as session:
        return session.exec(select(Address).where(Address.user == str(phone.user))).one().person_id


def test_the_colleague_named_by_handle_is_reminded_answers_and_the_one_who_is_back_hears_nothing_twice(
    world: World,
) -> None:
    lan = world.officer("Lan", "sondung")
    mai = named(world, world.officer("Mai", "sonlong"), "mai_sonlong")
    boss = world.admin("Hoa")
    mai.says("/viec").forgets()
    world.at(2020, 1, 13, 9, 0)
    for phone in (lan, mai, boss):
        phone.forgets()
    lan.says("/vangmat 14/1 20/1 @Mai_SonLong").expects(
        "vắng mặt từ 14/01/2020 đến hết ngày 20/01/2020", "Đồng chí Mai ở đơn vị khác, nên chỉ thay khi Phòng Nội vụ"
    ).is_silent()
    mai.is_silent()
    lan.says("/vangmat").expects("đồng chí Mai thay khi được xác nhận")
    boss.expects("Người thay ở đơn vị khác, chờ xác nhận", "Lan", "Mai (Xã Sơn Long)").is_silent()
    boss.says("/choxuly").expects("Người chờ xác nhận: 1", "V1 · Mai (Xã Sơn Long) thay Lan (Xã Sơn Dung)")
    boss.taps("Đồng ý").expects("Đã đồng ý để đồng chí Mai (Xã Sơn Long) thay đồng chí Lan (Xã Sơn Dung)").is_silent()
    lan.expects("Phòng Nội vụ đồng ý để đồng chí Mai (Xã Sơn Long) thay đồng chí").is_silent()
    mai.expects("Đồng chí Lan (UBND xã Sơn Dung) vắng mặt", "việc chưa hoàn thành").is_silent()
    # Not before the first day.
    mai.says("/done 2b").expects("2b – UBND xã Sơn Long").is_silent()
    world.at(2020, 1, 14, 7, 30)
    lan.is_silent()
    mai.expects("UBND xã Sơn Dung", "thay đồng chí Lan (UBND xã Sơn Dung) vắng mặt đến hết ngày 20/01/2020", "2b")
    mai.is_silent().taps("Đã xong").expects("Đã ghi nhận 2b – UBND xã Sơn Dung").is_silent()
    world.at(2020, 1, 20, 7, 30)
    mai.forgets()
    world.at(2020, 1, 21, 7, 30)
    mai.says("/tiendo 1e 20").expects("UBND xã Sơn Long").is_silent()
    assert "UBND xã Sơn Dung" not in mai.says("/viec").last
    lan.is_silent()
    with world.service.store.look() as session:
        answers = {row.person_id for row in session.exec(select(Submission))}
    assert answers == {number_of(world, mai)}


def test_what_the_stand_in_was_told_is_not_said_again_and_the_next_step_comes_to_the_one_who_is_back(
    world: World,
) -> None:
    lan, mai, boss = world.officer("Lan", "sondung"), world.officer("Mai", "sonlong"), world.admin("Hoa")
    world.at(2020, 1, 13, 9, 0)
    lan.says(f"/vangmat 14/1 16/1 P{number_of(world, mai)}")
    boss.says("/duyet V1")
    lan.forgets()
    mai.forgets()
    world.at(2020, 1, 14, 7, 30)
    # Their own and the other's: one message.
    mai.expects("2b – Xã Sơn Long", "2b – Xã Sơn Dung", "thay đồng chí Lan").is_silent()
    world.at(2020, 1, 17, 7, 30)
    lan.is_silent()
    world.at(2020, 1, 20, 7, 30)
    lan.expects("còn 3 ngày làm việc")
    mai.expects("còn 3 ngày làm việc").is_silent()
    assert "Sơn Dung" not in mai.last


def test_a_button_chooses_the_colleague_and_off_ends_it_at_once(world: World) -> None:
    lan, mai = world.officer("Lan", "sondung"), world.officer("Mai", "sondung")
    world.officer("Tâm", "sontinh")
    world.at(2020, 1, 13, 9, 0)
    lan.forgets()
    mai.forgets()
    lan.says("/vangmat 13/1 đến 17/1").expects("vắng mặt từ 13/01/2020", "Tin nhắc chỉ gửi cho: Mai")
    lan.expects("Ai thay đồng chí").expects_buttons("Mai", "Không có người thay")
    lan.taps("Mai").expects("Đồng chí Mai nhận tin nhắc").is_silent()
    mai.expects("đề nghị đồng chí thay")
    lan.says("/vangmat").expects("đang ghi vắng mặt từ 13/01/2020", "đồng chí Mai thay")
    world.at(2020, 1, 14, 7, 30)
    lan.is_silent()
    # An officer of the agency anyway: one digest, and no word about standing in.
    mai.expects("2b")
    mai.is_silent()
    assert "thay đồng chí" not in mai.last
    lan.says("/vangmat tat").expects("Đã bỏ ghi vắng mặt", "/viec")
    mai.expects("không còn thay đồng chí Lan").is_silent()
    world.at(2020, 1, 15, 7, 30)
    lan.is_silent()
    world.at(2020, 1, 20, 7, 30)
    lan.expects("còn 3 ngày làm việc")
    mai.expects("còn 3 ngày làm việc")


def test_without_a_stand_in_the_head_is_told_and_without_a_head_the_admin(world: World) -> None:
    lan, head = world.officer("Lan", "sondung"), world.officer("Bình", "sondung", role=Role.HEAD)
    mua, boss = world.officer("Mùa", "sonmua"), world.admin("Hoa")
    world.at(2020, 1, 13, 9, 0)
    for phone in (lan, head, mua, boss):
        phone.forgets()
    lan.says("/vangmat 14/1 14/1 khong").expects("Tin nhắc gửi cho thủ trưởng: Bình").is_silent()
    mua.says("/vangmat 14/1").expects("Đơn vị chưa có người nhận tin", "Phòng Nội vụ").is_silent()
    world.at(2020, 1, 14, 7, 30)
    head.expects("2b", "thay đồng chí Lan").is_silent()
    lan.is_silent()
    mua.is_silent()
    boss.expects("Chưa có cán bộ đầu mối nhận tin", "UBND xã Sơn Mùa")
    assert "UBND xã Sơn Dung" not in boss.last
    world.at(2020, 1, 15, 7, 30)
    mua.expects("2b")
    lan.is_silent()


def test_who_is_named_is_reached_in_those_days_and_not_only_now(world: World) -> None:
    lan, tu = world.officer("Lan", "sondung"), world.officer("Tú", "sondung")
    head = world.officer("Bình", "sondung", role=Role.HEAD)
    world.at(2020, 1, 14, 9, 0)
    for phone in (lan, tu, head):
        phone.forgets()
    tu.says("/vangmat 15/1 31/1 khong").expects("Tin nhắc chỉ gửi cho: Lan.").is_silent()
    assert "Bình" not in tu.last
    lan.says("/vangmat 16/1 20/1 khong").expects("Tin nhắc gửi cho thủ trưởng: Bình.").is_silent()
    assert "Tú" not in lan.last
    world.at(2020, 1, 20, 7, 30)
    lan.is_silent()
    tu.is_silent()
    head.expects("còn 3 ngày làm việc")


def test_who_is_away_for_some_of_the_days_is_named_with_who_is_reached_in_the_others(world: World) -> None:
    lan, tu = world.officer("Lan", "sondung", "sonmua"), world.officer("Tú", "sondung")
    world.officer("Bình", "sondung", role=Role.HEAD)
    world.at(2020, 1, 14, 9, 0)
    lan.forgets()
    tu.forgets()
    tu.says("/vangmat 18/1 20/1 khong")
    # Nobody else answers for Sơn Mùa.
    lan.says("/vangmat 16/1 22/1 khong").expects(
        "Tin nhắc chỉ gửi cho: Tú.",
        "Ngày không có cán bộ đầu mối, tin nhắc gửi cho thủ trưởng: Bình.",
        "Có ngày đơn vị không có người nhận tin; Phòng Nội vụ sẽ được báo",
    ).is_silent()
    # The weekend belongs to nobody's reminders: Tú is there on each working day.
    lan.says("/vangmat tat").forgets().says("/vangmat 16/1 19/1 khong").expects("Tin nhắc chỉ gửi cho: Tú. Có ngày")


def test_a_colleagues_stand_in_and_one_who_asked_for_quiet_are_told_apart(world: World) -> None:
    lan, tu, mai = world.officer("Lan", "sondung"), world.officer("Tú", "sondung"), world.officer("Mai", "sonlong")
    boss = world.admin("Hoa")
    world.at(2020, 1, 14, 9, 0)
    lan.forgets()
    tu.says("/tamdung 17/1")
    lan.says("/vangmat 15/1 17/1 khong").expects("Đơn vị chưa có người nhận tin").is_silent()
    # Quiet ends within the days: both are to be said.
    lan.says("/vangmat 15/1 20/1 khong").expects("Tin nhắc chỉ gửi cho: Tú. Có ngày").is_silent()
    tu.says("/tamdung tat").says(f"/vangmat 15/1 20/1 P{number_of(world, mai)}")
    boss.forgets().says("/duyet V3").expects("Đã đồng ý")
    lan.forgets().says("/vangmat 15/1 20/1 khong").expects("Tin nhắc chỉ gửi cho: Mai.").is_silent()


def test_access_ends_with_the_stand_ins_own_and_a_stranger_to_the_office_cannot_stand_in(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    leader = named(world, world.officer("Thu", "noivu", role=Role.LEADER), "lanhdao")
    leader.says("/trogiup").forgets()
    lan.says("/vangmat 2/1 10/1 @lanhdao").expects("Đơn vị chưa có người nhận tin").expects(
        "Chưa thấy «@lanhdao»"
    ).is_silent()
    lan.says("/vangmat 2/1 10/1 @khongai").expects("Đơn vị chưa có người nhận tin").expects(
        "Chưa thấy «@khongai»"
    ).is_silent()
    lan.says(f"/vangmat 2/1 10/1 P{number_of(world, lan)}").expects("không thể tự thay mình").is_silent()
    lan.says(f"/vangmat 2/1 10/1 P{number_of(world, mai)}").expects("chỉ thay khi Phòng Nội vụ xác nhận")
    assert "Sơn Dung" not in mai.says("/viec").last
    boss.taps("Đồng ý")
    assert "Sơn Dung" in mai.says("/viec").last
    boss.forgets().says(f"/thuhoi P{number_of(world, mai)} co").expects("Đã kết thúc quyền")
    mai.forgets().says("/done 2b").expects("chưa gắn với đơn vị nào").is_silent()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/vangmat", "từ ngày nào đến ngày nào"),
        ("/vangmat tuần sau", "Chưa rõ ngày"),
        ("/vangmat 10/1/2020 3/1/2020", "Chưa rõ ngày"),
        ("/vangmat 3/1/2019 4/1/2019", "đã qua"),
        ("/vangmat 3/2 30/2", "Chưa rõ ngày"),
        ("/vangmat tat", "không ghi vắng mặt"),
    ],
)
def test_what_is_not_clear_is_asked(world: World, text: str, answer: str) -> None:
    world.officer("Lan", "sondung").says(text).expects(answer).is_silent()


def test_days_that_would_be_a_year_away_are_asked_about_and_nothing_is_noted(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 9, 0)
    lan.forgets()
    lan.says("/vangmat 10/2 3/2 P7").expects(
        "Ngày cuối 03/02 đứng trước ngày đầu 10/02",
        "từ 03/02/2020 đến hết ngày 10/02/2020, đề nghị gửi: /vangmat 03/02/2020 10/02/2020 P7",
        "kèm năm: /vangmat 10/02/2020 03/02/2021 P7",
    ).is_silent()
    lan.says("/vangmat 1/1 3/1").expects("Ngày 01/01/2020 đã qua", "/vangmat 01/01/2021 03/01/2021").is_silent()
    lan.says("/vangmat").expects("từ ngày nào đến ngày nào").is_silent()
    # What is offered can be sent as it stands.
    lan.says("/vangmat 03/02/2020 10/02/2020 khong").expects("vắng mặt từ 03/02/2020 đến hết ngày 10/02/2020")


def test_an_absence_over_the_turn_of_the_year_and_one_that_has_begun_need_no_year(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 9, 0)
    lan.forgets().says("/vangmat 10/1 20/1 khong").expects("vắng mặt từ 14/01/2020 đến hết ngày 20/01/2020")
    world.at(2020, 12, 18, 9, 0)
    lan.forgets().says("/vangmat 28/12 3/1 khong").expects("vắng mặt từ 28/12/2020 đến hết ngày 03/01/2021")
    lan.says("/vangmat 5/1 7/1 khong").expects("vắng mặt từ 05/01/2021 đến hết ngày 07/01/2021")


def test_what_waits_when_an_absence_begins_or_ends_goes_to_whom_it_concerns_then(world: World) -> None:
    lan, mai, boss = world.officer("Lan", "sondung"), world.officer("Mai", "sonlong"), world.admin("Hoa")
    number = number_of(world, mai)
    mai.says("/done 2b").forgets()
    # Made in the morning, not sent yet.
    world.now = datetime(2020, 1, 2, 0, 30, tzinfo=UTC)
    tick(world.service.store, world.service.office, world.now)
    lan.says(f"/vangmat 2/1 15/1 P{number}").expects("Đã ghi đồng chí vắng mặt").is_silent()
    boss.says("/duyet V1")
    lan.expects("đồng ý để đồng chí Mai (Xã Sơn Long) thay").is_silent()
    assert "thay đồng chí Lan" in mai.last
    world.at(2020, 1, 13, 9, 0)
    mai.forgets()
    lan.is_silent()
    world.now = datetime(2020, 1, 14, 0, 30, tzinfo=UTC)
    tick(world.service.store, world.service.office, world.now)
    lan.says("/vangmat tat").expects("Đã bỏ ghi vắng mặt").expects("2b · còn 7 ngày").is_silent()
    mai.expects("không còn thay").is_silent()


def test_the_name_after_the_at_is_kept_shown_and_erased(world: World) -> None:
    lan = named(world, world.officer("Lan", "sondung"), "lan_cu")
    lan.says("/dulieu").expects("@lan_cu")
    other = named(world, world.officer("Mai", "sonlong"), "lan_cu")
    named(world, lan, "lan_moi").says("/dulieu").expects("@lan_moi")
    other.says("/dulieu").expects("@lan_cu")
    with world.service.store.look() as session:
        handles: list[Any] = [row.handle for row in session.exec(select(Address))]
    assert handles == ["lan_moi", "lan_cu"]
    lan.says("/xoadulieu co")
    with world.service.store.look() as session:
        assert [row.handle for row in session.exec(select(Address))] == ["lan_cu"]


def test_of_two_heads_in_somebodys_place_one_is_told_of_each_step(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    heads = [world.officer(name, "sondung", role=Role.HEAD) for name in ("Bình", "Cúc")]
    world.at(2020, 1, 13, 9, 0)
    lan.says("/vangmat 14/1 14/1 khong")
    for phone in (lan, *heads):
        phone.forgets()
    world.at(2020, 1, 14, 8, 0)
    said = ["thay đồng chí Lan" in "".join(text_of(each) for each in phone.unread) for phone in heads]
    assert sorted(said) == [False, True]


def test_where_no_officer_can_be_reached_the_head_hears_it_and_then_the_officer_who_comes(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    head = world.officer("Bình", "sondung", role=Role.HEAD)
    world.at(2020, 1, 2, 7, 30)
    lan.forgets()
    head.is_silent()
    world.platform.block(lan.user)
    world.at(2020, 1, 14, 7, 30)
    # The message of that morning is what shows that the officer cannot be reached.
    head.expects("UBND xã Sơn Dung", "chưa có cán bộ đầu mối nhận được tin", "2b").is_silent()
    boss.forgets()
    world.later(minutes=10)
    head.expects("Lan (cán bộ đầu mối, UBND xã Sơn Dung) không nhận được tin nữa từ 07:30 ngày 14/01/2020").is_silent()
    boss.expects("P2 Lan", "không nhận được tin nữa")
    world.at(2020, 1, 20, 7, 30)
    head.expects("2b", "còn 3 ngày làm việc").is_silent()
    assert not any("UBND xã Sơn Dung" in text_of(each) for each in boss.unread)
    nga = world.officer("Nga", "sondung")
    world.at(2020, 1, 22, 7, 30)
    head.is_silent()
    nga.expects("2b", "còn 1 ngày làm việc")


def test_the_admins_hear_of_an_agency_without_anybody_once_a_week(world: World) -> None:
    boss = world.admin("Hoa")
    heard = []
    for day in (2, 14, 20, 22, 30, 31):
        world.at(2020, 1, day, 9, 0)
        if any("Chưa có cán bộ đầu mối" in text_of(each) for each in boss.unread):
            heard.append(day)
        boss.forgets()
    assert heard == [2, 14, 22]
