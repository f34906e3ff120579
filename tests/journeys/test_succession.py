"""Who does the work changes: a leader who reads, the board of people, a move to another agency, a successor."""

from typing import Any

from sqlmodel import select

from plan.people import Role
from sandbox.phone import labels_of, text_of
from sandbox.world import World
from store import audit, invites, people
from store.people_tables import Membership
from tests.journeys.test_absence import number_of


def test_a_leader_reads_everything_and_changes_nothing(world: World) -> None:
    boss, thu = world.admin("Hoa"), world.phone("Thu")
    boss.says("/invite Phòng Nội vụ lãnh đạo").expects("lãnh đạo theo dõi của Phòng Nội vụ")
    thu.starts(boss.last.split("?start=")[1].split()[0]).taps("Tôi đồng ý").forgets()
    thu.says("/tonghop").expects("Tổng hợp CCHC 2020").expects_photo("Tổng hợp")
    thu.says("/quahan").expects("không có việc nào quá hạn").says("/chitiet 2b").expects("2b")
    thu.says("/trogiup").expects("chỉ xem, không nhận tin nhắc").is_silent()
    for text in ("/viec", "/done 2b", "/invite sondung", "/nguoi", "/thuhoi P1", "/vangmat 3/2", "/tamdung 7"):
        thu.says(text).expects("Lệnh này dành cho").is_silent()
    assert labels_of(thu._from_bot()[-1]) == []
    world.at(2020, 1, 2, 7, 30)
    thu.is_silent()
    scope: dict[str, Any] = {"type": "chat", "chat_id": thu.chat}
    assert [each["command"] for each in world.platform.commands(scope)] == [
        "chitiet",
        "lichsu",
        "minhchung",
        "tonghop",
        "bieudo",
        "quahan",
        "baocao",
        "theodoi",
        "trogiup",
    ]


def test_roles_are_said_in_vietnamese_and_an_agency_that_ends_like_one_is_no_role(world: World) -> None:
    boss = world.admin("Hoa")
    for words, answer in (
        ("sondung thutruong", "thủ trưởng của UBND xã Sơn Dung"),
        ("sondung thủ trưởng", "thủ trưởng của UBND xã Sơn Dung"),
        ("noivu đầu mối tổng hợp", "đầu mối tổng hợp của Phòng Nội vụ"),
        ("sondung daumoi", "cán bộ đầu mối của UBND xã Sơn Dung"),
        ("sondung", "cán bộ đầu mối của UBND xã Sơn Dung"),
    ):
        boss.says(f"/invite {words}").expects(answer)


