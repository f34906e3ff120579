"""The plan of 2020 is amended in June by the office's own documents: no answer moves, and every figure is explained."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from plan.status import State
from reports.story import dates_explained
from sandbox.world import World
from store import plan_imports
from store.tables import Obligation, ObligationEvent
from tests.conftest import MakeWorld
from tests.intake.amendments import amendment

POINTS = (
    "Bãi bỏ điểm b khoản 2 Mục II.",
    "Các điểm c, d, e, g, h khoản 2 Mục II được chuyển thành các điểm b, c, d, e, g khoản 2 Mục II.",
    "Thời hạn thực hiện nhiệm vụ tại điểm d khoản 6 Mục II được điều chỉnh thành “trước ngày 31/8/2020”.",
)
AGENCIES = ("sondung", "sonlong", "noivu", "tuphap")


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world(2020, 1, 2, 7, 0)


def rows(world: World) -> dict[tuple[str, str, str], tuple[str, str, object, object]]:
    """All that is owed, by the identity of the work: its code, its state, when it was answered, its first day."""
    with world.service.store.look() as session:
        return {
            (row.work, row.occurrence, row.agency_id): (row.milestone, row.state, row.done_at, row.first_due)
            for row in session.exec(select(Obligation))
        }


def test_an_amendment_by_articles_in_june(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    lan.says("/done 2b KH 05/KH-UBND").forgets().says("/done 2h đã kiện toàn").forgets()
    world.at(2020, 2, 17, 9, 0)
    mai.says("/done 2b KH 07/KH-UBND").expects("quá hạn").forgets()
    world.at(2020, 6, 8, 9, 0)
    before = rows(world)
    lan.forgets()
    mai.forgets()
    boss.forgets().sends_file("sua-doi.txt", amendment(*POINTS), "/kehoach", mime="text/plain")
    boss.expects("đang đọc").expects("văn bản sửa đổi CCHC 2020, 7 điểm", "Không còn câu nào phải trả lời")
    assert rows(world) == before
    boss.forgets().taps("Xem câu hỏi, trả lời").expects(
        "Căn cứ: 512/QĐ-UBND ngày 08/06/2020",
        "Bỏ 2b: Xây dựng và triển khai", "Đã có 2 kết quả, vẫn được lưu",
        "2h nay mang mã 2g", "1 kết quả đã báo đi theo việc",
        "6d đổi thời hạn: «", "thành «trước ngày 31/8/2020»", "sẽ được nhắc theo hạn mới",
    )  # fmt: skip
    boss.forgets().taps("Đưa vào áp dụng").expects("mỗi kết quả ở lại với việc của mình")
    boss.forgets().taps("Xác nhận").expects("Đã đưa vào áp dụng")
    # 2b was owed by 23: two had answered, one of them late; the others were overdue. 6d was near or open.
    boss.expects(
        "Số liệu tổng hợp trước và sau khi áp dụng",
        "139 → 116; đã đến hạn 85 → 62, trong đó hoàn thành 3 → 1",
        "2b (mã trước đây): 1 kết quả «Hoàn thành đúng hạn» không tính nữa",
        "2b (mã trước đây): 1 kết quả «Hoàn thành quá hạn» không tính nữa",
        "2b (mã trước đây): 21 kết quả «Quá hạn» không tính nữa",
    )
    after = rows(world)
    assert {key: row[1:] for key, row in after.items() if key[0] not in ("2b.1", "2b.2")} == {
        key: row[1:] for key, row in before.items() if key[0] not in ("2b.1", "2b.2")
    }
    assert {row[1] for key, row in after.items() if key[0] == "2b.1"} == {State.RETIRED}
    assert after["2h.1", "", "sondung"][:2] == ("2g.1", State.DONE)
    # A moved date keeps the first one, and what left the count says by what.
    with world.service.store.look() as session:
        moved = session.exec(select(Obligation).where(Obligation.work == "6d.1")).first()
        assert moved is not None
        assert (moved.due, moved.first_due) == (date(2020, 8, 30), date(2020, 6, 30))
        gone = session.exec(select(ObligationEvent).where(ObligationEvent.kind == "retired")).all()
        assert {each.note for each in gone} == {"512/QĐ-UBND ngày 08/06/2020"}
    lan.expects("được sửa đổi", "Bỏ 2b", "2h nay mang mã 2g")
    office = world.service.current()
    assert "hạn ban đầu 30/06/2020, kế hoạch sửa đổi thành 30/08/2020" in dates_explained.own_date(office, moved)
    # The same file again, and the next start, change nothing.
    boss.forgets().sends_file("lai.txt", amendment(*POINTS), "/kehoach", mime="text/plain")
    boss.expects("đang đọc").expects("lai.txt đã được gửi trước đây")
    world.stop()
    world.start()
    boss.forgets().says("/kehoach").expects("Không có bản kế hoạch nào chờ")
    assert rows(world) == after


def test_a_kind_of_changes_and_one_task_stay_as_they_are(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 6, 8, 9, 0)
    boss.forgets().sends_file("sua-doi.txt", amendment(POINTS[0], POINTS[2]), "/kehoach", mime="text/plain").forgets()
    boss.says("/kehoach").expects("Bỏ 2b", "6d đổi thời hạn").forgets()
    boss.taps("Giữ nguyên: thời hạn cũ (1)").expects("Giữ nguyên như bản đang áp dụng: thời hạn", "Bỏ 2b")
    assert "6d đổi thời hạn" not in boss.last
    boss.forgets().taps("Nhận lại tất cả").expects("6d đổi thời hạn").forgets()
    boss.says("/kehoach giunguyen 2b").expects("6d đổi thời hạn", "Giữ nguyên như bản đang áp dụng: 2b").forgets()
    boss.taps("Đưa vào áp dụng").forgets().taps("Xác nhận").expects("Đã đưa vào áp dụng")
    states = {key[0]: row[1] for key, row in rows(world).items() if key[2] == "sondung"}
    assert states["2b.1"] == State.OPEN


def test_what_cannot_be_placed_is_asked_in_the_chat(world: World) -> None:
    boss = world.admin("Hoa")
    boss.forgets().sends_file("sua-doi.txt", amendment("Bãi bỏ điểm y khoản 2 Mục II."), "/kehoach", mime="text/plain")
    boss.expects("đang đọc").expects("Còn 1 câu cần trả lời").forgets()
    boss.taps("Xem câu hỏi, trả lời").expects("Điểm «Bãi bỏ điểm y khoản 2 Mục II.» nói về việc nào", "mã việc")
    boss.forgets().says("/kehoach traloi 1 2b").expects("Đã ghi: 2b – Xây dựng").expects("Bỏ 2b")


@pytest.mark.long
def test_the_plans_own_sheet_comes_back_by_the_chat(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2h đã kiện toàn").forgets()
    data = boss.forgets().says("/kehoach excel").gets_file("ke-hoach-cchc-2020.xlsx", "để sửa bằng Excel")
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    due = next(cell.column for cell in sheet[1] if cell.value == "due")
    number = next(each[0].row for each in sheet.iter_rows(min_row=6) if each[2].value == "2h")
    sheet.cell(number, due).value = date(2020, 5, 20)
    held = io.BytesIO()
    book.save(held)
    boss.forgets().sends_file("ke-hoach.xlsx", held.getvalue(), "/kehoach")
    boss.expects("đang đọc").expects("bảng của CCHC 2020 trả lại với 1 điểm thay đổi")
    boss.forgets().taps("Xem thay đổi").expects(
        "2h đổi thời hạn", "thành «ngày 20/05/2020»", "kết quả đã báo vẫn được giữ"
    )
    boss.forgets().taps("Bỏ bản này").expects("Đã bỏ bản kế hoạch")
    # Dropped, the same file may come again; sent by the former plan it is refused with what changed since.
    boss.forgets().sends_file("ke-hoach.xlsx", held.getvalue(), "/kehoach").expects("đang đọc").expects("1 điểm")
    boss.forgets().says("/kehoach apdung").forgets().taps("Xác nhận").expects("Đã đưa vào áp dụng")
    boss.forgets().sends_file("cu.xlsx", data, "/kehoach").expects("đang đọc").expects(
        "được xuất trước khi CCHC 2020 thay đổi", "2h đổi thời hạn", "xuất lại tệp"
    )
    with world.service.store.look() as session:
        assert plan_imports.open_ones(session) == []
