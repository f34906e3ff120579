"""The columns of a table that has no ruling lines: its head tells how many there are, the white between them where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from intake import table_head
from intake.draft import Place
from intake.labels import column_role
from intake.letters import one_line, tidy
from intake.pdf.cells import SAME_LINE
from intake.roles import Role
from intake.source import Cell, Row, Table

Word = dict[str, Any]
WordLine = list[Word]
# Words that stand closer than this, by the height of their letters, are words of one cell.
SPACE = 0.4
# A head takes so many lines at most, and each of its cells so many letters.
HEAD_LINES = 5
LONGEST = 80
FEWEST = 3
FINE = 1.0


@dataclass(frozen=True)
class Columns:
    """Where each column but the first begins, in points from the left, and which of them bears numbers and words.

    `number` is None for a table that does not number its rows; `centred` says that the words of a cell stand in the
    middle of its height.
    """

    edges: tuple[float, ...]
    number: int | None
    title: int
    centred: bool = False

    def of(self, word: Word) -> int:
        """The column in which a word stands, from 0."""
        return sum((word["x0"] + word["x1"]) / 2 > edge for edge in self.edges)

    def crossed(self, line: WordLine) -> bool:
        """Whether words of a line go on over the white between two columns, as a heading or a paragraph does."""
        return any(left < edge - FINE and right > edge + FINE for edge in self.edges for left, right in runs(line))


def lines_of(words: Sequence[Word]) -> list[WordLine]:
    """The words as lines from the top to the bottom, each from left to right."""
    found: list[WordLine] = []
    for word in sorted(words, key=lambda each: (each["top"], each["x0"])):
        if found and abs(word["top"] - found[-1][0]["top"]) < SAME_LINE * (word["bottom"] - word["top"]):
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda each: float(each["x0"])) for line in found]


def said(words: Sequence[Word]) -> str:
    """Words of one line as text."""
    return tidy(" ".join(word["text"] for word in words))


def runs(line: WordLine) -> list[tuple[float, float]]:
    """From where to where words of a line stand without more than a space between them."""
    return [(float(each[0]["x0"]), float(each[-1]["x1"])) for each in chunks(line)]


def chunks(line: WordLine) -> list[WordLine]:
    """The pieces of a line that more than a space parts."""
    found: list[WordLine] = []
    for word in line:
        if found and word["x0"] - found[-1][-1]["x1"] < SPACE * (word["bottom"] - word["top"]):
            found[-1].append(word)
        else:
            found.append([word])
    return found


@dataclass(frozen=True)
class Head:
    """A head of columns: the line it begins with and the one it ends before, its row, from where to where each cell."""

    first: int
    end: int
    table: Table
    cells: tuple[tuple[float, float], ...]
    known: int


def head(lines: Sequence[WordLine]) -> Head | None:
    """The first head of a plan's columns; None where no lines name them.

    Of several ways to take lines together the one with the most names of columns, of those the longest.
    """
    for at in range(len(lines)):
        if any(_heads(lines, at)):
            found = [each for first in range(at, min(at + HEAD_LINES, len(lines))) for each in _heads(lines, first)]
            return max(found, key=lambda each: (each.known, each.end - each.first))
    return None


def _heads(lines: Sequence[WordLine], first: int) -> Iterator[Head]:
    for end in range(first + 1, min(first + HEAD_LINES, len(lines)) + 1):
        cells = _stacked(lines[first:end])
        known = sum(column_role(text) is not None for _, _, text in cells)
        if known < FEWEST or any(len(text) > LONGEST for _, _, text in cells):
            continue
        table = Table((Row(tuple(Cell(text) for _, _, text in cells), Place()),), Place())
        if table_head.find(table) is not None:
            yield Head(first, end, table, tuple((left, right) for left, right, _ in cells), known)


def _stacked(lines: Sequence[WordLine]) -> list[tuple[float, float, str]]:
    """The pieces of some lines that stand above each other put together: from where to where, and their words."""
    found: list[tuple[float, float, str]] = []
    for line in lines:
        for chunk in chunks(line):
            left, right, text = float(chunk[0]["x0"]), float(chunk[-1]["x1"]), said(chunk)
            for each in [each for each in found if each[0] < right and left < each[1]]:
                found.remove(each)
                left, right, text = min(left, each[0]), max(right, each[1]), one_line(f"{each[2]} {text}")
            found.append((left, right, text))
    return sorted(found)


def columns(above: Head, lines: Sequence[WordLine]) -> Columns:
    """The columns below a head: between two of its cells the white that the fewest of the lines go over."""
    layout, cells = table_head.find(above.table), above.cells
    roles = {role: at for at, role in layout.roles.items()} if layout else {}
    covered = [runs(line) for line in lines]
    edges = tuple(
        _white((one[0] + one[1]) / 2, (two[0] + two[1]) / 2, one, two, covered) for one, two in pairwise(cells)
    )
    return Columns(edges, roles.get(Role.CODE), roles.get(Role.TITLE, 0))


def _white(
    start: float,
    end: float,
    one: tuple[float, float],
    two: tuple[float, float],
    covered: Sequence[Sequence[tuple[float, float]]],
) -> float:
    """The middle of the widest strip between two cells of a head that the fewest lines cover."""
    marks = sorted(
        {start, end, *(x for line in (*covered, [one, two]) for run in line for x in run if start < x < end)}
    )
    strips: list[tuple[int, float, float]] = []
    for left, right in pairwise(marks):
        middle = (left + right) / 2
        over = sum(any(run[0] < middle < run[1] for run in line) for line in covered)
        over += len(covered) * any(cell[0] < middle < cell[1] for cell in (one, two))
        if strips and strips[-1][0] == over and strips[-1][2] == left:
            strips[-1] = (over, strips[-1][1], right)
        else:
            strips.append((over, left, right))
    _, left, right = min(strips, key=lambda each: (each[0], each[1] - each[2]))
    return (left + right) / 2
