"""The door: every command by every kind of person in every kind of chat, removal, revoked and forwarded links."""

import pytest

from bot.commands import COMMANDS
from sandbox.phone import text_of
from sandbox.world import GROUP, World
from store import audit, people
from store.people_tables import Invite
from tests.bot.access_matrix import ACTORS, MATRIX, PLACES, of_leader
from tests.bot.access_town import TOWNS, number_of
from tests.conftest import MakeWorld

EVERYBODY = (*ACTORS, "leader")


def test_every_command_is_in_the_matrix() -> None:
    assert set(MATRIX) == {command.verb for command in COMMANDS}


def in_order() -> list[str]:
    """The commands; the other group is bound by /link in the end."""
    return sorted(MATRIX, key=lambda verb: verb == "link")


def expected(verb: str, place: str) -> str:
    """A letter for each actor, the leader's the last."""
    number = PLACES.index(place)
    return MATRIX[verb][number] + of_leader(verb)[number]


@pytest.mark.long
@pytest.mark.parametrize("channel", TOWNS)
def test_who_may_say_what_and_where(make_world: MakeWorld, channel: str) -> None:
    town = TOWNS[channel](make_world)
    found = {(verb, place): town.rights(verb, place, EVERYBODY) for verb in in_order() for place in PLACES}
    assert found == {(verb, place): expected(verb, place) for verb in in_order() for place in PLACES}


@pytest.mark.parametrize("channel", ["telegram", pytest.param("zalo", marks=pytest.mark.long)])
def test_each_command_by_one_kind_of_person_in_one_place(make_world: MakeWorld, channel: str) -> None:
    """A sample of the whole table, over which `make test-long` goes: each pair of person and place some three times."""
    pairs = [(actor, place) for actor in EVERYBODY for place in PLACES]
    # Seven shares no factor with the number of pairs: neighbours in the table are asked by different people.
    asked = {verb: pairs[7 * number % len(pairs)] for number, verb in enumerate(in_order())}
    town = TOWNS[channel](make_world)
    wanted = {verb: expected(verb, place)[EVERYBODY.index(actor)] for verb, (actor, place) in asked.items()}
    assert {verb: town.rights(verb, place, [actor]) for verb, (actor, place) in asked.items()} == wanted
    assert set(wanted.values()) == {"y", "-"}


def test_a_removed_person_is_out_at_once_and_so_are_their_old_buttons(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.expects("2b")
    reference = f"P{number_of(world, 'telegram', lan.user)}"
    boss.forgets().says("/nguoi").expects("Người đã gắn tài khoản: 2", "Hoa", f"{reference} Lan", "UBND xã Sơn Dung")
    boss.forgets().says(f"/thuhoi {reference}").expects("Kết thúc quyền của Lan").expects_buttons("Thu hồi")
    boss.taps("Thu hồi").expects("Đã kết thúc quyền", "Không còn ai nhận tin cho: UBND xã Sơn Dung").is_silent()
    lan.forgets()
    lan.says("/done 2b").expects("chưa gắn với đơn vị nào").is_silent()
    lan.sends_photo("/done 2b").expects("chưa gắn với đơn vị nào").is_silent()
    lan.taps("Đã xong").is_told("chưa gắn với đơn vị nào")
    lan.says("xong 2b", reply_to="2b").expects("chưa gắn").is_silent()
    boss.says("/tonghop 2b").expects("0/23")
    world.at(2020, 1, 14, 7, 30)
    lan.is_silent()
    boss.forgets().says(f"/thuhoi {reference}").expects("quyền này đã hết").is_silent()


def test_what_waits_for_a_removed_person_does_not_leave(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.stop()
    world.start()
    with world.service.store.unit() as session:
        gone, by = (number_of(world, "telegram", each.user) for each in (lan, boss))
        people.leave(session, gone, world.now, via="test", actor=by)
    world.at(2020, 1, 2, 7, 30)
    lan.is_silent()


def test_a_button_belongs_to_whom_it_was_shown(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    group = world.group(boss, lan, mai)
    lan.in_chat(GROUP).says("/done@NhacViecBot 2b")
    group.forgets()
    mai.in_chat(GROUP).forgets().taps("Báo nhầm – hủy").is_told("không phải dành cho đồng chí")
    boss.says("/tonghop 2b").expects("1/23")
    group.is_silent()


def test_revoked_links_do_not_work(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.phone("Lan")
    boss.says("/invite sondung").expects("https://t.me/")
    code = boss.last.split("?start=")[1].split()[0]
    lan.starts(code).expects("dữ liệu cá nhân")
    boss.says("/thuhoi M1").expects("Thu hồi đường dẫn mời").taps("Thu hồi").expects("Đã thu hồi").is_silent()
    # Shown before, pressed after: too late.
    lan.taps("Tôi đồng ý").is_told("đã được dùng hoặc đã hết hạn")
    lan.starts(code).expects("đã được dùng hoặc đã hết hạn").is_silent()
    boss.says("/thuhoi M1").expects("quyền này đã hết").says("/thuhoi").expects("kèm mã").is_silent()
    with world.service.store.look() as session:
        assert session.get_one(Invite, 1).used_at is None
        assert audit.verify(session).why == ""


def test_the_head_of_the_audit_is_kept_outside_the_database(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 1, 31, 7, 30)
    told = next(text_of(message) for message in boss.unread if "Nhật ký quản trị" in text_of(message))
    head = told.split("mã nhật ký ")[1].split()[0]
    boss.says("/invite sondung")
    with world.service.store.look() as session:
        assert audit.verify(session, head).why == ""
        assert audit.verify(session, head[:-1] + ("0" if head[-1] != "0" else "1")).why != ""


@pytest.mark.parametrize("text", ["/thuhoi P1", "/thuhoi P1 co"])
def test_nobody_locks_themselves_out(world: World, text: str) -> None:
    boss = world.admin("Hoa")
    boss.says(text).expects("đầu mối tổng hợp duy nhất", "/moi")
    other = world.admin("Phó")
    boss.forgets().says(text).expects("không tự kết thúc").is_silent()
    other.says(text.replace(" co", "")).expects("Kết thúc quyền của Hoa").is_silent()
    boss.says("/nguoi").expects("Người đã gắn tài khoản: 2")
