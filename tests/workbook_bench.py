"""How long a report's workbook takes beside the same cells written by XlsxWriter alone, one after the other."""

import io
import time
from collections.abc import Iterable, Sequence
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.figures.record import Record
from reports.tables import columns, history, workbook
from reports.tables.cells import Cell
from reports.tables.sheet import Formats, Kinds
from words.office import Office


def seconds(office: Office, record: Record) -> tuple[float, float]:
    """Of the workbook of a report, and of the library alone with the cells of its two long sheets at hand."""
    start = time.perf_counter()
    workbook.xlsx(office, record, None)
    ours = time.perf_counter() - start
    printed = sum(column.printed for column in columns.COLUMNS)
    sheets = (
        (printed, list(columns.rows(office, record))),
        (len(history.WIDTHS), list(history.rows(columns.Words(office, record)))),
    )
    start = time.perf_counter()
    book = Workbook(io.BytesIO(), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    looks = Formats(book).cells
    for framed, rows in sheets:
        _write(book.add_worksheet(), rows, framed, looks)
    book.close()
    return ours, time.perf_counter() - start


def _write(sheet: Worksheet, rows: Iterable[Sequence[Cell]], framed: int, looks: Kinds) -> None:
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is None or value == "":
                if place < framed:
                    sheet.write_blank(at, place, None, looks.words)
            elif isinstance(value, str):
                sheet.write_string(at, place, value, looks.words)
            elif isinstance(value, date):
                sheet.write_datetime(at, place, value, looks.moment)
            else:
                sheet.write_number(at, place, value, looks.number)
