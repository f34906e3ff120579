"""Writes sheets that an office can print and filter: nothing here knows what a report is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from reports.tables.cells import Cell, fit, text
from reports.tables.lines import fits, lines

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FONT, SIZE = "Times New Roman", 11
LINE = 14  # points
TALLEST = 409  # points: more a row cannot be
A4 = 9
# ECMA-376 names no limit, Excel has this one; the library would leave the rest out in silence.
ROWS = 1_048_576
# Inches: 10 mm at the sides, 15 mm above and 20 mm below, where the foot stands.
SIDE, TOP, END = 0.39, 0.59, 0.79
DAY, MOMENT = "dd/mm/yyyy", "hh:mm dd/mm/yyyy"


@dataclass(frozen=True)
class Heading:
    """One column: its words, its width in characters, and whether it is printed (those that are not stand last)."""

    words: str
    width: float
    printed: bool = True


class Sheet:
    """One sheet, written from its top to its bottom; rows are let go of as they are written."""

    def __init__(self, sheet: Worksheet, formats: Formats) -> None:
        self._sheet, self._formats, self._row = sheet, formats, 0

    def title(self, words: str, under: str) -> None:
        """Two lines above everything, and an empty one."""
        self._sheet.write_string(0, 0, text(words), self._formats.title)
        self._sheet.write_string(1, 0, text(under), self._formats.under)
        self._row = 3

    def facts(self, facts: Iterable[tuple[str, Cell]], headings: Sequence[Heading]) -> None:
        """A line for each fact, its name and its value, and an empty line, over the columns of a table to come."""
        room = sum(heading.width for heading in headings[1:])
        for name, value in facts:
            self._height([(name, headings[0].width), (value, room)])
            self._sheet.write_string(self._row, 0, text(name), self._formats.fact)
            if len(headings) > 2:
                self._sheet.merge_range(self._row, 1, self._row, len(headings) - 1, None, self._formats.values.words)
            self._write(1, value, self._formats.values)
            self._row += 1
        self._row += 1

    def table(
        self, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], *, still: int = 0, filtered: bool = True
    ) -> None:
        """A table whose heading stays in sight and comes again on each page; the first `still` columns stay too.

        Raises ValueError where a sheet cannot hold its rows.
        """
        top, last = self._row, len(headings) - 1
        for place, heading in enumerate(headings):
            self._sheet.set_column(place, place, heading.width)
            self._sheet.write_string(top, place, text(heading.words), self._formats.heading)
        # Bold letters are wider, and the filter's button takes a part of the cell.
        self._height([(heading.words, heading.width - 2.5) for heading in headings])
        self._row += 1
        columns = [(place, each.printed, each.width, fits(each.width, SIZE)) for place, each in enumerate(headings)]
        for row in rows:
            most = 1
            for (place, on_paper, width, short), value in zip(columns, row, strict=True):
                # An empty cell is there for its frame only.
                if on_paper or (value is not None and value != ""):
                    self._write(place, value, self._formats.cells)
                if on_paper and isinstance(value, str) and (len(value) > short or "\n" in value):
                    most = max(most, lines(value, width, SIZE))
            self._set_height(most)
            self._row += 1
            if self._row >= ROWS:
                raise ValueError(f"a sheet holds {ROWS:,} rows")
        bottom = max(self._row - 1, top)
        if filtered:
            self._sheet.autofilter(top, 0, bottom, last)
            self._sheet.freeze_panes(top + 1, still)
        self._sheet.repeat_rows(top)
        printed = sum(heading.printed for heading in headings)
        self._sheet.print_area(0, 0, bottom, printed - 1)

    def _height(self, cells: Iterable[tuple[Cell, float]]) -> None:
        """Makes the row tall enough for its texts."""
        self._set_height(
            max((lines(value, width, SIZE) for value, width in cells if isinstance(value, str)), default=1)
        )

    def _set_height(self, most: int) -> None:
        """Makes the row tall enough for so many lines: not every program does so when it opens a table."""
        if most > 1:
            self._sheet.set_row(self._row, min(most * LINE + 2, TALLEST))

    def _write(self, place: int, value: Cell, formats: Kinds) -> None:
        sheet, row = self._sheet, self._row
        if value is None or value == "":
            sheet.write_blank(row, place, None, formats.words)
        elif isinstance(value, str):
            value, risky = fit(value)
            sheet.write_string(row, place, value, formats.quoted if risky else formats.words)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, place, value, formats.moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, formats.day)
        elif isinstance(value, float):
            sheet.write_number(row, place, value, formats.share)
        else:
            sheet.write_number(row, place, value, formats.number)


@dataclass(frozen=True)
class Kinds:
    """How each kind of value looks; `quoted` stays a text even after somebody edits the cell."""

    words: Format
    quoted: Format
    number: Format
    share: Format
    day: Format
    moment: Format


class Formats:
    """The looks of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.title = self._of(bold=True, font_size=14)
        self.under = self._of(italic=True)
        self.fact = self._of(text_wrap=True, valign="top")
        centred = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"}
        self.heading = self._of(border=1, bg_color="#E7E6E6", **centred)
        self.cells = self._kinds(border=1, text_wrap=True, valign="top")
        self.values = self._kinds(align="left", valign="top", text_wrap=True)

    def _kinds(self, **look: Any) -> Kinds:
        return Kinds(
            words=self._of(**look),
            quoted=self._of(**look, quote_prefix=True),
            number=self._of(**{"align": "center", **look}, num_format="0"),
            share=self._of(**{"align": "center", **look}, num_format="0%"),
            day=self._of(**{"align": "center", **look}, num_format=DAY),
            moment=self._of(**{"align": "center", **look}, num_format=MOMENT),
        )

    def _of(self, **look: Any) -> Format:
        return self._book.add_format({"font_name": FONT, "font_size": SIZE, **look})


class Book:
    """A workbook that says it was `made` at an instant.

    `foot` stands at the left of every page's foot, `page` (with Excel's codes) at its right.
    """

    def __init__(self, out: IO[bytes], made: datetime, foot: str, page: str) -> None:
        # Loaded where used, as all that few processes ever need.
        from xlsxwriter import Workbook

        # Row by row through a file: memory does not grow with the rows.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        # A column's width is counted in digits of this font: one that a machine lacks would change every width.
        self._book = Workbook(out, {**options, "default_format_properties": {"font_name": FONT, "font_size": SIZE}})
        # The library would take the machine's clock; its zip says the same moment always.
        self._book.set_properties({"created": made.astimezone(UTC)})
        self._formats = Formats(self._book)
        letters = f'&"{FONT},Regular"&9'
        self._foot = f"&L{letters}{foot.replace('&', '&&')}&R{letters}{page}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    @contextmanager
    def sheet(self, name: str, title: str, under: str, *, across: bool = True) -> Iterator[Sheet]:
        """A new sheet for A4 paper, as wide as its page, which lies `across` unless told not to."""
        from reports.tables.repeating import RepeatingSheet

        sheet = self._book.add_worksheet(name, worksheet_class=RepeatingSheet)
        if across:
            sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=SIDE, right=SIDE, top=TOP, bottom=END)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(self._foot)
        made = Sheet(sheet, self._formats)
        made.title(title, under)
        yield made
