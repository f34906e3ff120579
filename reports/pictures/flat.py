"""Draws what is cells, rules and words alone, by Pillow: some ten times faster than matplotlib, which is not loaded.

Letters are measured here too, for every picture: both draw with the same font.
"""

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from reports.pictures.looks import NOBODY
from reports.pictures.parts import CELL, CORNER, SIGN, TEXT, WIDTH, Area, Cell, Line, Words

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

# The units of an em of the font: at this size nothing is rounded.
UNITS = 2048
# How far a capital's middle is above its baseline, in parts of the size.
MIDDLE = 0.365
ALIGNED = {"left": "ls", "center": "ms", "right": "rs"}


def is_flat(parts: Iterable[Area | Line | Cell | Words]) -> bool:
    """Whether there is nothing in it but cells, whole rules from left to right, and words without a halo."""
    for part in parts:
        match part:
            case Area() | Words(halo=True):
                return False
            case Line() if part.dashes or len({y for _, y in part.points}) > 1:
                return False
    return True


def advance(char: str, bold: bool) -> float:
    """How far a letter goes, in parts of the size; one that the font does not have as the box that is drawn for it."""
    return font(bold, UNITS).getlength(char) / UNITS


def png(height: float, scale: float, parts: Iterable[Area | Line | Cell | Words]) -> bytes:
    """The picture at a scale, the parts in the order in which they lie over each other."""
    # Imported here: most processes never draw.
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (int(WIDTH * scale), int(height * scale)), "#ffffff")
    draw = ImageDraw.Draw(image)
    for part in parts:
        match part:
            case Line():
                ends = [(x * scale, y * scale) for x, y in part.points]
                draw.line(ends, fill=part.ink, width=max(1, round(part.width * scale)))
            case Cell():
                _cell(draw, part, scale)
            case Words():
                _words(draw, part, scale)
    buffer = BytesIO()
    image.save(buffer, format="png")
    return buffer.getvalue()


def _words(draw: "ImageDraw", words: Words, scale: float) -> None:
    place = (words.x * scale, (words.y + MIDDLE * words.size) * scale)
    drawn = font(words.bold, round(words.size * scale, 1))
    draw.text(place, words.text, fill=words.ink, font=drawn, anchor=ALIGNED[words.align])


def _cell(draw: "ImageDraw", cell: Cell, scale: float) -> None:
    left, right = cell.x * scale, (cell.x + cell.width) * scale
    top, bottom = (cell.y - cell.height / 2) * scale, (cell.y + cell.height / 2) * scale
    look = cell.look
    if look is None:
        draw.rectangle((left, top, right - 1, bottom - 1), fill=NOBODY)
        return
    # Half of the border lies outside, and the last pixel named is drawn.
    draw.rectangle((left - 1, top - 1, right, bottom), fill=look.fill, outline=look.edge, width=2)
    if look.corner:
        late = CORNER * scale
        draw.polygon([(right, bottom), (right - late, bottom), (right, bottom - late)], fill=look.edge)
    _words(draw, sign_of(cell, look.sign, look.ink), scale)


def sign_of(cell: Cell, sign: str, ink: str) -> Words:
    """What stands in a cell: its text and its sign, as large as they go."""
    text = f"{cell.text} {sign}".strip()
    size = min(TEXT, cell.width / len(text) / 0.72) if cell.text else SIGN * min(1, cell.height / CELL)
    return Words(cell.x + cell.width / 2, cell.y, text, size, ink, bold=True, align="center")


@cache
def font(bold: bool, size: float) -> "FreeTypeFont":
    """The font of every picture, which comes with matplotlib, in pixels."""
    from PIL import ImageFont

    found = find_spec("matplotlib")
    assert found is not None
    assert found.origin is not None
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    file = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" / name
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
