"""What a change of the plan does to the figures: which results left them, came in or stand in another box, and why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reports.figures.boxes import Box, Figures, Line, is_dated
from reports.figures.summary import Summary


@dataclass(frozen=True)
class Move:
    """So many results of one task that stand otherwise: `was` None for those that came in, `becomes` for those that
    left; `code` as it is now, of what left as it was."""

    code: str
    was: Box | None
    becomes: Box | None
    count: int


@dataclass(frozen=True)
class Moved:
    """The dated figures before and after, and every move that makes the one of the other."""

    before: Figures
    after: Figures
    moves: tuple[Move, ...]


def moved(before: Summary, after: Summary) -> Moved:
    """What lies between two summaries of one moment, before and after the plan changed."""
    was, becomes = _dated(before), _dated(after)
    counted: Counter[tuple[str, Box | None, Box | None]] = Counter()
    for number in dict.fromkeys((*was, *becomes)):
        former, now = was.get(number), becomes.get(number)
        boxes = former.box if former else None, now.box if now else None
        if boxes[0] is not boxes[1]:
            counted[(now or former or _none()).task, *boxes] += 1
    moves = tuple(Move(code, was_in, is_in, count) for (code, was_in, is_in), count in counted.items())
    return Moved(before.dated, after.dated, moves)


def _dated(summary: Summary) -> dict[int, Line]:
    return {line.id: line for line in _lines(summary)}


def _lines(summary: Summary) -> Iterator[Line]:
    return (line for line in summary.lines if is_dated(line) and not line.duty)


def _none() -> Line:
    raise AssertionError("a number comes of one of the two")
