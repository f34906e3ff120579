"""Lays out the matrix of agencies and tasks as a portrait picture that is read on a phone, in colour or without.

The tasks that many agencies owe are columns; the others stand in their agency's list, with the code in the cell,
because a column each would leave every cell too small to read at 360 px.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from reports.figures.record import Record
from reports.figures.summary import Summary
from reports.pictures.canvas import Page
from reports.pictures.looks import FAINT, LOOKS, Look
from reports.pictures.matrix import Column, Mark, Matrix, keep, late_cells, matrices, short_names
from reports.pictures.parts import GAP, INNER, MARGIN, MOST_HEIGHT, ROW, SMALL, TEXT, TITLE_SIZE, Cell, Words
from words.office import Office
from words.render import clip

LABEL, SECTION = 268, 18
MOST_COLUMNS, LISTED = 10, 7
# Drawn smaller than this, the signs can no longer be told apart on a phone: then agencies are left out instead.
LEAST_SCALE = 0.6
# What the heading, the legend and the untimed tasks take, in rows.
BESIDE_ROWS = 20
# The four official boxes and what is near: they stand in every legend, the others where they are seen.
USUAL = frozenset({Mark.OVERDUE, Mark.NEAR, Mark.OPEN, Mark.DONE_LATE, Mark.DONE_IN_TIME})
MOST_ROWS = int(MOST_HEIGHT / LEAST_SCALE / ROW) - BESIDE_ROWS


def matrix_png(office: Office, record: Record) -> bytes:
    """The matrix of a record as PNG, 1080 px wide, narrower where it would be higher than the platform takes."""
    plans = {plan.id: plan.label for plan in record.plans}
    found = matrices(record.rows, office)
    return Sheet(office, plans, short_names(office, record), record.window.as_of, found, about=record.about).png()


def summary_png(office: Office, summary: Summary) -> bytes:
    """The matrix of a summary's figures."""
    plans = {plan.id: plan.short for plan in office.plans.values()}
    agencies = {line.agency: office.agency_short(line.agency) for line in summary.lines}
    return Sheet(office, plans, agencies, summary.as_of, matrices(summary.lines, office)).png()


