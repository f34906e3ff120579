"""The workbook as an office and its programs read it."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from plan.status import EventKind
from reports.figures.boxes import Box
from reports.figures.record import Entry, Issue, Record
from reports.tables.cells import LONGEST, text
from reports.tables.columns import COLUMNS
from reports.tables.workbook import xlsx
from tests.libreoffice import to_pdf
from tests.reports.records import AS_OF, row, sample
from words.office import Office

ISSUE = Issue(id=4, number=2, issued_at=AS_OF, corrects=1, reason="sửa số liệu của một xã")
HEAD = 4  # the row of the headings


def opened(office: Office, record: Record, issue: Issue | None = ISSUE) -> Any:
    book = load_workbook(io.BytesIO(xlsx(office, record, issue)))
    assert isinstance(book, Workbook)
    return book


def local(*when: int) -> datetime:
    """A moment as a table has it: local, without a zone."""
    return datetime(*when)  # type: ignore[arg-type]  # noqa: DTZ001 -- tables know no zone


def column(sheet: Worksheet, heading: str) -> list[Any]:
    """The cells under a heading."""
    found = next(cell for cell in sheet[HEAD] if cell.value == heading)
    return [sheet.cell(number, found.column) for number in range(HEAD + 1, sheet.max_row + 1)]


def values(sheet: Worksheet, heading: str) -> list[Any]:
    return [cell.value for cell in column(sheet, heading)]


def test_the_official_columns_stand_first_in_their_order(office: Office) -> None:
    sheet = opened(office, sample())["Theo nhiệm vụ"]
    assert [cell.value for cell in sheet[HEAD]][:13] == [
        "STT", "Mã", "Nhiệm vụ", "Văn bản giao", "Đơn vị thực hiện", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn",
        "Kết quả (số, ký hiệu, ngày văn bản)", "Tình trạng", "Khó khăn, vướng mắc / lý do chậm", "Ghi chú",
    ]  # fmt: skip
    assert values(sheet, "Mã") == ["2b", "2b", "2b", "1đ", "2b", "8b", "1a", "1c.2"]
    assert values(sheet, "Kết quả (số, ký hiệu, ngày văn bản)")[:4] == [
        "KH 05/KH-UBND ngày 19/01/2020, về việc Rà soát thủ tục hành chính năm 2020",
        "đã ban hành văn bản",
        None,
        "đang thực hiện: 60 % đang lấy ý kiến",
    ]
    assert values(sheet, "Tình trạng")[:4] == [
        "hoàn thành đúng hạn (báo ngày 20/01/2020)",
        "hoàn thành quá hạn (báo ngày 04/02/2020)",
        "quá hạn 31 ngày làm việc",
        "sắp đến hạn, còn 13 ngày làm việc",
    ]
    assert values(sheet, "Nhóm tình trạng")[2:4] == ["chưa hoàn thành, quá hạn", "chưa hoàn thành, sắp đến hạn"]
    assert values(sheet, "Nội dung")[0] == "2. Cải cách thủ tục hành chính"
    assert values(sheet, "Nhiệm vụ")[7] == "Theo dõi thi hành pháp luật (6 tháng năm 2020)"


def test_dates_are_dates_and_numbers_are_numbers_in_the_offices_zone(office: Office) -> None:
    # 23:30 of the 30th in Hà Nội is still the 30th there, whatever the day in London.
    late = row(1, Box.DONE_IN_TIME, done_at=datetime.fromisoformat("2020-01-30T16:30:00+00:00"), days=None)
    sheet = opened(office, sample().model_copy(update={"rows": (late, row(2, Box.OVERDUE, days=-31))}))["Theo nhiệm vụ"]
    due, done = column(sheet, "Thời hạn")[0], column(sheet, "Thời điểm báo kết quả")[0]
    assert (due.value, due.number_format) == (local(2020, 1, 30), "dd/mm/yyyy")
    assert (done.value, done.number_format) == (local(2020, 1, 30, 23, 30), "hh:mm dd/mm/yyyy")
    assert "30/01/2020" in values(sheet, "Tình trạng")[0]
    days = column(sheet, "Số ngày làm việc còn lại (âm là quá hạn)")[1]
    assert (days.value, days.data_type) == (-31, "n")
    rate = column(opened(office, sample())["Theo đơn vị"], "Tỷ lệ hoàn thành trên số đã đến hạn")[0]
    assert (rate.value, rate.number_format) == (0.67, "0%")


def test_a_deadline_without_a_day_is_shown_as_printed(office: Office) -> None:
    sheet = opened(office, sample())["Theo nhiệm vụ"]
    assert values(sheet, "Thời hạn")[6] == "Thường xuyên"


def test_what_moved_a_date_is_remarked(office: Office) -> None:
    moved = row(1, Box.OPEN, due=date(2020, 2, 14), extensions=2, days=3, reason="")
    given = row(2, Box.OPEN, planned=None, days=3)
    notes = values(opened(office, sample().model_copy(update={"rows": (moved, given)}))["Theo nhiệm vụ"], "Ghi chú")
    assert notes == [
        "đã gia hạn 2 lần, hạn theo kế hoạch 30/01/2020",
        "thời hạn được ấn định sau, kế hoạch không ghi ngày",
    ]


@pytest.mark.parametrize(
    "hostile",
    ['=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(1)", "\t=1", "\r=1", " =1", "{=1}", "＝1", "http://a.b", "0123"],
)
def test_no_text_becomes_a_formula_a_link_or_a_number(office: Office, hostile: str) -> None:
    bad = row(1, Box.OVERDUE, days=-1, blocked=hostile, note=hostile, agency_name=hostile)
    sheet = opened(office, sample().model_copy(update={"rows": (bad,), "about": hostile}))["Theo nhiệm vụ"]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    blocked = column(sheet, "Khó khăn, vướng mắc / lý do chậm")[0]
    assert (str(blocked.value).strip(), blocked.data_type) == (hostile.strip(), "s")
    assert blocked.quotePrefix is not hostile.startswith(("{", "h", "0"))


def test_what_no_workbook_can_hold_is_taken_out(office: Office) -> None:
    bad = row(1, Box.OVERDUE, days=-1, blocked="a\x00b\x0bc\ufffed")
    long = row(2, Box.OVERDUE, days=-1, blocked="😀" * LONGEST)
    sheet = opened(office, sample().model_copy(update={"rows": (bad, long)}))["Theo nhiệm vụ"]
    found = values(sheet, "Khó khăn, vướng mắc / lý do chậm")
    assert found[0] == "abcd"
    assert len(found[1].encode("utf-16-le")) <= 2 * LONGEST
    assert found[1].endswith("😀…")
    assert text("half \ud83d") == "half \ufffd"


def test_each_table_can_be_filtered_and_printed(office: Office) -> None:
    book = opened(office, sample())
    assert book.sheetnames == ["Tổng hợp", "Theo nhiệm vụ", "Theo đơn vị", "Lịch sử"]
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.auto_filter.ref.startswith(f"A{HEAD}:")
        assert sheet.freeze_panes.endswith(str(HEAD + 1))
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in str(sheet.oddFooter.right.text)
    printed = sum(each.printed for each in COLUMNS)
    assert book["Theo nhiệm vụ"].print_area.endswith(f"${chr(ord('A') + printed - 1)}${HEAD + 8}")


def test_the_first_sheet_says_what_it_is_and_compares(office: Office) -> None:
    record = sample()
    said = {
        line[0].value: [cell.value for cell in line[1:4]] for line in opened(office, record)["Tổng hợp"].iter_rows()
    }
    assert said["Mã kiểm tra (SHA-256)"][0] == record.sha256
    assert said["Số liệu đã chốt"][0] == "bản số 2, 23:59 ngày 14/03/2020, thay bản số 1: sửa số liệu của một xã"
    assert said["Thời gian của kỳ"][0] == "từ ngày 15/12/2019 đến hết ngày 14/03/2020"
    assert said["Số liệu cập nhật đến"][0] == local(2020, 3, 16, 8, 0)
    assert said["Hoàn thành đúng hạn"] == [1, 0, 1]
    assert said["Tỷ lệ hoàn thành trên số đã đến hạn"] == [0.67, None, None]
    assert said["Chưa tính là đến hạn"][0].startswith("1đ (1 kết quả)")
    preview = opened(office, record, None)["Tổng hợp"]
    assert "chưa chốt (dự thảo)" in [line[1].value for line in preview.iter_rows()]


def test_the_history_says_each_event_in_words(office: Office) -> None:
    when = AS_OF
    kinds = [Entry(row=1, at=when, recorded_at=when, kind=kind, note="in_time căn cứ") for kind in EventKind]
    sheet = opened(office, sample().model_copy(update={"history": tuple(kinds)}))["Lịch sử"]
    said = values(sheet, "Diễn biến")
    assert len(set(said)) == len(EventKind)
    assert said[list(EventKind).index(EventKind.JUDGED)] == "Quyết định: tính đúng hạn"
    assert values(sheet, "Nội dung")[list(EventKind).index(EventKind.JUDGED)] == "căn cứ"
    assert values(sheet, "Đơn vị thực hiện")[0] == "UBND xã Sơn Dung"


def test_the_same_record_gives_the_same_file(office: Office) -> None:
    assert xlsx(office, sample(), ISSUE) == xlsx(office, sample(), ISSUE)
    other = sample().model_copy(update={"about": "UBND các xã"})
    assert xlsx(office, sample(), ISSUE) != xlsx(office, other, ISSUE)


@pytest.mark.long
def test_libreoffice_opens_it(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.xlsx"
    path.write_bytes(xlsx(office, sample(), ISSUE))
    assert to_pdf(path).startswith(b"%PDF")
