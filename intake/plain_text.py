"""Reads a text: a saved .txt or .csv, or what was copied out of a chat or a page."""

import csv
import io
import re

from intake import table_head
from intake.draft import Place
from intake.errors import RefusedError
from intake.letters import tidy
from intake.source import Cell, Line, Mark, Row, Source, Table

MOST_LINES = 20_000
# What a converter leaves of bold type, and of words that were struck out.
BOLD, STRUCK = re.compile(r"\*\*"), re.compile(r"~~(.+?)~~", re.DOTALL)
FEWEST_COLUMNS = 3


def read(data: bytes) -> Source:
    """The lines of a text in UTF-8 or UTF-16; what stands between tabs is a table. Raises RefusedError."""
    text = decoded(data)
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise RefusedError("too_long", most=MOST_LINES)
    if (table := _separated(text)) is not None:
        return Source((table,))
    items: list[Line | Table] = []
    rows: list[Row] = []
    for number, raw in enumerate(lines, 1):
        if len(cells := raw.rstrip("\t ").split("\t")) >= FEWEST_COLUMNS:
            rows.append(Row(tuple(Cell(tidy(cell)) for cell in cells), Place(line=number)))
            continue
        items += _table(rows)
        rows = []
        if line := _line(raw, number):
            items.append(line)
    return Source((*items, *_table(rows)))


def _separated(text: str) -> Table | None:
    """The text as a table where it is a .csv: its fields stand between commas or semicolons, under a head."""
    for delimiter in ";,":
        if text.count(delimiter) < FEWEST_COLUMNS:
            continue
        try:
            rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        width = max(map(len, rows), default=0)
        filled = [[*row, *[""] * (width - len(row))] for row in rows]
        table = Table(
            tuple(Row(tuple(Cell(tidy(cell)) for cell in row), Place(row=at)) for at, row in enumerate(filled, 1)),
            Place(),
        )
        if width >= FEWEST_COLUMNS and table_head.find(table) is not None:
            return table
    return None


def decoded(data: bytes) -> str:
    """The text of the bytes, with one kind of line end; raises RefusedError where they are no UTF-8 and no UTF-16."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("not_utf8") from error
    return re.sub("\r\n?|[\u0085\u2028\u2029\f\v]", "\n", text)


def _line(raw: str, number: int) -> Line | None:
    text = STRUCK.sub("", BOLD.sub("", raw))
    struck: frozenset[Mark] = frozenset({"struck"}) if STRUCK.search(raw) else frozenset()
    text = tidy(text.replace("\t", " "))
    if not text:
        return None
    original = raw.strip()
    return Line(text, Place(line=number), "" if original == text else original, struck, broken=True)


def _table(rows: list[Row]) -> list[Line | Table]:
    """Rows between tabs as a table as wide as the widest of them."""
    if not rows:
        return []
    width = max(len(row.cells) for row in rows)
    filled = (Row((*row.cells, *[Cell("")] * (width - len(row.cells))), row.place) for row in rows)
    return [Table(tuple(filled), rows[0].place)]