class Sheet(Page):
    """The matrix laid out. `plans` and `agencies` are names by id, `about` what part of the office it is of."""

    def __init__(
        self,
        office: Office,
        plans: Mapping[str, str],
        agencies: Mapping[str, str],
        as_of: datetime,
        found: Sequence[Matrix],
        *,
        about: str = "",
    ) -> None:
        super().__init__(office)
        self.agencies = agencies
        self.found = tuple(_readable(matrix, MOST_ROWS // len(found)) for matrix in found)
        self.line(self.text("chart.title", plans=tuple(plans.values()), as_of=as_of), TITLE_SIZE, bold=True)
        self.paragraph(about)
        self._legend()
        for matrix in self.found:
            if len(self.found) > 1:
                self.line(plans.get(matrix.plan, matrix.plan), TITLE_SIZE, bold=True)
            if matrix.left_out:
                shown = len(matrix.agencies)
                self.paragraph(self.text("picture.left_out", shown=shown, all=shown + matrix.left_out), ink=FAINT)
            for columns in _blocks(matrix.shared):
                self._grid(matrix, columns)
            self._lists(matrix)
            self._untimed(matrix)
        self.height += MARGIN

    def _legend(self) -> None:
        seen = {mark for matrix in self.found for mark in matrix.cells.values()}
        entries: list[tuple[Look | None, str]] = [
            (LOOKS[mark], self.text(f"chart.{mark}")) for mark in Mark if mark in seen or mark in USUAL
        ]
        entries.append((None, self.text("chart.none")))
        self.legend(entries)

    def _grid(self, matrix: Matrix, columns: Sequence[Column]) -> None:
        """Agencies down, the shared tasks across, sections apart."""
        breaks = sum(a.section != b.section for a, b in pairwise(columns))
        wide = min(110.0, (INNER - LABEL - breaks * SECTION) / len(columns))
        lefts = [MARGIN + LABEL + 0.0]
        for before, task in pairwise(columns):
            lefts.append(lefts[-1] + wide + (SECTION if before.section != task.section else 0))
        agencies = [each for each in matrix.agencies if any((each, task.code) in matrix.cells for task in columns)]
        for place in (0, len(agencies) + 1):
            # The codes stand above and below: on a phone held close, the upper ones are out of sight.
            y = self.height + place * ROW + ROW / 2
            self.words += [
                Words(x + wide / 2, y, task.code, TEXT, bold=True, align="center")
                for x, task in zip(lefts, columns, strict=True)
            ]
        for place, agency in enumerate(agencies, 1):
            y = self.height + place * ROW + ROW / 2
            self._agency(agency, y)
            self.rule(y - ROW / 2)
            self.cells += [
                Cell(x + GAP / 2, y, wide - GAP, _look(matrix, agency, task))
                for x, task in zip(lefts, columns, strict=True)
            ]
        self.rule(self.height + (len(agencies) + 1) * ROW)
        self.height += (len(agencies) + 2) * ROW + GAP

    def _lists(self, matrix: Matrix) -> None:
        """The tasks that few agencies owe, in a row or more for each agency, the code in the cell."""
        wide = (INNER - LABEL) / LISTED
        for agency, tasks in matrix.own.items():
            self.rule(self.height)
            self._agency(agency, self.height + ROW / 2)
            for place, task in enumerate(tasks):
                x, y = MARGIN + LABEL + place % LISTED * wide, self.height + place // LISTED * ROW + ROW / 2
                self.cells.append(Cell(x + GAP / 2, y, wide - GAP, _look(matrix, agency, task), task.code))
            self.height += -(-len(tasks) // LISTED) * ROW
        if matrix.own:
            self.rule(self.height)
            self.height += GAP

    def _agency(self, agency: str, y: float) -> None:
        name = clip(self.agencies[agency], 20)
        self.words.append(Words(MARGIN, y, name, min(TEXT, (LABEL - GAP) / len(name) / 0.66)))

    def _untimed(self, matrix: Matrix) -> None:
        if not matrix.untimed:
            return
        self.height += GAP
        heading = f"{self.text('chart.other')}: "
        for line in _broken(heading, [task.code for task in matrix.untimed], int(INNER / SMALL / 0.6)):
            self.words.append(Words(MARGIN, self.height + SMALL * 0.75, line, SMALL, FAINT))
            self.height += SMALL * 1.5


def _look(matrix: Matrix, agency: str, task: Column) -> Look | None:
    mark = matrix.cells.get((agency, task.code))
    return None if mark is None else LOOKS[mark]


def _readable(matrix: Matrix, rows: int) -> Matrix:
    """As many agencies as so many rows hold, those with the most that is late first."""
    blocks = -(-len(matrix.shared) // MOST_COLUMNS)
    late = late_cells(matrix)
    kept: list[str] = []
    left = rows - 2 * blocks
    for agency in sorted(matrix.agencies, key=lambda each: -late[each]):
        left -= blocks + -(-len(matrix.own.get(agency, ())) // LISTED)
        if left < 0 and kept:
            return keep(matrix, kept)
        kept.append(agency)
    return matrix


def _blocks(tasks: Sequence[Column]) -> Iterator[Sequence[Column]]:
    """The columns in blocks that stand one under the other, as even as they go."""
    count = -(-len(tasks) // MOST_COLUMNS)
    for place in range(count):
        yield tasks[place * len(tasks) // count : (place + 1) * len(tasks) // count]


def _broken(heading: str, pieces: Iterable[str], limit: int) -> Iterator[str]:
    line = heading
    for piece in pieces:
        if len(line) + len(piece) > limit:
            yield line.rstrip()
            line = ""
        line += f"{piece}  "
    yield line.rstrip()
