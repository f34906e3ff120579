"""The sheet that keeps the library's answers writes what the library would have written."""

import io
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.tables.cells import LONGEST, SHORT, Cell, fit
from reports.tables.repeating import RepeatingSheet

ODD = ("", " vào đầu", "&<>\"'", "_x0041_", "a\nb\tc", "<r>x</r>", "=1+1", "ă" * (SHORT + 1) + "<", "x" * LONGEST)
texts = st.one_of(st.text(), st.sampled_from(ODD)).map(lambda words: fit(words)[0])
days = st.dates(date(1900, 3, 1), date(2100, 1, 1))
moments = st.builds(datetime.combine, days, st.times())
cells: st.SearchStrategy[Cell] = st.one_of(texts, st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9), days, moments)


def written(kind: type[Worksheet], rows: list[list[Cell]]) -> bytes:
    held = io.BytesIO()
    book = Workbook(held, {"constant_memory": True})
    look = book.add_format({"bold": True})
    sheet = book.add_worksheet("Bảng & <biểu>", worksheet_class=kind)
    sheet.set_footer('&L&"Times New Roman"<1>')
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, place, value, look)
            elif isinstance(value, date):
                sheet.write_datetime(at, place, value, look)
            elif isinstance(value, int | float):
                sheet.write_number(at, place, value, look)
        sheet.write_blank(at, len(row), None, look)
    book.set_properties({"created": datetime(2020, 1, 2, tzinfo=UTC)})
    book.close()
    return held.getvalue()


@settings(max_examples=30)
@given(st.lists(st.lists(cells, max_size=6), max_size=4))
def test_its_bytes_are_the_librarys_also_where_a_value_comes_again(rows: list[list[Cell]]) -> None:
    again = [*rows, *rows]
    assert written(RepeatingSheet, again) == written(Worksheet, again)


def test_what_it_takes_the_place_of_is_the_librarys() -> None:
    # A library that renamed one of these would be asked for each cell again, and nobody would notice.
    assert [name for name in vars(RepeatingSheet) if not name.startswith("__") and not hasattr(Worksheet, name)] == []
