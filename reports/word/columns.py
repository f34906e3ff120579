"""Gives the columns of a filled table the widths that its words need, so that its rows are as low as they can be."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.table import Table, _Row

# Of the many-columned tables only: a table of figures keeps what its author drew. Millimetres.
LEAST_COLUMNS, LEAST_ROWS = 8, 4
# The head stands on every page: on so many.
HEADS = 6
CHARACTER, PADDING, STEP = 1.65, 4.0, 1.0
# What is asked of a row beyond this many lines it gets from being split, not from another column.
MOST_CHARACTERS = 400


def fit(table: Table) -> None:
    """Spreads the width that the table has over its columns; nothing where it is small or holds figures."""
    rows = [texts for row in table.rows if (texts := _texts(row)) is not None]
    count = len(table.columns)
    if count < LEAST_COLUMNS or len(rows) < LEAST_ROWS or _of_figures(rows):
        return
    total = sum((column.width or 0) / 36000 for column in table.columns)
    widths = spread([[text[:MOST_CHARACTERS] for text in row] for row in rows], total)
    _apply(table, widths)


def spread(rows: Sequence[Sequence[str]], total: float) -> list[float]:
    """Widths in millimetres, `total` in all, under which the rows have the fewest lines together.

    No column is narrower than its longest word, as far as there is room; what is left over goes step by step to the
    column that saves the most.
    """
    count = len(rows[0])
    least = [max(_needs(word) for row in rows for word in (*row[i].split(), "")) for i in range(count)]
    if (wanted := sum(least)) > total:
        return [each * total / wanted for each in least]
    widths, left = least[:], total - wanted
    while left >= STEP:
        lines = [[_lines(text, width) for text, width in zip(row, widths, strict=True)] for row in rows]
        gains = [_gain(rows, lines, widths, i) for i in range(count)]
        best = max(range(count), key=lambda i: (gains[i], -widths[i]))
        widths[best] += STEP
        left -= STEP
    widths[max(range(count), key=lambda i: widths[i])] += left
    return widths


def _gain(rows: Sequence[Sequence[str]], lines: Sequence[Sequence[int]], widths: Sequence[float], i: int) -> float:
    """What a step more saves in the cells that make their rows high."""
    saved = 0.0
    for place, (row, own) in enumerate(zip(rows, lines, strict=True)):
        if own[i] > 1 and own[i] == max(own):
            width = widths[i] - PADDING
            saved += (1 if place else HEADS) * len(row[i]) * CHARACTER * (1 / width - 1 / (width + STEP))
    return saved


def _needs(word: str) -> float:
    return len(word) * CHARACTER + PADDING


def _lines(text: str, width: float) -> int:
    return max(1, ceil(len(text) * CHARACTER / max(width - PADDING, CHARACTER)))


def _of_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most of what stands under the head are numbers."""
    cells = [text for row in rows[1:] for text in row if text]
    return sum(text.strip("%–").replace("/", "").isdigit() for text in cells) * 2 > len(cells)


def _texts(row: _Row) -> list[str] | None:
    """What stands in the cells of a row, None for one whose cells are merged."""
    from docx.oxml.ns import qn

    cells = row._tr.findall(qn("w:tc"))
    if any(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") is not None for cell in cells):
        return None
    return ["".join(each.text or "" for each in cell.iter(qn("w:t"))) for cell in cells]


def _apply(table: Table, widths: Sequence[float]) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(round(width, 1))
    for row in table.rows:
        place = 0
        for cell in row._tr.findall(qn("w:tc")):
            span = cell.grid_span
            cell.width = Mm(round(sum(widths[place : place + span]), 1))
            place += span
