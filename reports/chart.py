"""Paints the matrix of agencies and tasks as a portrait picture that is read on a phone, in colour or without.

The tasks that many agencies owe are columns; the others stand in their agency's list, with the code in the cell,
because a column each would leave every cell too small to read at 360 px. Each state has a colour, a sign and a
lightness of its own, and only what is late is dark.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from plan.model import Task
from reports.matrix import Mark, Matrix, matrices
from reports.summary import Summary, build
from store.engine import Store
from words.message import plain
from words.office import Office
from words.render import clip

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "matrix@"
# Pixels. A phone shows the width on 360 points, so a third of each: letters of 30 are read as letters of 10.
WIDTH, MARGIN, LABEL = 1080, 24, 268
ROW, CELL, GAP, SECTION = 52, 44, 8, 18
TITLE_SIZE, SIGN, TEXT, SMALL, CORNER = 40, 36, 31, 28, 24
MOST_COLUMNS, LISTED = 10, 7
# Telegram refuses a photo whose width and height together exceed 10000 (Bot API, sendPhoto).
MOST_HEIGHT = 8800
INK, FAINT, RULE, NOBODY = "#1a1a1a", "#5f5f5f", "#c9c9c9", "#ececec"


@dataclass(frozen=True)
class Look:
    """How a state is drawn: fill, sign, ink, border, and whether a dark corner says "late" over the sign "done"."""

    fill: str
    sign: str
    ink: str = INK
    edge: str = "#8a8a8a"
    corner: bool = False


LOOKS = {
    Mark.OVERDUE: Look("#8e1220", "✘", "#ffffff", "#8e1220"),
    Mark.NEAR: Look("#ffb444", "▲", INK, "#7a4a00"),
    Mark.OPEN: Look("#ffffff", "○"),
    Mark.DONE_LATE: Look("#bcd6ec", "✔", INK, "#1f4e79", corner=True),
    Mark.DONE_IN_TIME: Look("#cfe9d3", "✔", INK, "#4d8a5a"),
    Mark.CLOSED: Look("#ffffff", "–", FAINT),
}


def paint(store: Store, office: Office, name: str) -> bytes:
    """The picture `Summary.picture` names as PNG, 1080 px wide: `matrix@<ISO instant>`, perhaps with the instant at
    which it was known, a section and agencies, as in `matrix@…~…|2|sondung,sonlong`; raises ValueError for any other.
    """
    moments, _, part = name.partition("|")
    section, _, agencies = part.partition("|")
    if not moments.startswith(NAME):
        raise ValueError(f"no picture is called {name!r}; known is matrix@<ISO instant>")
    as_of, _, known_at = moments.removeprefix(NAME).partition("~")
    with store.look() as session:
        summary = build(
            session,
            office,
            _moment(as_of),
            known_at=_moment(known_at) if known_at else None,
            section=section or None,
            agencies=tuple(filter(None, agencies.split(","))),
        )
    return png_of(Sheet(office, summary, matrices(summary, office)))


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(f"the instant {written!r} has no zone; write it as 2020-04-01T01:00:00+00:00")
    return moment


@dataclass(frozen=True)
class _Words:
    """A piece of text at its left or middle, on the middle of its line."""

    x: float
    y: float
    text: str
    size: float = TEXT
    ink: str = INK
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True)
class _Cell:
    """A box with its look; None where the agency does not owe the task."""

    x: float
    y: float
    width: float
    mark: Mark | None
    text: str = ""


@dataclass
class Sheet:
    """The picture laid out from the top, in pixels of its full width; `height` grows with it."""

    office: Office
    summary: Summary
    found: Sequence[Matrix]
    height: float = MARGIN
    words: list[_Words] = field(default_factory=list)
    cells: list[_Cell] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        title = self.text("chart.title", plans=self.summary.plan_names, as_of=self.summary.as_of)
        self._line(title, TITLE_SIZE, bold=True)
        self._legend()
        for matrix in self.found:
            if len(self.found) > 1:
                self._line(matrix.plan.short, TITLE_SIZE, bold=True)
            for columns in _blocks(matrix.shared):
                self._grid(matrix, columns)
            self._lists(matrix)
            self._untimed(matrix)
        self.height += MARGIN

    @property
    def scale(self) -> float:
        """How much smaller it must be drawn for the platform to take it; 1 where it need not be."""
        return min(1.0, MOST_HEIGHT / self.height)

    def text(self, key: str, **values: object) -> str:
        """A sentence of the catalogue as it is read, without markup."""
        return plain(self.office.text(key, **values))

    def _line(self, text: str, size: float = TEXT, *, bold: bool = False) -> None:
        height = size * 1.5
        # DejaVu Sans Bold takes some 0.68 of its size for a letter.
        fitting = min(size, (WIDTH - 2 * MARGIN) / max(1, len(text)) / 0.68)
        self.words.append(_Words(MARGIN, self.height + height / 2, text, fitting, bold=bold))
        self.height += height

    def _legend(self) -> None:
        closed = any(mark is Mark.CLOSED for matrix in self.found for mark in matrix.cells.values())
        entries: list[tuple[Mark | None, str]] = [
            (mark, self.text(f"chart.{mark}")) for mark in Mark if mark is not Mark.CLOSED
        ]
        if closed:
            entries.append((Mark.CLOSED, self.text("box.closed").capitalize()))
        entries.append((None, self.text("chart.none")))
        self.height += GAP
        deep = -(-len(entries) // 2)
        for place, (mark, words) in enumerate(entries):
            x, y = MARGIN + place // deep * (WIDTH - 2 * MARGIN) / 2, self.height + (place % deep + 0.5) * ROW
            self.cells.append(_Cell(x, y, 64, mark))
            self.words.append(_Words(x + 80, y, words))
        self.height += deep * ROW + GAP

    def _grid(self, matrix: Matrix, columns: Sequence[Task]) -> None:
        """Agencies down, the shared tasks across, sections apart."""
        breaks = sum(a.section != b.section for a, b in pairwise(columns))
        wide = min(110.0, (WIDTH - 2 * MARGIN - LABEL - breaks * SECTION) / len(columns))
        lefts = [MARGIN + LABEL + 0.0]
        for before, task in pairwise(columns):
            lefts.append(lefts[-1] + wide + (SECTION if before.section != task.section else 0))
        agencies = [each for each in matrix.agencies if any((each, task.code) in matrix.cells for task in columns)]
        for place in (0, len(agencies) + 1):
            # The codes stand above and below: on a phone held close, the upper ones are out of sight.
            y = self.height + place * ROW + ROW / 2
            self.words += [
                _Words(x + wide / 2, y, task.code, TEXT, bold=True, centred=True)
                for x, task in zip(lefts, columns, strict=True)
            ]
        for place, agency in enumerate(agencies, 1):
            y = self.height + place * ROW + ROW / 2
            self._agency(agency, y)
            self.rules.append(y - ROW / 2)
            self.cells += [
                _Cell(x + GAP / 2, y, wide - GAP, matrix.cells.get((agency, task.code)))
                for x, task in zip(lefts, columns, strict=True)
            ]
        self.rules.append(self.height + (len(agencies) + 1) * ROW)
        self.height += (len(agencies) + 2) * ROW + GAP

    def _lists(self, matrix: Matrix) -> None:
        """The tasks that few agencies owe, in a row or more for each agency, the code in the cell."""
        wide = (WIDTH - 2 * MARGIN - LABEL) / LISTED
        for agency, tasks in matrix.own.items():
            self.rules.append(self.height)
            self._agency(agency, self.height + ROW / 2)
            for place, task in enumerate(tasks):
                x, y = MARGIN + LABEL + place % LISTED * wide, self.height + place // LISTED * ROW + ROW / 2
                self.cells.append(_Cell(x + GAP / 2, y, wide - GAP, matrix.cells[agency, task.code], task.code))
            self.height += -(-len(tasks) // LISTED) * ROW
        if matrix.own:
            self.rules.append(self.height)
            self.height += GAP

    def _agency(self, agency: str, y: float) -> None:
        name = clip(self.office.agency_short(agency), 20)
        self.words.append(_Words(MARGIN, y, name, min(TEXT, (LABEL - GAP) / len(name) / 0.66)))

    def _untimed(self, matrix: Matrix) -> None:
        if not matrix.untimed:
            return
        self.height += GAP
        heading = f"{self.text('chart.other')}: "
        for line in _wrapped(heading, [task.code for task in matrix.untimed], int((WIDTH - 2 * MARGIN) / SMALL / 0.6)):
            self.words.append(_Words(MARGIN, self.height + SMALL * 0.75, line, SMALL, FAINT))
            self.height += SMALL * 1.5


def _blocks(tasks: Sequence[Task]) -> Iterator[Sequence[Task]]:
    """The columns in blocks that stand one under the other, as even as they go."""
    count = -(-len(tasks) // MOST_COLUMNS)
    for place in range(count):
        yield tasks[place * len(tasks) // count : (place + 1) * len(tasks) // count]


def _wrapped(heading: str, pieces: Iterable[str], limit: int) -> Iterator[str]:
    line = heading
    for piece in pieces:
        if len(line) + len(piece) > limit:
            yield line.rstrip()
            line = ""
        line += f"{piece}  "
    yield line.rstrip()


def png_of(sheet: Sheet) -> bytes:
    """The sheet as PNG, at its scale."""
    # Imported here: it takes 40 MB and half a second, and most processes never draw.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    # At 72 dpi a point is a pixel.
    figure = Figure(figsize=(WIDTH / 72, sheet.height / 72), dpi=72 * sheet.scale)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(sheet.height, 0), frame_on=False, xticks=[], yticks=[])
    for y in sheet.rules:
        axes.plot((MARGIN, WIDTH - MARGIN), (y, y), color=RULE, linewidth=1)
    for cell in sheet.cells:
        _draw_cell(axes, cell)
    for words in sheet.words:
        _draw_words(axes, words)
    buffer = BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def _draw_words(axes: "Axes", words: _Words) -> None:
    axes.text(
        words.x,
        words.y,
        words.text,
        fontfamily="DejaVu Sans",
        fontsize=words.size,
        fontweight="bold" if words.bold else "normal",
        color=words.ink,
        ha="center" if words.centred else "left",
        va="center_baseline",
        # A $ in a name is a letter, not the start of a formula.
        parse_math=False,
    )


def _draw_cell(axes: "Axes", cell: _Cell) -> None:
    from matplotlib.patches import Polygon, Rectangle

    corner = (cell.x, cell.y - CELL / 2)
    if cell.mark is None:
        axes.add_patch(Rectangle(corner, cell.width, CELL, facecolor=NOBODY, linewidth=0))
        return
    look = LOOKS[cell.mark]
    box = Rectangle(corner, cell.width, CELL, facecolor=look.fill, edgecolor=look.edge, linewidth=2)
    axes.add_patch(box)
    if look.corner:
        right, bottom = cell.x + cell.width, corner[1] + CELL
        late = [(right, bottom), (right - CORNER, bottom), (right, bottom - CORNER)]
        axes.add_patch(Polygon(late, facecolor=look.edge, linewidth=0))
    text = f"{cell.text} {look.sign}".strip()
    size = min(TEXT, cell.width / len(text) / 0.72) if cell.text else SIGN
    _draw_words(axes, _Words(cell.x + cell.width / 2, cell.y, text, size, look.ink, bold=True, centred=True))
