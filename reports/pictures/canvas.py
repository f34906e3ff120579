"""The words, cells, lines and areas of which every picture is laid out, and how they become a PNG for a phone.

A layout holds values only, so that a test can read what a picture says; matplotlib is loaded when text is measured or
drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from reports.pictures import flat
from reports.pictures.looks import INK, NOBODY, Look
from reports.pictures.parts import (
    CORNER,
    GAP,
    INNER,
    KEY,
    LEADING,
    MARGIN,
    MOST_HEIGHT,
    ROW,
    TEXT,
    WIDTH,
    Area,
    Cell,
    Line,
    Words,
)
from words.message import plain
from words.office import Office

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A week's picture goes to each leader and admin, and is drawn once: this many of the last are kept, 0.1 MB each.
DRAWN = 8


@dataclass
class Canvas:
    """A picture laid out from the top, in pixels of its full width; `height` grows with it."""

    height: float = MARGIN
    words: list[Words] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    @property
    def scale(self) -> float:
        """How much smaller it must be drawn for the platform to take it; 1 where it need not be."""
        return _scale(self.height)

    def line(self, text: str, size: float = TEXT, *, bold: bool = False) -> None:
        """One line across the picture, smaller where it would not fit."""
        height = size * LEADING
        # DejaVu Sans Bold takes some 0.68 of its size for a letter.
        fitting = min(size, INNER / max(1, len(text)) / 0.68)
        self.words.append(Words(MARGIN, self.height + height / 2, text, fitting, bold=bold))
        self.height += height

    def paragraph(self, text: str, size: float = TEXT, *, ink: str = INK, bold: bool = False) -> None:
        """As many lines as the text needs."""
        for line in wrapped(text, size, INNER, bold=bold):
            self.words.append(Words(MARGIN, self.height + size * LEADING / 2, line, size, ink, bold))
            self.height += size * LEADING

    def rule(self, y: float) -> None:
        """A thin line from margin to margin."""
        self.lines.append(Line(((MARGIN, y), (WIDTH - MARGIN, y))))

    def legend(self, entries: Sequence[tuple[Look | None, str]]) -> None:
        """What each look means, in two columns."""
        self.height += GAP
        deep = -(-len(entries) // 2)
        for place, (look, words) in enumerate(entries):
            x, y = MARGIN + place // deep * INNER / 2, self.height + (place % deep + 0.5) * ROW
            self.cells.append(Cell(x, y, KEY, look))
            self.meaning(x, y, words)
        self.height += deep * ROW + GAP

    def meaning(self, x: float, y: float, words: str) -> None:
        """What the sign at `x` means, beside it: smaller where half the picture is too narrow for it."""
        room = INNER / 2 - KEY - 16
        self.words.append(Words(x + KEY + 16, y, words, min(TEXT, room / width_of(words, 1))))

    def png(self) -> bytes:
        """The picture at its scale."""
        return _png(_Drawing(self.height, (*self.areas, *self.lines, *self.cells, *self.words)))


class Page(Canvas):
    """A picture that speaks for an office."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office

    def text(self, key: str, **values: object) -> str:
        """A sentence of the catalogue as it is read, without markup."""
        return plain(self.office.text(key, **values))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The pixels that a text takes."""
    return size * sum(_advance(char, bold) for char in text)


@cache
def _advance(char: str, bold: bool) -> float:
    """How far a letter goes, in parts of the size; letters that stand closer in some pairs are left out of account."""
    return flat.advance(char, bold)


def fitted(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """The text, cut at a word with an ellipsis where it is wider than `width` pixels."""
    if width_of(text, size, bold=bold) <= width:
        return text
    words = text.split()
    while len(words) > 1 and width_of(f"{' '.join(words)}…", size, bold=bold) > width:
        words.pop()
    cut = " ".join(words)
    while len(cut) > 1 and width_of(f"{cut}…", size, bold=bold) > width:
        cut = cut[:-1]
    return f"{cut.rstrip(' ,;:.-–(')}…"


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines of at most `width` pixels; a word that alone is wider is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(fitted(word, size, width, bold=bold))
    return lines


@dataclass(frozen=True)
class _Drawing:
    height: float
    parts: tuple[Area | Line | Cell | Words, ...]


def _scale(height: float) -> float:
    return min(1.0, MOST_HEIGHT / height)


@lru_cache(DRAWN)
def _png(drawing: _Drawing) -> bytes:
    if flat.is_flat(drawing.parts):
        return flat.png(drawing.height, _scale(drawing.height), drawing.parts)
    # Imported here: it takes 40 MB and half a second, and most processes never draw.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    # At 72 dpi a point is a pixel.
    figure = Figure(figsize=(WIDTH / 72, drawing.height / 72), dpi=72 * _scale(drawing.height))
    FigureCanvasAgg(figure)
    axes = figure.add_axes(
        (0, 0, 1, 1), xlim=(0, WIDTH), ylim=(drawing.height, 0), frame_on=False, xticks=[], yticks=[]
    )
    for part in drawing.parts:
        match part:
            case Area():
                _draw_area(axes, part)
            case Line():
                _draw_line(axes, part)
            case Cell():
                _draw_cell(axes, part)
            case Words():
                _draw_words(axes, part)
    buffer = BytesIO()
    figure.savefig(buffer, format="png")
    # A figure and its artists point at each other: their memory would wait for the next collection.
    figure.clear()
    return buffer.getvalue()


def _draw_area(axes: "Axes", area: Area) -> None:
    from matplotlib.patches import Polygon

    shape = Polygon(area.points, facecolor=area.fill, edgecolor=area.edge, hatch=area.hatch or None, linewidth=0)
    axes.add_artist(shape)


def _draw_line(axes: "Axes", line: Line) -> None:
    from matplotlib.lines import Line2D

    across, down = zip(*line.points, strict=True)
    drawn = Line2D(across, down, color=line.ink, linewidth=line.width, solid_joinstyle="miter", zorder=2)
    if line.dashes:
        # matplotlib counts dashes in widths of the line.
        drawn.set_linestyle((0, [each / line.width for each in line.dashes]))
    axes.add_artist(drawn)


def _draw_words(axes: "Axes", words: Words) -> None:
    from matplotlib.patheffects import withStroke

    axes.text(
        words.x,
        words.y,
        words.text,
        fontfamily="DejaVu Sans",
        fontsize=words.size,
        fontweight="bold" if words.bold else "normal",
        color=words.ink,
        ha=words.align,
        va="center_baseline",
        # A $ in a name is a letter, not the start of a formula.
        parse_math=False,
        path_effects=[withStroke(linewidth=10, foreground="#ffffff")] if words.halo else None,
        zorder=4,
    )


def _draw_cell(axes: "Axes", cell: Cell) -> None:
    from matplotlib.patches import Polygon, Rectangle

    corner = (cell.x, cell.y - cell.height / 2)
    look = cell.look
    if look is None:
        axes.add_artist(Rectangle(corner, cell.width, cell.height, facecolor=NOBODY, linewidth=0, zorder=3))
        return
    axes.add_artist(
        Rectangle(corner, cell.width, cell.height, facecolor=look.fill, edgecolor=look.edge, linewidth=2, zorder=3)
    )
    if look.corner:
        right, bottom = cell.x + cell.width, corner[1] + cell.height
        late = [(right, bottom), (right - CORNER, bottom), (right, bottom - CORNER)]
        axes.add_artist(Polygon(late, facecolor=look.edge, linewidth=0, zorder=3))
    _draw_words(axes, flat.sign_of(cell, look.sign, look.ink))
