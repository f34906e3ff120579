"""Reads a PDF with a layer of text: lines, tables, and the rows that its pages cut."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfplumber.utils.exceptions import PdfminerException

from intake.draft import Place
from intake.errors import RefusedError
from intake.letters import tidy
from intake.pdf import aligned
from intake.pdf.aligned import Aligned
from intake.pdf.cells import cell_text
from intake.pdf.columns import Columns, Word, lines_of
from intake.source import Cell, Line, Row, Source, Table

MOST_PAGES = 200
# A page with less is a picture with a page number on it.
FEWEST_LETTERS = 40
# Lines of a paragraph end within this share of the page's width before its right edge.
FULL = 0.06
SNAP = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 4}


def read(data: bytes) -> Source:
    """The lines and tables of a PDF; raises RefusedError for a scan, an encrypted or a broken one."""
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            if len(document.pages) > MOST_PAGES:
                raise RefusedError("too_long", most=MOST_PAGES * 50)
            return _source(document.pages)
    except RefusedError:
        raise
    except PdfminerException as error:
        locked = isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect | PDFTextExtractionNotAllowed)
        raise RefusedError("encrypted" if locked else "broken") from error
    except Exception as error:
        # pdfminer raises whatever its parsers do for bytes that no program wrote.
        raise RefusedError("broken") from error


def _source(pages: Sequence[Any]) -> Source:
    items: list[Line | Table] = []
    aside: list[Line] = []
    letters = tables = 0
    former: Columns | None = None
    for number, page in enumerate(pages, 1):
        letters += len(page.chars)
        below, former = _page(page, number, former if items and _is_cut(items) else None)
        for item in below:
            if isinstance(item, Table):
                tables += 1
                follows = bool(items) and _is_cut(items)
                item = _numbered(item, number, tables, cut=follows)
            items.append(item)
        aside += _notes(page, number)
        # The library keeps every letter of a page that it has read.
        page.close()
    if letters < FEWEST_LETTERS * max(1, len(pages)):
        raise RefusedError("scan")
    return Source(tuple(items), tuple(aside))


def _is_cut(items: Sequence[Line | Table]) -> bool:
    """Whether only page numbers stand between a table and the one before it."""
    for item in reversed(items):
        if isinstance(item, Table):
            return True
        if not item.text.strip(" -–").isdigit():
            return False
    return False


def _numbered(table: Table, page: int, number: int, *, cut: bool) -> Table:
    rows = tuple(
        Row(row.cells, Place(page=page, table=number, row=at), row.marks) for at, row in enumerate(table.rows, 1)
    )
    return Table(rows, Place(page=page, table=number), cut=cut)


def _page(page: Any, number: int, former: Columns | None) -> tuple[list[Line | Table], Columns | None]:
    """The lines and tables of a page from its top to its bottom, and the columns of its last table without lines.

    `former` are those of the table that the page before ends with.
    """
    words = page.extract_words(x_tolerance=1.5, keep_blank_chars=False)
    found = [each for each in page.find_tables(SNAP) if _has_rows(each, words)]
    boxes = [each.bbox for each in found]
    ruled = [(each.bbox[1], _table(each, words)) for each in found]
    unruled = list(aligned.tables([word for word in words if not _inside(word, boxes)], _drawn(page), former))
    boxes += [(0.0, each.top - 1, float(page.width), each.bottom + 1) for each in unruled]
    placed: list[tuple[float, Line | Table]] = [*ruled, *((each.top, each.table) for each in unruled)]
    placed += _lines(page, number, boxes)
    items = [item for _, item in sorted(placed, key=lambda each: each[0])]
    return items, _last(items, unruled, former)


def _last(items: Sequence[Line | Table], unruled: Sequence[Aligned], former: Columns | None) -> Columns | None:
    table = next((each for each in reversed(items) if isinstance(each, Table)), None)
    if table is None:
        return former
    return next((each.columns for each in unruled if each.table is table), None)


def _has_rows(found: Any, words: Sequence[Word]) -> bool:
    """Whether what is drawn is a table; one with lines between its columns only is read by its words."""
    if len(found.rows) < 2 and len(found.rows[0].cells) < 3:
        return False
    firsts = [next((box for box in row.cells if box is not None), None) for row in found.rows]
    inside = [[word for word in words if box and _inside(word, [box])] for box in firsts]
    return not any(sum(aligned.is_number(line) for line in lines_of(each)) > 1 for each in inside)


def _drawn(page: Any) -> list[float]:
    """How far from the top long horizontal lines are drawn."""
    return sorted({round(float(each["top"])) for each in page.horizontal_edges
                   if each["x1"] - each["x0"] > aligned.DRAWN * float(page.width)})  # fmt: skip


def _lines(page: Any, number: int, boxes: Sequence[tuple[float, float, float, float]]) -> Iterator[tuple[float, Line]]:
    """The lines outside the tables, each with its distance from the top."""
    rest = page.filter(lambda item: item["object_type"] == "char" and not _inside(item, boxes)) if boxes else page
    lines = rest.extract_text_lines(return_chars=False, x_tolerance=1.5) if rest.chars else []
    edge = max((each["x1"] for each in lines), default=0.0)
    full = False
    for at, each in enumerate(lines, 1):
        text = tidy(each["text"])
        if text:
            yield each["top"], Line(text, Place(page=number, line=at), broken=True, follows=full)
        full = each["x1"] >= edge - FULL * float(page.width) and each["x1"] > 0.6 * float(page.width)


def _middle(word: dict[str, Any]) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _inside(char: dict[str, Any], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _table(found: Any, words: Sequence[dict[str, Any]]) -> Table:
    lefts = _lefts(found)
    rows: list[Row] = []
    above: list[Cell] = []
    for row in found.rows:
        beside = [word for word in words if row.bbox[1] <= _middle(word) <= row.bbox[3]]
        cells: list[Cell] = []
        edge = 0.0
        for at, box in enumerate(row.cells):
            if box is not None:
                # A cell that reaches down holds words of the rows below too.
                inside = words if box[3] > row.bbox[3] + 1 else beside
                cells.append(Cell(cell_text(inside, box)))
                edge = box[2]
            elif cells and lefts[at] < edge - 1:
                cells.append(Cell(cells[-1].text, down=cells[-1].down, across=True))
            else:
                upper = above[at] if at < len(above) else Cell("")
                cells.append(Cell(upper.text, down=True))
        above = cells
        rows.append(Row(tuple(cells), Place()))
    return Table(tuple(rows), Place())


def _lefts(found: Any) -> list[float]:
    """The left edge of each column."""
    width = max(len(row.cells) for row in found.rows)
    lefts = [0.0] * width
    for at in range(width):
        boxes = [row.cells[at] for row in found.rows if at < len(row.cells) and row.cells[at] is not None]
        lefts[at] = min((box[0] for box in boxes), default=lefts[at - 1] if at else 0.0)
    return lefts


def _notes(page: Any, number: int) -> Iterator[Line]:
    """The words of annotations: a stamp may be one."""
    for each in page.annots:
        if words := tidy(str(each.get("contents") or "")):
            yield Line(words, Place(page=number, where="note"))
