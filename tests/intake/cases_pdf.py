"""PDFs with a layer of text: a table that pages cut, and labelled lines that a narrow page breaks."""

from datetime import date
from pathlib import Path

import matplotlib
from fpdf import FPDF

from tests.intake.cases import HEAD, KT, ONGOING, VHXH, VP, Case, T

FONT = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
WIDTHS = (12, 70, 45, 45, 22, 40)
LINE = 5


class Pages(FPDF):
    """Pages with Vietnamese letters, and a number at the foot of each."""

    def __init__(self, *, across: bool) -> None:
        super().__init__(orientation="L" if across else "P")
        self.add_font("D", "", str(FONT))
        self.set_font("D", "", 10)
        self.set_auto_page_break(True, 20)

    def footer(self) -> None:
        self.set_y(-12)
        self.cell(0, 5, str(self.page_no()), align="C")

    def say(self, text: str) -> None:
        self.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")

    def broken(self, text: str, width: int) -> list[str]:
        """The lines that a text takes in a column."""
        lines = self.multi_cell(width - 2, LINE, text, dry_run=True, output="LINES") if text else [""]
        assert isinstance(lines, list)
        return lines

    def row(self, cells: tuple[str, ...], *, open_top: bool = False) -> None:
        """A row with its borders; the text of each cell is broken where the column ends."""
        lines = [self.broken(cell, width) for width, cell in zip(WIDTHS, cells, strict=True)]
        height = LINE * max(map(len, lines)) + 2
        left, top = self.get_x(), self.get_y()
        for width, each in zip(WIDTHS, lines, strict=True):
            self.rect(left, top, width, height)
            for at, line in enumerate(each):
                self.set_xy(left + 1, top + 1 + LINE * at)
                self.cell(width - 2, LINE, line.strip())
            left += width
        self.set_xy(self.l_margin, top + height)


def table() -> bytes:
    """Twelve tasks whose fourth row a page cuts in two, with days that a narrow column breaks."""
    pages = Pages(across=True)
    pages.add_page()
    for line in (*HEAD.partition("I. MỤC ĐÍCH")[0].strip().split("\n"), "II. NHIỆM VỤ"):
        pages.say(line)
    head = ("STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm")
    pages.row(head)
    for at in range(1, 4):
        pages.row(
            (
                str(at),
                f"Rà soát văn bản quy phạm pháp luật lần {at}",
                VP,
                "Công an xã",
                "Trước ngày 31/01/2026",
                "Báo cáo",
            )
        )
    pages.row(("4", "Xây dựng kế hoạch chuyển đổi số và tổ chức", VHXH, "Công an", "Quý II/2026", "Kế hoạch"))
    pages.add_page()
    pages.row(("", "thực hiện trên địa bàn xã", "", "xã", "", "của xã"))
    pages.row(("5", "Công khai thủ tục", KT, "", "Thường xuyên", ""))
    pages.row(head)
    pages.row(("6", "Khảo sát sự hài lòng của người dân", KT, "", "15/11/2026", "Báo cáo"))
    return bytes(pages.output())


LINES = """II. NHIỆM VỤ CỤ THỂ
1. Cải cách thể chế
a) Rà soát, hệ thống hóa các văn bản quy phạm pháp luật do Hội đồng nhân dân và Ủy ban nhân dân xã Bình An ban hành trong năm, kiến nghị xử lý theo thẩm quyền.
- Cơ quan chủ trì: Văn phòng HĐND và UBND xã.
- Cơ quan phối hợp: Phòng Kinh tế; Phòng Văn hóa - Xã hội; Công an xã; các tổ chức chính trị - xã hội có liên quan trên địa bàn.
- Sản phẩm: Báo cáo kết quả rà soát, hệ thống hóa của Ủy ban nhân dân xã gửi Sở Tư pháp theo quy định.
- Thời gian: Hoàn thành trước ngày 30/6/2026.
b) Công khai thủ tục hành chính.
- Cơ quan chủ trì: Phòng Kinh tế.
- Thời gian: Thường xuyên.
"""


def lines() -> bytes:
    pages = Pages(across=False)
    pages.add_page()
    for line in (HEAD + LINES).strip().split("\n"):
        pages.say(line)
    return bytes(pages.output())


CASES = (
    Case("a table over pages (.pdf)", table, (
        *(T(str(at), f"Rà soát văn bản quy phạm pháp luật lần {at}", (VP,), ("Công an xã",), "Báo cáo",
            (date(2026, 1, 30),)) for at in range(1, 4)),
        T("4", "Xây dựng kế hoạch chuyển đổi số và tổ chức thực hiện trên địa bàn xã", (VHXH,), ("Công an xã",),
          "Kế hoạch của xã", (date(2026, 6, 30),)),
        T("5", "Công khai thủ tục", (KT,), (), "", (ONGOING,)),
        T("6", "Khảo sát sự hài lòng của người dân", (KT,), (), "Báo cáo", (date(2026, 11, 15),)),
    ), (), "45/KH-UBND"),
    Case("labelled lines (.pdf)", lines, (
        T("1a", "Rà soát, hệ thống hóa các văn bản quy phạm pháp luật do Hội đồng nhân dân và Ủy ban nhân dân xã Bình An "
          "ban hành trong năm, kiến nghị xử lý theo thẩm quyền", (VP,),
          (KT, VHXH, "Công an xã", "các tổ chức chính trị - xã hội có liên quan trên địa bàn"),
          "Báo cáo kết quả rà soát, hệ thống hóa của Ủy ban nhân dân xã gửi Sở Tư pháp theo quy định",
          (date(2026, 6, 29),)),
        T("1b", "Công khai thủ tục hành chính", (KT,), (), "", (ONGOING,)),
    ), (), "45/KH-UBND"),
)  # fmt: skip
