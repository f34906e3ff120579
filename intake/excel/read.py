"""Reads a workbook: each visible sheet as a table; nothing is computed and no link is followed."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import fromstring

from intake.draft import Place
from intake.errors import RefusedError
from intake.excel.shown import is_error, shown
from intake.letters import tidy
from intake.source import Cell, Line, Mark, Row, Source, Table

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 5000, 60, 40
# A hidden sheet's words are shown in the question about it, not all of them.
SHOWN_OF_HIDDEN = 4
# What openpyxl calls a cell with a formula; a text that begins with «=» is a text.
FORMULA = "f"
# What openpyxl calls a cell with a formula; a text that begins with «=» is a text.
FORMULA = "f"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
At = tuple[int, int]


def read(data: bytes) -> Source:
    """The sheets of a .xlsx as tables; raises RefusedError for a broken one."""
    try:
        book = load_workbook(BytesIO(data), keep_links=False, rich_text=True)
        sheets = [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)][:MOST_SHEETS]
        computed = _computed(data, sheets)
        tables = [_table(sheet, computed.get(sheet.title, {})) for sheet in sheets]
        return Source(tuple(each for each in tables if each.rows), (*_aside(sheets), *_drawn(data)))
    except RefusedError:
        raise
    except Exception as error:
        # openpyxl raises whatever its parsers and converters do for bytes that no program wrote.
        raise RefusedError("broken") from error


def _computed(data: bytes, sheets: list[Worksheet]) -> dict[str, dict[At, Any]]:
    """What the office's program last computed for the formulas, by sheet; it is shown, and asked about."""
    if not any(cell.data_type == FORMULA for sheet in sheets for cell in _filled(sheet).values()):
        return {}
    book = load_workbook(BytesIO(data), keep_links=False, data_only=True)
    return {
        sheet.title: {at: cell.value for at, cell in _filled(sheet).items()}
        for sheet in book.worksheets
        if isinstance(sheet, Worksheet)
    }


def _filled(sheet: Worksheet) -> dict[At, Any]:
    """The cells that say something, by row and column from 1.

    One cell far below makes a sheet of a thousand million cells; only those that are there are looked at.
    """
    return {at: cell for at, cell in sheet._cells.items() if cell.value is not None and at[1] <= MOST_COLUMNS}


def _table(sheet: Worksheet, computed: Mapping[At, Any]) -> Table:
    cells = _filled(sheet)
    rows = sorted({row for row, _ in cells})
    if len(rows) > MOST_ROWS:
        raise RefusedError("too_long", most=MOST_ROWS)
    width = max((column for _, column in cells), default=0)
    merged = _merged(sheet, set(rows))
    hidden = sheet.sheet_state != "visible"
    found: list[Row] = []
    for above, number in zip([rows[0] - 1 if rows else 0, *rows], rows, strict=False):
        if number > above + 1:
            found.append(Row((Cell(""),) * width, Place(sheet=sheet.title, row=above + 1)))
        line = [_cell(cells, computed, merged, (number, column)) for column in range(1, width + 1)]
        marks: frozenset[Mark] = frozenset({"hidden"} if hidden or sheet.row_dimensions[number].hidden else ())
        found.append(Row(tuple(line), Place(sheet=sheet.title, row=number), marks))
    return Table(tuple(found), Place(sheet=sheet.title), _hidden_columns(sheet, width))


def _merged(sheet: Worksheet, rows: set[int]) -> dict[At, At]:
    """The upper left cell of each merged cell that stands in a row that says something."""
    found: dict[At, At] = {}
    for each in sheet.merged_cells.ranges:
        for row in range(each.min_row, min(each.max_row, each.min_row + MOST_ROWS) + 1):
            if row in rows:
                for column in range(each.min_col, min(each.max_col, MOST_COLUMNS) + 1):
                    found[row, column] = (each.min_row, each.min_col)
    return found


def _cell(cells: Mapping[At, Any], computed: Mapping[At, Any], merged: Mapping[At, At], at: At) -> Cell:
    corner = merged.get(at, at)
    cell = cells.get(corner)
    if cell is None:
        return Cell("", down=corner[0] < at[0], across=corner[1] < at[1])
    marks: set[Mark] = set()
    value = cell.value
    if cell.data_type == FORMULA:
        value = computed.get(corner)
        marks.add("formula")
    text, struck = shown(value, cell.number_format, struck=bool(cell.font and cell.font.strike))
    if struck:
        marks.add("struck")
    if is_error(value):
        marks.add("error")
    return Cell(tidy(text), down=corner[0] < at[0], across=corner[1] < at[1], marks=frozenset(marks))


def _hidden_columns(sheet: Worksheet, width: int) -> frozenset[int]:
    """The hidden columns, from 0; one entry of the file may stand for a span of them."""
    found = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            first, last = dimension.min or 0, dimension.max or dimension.min or 0
            found |= set(range(first - 1, min(last, width)))
    return frozenset(found)


def _aside(sheets: list[Worksheet]) -> Iterator[Line]:
    """Headers, footers and comments of each sheet."""
    for sheet in sheets:
        pages = (
            sheet.oddHeader,
            sheet.oddFooter,
            sheet.evenHeader,
            sheet.evenFooter,
            sheet.firstHeader,
            sheet.firstFooter,
        )
        for part in (part for page in pages for part in (page.left, page.center, page.right)):
            yield from _lines(part.text or "", Place(sheet=sheet.title, where="header"))
        for (row, _), cell in _filled(sheet).items():
            if cell.comment is not None:
                yield from _lines(str(cell.comment.text or ""), Place(sheet=sheet.title, row=row, where="note"))


def _drawn(data: bytes) -> Iterator[Line]:
    """The words of text boxes, which openpyxl does not read."""
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/drawings/") and name.endswith(".xml"):
                words = " ".join(each.text or "" for each in fromstring(archive.read(name)).iter(DRAWN))
                yield from _lines(words, Place(where="box"))


def _lines(text: str, place: Place) -> Iterator[Line]:
    return (Line(words, place) for each in text.split("\n") if (words := tidy(each)))
