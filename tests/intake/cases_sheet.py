"""Workbooks: merged heads over two rows, hidden rows and columns, days as days, 1.10, several sheets."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font

from tests.intake.cases import KT, ONGOING, VHXH, VP, Case, T


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def flat() -> bytes:
    """Flat rows below a head of two rows, with what an office leaves in a sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "KH 2026"
    for row in (
        ("ỦY BAN NHÂN DÂN XÃ BÌNH AN",),
        ("KẾ HOẠCH",),
        ("Chuyển đổi số năm 2026",),
        (),
        ("TT", "Nội dung", "Phân công", None, "Thời hạn (năm 2026)", "Hạn cũ", "Sản phẩm", "Kinh phí dự kiến"),
        (None, None, "Chủ trì", "Phối hợp", None, None, None, None),
        ("A", "HẠ TẦNG"),
        (1.1, "Rà soát mạng", KT, "Công an xã", date(2026, 3, 31), "31/12/2025", "Báo cáo", "10 triệu"),
        (1.1, "Lắp camera", None, None, "31/6/2026", "", "Camera", ""),
        (1.2, "Việc đã bỏ", VP, "", "Quý I/2026", "", "", ""),
        ("B", "DỮ LIỆU"),
        ("2.1", "Số hóa hồ sơ", VHXH, "nt", date(2026, 5, 1), "", "Hồ sơ số", ""),
        ("2.2", "Cập nhật dữ liệu", VP, "", "Thường xuyên", "", "", ""),
        (),
        (None, "NGƯỜI LẬP BIỂU", None, None, "CHỦ TỊCH"),
        (None, "Nguyễn Thị B", None, None, "Nguyễn Văn A"),
    ):
        sheet.append(row)
    for merge in ("A5:A6", "B5:B6", "C5:D5", "E5:E6", "F5:F6", "G5:G6", "H5:H6", "C8:C9", "B7:H7"):
        sheet.merge_cells(merge)
    sheet["A8"].number_format, sheet["A9"].number_format = "0.0", "0.00"
    sheet["E12"].number_format = "mm/yyyy"
    sheet.row_dimensions[10].hidden = True
    sheet.column_dimensions["F"].hidden = True
    sheet["G13"] = "Bản cũ"
    sheet["G13"].font = Font(strike=True)
    return saved(book)


def sheets() -> bytes:
    """A sheet for each field of work, numbered anew, with a hidden one and a formula that numbers the rows."""
    book = Workbook()
    for at, name in enumerate(("Thể chế", "Thủ tục", "Nháp")):
        sheet = book.worksheets[0] if not at else book.create_sheet()
        sheet.title = name
        sheet.append(("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian"))
        sheet.append((1, f"Rà soát {name.lower()}", KT, "Quý III/2026"))
        sheet.append((2, f"Báo cáo {name.lower()}", "-nt-", "15/12/2026"))
    book.worksheets[2].sheet_state = "hidden"
    return saved(book)


CASES = (
    Case("flat rows (.xlsx)", flat, (
        T("1.1", "Rà soát mạng", (KT,), ("Công an xã",), "Báo cáo", (date(2026, 3, 31),)),
        T("1.10", "Lắp camera", (KT,), (), "Camera", (None,)),
        T("2.1", "Số hóa hồ sơ", (VHXH,), (), "Hồ sơ số", (date(2026, 5, 31),)),
        T("2.2", "Cập nhật dữ liệu", (VP,), (), "", (ONGOING,)),
    ), ("time", "hidden", "hidden", "ditto", "struck", "number", "date"), sections=("A", "B")),
    Case("sheets (.xlsx)", sheets, tuple(
        T(f"{prefix}{at}", f"{what} {name}", (KT,), (), "", (day,))
        for prefix, name in (("PL1.", "thể chế"), ("PL2.", "thủ tục"))
        for at, what, day in ((1, "Rà soát", date(2026, 9, 30)), (2, "Báo cáo", date(2026, 12, 15)))
    ), ("hidden",)),
)  # fmt: skip
