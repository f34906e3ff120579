"""Somebody opens another's invite, ends an access, makes themselves admin or answers for a foreign agency, unseen."""

from datetime import UTC, datetime

from sandbox.phone import Phone, text_of
from sandbox.world import World
from store import audit, invites, people
from tests.cli.command import nhacviec
from tests.journeys.test_absence import named, number_of


def invited(boss: Phone, words: str) -> str:
    """The code of an invite that an admin made."""
    boss.says(f"/invite {words}")
    return boss.last.rpartition("?start=")[2].split()[0]


def begin(world: World) -> None:
    """Nine o'clock; what the morning brought is read."""
    world.at(2020, 1, 2, 9, 0)
    for phone in world.phones.values():
        phone.forgets()


def told(phone: Phone) -> str:
    """Everything unread."""
    found = "\n".join(text_of(each) for each in phone.unread)
    phone.forgets()
    return found


def admins(world: World) -> set[int]:
    """Who is admin."""
    with world.service.store.look() as session:
        return {person.id or 0 for person, _ in people.admins(session)}


def test_who_opened_an_invite_is_told_to_the_admins_and_to_the_agency(world: World) -> None:
    boss, other, lan = world.admin("Hoa"), world.admin("Phó"), world.officer("Lan", "sondung")
    far = world.officer("Mai", "sonlong")
    begin(world)
    code = invited(boss, "sondung")
    thief = named(world, world.phone("Nguyễn Văn Lạ"), "ke_la")
    thief.starts(code).taps("Tôi đồng ý")
    for phone in (boss, other, lan, far, thief):
        phone.forgets()
    world.later(minutes=10)
    line = f"P{number_of(world, thief)} Nguyễn Văn Lạ (@ke_la) là cán bộ đầu mối của UBND xã Sơn Dung từ 09:00 "
    for phone in (boss, other):
        phone.expects(line, "theo đường dẫn mời M", "của đồng chí Hoa (P. Nội vụ)", "/thuhoi").is_silent()
    lan.expects(line, "của đồng chí Hoa (P. Nội vụ)", "báo ngay Phòng Nội vụ").is_silent()
    far.is_silent()
    thief.is_silent()
    world.later(minutes=30)
    boss.is_silent()


def test_whose_access_ended_moved_or_was_lost_is_told(world: World) -> None:
    boss, other = world.admin("Hoa"), world.admin("Phó")
    lan, mai, head = world.officer("Lan", "sondung"), world.officer("Mai", "sondung"), world.officer("Tư", "sondung")
    begin(world)
    boss.says(f"/thuhoi P{number_of(world, lan)} co").says(f"/chuyennguoi P{number_of(world, mai)} sonlong co")
    head.says("/xoadulieu co")
    nga = world.phone("Nga")
    nga.starts(invited(boss, "sonlong")).taps("Tôi đồng ý")
    world.platform.block(nga.user)
    for phone in (boss, other, mai, lan):
        phone.forgets()
    world.later(minutes=10)
    seen = told(other)
    assert "Lan không còn là cán bộ đầu mối của UBND xã Sơn Dung" in seen
    assert "Mai không còn là cán bộ đầu mối của UBND xã Sơn Dung" in seen
    assert "Mai là cán bộ đầu mối của UBND xã Sơn Long" in seen
    assert "do đồng chí Hoa (P. Nội vụ) quyết định" in seen
    assert "Nga (cán bộ đầu mối, UBND xã Sơn Long) không nhận được tin nữa" in seen
    # Who decided it reads the rest only; whoever is gone, nothing.
    assert "Lan" not in told(boss)
    lan.is_silent()


def test_a_new_admin_is_none_before_a_second_one_confirms(world: World) -> None:
    boss, second = world.admin("Hoa"), world.admin("Phó")
    before = admins(world)
    begin(world)
    tan = world.phone("Tân").starts(invited(boss, "noivu tổng hợp"))
    boss.forgets()
    second.forgets()
    tan.forgets().taps("Tôi đồng ý").expects(
        "Đồng chí chưa có quyền này cho đến khi một đầu mối tổng hợp khác xác nhận"
    )
    number = number_of(world, tan)
    for text in ("/nguoi", "/invite sondung", f"/duyet P{number}", "/start", "/choxuly"):
        tan.says(text).expects("đang chờ xác nhận").is_silent()
    assert admins(world) == before
    boss.expects("Tân sẽ làm đầu mối tổng hợp", "xác nhận bởi: Phó (P. Nội vụ)").is_silent()
    # Who invited is not the second one.
    boss.says(f"/duyet P{number}").expects("cần một đầu mối tổng hợp khác xác nhận", "Phó").is_silent()
    second.expects("Xác nhận đầu mối tổng hợp mới", "Tân", "đồng chí Hoa (P. Nội vụ) mời").expects_buttons(
        "Xác nhận", "Không đồng ý"
    )
    second.says("/choxuly").expects("Người chờ xác nhận: 1", f"P{number} · Tân").is_silent()
    second.taps("Xác nhận").expects("Đã xác nhận Tân").is_silent()
    tan.expects("Đồng chí Phó đã xác nhận").forgets().says("/nguoi").expects("P1 Hoa").is_silent()
    second.says(f"/duyet P{number}")
    assert len(admins(world)) == len(before) + 1
    with world.service.store.look() as session:
        actions = [each.action for each in audit.entries(session)]
    assert {"admin.named", "admin.confirmed"} <= set(actions)


