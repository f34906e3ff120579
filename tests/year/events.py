"""What happens in the year beside the daily work: people come and go, dates and days change, somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from store import people
from tests.conftest import HANOI
from tests.year.cast import SUCCESSOR

if TYPE_CHECKING:
    from tests.year.play import Year

BOSS = "Nguyễn Thị Hương"
LEAVER, BLOCKER = "Trần Tinh", "Lê Lập"
BLOCKS, RETURNS = date(2020, 5, 4), date(2020, 9, 1)


def _assigns(year: Year) -> None:
    boss = year.phones[BOSS]
    boss.says("/giaoviec tuphap 15/04/2020 rà soát văn bản về phòng, chống dịch; căn cứ CV 7/UBND-NV")
    boss.taps("Xác nhận")
    year.owes("tuphap", "gv1", "gv1.1", date(2020, 4, 15))


def _dates(year: Year) -> None:
    boss = year.phones[BOSS]
    boss.says("/datngay 3d 30/10/2020 căn cứ KH 12/KH-UBND").taps("Xác nhận")
    year.owes("noivu", "3d", "3d.1", date(2020, 10, 30))


def _is_not_theirs(year: Year) -> None:
    year.phones["Y Dân"].says("/khongthuoc 2h phòng chưa có bộ phận một cửa")
    year.phones[BOSS].taps("Đồng ý")
    year.excuse("dantoc", "2h.1")


def _comes_on_paper(year: Year) -> None:
    boss = year.phones[BOSS]
    boss.says("/giayto 2h sonmau 25/03/2020 căn cứ sổ công văn đến số 41").taps("Xác nhận")
    year.was_answered("sonmau", "2h.1", datetime(2020, 3, 25, 17, 0, tzinfo=HANOI))


def _leaves(year: Year) -> None:
    with year.world.service.store.look() as session:
        leaver = next(person for person, _, _ in people.linked(session) if person.name == LEAVER)
    year.phones[BOSS].says(f"/thuhoi P{leaver.id} co")
    del year.by_agency["sontinh"]


def _succeeds(year: Year) -> None:
    year.phones[SUCCESSOR.name] = year.world.officer(SUCCESSOR.name, SUCCESSOR.agency)
    year.by_agency["sontinh"] = SUCCESSOR


def _asks_for_more_time(year: Year) -> None:
    year.phones["Tạ Tài"].says("/giahan 5 31/07 chờ hướng dẫn của Sở Tài chính")
    year.phones[BOSS].taps("Đồng ý")
    year.works = [replace(each, deadline=date(2020, 7, 31)) if each.milestone == "5.1" else each for each in year.works]


def _a_day_off_is_added(year: Year) -> None:
    """The last day of September becomes a day off: what is due on it may come a day later."""
    year.phones[BOSS].says("/ngaynghi 30/09/2020 nghỉ bão theo công điện 9/CĐ-UBND").taps("Xác nhận")
    year.days_off.add(date(2020, 9, 30))
    year.works = [
        replace(each, deadline=date(2020, 10, 1)) if each.deadline == date(2020, 9, 30) else each for each in year.works
    ]


def _blocks(year: Year) -> None:
    year.world.platform.block(year.phones[BLOCKER].user)


def _returns(year: Year) -> None:
    year.world.platform.unblock(year.phones[BLOCKER].user)
    year.phones[BLOCKER].starts()


def _is_away(year: Year) -> None:
    year.phones["Tô Kinh"].says("/vangmat 24/3 27/3")


def _cannot_go_on(year: Year) -> None:
    year.phones["Lê Lập"].says("/vuongmac 2b chưa bố trí được kinh phí, đề nghị huyện hỗ trợ")
    year.phones["Đoàn Nông"].says("vướng mắc 2b thiếu cán bộ chuyên trách")
    year.phones[BOSS].taps("Trả lời").says("Phòng sẽ báo cáo UBND huyện trong tuần này")


def _tells_how_far(year: Year) -> None:
    year.phones["Mai Tư"].says("/tiendo 1a thẩm định 3 dự thảo văn bản")
    year.phones["Vũ Văn"].says("/nhan 7b")
    year.phones["Tạ Tài"].says("/tiendo 5 60 đang lấy ý kiến các xã")


def _freezes_the_quarter(year: Year) -> None:
    boss = year.phones[BOSS]
    boss.says("/baocao quý 1")
    boss.says("/baocao quý 1 chốt").taps("Xác nhận")


EVENTS: Mapping[date, Callable[[Year], None]] = {
    date(2020, 1, 31): _cannot_go_on,
    date(2020, 2, 17): _assigns,
    date(2020, 3, 2): _dates,
    date(2020, 3, 4): _tells_how_far,
    date(2020, 3, 16): _is_not_theirs,
    date(2020, 3, 17): _freezes_the_quarter,
    date(2020, 3, 23): _is_away,
    date(2020, 4, 6): _comes_on_paper,
    BLOCKS: _blocks,
    date(2020, 6, 1): _leaves,
    date(2020, 6, 8): _succeeds,
    date(2020, 6, 22): _asks_for_more_time,
    RETURNS: _returns,
    date(2020, 9, 28): _a_day_off_is_added,
}
