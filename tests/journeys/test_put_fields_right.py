"""Words, leads and a rhythm that were read wrongly are put right: no answer is lost, and nobody was late."""

from datetime import UTC, date, datetime

import pytest

from plan.status import State
from reports.figures.boxes import Box
from sandbox.world import World
from tests.conftest import MakeWorld
from tests.journeys.test_put_right import boxes, of_work


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world(2020, 1, 2, 7, 0)


def test_an_agency_that_was_taken_for_the_lead_was_never_late(world: World) -> None:
    boss, thu, nam = world.admin("Hoa"), world.officer("Thu", "vanhoa"), world.officer("Nam", "tuphap")
    world.at(2020, 4, 20, 9, 0)
    past = datetime(2020, 4, 10, 2, 0, tzinfo=UTC)
    assert boxes(world, past, "7a.1") == {"vanhoa": Box.OVERDUE}
    boss.forgets().says("/dinhchinh 7a chủ trì: Phòng Tư pháp; đọc nhầm cột").expects(
        "Đính chính lỗi nhập", "cơ quan chủ trì", "Phòng Văn hóa và Thông tin", "Phòng Tư pháp", "không còn theo dõi"
    )
    thu.forgets()
    nam.forgets()
    boss.forgets().taps("Xác nhận").expects("Đã đính chính 7a").expects("Số liệu")
    thu.expects("Đính chính 7a", "không thuộc đơn vị", "không bị tính chậm")
    nam.expects("Đính chính 7a", "không phải do đơn vị")
    was, now = of_work(world, "7a.1")["vanhoa"], of_work(world, "7a.1")["tuphap"]
    assert (was.state, was.due, now.state, now.due) == (State.RETIRED, None, State.OPEN, date(2020, 3, 31))
    # Nobody had told it: an admin says whether that is late.
    assert boxes(world, world.now, "7a.1") == {"tuphap": Box.FLAGGED}
    assert boxes(world, past, "7a.1").get("vanhoa") is not Box.OVERDUE
    world.stop()
    world.start()
    assert of_work(world, "7a.1")["tuphap"].state == State.OPEN


def test_an_answer_of_whoever_was_taken_for_the_lead_stays_in_the_record(world: World) -> None:
    boss, thu = world.admin("Hoa"), world.officer("Thu", "vanhoa")
    world.at(2020, 4, 20, 9, 0)
    thu.says("/done 7a.1 KH 05/KH-UBND").expects("quá hạn").forgets()
    boss.forgets().says("/dinhchinh 7a chủ trì: Phòng Tư pháp; đọc nhầm").expects("1 kết quả trong số đó đã báo")
    boss.forgets().taps("Xác nhận").expects("Đã đính chính 7a")
    thu.forgets().says("/lichsu 7a.1").expects("KH 05/KH-UBND")


def test_the_words_of_work_are_put_right_and_nothing_else(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b KH 05/KH-UBND").forgets()
    before = of_work(world, "2b.1")
    boss.forgets().says("/dinhchinh 2b tên: Rà soát thủ tục hành chính năm 2020; sót chữ").expects("nội dung việc")
    boss.forgets().taps("Xác nhận").expects("Đã đính chính 2b")
    after = of_work(world, "2b.1")
    assert {each: (row.state, row.due) for each, row in after.items()} == {
        each: (row.state, row.due) for each, row in before.items()
    }
    lan.forgets().says("/chitiet 2b").expects("Rà soát thủ tục hành chính năm 2020")


def test_a_rhythm_that_was_misread_has_its_days_from_the_beginning(world: World) -> None:
    boss, thu = world.admin("Hoa"), world.officer("Thu", "vanhoa")
    world.at(2020, 4, 20, 9, 0)
    thu.forgets()
    boss.forgets().says("/dinhchinh 7a.2 kỳ: trước ngày 05 hằng tháng; đọc nhầm kỳ").expects("kỳ báo cáo")
    boss.forgets().taps("Xác nhận").expects("Đã đính chính 7a")
    thu.expects("Đính chính 7a")
    found = boxes(world, world.now, "7a.2")
    assert Box.OVERDUE not in found.values()
    boss.forgets().says("/dinhchinh 7a.2 kỳ: khi nào rảnh; đọc nhầm").expects("Không có gì để đính chính")


def test_names_that_the_plan_has_not_are_no_leads(world: World) -> None:
    boss = world.admin("Hoa")
    boss.forgets().says("/dinhchinh 7a chủ trì: UBND xã Sơn Mau; đọc nhầm").expects("Không có gì để đính chính ở 7a")
    boss.forgets().says("/dinhchinh 7a chủ trì: Phòng Tư pháp").expects("Đính chính thời hạn đọc nhầm")
