"""What a laid out picture says, and what a drawn one weighs."""

import struct

from reports.pictures.canvas import Canvas
from reports.pictures.parts import Words


def texts(canvas: Canvas) -> list[str]:
    """Everything that is written outside of the cells, from the top down."""
    return [words.text for words in sorted(canvas.words, key=lambda words: (words.y, words.x))]


def find(canvas: Canvas, begins: str) -> Words:
    """The only text that begins so."""
    (found,) = (words for words in canvas.words if words.text.startswith(begins))
    return found


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height
