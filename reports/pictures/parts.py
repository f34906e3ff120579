"""The values that a picture is laid out of, in pixels of its full width."""

from dataclasses import dataclass
from typing import Literal

from reports.pictures.looks import INK, RULE, Look

# Pixels. A phone shows the width on 360 points, so a third of each: letters of 30 are read as letters of 10.
WIDTH, MARGIN = 1080, 24
INNER = WIDTH - 2 * MARGIN
ROW, CELL, KEY, GAP = 52, 44, 64, 8
TITLE_SIZE, SIGN, TEXT, SMALL, CORNER = 40, 36, 31, 28, 24
# Telegram refuses a photo whose width and height together exceed 10000 (Bot API, sendPhoto).
MOST_HEIGHT = 8800
LEADING = 1.5

Point = tuple[float, float]


@dataclass(frozen=True)
class Words:
    """A piece of text at its left, middle or right, on the middle of its line; `halo` keeps it apart from lines."""

    x: float
    y: float
    text: str
    size: float = TEXT
    ink: str = INK
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    halo: bool = False


@dataclass(frozen=True)
class Cell:
    """A box with its look, its left at `x`, its middle at `y`; no look where the agency does not owe the task."""

    x: float
    y: float
    width: float
    look: Look | None
    text: str = ""
    height: float = CELL


@dataclass(frozen=True)
class Line:
    """Straight pieces from point to point; `dashes` are drawn and left out in turn, in pixels."""

    points: tuple[Point, ...]
    ink: str = RULE
    width: float = 1
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True)
class Area:
    """A closed shape, hatched in its edge's colour where `hatch` says how (matplotlib's letters)."""

    points: tuple[Point, ...]
    fill: str
    edge: str = INK
    hatch: str = ""
