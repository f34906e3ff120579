"""How each state is drawn in every picture: a colour, a sign and a lightness of its own; only what is late is dark."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.figures.boxes import Box
from reports.pictures.matrix import MARKS, Mark

INK, FAINT, RULE, NOBODY = "#1a1a1a", "#5f5f5f", "#c9c9c9", "#ececec"


@dataclass(frozen=True)
class Look:
    """How a state is drawn: fill, sign, ink, border, and whether a dark corner says "late" over the sign "done"."""

    fill: str
    sign: str
    ink: str = INK
    edge: str = "#8a8a8a"
    corner: bool = False


LOOKS: Mapping[Mark, Look] = {
    Mark.OVERDUE: Look("#8e1220", "✘", "#ffffff", "#8e1220"),
    Mark.FLAGGED: Look("#f3e2c7", "⚑", INK, "#7a4a00"),
    Mark.RETURNED: Look("#f6d7ea", "↩", INK, "#8a3a6b"),
    # Answered, and not yet counted as done: a part of the circle is filled.
    Mark.WAITING: Look("#f1eef7", "◐", INK, "#5b4a8a"),
    Mark.UNPROVEN: Look("#f1eef7", "◔", INK, "#5b4a8a"),
    Mark.NEAR: Look("#ffb444", "▲", INK, "#7a4a00"),
    Mark.OPEN: Look("#ffffff", "○"),
    Mark.DONE_LATE: Look("#bcd6ec", "✔", INK, "#1f4e79", corner=True),
    Mark.DONE_IN_TIME: Look("#cfe9d3", "✔", INK, "#4d8a5a"),
    Mark.SUSPENDED: Look("#ffffff", "‖", FAINT),
    Mark.TRANSFERRED: Look("#ffffff", "→", FAINT),
    Mark.ENDED: Look("#ffffff", "■", FAINT),
    Mark.EXCUSED: Look("#ffffff", "⊘", FAINT),
    Mark.CLOSED: Look("#ffffff", "–", FAINT),
    Mark.UNTIMED: Look("#ffffff", "…", FAINT),
}


def look_of(box: Box) -> Look:
    """The look of one obligation."""
    return LOOKS[MARKS[box]]
