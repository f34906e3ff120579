"""A meeting's conclusion, pasted by an admin: all of it is shown, nothing is assigned while a line is not plain."""

from pathlib import Path

from sqlmodel import select

from store.tables import Obligation
from tests.cli.command import nhacviec
from tests.conftest import MakeWorld
from tests.databases import migrated

LINES = """Căn cứ Kết luận số 45/TB-UBND ngày 08/6/2020
1. Báo cáo số liệu hộ tịch – Phòng Tư pháp – trước ngày 15/7/2020
2. Rà soát kinh phí - Phòng Tài chính - Kế hoạch - 20/7/2020
- Công khai thủ tục tại bộ phận một cửa – UBND xã Sơn Dung, UBND xã Sơn Long – Quý III năm 2020 – CV 12/UBND"""


def test_lines_become_work_after_a_preview(make_world: MakeWorld) -> None:
    world = make_world(2020, 6, 8, 9, 0)
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    boss.forgets().says(f"/giaoviec {LINES.replace('15/7/2020', 'sớm nhất')}").expects(
        "còn 1 dòng cần sửa", "Dòng 2", "chưa có thời hạn chắc chắn"
    )
    boss.says(f"/giaoviec {LINES.replace('Phòng Tư pháp', 'Phòng Lạ')}").expects("chưa rõ đơn vị nào")
    boss.says("/giaoviec Việc một – Phòng Tư pháp – 15/7/2020\nViệc hai – Phòng Nội vụ – 1/1/2020 – CV 1").expects(
        "chưa có căn cứ", "thời hạn đã qua"
    )
    boss.forgets().says(f"/giaoviec {LINES}").expects(
        "Giao 3 việc theo kết luận",
        "1. Báo cáo số liệu hộ tịch – P. Tư pháp – hết ngày 14/07/2020 – căn cứ: Kết luận số 45/TB-UBND ngày 08/6/2020",
        "2. Rà soát kinh phí", "20/07/2020", "3. Công khai thủ tục", "30/09/2020 – căn cứ: CV 12/UBND",
    )  # fmt: skip
    lan.forgets()
    boss.forgets().taps("Xác nhận").expects("Đã giao 3 việc theo kết luận", "gv1", "gv2", "gv3")
    lan.expects("Việc mới được giao: gv3", "Công khai thủ tục", "CV 12/UBND")
    with world.service.store.look() as session:
        rows = session.exec(select(Obligation).where(Obligation.plan_id == "giaoviec-2020")).all()
    assert sorted((row.task, row.agency_id) for row in rows) == [
        ("gv1", "tuphap"), ("gv2", "taichinh"), ("gv3", "sondung"), ("gv3", "sonlong"),
    ]  # fmt: skip
    # One work in the former way is still one work.
    boss.forgets().says("/giaoviec tuphap 15/07/2020 rà soát văn bản; căn cứ CV 7/UBND").expects("Giao việc", "rà soát")


def test_by_the_command_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    migrated(url)
    file = tmp_path / "ket-luan.txt"
    file.write_text("Căn cứ KL 45\nBáo cáo hộ tịch – Phòng Tư pháp – 15/7/2099\n", "utf-8")
    assert "quá xa" in nhacviec(tmp_path, "plan", "assign", str(file), "--yes", code=2, DATABASE_URL=url)
