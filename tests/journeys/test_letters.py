"""Công văn đôn đốc: the draft on demand, and the list on the fifth working day that offers one for each agency."""

from datetime import date

from plan.status import EventKind
from sandbox.world import World
from store import obligations
from store.obligations import NewEvent
from tests.journeys.test_lateness import FEBRUARY, said_to
from tests.reports.answers import obligation
from tests.reports.docx_text import words

PIECE = "Quá hạn từ 5 ngày làm việc"


def test_a_letter_is_drafted_for_an_agency_that_is_late(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    boss.says("/congvan sondung").expects("UBND xã Sơn Dung không có việc nào quá hạn").is_silent()
    boss.says("/congvan").expects("Không có đơn vị nào có việc quá hạn").is_silent()
    boss.says("/congvan sơn").expects("Chưa rõ đơn vị «sơn»").is_silent()
    for day in (14, 20, 22, 30):
        world.at(2020, 1, day, 9, 0)
    world.at(2020, 2, 3, 9, 0)
    boss.forgets().says("/congvan Sơn Dung")
    data = boss.gets_file("cong-van-don-doc-sondung-du-thao.docx", "1 kết quả quá hạn (2b)", "2 ngày làm việc")
    text = words(data)
    assert "UBND xã Sơn Dung" in text
    assert "14/01/2020" in text
    boss.is_silent()
    lan.forgets().says("/congvan sondung").expects("Lệnh này dành cho").is_silent()


def test_without_an_agency_those_that_are_late_are_offered(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 2, 3, 9, 0)
    boss.forgets().says("/congvan").expects("Đang có việc quá hạn", "Xã Sơn Lập: 1 việc")
    boss.taps("Xã Sơn Lập").expects_file("cong-van-don-doc-sonlap-du-thao.docx").is_silent()


def test_on_the_fifth_working_day_the_admins_are_offered_letters_once(world: World) -> None:
    boss = world.admin("Hoa")
    assert said_to(world, boss, *FEBRUARY, piece=PIECE) == [(2, 6)]


def test_who_answered_or_has_a_new_date_is_not_on_the_list(world: World) -> None:
    boss = world.admin("Hoa")
    for agency in ("sonlap", "sonmau", "sondung"):
        world.officer(f"Cán bộ {agency}", agency)
    for day in (3, 4, 5):
        world.at(2020, 2, day, 9, 0)
    with world.service.store.unit() as session:
        owed = [row for row in obligations.all_of(session) if row.milestone in ("2a.1", "2b.1")]
        for row in owed:
            if row.agency_id not in ("sonlap", "sonmau"):
                obligations.record(session, row, NewEvent(EventKind.SUBMITTED, world.now, via="test"), world.now)
        postponed = obligation(session, "2b.1", "sonmau")
        new = date(2020, 2, 14)
        obligations.record(
            session, postponed, NewEvent(EventKind.EXTENDED, world.now, via="test", due=new, note="CV 3"), world.now
        )
    boss.forgets()
    world.at(2020, 2, 6, 9, 0)
    boss.expects(PIECE, "Xã Sơn Lập: 2b (5 ngày làm việc)").expects_buttons("Dự thảo công văn – Xã Sơn Lập")
    boss.taps("Dự thảo công văn").expects_file("cong-van-don-doc-sonlap-du-thao.docx").is_silent()
    # The new date passes too: five working days after it the list is due again.
    days = [(2, day) for day in range(7, 29)]
    assert said_to(world, boss, *days, piece=PIECE) == [(2, 21)]
