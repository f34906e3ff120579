"""Đôn đốc: seen first, sent once, in office hours, and never about what is done."""

from sqlmodel import select

from sandbox.phone import text_of
from sandbox.world import World
from store import people
from store.tables import AuditEntry, Delivery, Reminder


def test_it_is_seen_first_and_sent_once(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    tam = world.officer("Tâm", "sontinh")
    tam.says("/done 2b")
    world.at(2020, 2, 3, 9, 0)
    for phone in (boss, lan, mai, tam):
        phone.forgets()
    boss.says("/nhac 2b").expects(
        "Đôn đốc 2b: sẽ gửi cho 2 người",
        "Lan – Xã Sơn Dung: 2b, quá hạn 2 ngày làm việc",
        "Đã báo kết quả, không gửi: Xã Sơn Tinh",
        "Không có cán bộ nào nhận được tin: VP HĐND&UBND",
    ).expects_buttons("Gửi đôn đốc (2 người)").is_silent()
    lan.is_silent()
    boss.taps("Gửi đôn đốc").expects("Đã chuyển đôn đốc tới 2 người của 2 đơn vị", "Cần liên hệ trực tiếp").is_silent()
    for phone, agency in ((lan, "UBND xã Sơn Dung"), (mai, "UBND xã Sơn Long")):
        phone.expects(f"Đề nghị {agency} khẩn trương hoàn thành 1 việc", "2b · quá hạn 2 ngày làm việc", "/xong_2b")
        phone.expects_buttons("Đã xong", "Vướng mắc", "Đã nhận việc", "Đang thực hiện").is_silent()
    tam.is_silent()
    boss.says("/nhac gui 2b").expects("Hôm nay đã đôn đốc về 2b").is_silent()
    boss.says("/dondoc 2b").expects(
        "Không có ai để đôn đốc", "Hôm nay đã được đôn đốc, không gửi lại: Lan (Xã Sơn Dung)"
    )
    lan.is_silent()
    with world.service.store.look() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "urge.sent")).one()
        steps = session.exec(select(Reminder).where(Reminder.step == "urge:2020-02-03")).all()
    assert entry.subject == "urge:2b"
    assert len(entry.detail["people"]) == 2
    assert {each.delivery_id is not None for each in steps} == {True}
    # The answer comes as a reply, and tomorrow it may be urged again about the rest.
    lan.sends_photo(reply_to="Đôn đốc").expects("Đã ghi nhận 2b – UBND xã Sơn Dung")
    world.at(2020, 2, 4, 9, 0)
    boss.forgets().says("/nhac 2b").expects("sẽ gửi cho 1 người", "Mai")


def test_all_of_a_person_comes_in_one_message(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung", "sonlong")
    world.at(2020, 2, 4, 9, 0)
    lan.forgets()
    boss.forgets().says("/nhac late").taps("Gửi đôn đốc (1 người)")
    lan.expects("Đề nghị UBND xã Sơn Dung, UBND xã Sơn Long khẩn trương hoàn thành 2 việc").is_silent()
    boss.forgets().says("/nhac Sơn Màu").expects("Không có ai để đôn đốc về sonmau", "Xã Sơn Màu")
    boss.says("/nhac 9z").expects("Chưa rõ «9z»").says("/nhac").expects("Đôn đốc việc gì").is_silent()


def test_outside_the_hours_it_says_when_it_goes_and_leaves_out_what_is_done_by_then(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    world.at(2020, 1, 31, 17, 30)
    for phone in (boss, lan, mai):
        phone.forgets()
    boss.says("/nhac 2b").expects("nếu gửi bây giờ, tin đến lúc 07:30 ngày 03/02/2020")
    boss.taps("Gửi đôn đốc").expects("tin đến lúc 07:30 ngày 03/02/2020").is_silent()
    lan.is_silent()
    lan.says("/done 2b").forgets()
    world.at(2020, 2, 3, 7, 30)
    assert not any("Đôn đốc" in text_of(each) for each in lan.unread)
    assert any("Đôn đốc" in text_of(each) for each in mai.unread)
    with world.service.store.look() as session:
        rows = session.exec(select(Delivery).where(Delivery.kind == "urge")).all()
    assert sorted(row.state for row in rows) == ["dropped", "sent"]


def test_only_admins_urge(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/nhac 2b").expects("dành cho đầu mối tổng hợp").says("/nhac gui 2b").expects("dành cho").is_silent()


def test_who_stands_in_is_urged_and_who_is_away_is_not(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sondung")
    with world.service.store.look() as session:
        number = next(person.id for person, _ in people.everybody(session) if person.name == "Mai")
    lan.says(f"/vangmat 03/02 10/02 P{number}")
    world.at(2020, 2, 3, 9, 0)
    for phone in (boss, lan, mai):
        phone.forgets()
    boss.says("/nhac 2b").expects("sẽ gửi cho 1 người", "Mai – Xã Sơn Dung").taps("Gửi đôn đốc").expects("tới 1 người")
    mai.expects("khẩn trương hoàn thành").is_silent()
    lan.is_silent()


def test_nobody_urges_himself(world: World) -> None:
    boss = world.admin("Hoa")
    world.officer("Hoa", "noivu")
    world.at(2020, 2, 3, 9, 0)
    boss.forgets().says("/nhac noivu").expects("Không có ai để đôn đốc").is_silent()
