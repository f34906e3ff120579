"""Gives the columns of a filled table the widths that its words need, so that its rows are as low as they can be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.table import Table, _Row

# Of the many-columned tables only: a table of figures keeps what its author drew. Millimetres.
LEAST_COLUMNS, LEAST_ROWS = 8, 4
# The head stands on every page: on so many.
HEADS = 6
CHARACTER, PADDING, STEP = 1.65, 4.0, 1.0
CAPITAL = 0.2
# How much one column gives to another at once: a word's way, or several words'.
EXCHANGES = (1.0, 2.0, 3.0, 5.0, 8.0)
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
    column that saves the most, and then from column to column as long as the whole becomes lower.
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
    return _lowered(rows, widths, least)


def _lowered(rows: Sequence[Sequence[str]], widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """The widths after every exchange between two columns that makes the table lower."""
    found, lowest = list(widths), _height(rows, widths)
    moved = True
    while moved:
        moved = False
        for step, (giver, taker) in product(EXCHANGES, permutations(range(len(found)), 2)):
            tried = found[:]
            tried[giver] -= step
            tried[taker] += step
            if tried[giver] >= least[giver] and (height := _height(rows, tried)) < lowest:
                found, lowest, moved = tried, height, True
    return found


def _height(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> int:
    """In lines, of the whole table; each row is as high as its highest cell."""
    highest = (max(map(_lines, row, widths)) for row in rows)
    return sum(lines * (1 if place else HEADS) for place, lines in enumerate(highest))


def _gain(rows: Sequence[Sequence[str]], lines: Sequence[Sequence[int]], widths: Sequence[float], i: int) -> float:
    """What a step more saves in the cells that make their rows high."""
    saved = 0.0
    for place, (row, own) in enumerate(zip(rows, lines, strict=True)):
        if own[i] > 1 and own[i] == max(own):
            width = widths[i] - PADDING
            saved += (1 if place else HEADS) * len(row[i]) * CHARACTER * (1 / width - 1 / (width + STEP))
    return saved


def _needs(word: str) -> float:
    """Millimetres; a capital is wider than the average letter, and an abbreviation is all capitals."""
    return (len(word) + CAPITAL * sum(map(str.isupper, word))) * CHARACTER + PADDING


def _lines(text: str, width: float) -> int:
    return _wrapped(text, int((width - PADDING) / CHARACTER))


@lru_cache(4096)
def _wrapped(text: str, room: int) -> int:
    """How many lines of so many letters a text takes: a line ends between two words."""
    lines, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, len(word)
        else:
            used += len(word) + (1 if used else 0)
    return lines


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
