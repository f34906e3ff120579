"""PDFs whose table has no ruling lines: rows told apart by their numbers, the white between them or lines across."""

from collections.abc import Callable
from datetime import date
from functools import partial

from tests.intake.cases import HEAD, KT, VHXH, VP, Case, T
from tests.intake.cases_pdf import LINE, WIDTHS, Pages

COLUMNS = ("STT", "Nhiệm vụ", "Cơ quan chủ trì thực hiện", "Cơ quan phối hợp thực hiện", "Thời gian", "Sản phẩm")
TITLES = (
    "Rà soát văn bản quy phạm pháp luật, kiến nghị xử lý văn bản không còn phù hợp lần",
    "Công khai thủ tục hành chính lần",
    "Xây dựng kế hoạch chuyển đổi số và tổ chức thực hiện trên địa bàn lần",
)
LAST = 12
SECOND = 7


class Unruled(Pages):
    """Pages with rows that nothing is drawn around; `pad` is the white between two of them."""

    def __init__(self, pad: int, *, centred: bool, drawn: bool) -> None:
        super().__init__(across=True)
        self.pad, self.centred, self.drawn = pad, centred, drawn

    def put(self, cells: tuple[str, ...]) -> None:
        """A row, on the next page where it does not fit."""
        lines = [self.broken(cell, width) for width, cell in zip(WIDTHS, cells, strict=True)]
        height = LINE * max(map(len, lines)) + self.pad
        if self.get_y() + height > self.h - 20:
            self.add_page()
        left, top = self.get_x(), self.get_y()
        if self.drawn:
            self.line(left, top, left + sum(WIDTHS), top)
        for width, each in zip(WIDTHS, lines, strict=True):
            above = (height - self.pad - LINE * len(each)) / 2 if self.centred else 0
            for at, line in enumerate(each):
                self.set_xy(left + 1, top + self.pad / 2 + above + LINE * at)
                self.cell(width - 2, LINE, line.strip())
            left += width
        self.set_xy(self.l_margin, top + height)


def row(at: int) -> tuple[str, ...]:
    """The words of a row: cells of one line beside cells of five, an empty one now and then."""
    partners = "Công an xã; Phòng Văn hóa - Xã hội; Trung tâm Phục vụ hành chính công" if at % 4 == 1 else ""
    product = "Báo cáo của Ủy ban nhân dân xã" if at % 5 == 0 else "Báo cáo"
    time = "Trước ngày 30/6/2026" if at % 2 else "Quý III/2026"
    return (str(at), f"{TITLES[at % 3]} {at}", (VP, KT, VHXH)[at % 3], partners, time, product)


def table(pad: int, *, centred: bool = False, drawn: bool = False) -> bytes:
    """Twelve tasks in two sections, over more than one page; a paragraph and a signature stand below."""
    pages = Unruled(pad, centred=centred, drawn=drawn)
    pages.add_page()
    for line in (*HEAD.partition("I. MỤC ĐÍCH")[0].strip().split("\n"), "DANH MỤC NHIỆM VỤ"):
        pages.say(line)
    pages.put(COLUMNS)
    for at in range(1, LAST + 1):
        if at in (1, SECOND):
            pages.say(
                "I. CẢI CÁCH THỂ CHẾ" if at == 1 else "II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH CỦA CÁC CƠ QUAN TRÊN ĐỊA BÀN"
            )
        pages.put(row(at))
    pages.ln(8)
    pages.say(
        "Trên đây là kế hoạch cải cách hành chính năm 2026 của Ủy ban nhân dân xã Bình An, đề nghị các cơ quan nghiêm túc"
        " triển khai, tổ chức thực hiện."
    )
    return bytes(pages.output())


def _task(at: int) -> T:
    code, title, lead, partners, _, product = row(at)
    due = date(2026, 6, 29) if at % 2 else date(2026, 9, 30)
    return T(code, title, (lead,), tuple(partners.split("; ")) if partners else (), product, (due,))


def _case(name: str, make: Callable[[], bytes], asked: tuple[str, ...] = ()) -> Case:
    return Case(name, make, tuple(map(_task, range(1, LAST + 1))), asked, "45/KH-UBND", sections=("I", "II"))


CASES = (
    _case("no lines, white between rows (.pdf)", partial(table, 3)),
    _case("no lines, no white (.pdf)", partial(table, 0)),
    _case("no lines, middle of rows, white (.pdf)", partial(table, 3, centred=True), ("aligned",)),
    _case("no lines, middle of rows (.pdf)", partial(table, 0, centred=True), ("aligned",)),
    _case("lines across only (.pdf)", partial(table, 2, centred=True, drawn=True)),
)