def test_either_admin_may_say_no_and_an_old_nomination_is_none(world: World) -> None:
    boss, second = world.admin("Hoa"), world.admin("Phó")
    before = admins(world)
    tan = world.phone("Tân").starts(invited(boss, "noivu tổng hợp")).taps("Tôi đồng ý").forgets()
    boss.forgets().says(f"/tuchoi P{number_of(world, tan)}").expects("Đã từ chối: Tân")
    tan.expects("không được xác nhận").says("/nguoi").expects("chưa gắn với đơn vị nào")
    second.forgets().says(f"/duyet P{number_of(world, tan)}").expects("không chờ xác nhận")
    mua = world.phone("Mùa").starts(invited(boss, "noivu tổng hợp")).taps("Tôi đồng ý")
    world.later(days=invites.INVITE_DAYS)
    second.forgets().says(f"/duyet P{number_of(world, mua)}").expects("không chờ xác nhận")
    assert admins(world) == before


def test_handing_over_makes_no_admin_either_and_the_former_one_stays_until_then(world: World) -> None:
    boss, second, lan = world.admin("Hoa"), world.admin("Phó"), world.officer("Lan", "sondung")
    begin(world)
    old, new = number_of(world, boss), number_of(world, lan)
    boss.says(f"/bangiao P{old} P{new} co").expects("xác nhận bởi: Phó (P. Nội vụ)")
    assert new not in admins(world)
    assert old in admins(world)
    second.forgets().says(f"/duyet P{new}").expects("Đã xác nhận Lan")
    assert old not in admins(world)
    assert new in admins(world)


def test_the_last_admin_is_not_removed(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    number = number_of(world, boss)
    for text in (f"/thuhoi P{number}", f"/thuhoi P{number} co"):
        boss.says(text).expects("đầu mối tổng hợp duy nhất", "/moi").is_silent()
    for text in ("/xoadulieu", "/xoadulieu co"):
        boss.says(text).expects("đầu mối tổng hợp duy nhất").is_silent()
    boss.says(f"/bangiao P{number} P{number_of(world, lan)} co").expects("nhacviec people confirm")
    assert admins(world) == {number}
    # Another one who is not reached any more is nobody to leave it to.
    other = world.admin("Phó")
    world.platform.block(other.user)
    world.settle()
    boss.forgets().says(f"/thuhoi P{number} co").expects("đầu mối tổng hợp duy nhất").is_silent()
    boss.says(f"/thuhoi P{number_of(world, other)} co").expects("Đã kết thúc quyền")
    assert admins(world) == {number}


def test_without_a_second_admin_the_machine_confirms(world: World) -> None:
    boss = world.admin("Hoa")
    tan = world.phone("Tân").starts(invited(boss, "noivu tổng hợp")).forgets()
    tan.taps("Tôi đồng ý").expects("nhacviec people confirm P2").is_silent()
    world.at(2020, 1, 2, 9, 0)
    assert "people confirm P2" in told(boss)
    # The command line lives by the machine's clock.
    with world.service.store.unit() as session:
        session.connection().exec_driver_sql("UPDATE nomination SET at = strftime('%Y-%m-%d %H:%M:%f000', 'now')")
    folder, url = world.database.parent, f"sqlite:///{world.database}"
    assert "P2: Tân, Phòng Nội vụ, telegram" in nhacviec(folder, "people", "confirm", DATABASE_URL=url)
    assert len(admins(world)) == 1
    assert "nobody called P9" in nhacviec(folder, "people", "confirm", "P9", code=2, DATABASE_URL=url)
    assert "confirmed" in nhacviec(folder, "people", "confirm", "P2", DATABASE_URL=url)
    assert len(admins(world)) == 2
    world.now = datetime.now(UTC)
    world.settle()
    assert "Đã được xác nhận trên máy chủ" in told(tan)


def test_a_stand_in_of_another_agency_answers_for_nobody_before_an_admin_says_so(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung", "sonmua"), world.officer("Mai", "sonlong")
    # A colleague of one agency is none of the other.
    tu = world.officer("Tư", "sonmua")
    begin(world)
    for phone in (boss, lan, mai, tu):
        phone.forgets()
    for number, phone in enumerate((mai, tu), 1):
        lan.says(f"/vangmat 2/1 10/1 P{number_of(world, phone)}").expects("chỉ thay khi Phòng Nội vụ xác nhận")
        assert "Sơn Dung" not in phone.says("/viec").last
        lan.says(f"/duyet V{number}").expects("Lệnh này dành cho")
        boss.says(f"/tuchoi V{number}")
        assert "Sơn Dung" not in phone.says("/viec").last
        lan.expects("không đồng ý để đồng chí", "thay").is_silent()
    boss.forgets().says("/duyet V2").expects("không chờ xác nhận")


def test_what_one_answers_for_in_anothers_place_does_not_go_on_to_a_third(world: World) -> None:
    world.admin("Hoa")
    lan, mai, tu = (
        world.officer("Lan", "sondung"),
        world.officer("Mai", "sondung", "sonmua"),
        world.officer("Tư", "sonmua"),
    )
    lan.says(f"/vangmat 2/1 10/1 P{number_of(world, mai)}").expects("Đồng chí Mai nhận tin nhắc")
    # Tư is a colleague of Mai, and not of Lan.
    mai.forgets().says(f"/vangmat 2/1 10/1 P{number_of(world, tu)}").expects("chỉ thay khi Phòng Nội vụ xác nhận")
    assert "Sơn Dung" not in tu.says("/viec").last
