"""What an admin sets aside, takes up again and hands over, seen from the phones."""

from datetime import date

from sqlmodel import select

from plan.status import EventKind, State
from sandbox.phone import text_of
from sandbox.world import World
from store import obligations
from store.tables import Obligation, ObligationEvent
from tests.conftest import MakeWorld


def row_of(world: World, agency: str, milestone: str) -> Obligation:
    with world.service.store.look() as session:
        query = select(Obligation).where(Obligation.agency_id == agency, Obligation.milestone == milestone)
        return session.exec(query).one()


def test_one_agency_is_suspended_and_resumed(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    boss.says("/tamhoan 2b.1 sondung căn cứ CV 15/UBND").expects("Tạm hoãn việc 2b.1", "Xã Sơn Dung (1 kết quả)")
    boss.expects_buttons("Xác nhận", "Không ghi").taps("Xác nhận").expects(
        "Đã ghi: Tạm hoãn", "Xã Sơn Dung"
    ).is_silent()
    lan.expects("Tạm hoãn – việc 2b.1", "Căn cứ: CV 15/UBND", "không tính vào tỷ lệ").is_silent()
    mai.is_silent()
    world.at(2020, 1, 2, 7, 30)
    assert not [message for message in lan.unread if "/xong_2b" in text_of(message)]
    mai.expects("2b")
    boss.forgets().says("/tonghop")
    boss.expects("tạm hoãn 1", "đầu việc có thời hạn")
    assert row_of(world, "sondung", "2b.1").state == State.SUSPENDED
    lan.forgets().says("/done 2b.1").expects("hiện tạm hoãn").is_silent()
    boss.forgets().says("/tamhoan 2b.1 sondung căn cứ x").expects("Không có kết quả nào", "Xã Sơn Dung: tạm hoãn")
    boss.says("/tieptuc 2b.1 sondung").expects("Căn cứ là gì?").says("Chỉ đạo của Chủ tịch").taps("Xác nhận")
    assert row_of(world, "sondung", "2b.1").state == State.OPEN
    lan.expects("Tiếp tục thực hiện – việc 2b.1", "Chỉ đạo của Chủ tịch")
    with world.service.store.look() as session:
        found = obligations.events_of(session, row_of(world, "sondung", "2b.1").id or 0)
        assert [(each.kind, each.note, each.person_id) for each in found][1:] == [
            (EventKind.SUSPENDED, "CV 15/UBND", 1),
            (EventKind.RESUMED, "Chỉ đạo của Chủ tịch", 1),
        ]


def test_a_task_ends_for_everybody_and_is_in_no_rate(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b").forgets()
    boss.forgets().says("/ketthuc 2b.1 căn cứ QĐ 9").expects("Không tiếp tục", "(22 kết quả)").taps("Xác nhận")
    boss.expects("Đã ghi: Không tiếp tục", "22 kết quả", "Chưa có cán bộ đầu mối nhận được tin").is_silent()
    lan.is_silent()
    world.at(2020, 2, 3, 7, 30)
    boss.forgets().says("/tonghop").expects("không tiếp tục 22", "Đã đến hạn 2: hoàn thành 1")


def test_work_is_handed_over_with_its_date_and_a_later_plan_leaves_it(world: World) -> None:
    boss, tu = world.admin("Hoa"), world.officer("Tú", "tuphap")
    boss.forgets().says("/chuyen 3d tuphap sondung căn cứ CV 3").expects("Không có kết quả nào")
    boss.says("/chuyen 2b.1 sondung tuphap căn cứ CV 3").expects("đã có việc 2b.1").is_silent()
    giver = row_of(world, "noivu", "3d.1")
    assert giver.state == State.OPEN
    boss.says("/datngay 3d 30/06/2020 căn cứ KH 1").taps("Xác nhận").forgets()
    boss.says("/chuyen 3d noivu tuphap căn cứ CV 3").expects("Từ: Phòng Nội vụ", "Sang: Phòng Tư pháp")
    boss.taps("Xác nhận").expects("Đã chuyển việc 3d").is_silent()
    tu.expects("Việc 3d được chuyển", "Đơn vị đồng chí thực hiện, hạn 30/06/2020").is_silent()
    world.stop()
    world.start()
    assert row_of(world, "noivu", "3d.1").state == State.TRANSFERRED
    taken = row_of(world, "tuphap", "3d.1")
    assert (taken.state, taken.due, taken.origin) == (State.OPEN, date(2020, 6, 30), "chat")
    tu.says("/done 3d").expects("Đồng chí báo việc nào").taps("3d").expects("Đã ghi nhận 3d").is_silent()
    boss.says("/tonghop 3d").expects("1/1 đơn vị", "đã chuyển đơn vị khác")
    with world.service.store.look() as session:
        notes = session.exec(select(ObligationEvent.note).where(ObligationEvent.kind == EventKind.TRANSFERRED)).all()
    assert notes == ["tuphap: CV 3"]


def test_what_was_transferred_and_is_taken_up_again_is_owed_by_one_agency(world: World) -> None:
    boss, tu = world.admin("Hoa"), world.officer("Tú", "tuphap")
    boss.says("/chuyen 3d noivu tuphap căn cứ CV 3").taps("Xác nhận").forgets()
    tu.forgets()
    boss.says("/tieptuc 3d noivu căn cứ CV 8").taps("Xác nhận").expects("Tiếp tục").expects("Đã ghi: Tiếp tục")
    tu.expects("Việc 3d được chuyển từ P. Tư pháp sang Phòng Nội vụ", "không còn việc này").is_silent()
    assert row_of(world, "noivu", "3d.1").state == State.OPEN
    assert row_of(world, "tuphap", "3d.1").state == State.TRANSFERRED
    # And over again.
    boss.says("/chuyen 3d noivu tuphap căn cứ CV 9").taps("Xác nhận")
    assert row_of(world, "noivu", "3d.1").state == State.TRANSFERRED
    assert row_of(world, "tuphap", "3d.1").state == State.OPEN


def test_a_yes_counts_for_what_was_shown_last(world: World) -> None:
    boss = world.admin("Hoa").forgets()
    boss.says("/ketthuc 2b căn cứ a").says("/tamhoan 1c căn cứ b").forgets()
    boss.says("/ketthuc co").expects("đã được quyết định").says("/tamhoan co 000000").expects("đã được quyết định")
    assert row_of(world, "sondung", "2b.1").state == State.OPEN


def test_work_by_word_of_mouth_is_work_like_any_other(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0)
    boss, tu, lan = world.admin("Hoa"), world.officer("Tú", "tuphap"), world.officer("Lan", "sondung")
    boss.forgets().says("/giaoviec tuphap, yte 15/02/2020 Báo cáo số liệu; kèm phụ lục").expects("Căn cứ là gì?")
    boss.says("CV 12/UBND").expects("Giao việc: Báo cáo số liệu; kèm phụ lục", "P. Tư pháp, P. Y tế", "17/02/2020")
    boss.taps("Xác nhận").expects("Đã giao việc gv1", "P. Y tế", "Chưa có cán bộ đầu mối nhận được tin: P. Y tế")
    tu.expects("Việc mới được giao: gv1", "Báo cáo số liệu", "CV 12/UBND", "/xong_gv1").is_silent()
    lan.is_silent()
    boss.says("/giaoviec sondung 28/02/2020 Họp thôn, căn cứ kết luận giao ban").taps("Xác nhận").expects("Họp thôn")
    boss.expects("gv2")
    lan.expects("gv2").forgets()
    world.stop()
    world.start()
    world.at(2020, 2, 3, 7, 30)
    tu.forgets().says("/chitiet gv1").expects("gv1", "Việc giao trực tiếp", "Báo cáo số liệu", "CV 12/UBND")
    world.at(2020, 2, 11, 7, 30)
    digest = next(text for each in tu.unread if "gv1" in (text := text_of(each)))
    assert "còn 3 ngày làm việc" in digest
    boss.forgets().says("/tonghop").expects("Việc giao 2020").expects_photo("Việc giao 2020")
    boss.taps("Theo mục").expects("gv. Việc giao trực tiếp: 0/3")
    tu.forgets().says("gv1 xong").expects("Đã ghi nhận gv1", "đúng hạn").is_silent()
    boss.forgets().says("/tonghop gv1").expects("1/2 đơn vị")
    boss.says("/ketthuc gv2 căn cứ hoãn họp").taps("Xác nhận")
    assert row_of(world, "sondung", "gv2.1").state == State.ENDED
    assert row_of(world, "tuphap", "gv1.1").state == State.DONE