def test_the_board_says_by_agency_who_is_there_and_where_nobody_is(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    bua, tam = world.officer("Bua", "sonbua"), world.officer("Tâm", "sontinh")
    with world.service.store.unit() as session:
        invites.prepare(session, ("sondung", Role.HEAD, "Đinh Văn Bình"), world.now)
        invites.prepare(session, ("sonmua", Role.OFFICER, "Hồ Thị Mùa"), world.now)
    world.platform.block(bua.user)
    tam.says("/tamdung 10/1")
    lan.says(f"/vangmat 2/1 10/1 P{number_of(world, tam)}")
    boss.says("/duyet V1")
    boss.forgets().says("/nguoi").expects(
        "Người đã gắn tài khoản: 4 · chưa bắt đầu: 2",
        f"P{number_of(world, lan)} Lan – cán bộ đầu mối · vắng mặt đến 10/01, P{number_of(world, tam)} Tâm thay",
        "Đinh Văn Bình – thủ trưởng · chưa bắt đầu, đường dẫn đến 07:00 ngày 16/01/2020",
        "UBND xã Sơn Mùa\nM",
        "Bua – cán bộ đầu mối · không nhận được tin từ 07:00 ngày 02/01/2020",
        "Tâm – cán bộ đầu mối · tạm dừng nhắc đến 10/01",
    ).is_silent()
    assert "UBND xã Sơn Dung" in text_of(boss._from_bot()[-1])
    boss.taps("Xem tiếp (1)").expects("Chưa có ai được gắn hoặc mời: 18 đơn vị").is_silent()
    world.at(2020, 1, 17, 8, 0)
    assert "Hồ Thị Mùa – cán bộ đầu mối · chưa bắt đầu, đường dẫn đã hết hạn" in boss.says("/nguoi").last


def test_a_person_moves_with_their_role_and_hears_of_the_new_agency_only(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    reference = f"P{number_of(world, lan)}"
    boss.says(f"/chuyennguoi {reference} Phòng Tư pháp").expects(
        "Chuyển Lan (cán bộ đầu mối) từ UBND xã Sơn Dung sang Phòng Tư pháp"
    ).expects_buttons("Chuyển")
    boss.taps("Chuyển").expects("Đã chuyển Lan", "Không còn ai nhận tin cho: UBND xã Sơn Dung").is_silent()
    lan.expects("được chuyển từ UBND xã Sơn Dung sang Phòng Tư pháp", "cán bộ đầu mối").is_silent()
    lan.says("/done 1e").says("/viec")
    assert "Phòng Tư pháp" in lan.last
    assert "Sơn Dung" not in lan.last
    boss.says(f"/chuyennguoi {reference} tuphap").expects("Lan đã ở Phòng Tư pháp")
    for text in ("/chuyennguoi", f"/chuyennguoi {reference}", "/chuyennguoi P99 tuphap", f"/chuyennguoi {reference} x"):
        boss.says(text).expects("mã người và đơn vị mới").is_silent()
    with world.service.store.look() as session:
        assert [entry.action for entry in audit.entries(session)][-1] == "member.moved"
        assert audit.verify(session).why == ""


def test_of_several_agencies_the_one_to_leave_is_asked(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung", "sonmua")
    reference = f"P{number_of(world, lan)}"
    boss.says(f"/chuyennguoi {reference} tuphap").expects("vai trò ở nhiều đơn vị").taps("Xã Sơn Mùa")
    boss.expects("từ UBND xã Sơn Mùa sang Phòng Tư pháp").taps("Chuyển").expects("Đã chuyển")
    with world.service.store.look() as session:
        held = people.agencies_of(session, number_of(world, lan))
    assert sorted(held) == ["sondung", "tuphap"]


def test_a_successor_gets_the_open_work_with_what_was_said_and_no_step_twice(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    world.at(2020, 1, 2, 7, 30)
    lan.says("/done 1e").says("/tiendo 2b 60 đang lấy ý kiến").forgets()
    mai.forgets()
    boss.forgets()
    world.at(2020, 1, 14, 7, 30)
    lan.expects("2b")
    mai.forgets()
    boss.forgets()
    old, new = f"P{number_of(world, lan)}", f"P{number_of(world, mai)}"
    boss.says(f"/bangiao {old} {new}").expects("Bàn giao toàn bộ vai trò của Lan", "UBND xã Sơn Dung")
    boss.taps("Bàn giao").expects("đã nhận bàn giao từ Lan").is_silent()
    lan.expects("Đồng chí đã bàn giao", "Mai").is_silent()
    mai.expects(
        "Nhận bàn giao từ đồng chí Lan", "cán bộ đầu mối, UBND xã Sơn Dung", "2b · còn 7 ngày", "tiến độ: 60%"
    ).is_silent()
    lan.says("/done 2b").expects("chưa gắn với đơn vị nào").is_silent()
    world.at(2020, 1, 15, 7, 30)
    mai.is_silent()
    world.at(2020, 1, 20, 7, 30)
    mai.expects("2b – Xã Sơn Long · còn 3 ngày làm việc", "2b – Xã Sơn Dung · còn 3 ngày làm việc").is_silent()
    mai.expects_buttons("Đã xong 2b – Xã Sơn Dung", "Đã xong 2b – Xã Sơn Long")
    boss.says("/tonghop 1e").forgets()
    with world.service.store.look() as session:
        rows = session.exec(select(Membership).where(Membership.agency_id == "sondung")).all()
        assert [(row.person_id == number_of(world, mai), row.until is None) for row in rows] == [
            (False, False),
            (True, True),
        ]
    for text in ("/bangiao", f"/bangiao {old}", f"/bangiao {old} {new}", f"/bangiao {new} {new}", "/bangiao P1 P99"):
        boss.says(text).expects("mã người bàn giao và người nhận").is_silent()
