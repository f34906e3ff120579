"""The list as an Excel table: the columns that are shown, every line of what is wanted."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from desk.lists.widths import EMPTY_WIDTH, WIDTHS
from reports.tables.cells import Cell
from reports.tables.sheet import Book, Heading
from words.message import plain
from words.office import Office


def xlsx(
    office: Office, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Cell]], under: str, now: datetime
) -> bytes:
    """A workbook of one sheet, A4 across: `columns` are keys with their headings, "" for our own; `under` says what the
    list was narrowed by and `now` (UTC) when."""
    held = io.BytesIO()
    headings = [
        Heading(heading or plain(office.text(f"desk_list.column_{key}")), WIDTHS.get(key, EMPTY_WIDTH))
        for key, heading in columns
    ]
    foot = plain(office.text("desk_list.foot", at=now))
    page = plain(office.text("table.page", page="&P", pages="&N"))
    with Book(held, now, foot, page) as book:
        name, title = plain(office.text("desk_list.sheet")), plain(office.text("desk_list.title"))
        with book.sheet(name, title, plain(under)) as sheet:
            sheet.table(headings, rows, still=2)
    return held.getvalue()
