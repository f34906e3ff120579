"""An office begins in October with a table that it kept through the year: its results come in with the plan."""

import io
from datetime import date

from docx import Document
from openpyxl import Workbook
from sqlmodel import select

from plan.status import State
from store.answer_tables import Submission
from store.tables import Obligation
from tests.conftest import MakeWorld

HEAD = (
    "STT",
    "Nhiệm vụ",
    "Đơn vị chủ trì",
    "Sản phẩm",
    "Thời hạn",
    "Tình trạng",
    "Số, ký hiệu văn bản",
    "Ngày ban hành",
)
ROWS = (
    ("1", "Ban hành kế hoạch cải cách hành chính", "Phòng Kinh tế", "Kế hoạch", "30/3/2026", "Đã hoàn thành",
     "15/KH-UBND", date(2026, 3, 12)),
    ("2", "Rà soát thủ tục", "Phòng Kinh tế", "Báo cáo", "30/6/2026", "Hoàn thành", "40/BC-PKT", "15/7/2026"),
    ("3", "Tập huấn cán bộ", "Phòng Văn hóa - Xã hội", "Lớp tập huấn", "30/9/2026", "Đang thực hiện", "", ""),
    ("4", "Kiểm tra công vụ", "Phòng Văn hóa - Xã hội", "Báo cáo", "30/11/2026", "Chưa hoàn thành", "", ""),
    ("5", "Tuyên truyền", "Phòng Văn hóa - Xã hội", "Tin bài", "30/8/2026", "Đã hoàn thành", "", ""),
)  # fmt: skip


def table() -> bytes:
    """The office's own table as Excel."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2026"])
    for row in (HEAD, *ROWS):
        sheet.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_results_come_in_as_told_on_paper(make_world: MakeWorld) -> None:
    world = make_world(2026, 10, 5, 8, 0, plan_file=())
    boss = world.admin("Bình", "donvi")
    data = table()
    boss.forgets().sends_file("bang.xlsx", data, "/kehoach").expects("đang đọc").expects("5 nhiệm vụ")
    boss.forgets().says("/kehoach")
    while "Câu " in boss.last:
        boss.forgets().taps("Để sau")
    boss.forgets().taps("Đưa vào theo dõi, bắt đầu nhắc").forgets()
    boss.taps("Xác nhận").expects(
        "Đã đưa", "Đã ghi 2 kết quả mà văn bản cho biết đã hoàn thành", "chưa rõ ngày hoặc chưa rõ đơn vị nào: 5"
    )
    with world.service.store.look() as session:
        rows = {row.task: row for row in session.exec(select(Obligation))}
        answers = {each.obligation_id: each for each in session.exec(select(Submission))}
    assert {code: row.state for code, row in rows.items()} == {
        "1": State.DONE, "2": State.DONE, "3": State.OPEN, "4": State.OPEN, "5": State.OPEN,
    }  # fmt: skip
    first, second = answers[rows["1"].id or 0], answers[rows["2"].id or 0]
    assert (first.product_number, first.product_date, first.on_behalf) == ("15/KH-UBND", date(2026, 3, 12), True)
    assert "theo tệp bang.xlsx" in first.note
    office = world.service.current()
    assert not office.lateness(rows["1"], office.today(world.now)).is_late
    assert office.lateness(rows["2"], office.today(world.now)).is_late
    assert second.product_number == "40/BC-PKT"
    # Nobody hears of what was done long ago, and the same file again brings nothing twice.
    boss.forgets().sends_file("bang.xlsx", data, "/kehoach").expects("đang đọc").expects("đã được gửi trước đây")


def word_table(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """The same plan as a Word file with a table, kept through the year."""
    document = Document()
    document.add_paragraph("KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2026")
    made = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = words
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_revised_table_brings_new_results_and_none_twice(make_world: MakeWorld) -> None:
    world = make_world(2026, 10, 5, 8, 0, plan_file=())
    boss = world.admin("Bình", "donvi")
    boss.forgets().sends_file("bang.xlsx", table(), "/kehoach").expects("đang đọc")
    boss.forgets().says("/kehoach")
    while "Câu " in boss.last:
        boss.forgets().taps("Để sau")
    boss.forgets().taps("Đưa vào theo dõi, bắt đầu nhắc").forgets().taps("Xác nhận").forgets()
    world.at(2026, 11, 16, 9, 0)
    rows: list[tuple[str, ...]] = [HEAD]
    for number, title, lead, product, due, state, symbol, day in ROWS:
        rows.append(
            (number, title, lead, product, due, state, symbol, day if isinstance(day, str) else f"{day:%d/%m/%Y}")
        )
    rows[3] = (*rows[3][:5], "Đã hoàn thành", "77/BC-VHXH", "02/11/2026")
    rows[4] = (*rows[4][:4], "15/12/2026", *rows[4][5:])
    boss.forgets().sends_file("bang sua.docx", word_table(tuple(rows)), "/kehoach").expects("đang đọc")
    boss.forgets().says("/kehoach")
    while "Câu " in boss.last:
        boss.forgets().taps("Để sau")
    boss.forgets().says("/kehoach").taps("Đưa vào theo dõi, bắt đầu nhắc").forgets().taps("Xác nhận").expects("bản mới")
    boss.forgets().says("/kehoach").expects("4 đổi thời hạn").taps("Đưa vào áp dụng").forgets()
    boss.taps("Xác nhận").expects("Đã ghi 1 kết quả", "chưa rõ đơn vị nào: 5")
    with world.service.store.look() as session:
        found = {row.task: row for row in session.exec(select(Obligation))}
        answers = [each.obligation_id for each in session.exec(select(Submission))]
    assert {code: row.state for code, row in found.items()} == {
        "1": State.DONE, "2": State.DONE, "3": State.DONE, "4": State.OPEN, "5": State.OPEN,
    }  # fmt: skip
    assert set(answers) == {found[code].id for code in "123"}
    assert len(answers) == 3
