"""Days off and make-up days set in the chat: shown first, then done; reminders move, and each officer is told once."""

from sqlmodel import select

from sandbox.phone import text_of
from sandbox.world import World
from store import audit
from store.plan_tables import OfficeDay
from tests.conftest import MakeWorld


def digests(texts: list[str]) -> list[str]:
    return [text for text in texts if "Tin tự động" in text]


def test_a_day_off_moves_the_reminders_and_is_told_in_the_next_digest(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 10, 8, 0)
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.forgets()
    # Three working days before 30 January are 20 January; a day off on the 21st moves that reminder to the 17th.
    boss.forgets().says("/ngaynghi 21/01/2020 bão số 1, CV 5/UBND").expects("Thêm ngày nghỉ: 21/01/2020", "CV 5/UBND")
    boss.taps("Xác nhận").expects("Đã thêm ngày nghỉ 21/01/2020", "1 cán bộ").is_silent()
    lan.is_silent()
    world.at(2020, 1, 13, 7, 30)
    found = digests([text_of(each) for each in lan.unread])
    assert len(found) == 1
    assert "2b" in found[0]
    assert "Lịch thay đổi: 21/01/2020 là ngày nghỉ (bão số 1" in found[0]
    assert "Hạn không đổi; các lần nhắc được tính lại." in found[0]
    lan.forgets()
    world.stop()
    world.start()
    world.at(2020, 1, 17, 7, 30)
    assert "còn 3 ngày làm việc" in lan.last
    assert "Lịch thay đổi" not in lan.last
    lan.forgets()
    world.at(2020, 1, 21, 7, 30)
    lan.is_silent()
    with world.service.store.look() as session:
        day = session.exec(select(OfficeDay)).one()
        assert (day.kind, day.basis, day.set_by) == ("off", "bão số 1, CV 5/UBND", 1)
        assert "day.off" in [each.action for each in audit.entries(session)]


def test_a_deadline_that_moves_is_shown_and_a_day_can_be_taken_back(world: World) -> None:
    boss = world.admin("Hoa").forgets()
    boss.says("/ngaynghi 30/01/2020 nghỉ thêm").expects(
        "quá hạn sau 30/01/2020 → 31/01/2020", "22/01/2020", "2b – 23 đơn vị"
    )
    boss.taps("Xác nhận").expects("Đã thêm ngày nghỉ 30/01/2020. Hạn đổi: 2a – VP HĐND&UBND; 2b – 23 đơn vị.").says(
        "/chitiet 2b"
    ).forgets()
    boss.says("/ngaynghi 30/01/2020 lại").expects("đã là ngày nghỉ")
    boss.says("/ngaynghi xoa 31/01/2020").expects("không phải là ngày đã thêm")
    boss.says("/ngaynghi xoa 30/01/2020").expects("Bỏ ngày đã thêm", "31/01/2020 → 30/01/2020").taps("Xác nhận")
    boss.expects("Đã bỏ ngày đã thêm 30/01/2020")
    assert world.service.current().calendar == world.service.office.calendar


def test_a_saturday_is_worked_and_a_report_day_moves(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    boss.forgets().says("/ngaylam 01/02/2020").expects("Căn cứ là gì?").says("hoán đổi theo TB 1").expects("làm bù")
    boss.taps("Xác nhận").expects("Đã thêm ngày làm bù 01/02/2020")
    boss.says("/ngaynghi 10/03/2020 lễ").expects("bc").taps("Xác nhận").forgets()
    lan.forgets().says("/viec")
    assert any("bc" in text_of(each) and "09/03/2020" in text_of(each) for each in lan.unread)
    world.at(2020, 1, 3, 7, 30)
    world.at(2020, 1, 6, 7, 30)
    told = [text_of(each) for each in lan.unread if "Lịch thay đổi" in text_of(each)]
    assert sum(text.count("Lịch thay đổi: 10/03/2020") for text in told) == 1


def test_who_has_no_digest_within_two_working_days_gets_a_notice(make_world: MakeWorld) -> None:
    world = make_world(2020, 2, 3, 8, 0)
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    boss.says("/ketthuc 2b.1 căn cứ x").taps("Xác nhận")
    world.at(2020, 2, 3, 9, 0)
    lan.forgets()
    boss.forgets().says("/ngaynghi 30/03/2020 lễ").taps("Xác nhận")
    world.at(2020, 2, 4, 8, 0)
    lan.is_silent()
    world.at(2020, 2, 5, 8, 0)
    lan.expects("Lịch thay đổi: 30/03/2020").is_silent()
    world.at(2020, 2, 6, 8, 0)
    lan.is_silent()
