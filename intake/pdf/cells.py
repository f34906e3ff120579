"""The words of a cell: lines that its column broke are one again, lines that somebody typed stay apart."""

from collections.abc import Sequence
from typing import Any

from intake.letters import joined, tidy

Box = tuple[float, float, float, float]
# Two words stand on one line where their middles are this close, by the height of the letters.
SAME_LINE = 0.5
# What a column keeps free beside its words, in points, when it breaks a line: its padding and a space.
PADDING = 9.0


def cell_text(words: Sequence[dict[str, Any]], box: Box) -> str:
    """The words inside a box (x0, top, x1, bottom); a new line only where the first word below would have had room."""
    left, top, right, bottom = box
    inside = [
        word
        for word in words
        if left <= (word["x0"] + word["x1"]) / 2 <= right and top <= (word["top"] + word["bottom"]) / 2 <= bottom
    ]
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(inside, key=lambda each: (each["top"], each["x0"])):
        if lines and abs(word["top"] - lines[-1][0]["top"]) < SAME_LINE * (word["bottom"] - word["top"]):
            lines[-1].append(word)
        else:
            lines.append([word])
    text = ""
    for at, line in enumerate(lines):
        said = tidy(" ".join(word["text"] for word in sorted(line, key=lambda each: float(each["x0"]))))
        broken = at > 0 and _had_no_room(lines[at - 1], line, right)
        text = joined(text, said) if broken else f"{text}\n{said}" if text else said
    return text


def _had_no_room(above: Sequence[dict[str, Any]], line: Sequence[dict[str, Any]], right: float) -> bool:
    """Whether the first word of a line would not have fitted behind the line above."""
    first = min(line, key=lambda each: float(each["x0"]))
    end = max(float(word["x1"]) for word in above)
    return end + float(first["x1"] - first["x0"]) > right - PADDING
