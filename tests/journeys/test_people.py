"""Who gets in, and who does not."""

from typing import Any

from sqlmodel import select

from plan.people import Role
from sandbox.phone import labels_of, text_of
from sandbox.telegram_api.values import Fault
from sandbox.world import GROUP, World
from store import invites
from store.people_tables import Consent, GroupChat, Invite
from store.tables import Setting
from tests.conftest import MakeWorld


def code_for(world: World, agency: str = "sondung", role: Role = Role.OFFICER) -> str:
    """A fresh invite code."""
    with world.service.store.unit() as session:
        return invites.make(session, agency, role, None, world.now)


def test_a_stranger_is_told_politely_whom_to_ask_and_nothing_else(world: World) -> None:
    stranger = world.phone("Người lạ")
    for text in ("xin chào", "/viec", "/done 2b", "/tonghop", "/invite sondung", "/agree admin", "/start"):
        stranger.says(text).expects("chưa gắn với đơn vị nào", "Phòng Nội vụ").is_silent()
        world.later(minutes=1)
    stranger.sends_photo("/done 2b").expects("chưa gắn với đơn vị nào").is_silent()


def test_linking_shows_the_notice_and_keeps_the_proof_of_consent(world: World) -> None:
    lan = world.phone("Lan")
    lan.starts(code_for(world)).expects("cán bộ đầu mối của UBND xã Sơn Dung", "dữ liệu cá nhân").expects_buttons(
        "Tôi đồng ý"
    )
    world.at(2020, 1, 2, 7, 30)
    lan.is_silent()
    # Consent with a condition, or a question, is none.
    for text in ("đồng ý nhưng không dùng để chấm điểm", "/agree cái gì?", "Đồng ý?"):
        lan.says(text).expects("Chưa ghi đồng ý", "đúng hai chữ: đồng ý").expects_buttons("Tôi đồng ý").is_silent()
    lan.taps("Tôi đồng ý").expects("Đã gắn tài khoản", "UBND xã Sơn Dung", "/viec").expects("2b").is_silent()
    with world.service.store.look() as session:
        consent = session.exec(select(Consent)).one()
        invite = session.exec(select(Invite)).one()
    assert "dữ liệu cá nhân" in consent.notice
    assert consent.agreed_at.hour == 0  # 07:30 in the office, in UTC
    assert invite.used_by == consent.person_id


def test_who_stands_in_the_settings_becomes_admin_by_start(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, telegram_admin_ids=(70_100_201,))
    boss, other = world.phone("Hoa"), world.phone("Khác")
    boss.starts().expects("đầu mối tổng hợp", "dữ liệu cá nhân").taps("Tôi đồng ý").expects("Đã gắn", "/moi")
    boss.says("/tonghop").expects("Tổng hợp").expects_photo("Tổng hợp")
    other.starts().expects("chưa gắn").is_silent()


def test_an_admin_invites_from_the_chat_and_the_link_links(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.phone("Lan")
    boss.says("/invite UBND xã Sơn Dung").expects("https://t.me/NhacViecBot?start=")
    lan.starts(boss.last.split("?start=")[1].split()[0]).taps("Tôi đồng ý")
    assert "UBND xã Sơn Dung" in lan.last
    boss.says("/invite xã sơn").expects("Chưa rõ đơn vị").says("/invite").expects("Mời cho đơn vị nào").is_silent()


def test_an_officer_is_no_admin(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    for text in ("/invite sondung", "/tonghop", "/quahan", "/begin today cchc-2020"):
        lan.says(text).expects("đầu mối tổng hợp").is_silent()
    lan.says("/link").expects("trong nhóm").is_silent()


def test_several_officers_of_one_agency_are_all_reminded_and_one_answer_is_enough(world: World) -> None:
    lan, mai = world.officer("Lan", "sondung"), world.officer("Mai", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.expects("2b")
    mai.expects("2b").says("/done 2b").expects("Đã ghi nhận")
    world.at(2020, 1, 14, 7, 30)
    lan.is_silent()
    mai.is_silent()


def test_a_group_is_refused_until_an_admin_links_it(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan, linked=False)
    group.says("/tonghop@NhacViecBot").expects("chưa được gắn")
    lan.in_chat(GROUP).says("/link@NhacViecBot")
    assert "đầu mối tổng hợp" in group.last
    group.forgets().says("/link@NhacViecBot").expects("Đã gắn nhóm")
    group.says("/tonghop").expects("Tổng hợp CCHC 2020").expects_photo("Tổng hợp").is_silent()
    group.says("/quahan").expects("không có việc nào quá hạn").is_silent()


def test_in_a_group_what_is_not_addressed_to_us_gets_no_answer(world: World) -> None:
    boss = world.admin("Hoa")
    group = world.group(boss)
    group.says("chào cả nhà, xong 2b rồi").is_silent()
    group.says("/done@otherbot 2b").is_silent()


def test_an_officer_answers_from_the_linked_group(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    group = world.group(boss, lan)
    lan.in_chat(GROUP).says("/done@NhacViecBot 2b")
    group.expects("Đã ghi nhận 2b – UBND xã Sơn Dung")
    lan.is_silent()


def test_a_group_that_becomes_a_supergroup_is_kept(world: World) -> None:
    boss = world.admin("Hoa")
    group = world.group(boss)
    new = world.platform.migrate(GROUP)
    world.settle()
    moved = group.in_chat(new).forgets()
    moved.says("/tonghop@NhacViecBot").expects("Tổng hợp").expects_photo("Tổng hợp")
    with world.service.store.look() as session:
        assert [row.chat for row in session.exec(select(GroupChat))] == [str(new)]


def test_a_group_that_moves_while_a_message_is_on_its_way_gets_it_at_its_new_place(world: World) -> None:
    boss = world.admin("Hoa")
    group = world.group(boss)
    world.platform.say(boss.user, GROUP, "/quahan@NhacViecBot")
    world.run(world.receiver.poll(0))
    world.run(world.receiver.step())
    new = world.platform.migrate(GROUP)
    world.run(world.sender.step())
    world.settle()
    assert "không có việc nào quá hạn" in group.in_chat(new).last


def test_help_says_the_steps_that_are_set(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, remind_days="20,5,0", send_windows="08:15-11:00")
    world.officer("Lan", "sondung").says("/help").expects(
        "Nhắc trước hạn 20, 5 ngày làm việc và trong ngày đến hạn, lúc 08:15"
    )


def test_menus_are_set_for_private_chats_groups_and_admins(world: World) -> None:
    boss = world.admin("Hoa")
    names = {
        place: [each["command"] for each in world.platform.commands(scope)]
        for place, scope in {
            "private": dict[str, Any](type="all_private_chats"),
            "group": {"type": "all_group_chats"},
            "admin": {"type": "chat", "chat_id": boss.chat},
        }.items()
    }
    often = ["viec", "xong", "tiendo", "vuongmac", "lydo", "chitiet", "nhan"]
    asking = ["giahan", "lichsu", "minhchung", "hoantac", "khongphatsinh"]
    assert names["private"] == [*often, *asking, "bieudo", "baocao", "doichieu", "theodoi", "trogiup"]
    assert names["group"] == ["tonghop", "bieudo", "quahan", "gannhom", "trogiup"]
    assert set(names["admin"]) > {"tonghop", "quahan", "moi", "duyet"}


def test_an_error_of_ours_is_one_sentence_with_a_reference_and_the_answer_is_done_later(
    world: World, monkeypatch: object
) -> None:
    lan = world.officer("Lan", "sondung")
    with world.service.store.unit() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER trouble BEFORE INSERT ON submission BEGIN SELECT RAISE(ABORT, 'disk on fire'); END"
        )
    lan.says("/done 2b").expects("lỗi hệ thống", "mã tham chiếu", "tự xử lý lại").is_silent()
    with world.service.store.unit() as session:
        session.connection().exec_driver_sql("DROP TRIGGER trouble")
    world.later(minutes=1)
    lan.expects("Đã ghi nhận 2b", "07:00").is_silent()


def test_buttons_are_shown_only_under_what_they_are_for(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/viec").says("/trogiup").says("xin chào")
    assert [labels_of(message) for message in lan.unread] == [["Xem tiếp (12)"], [], []]
    assert all("!" not in text_of(message) for message in lan.unread)


def test_an_admin_whose_chat_is_gone_does_not_keep_the_service_from_starting(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    with world.service.store.unit() as session:
        for row in session.exec(select(Setting)):
            if row.key.startswith("menu:"):
                session.delete(row)
    world.platform.deactivate(boss.user)
    world.stop()
    world.platform.faults.append(Fault("400", "setMyCommands", boss.chat, words="Bad Request: chat not found"))
    world.start()
    lan.says("/done 2b").expects("Đã ghi nhận 2b")
