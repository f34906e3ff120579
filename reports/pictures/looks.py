"""How each state is drawn in every picture: a colour, a sign and a lightness of its own; only what is late is dark."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.figures.summary import NOT_COUNTED, Box
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
    Mark.RETURNED: Look("#f6d7ea", "↩", INK, "#8a3a6b"),
    Mark.NEAR: Look("#ffb444", "▲", INK, "#7a4a00"),
    Mark.OPEN: Look("#ffffff", "○"),
    Mark.DONE_LATE: Look("#bcd6ec", "✔", INK, "#1f4e79", corner=True),
    Mark.DONE_IN_TIME: Look("#cfe9d3", "✔", INK, "#4d8a5a"),
    Mark.CLOSED: Look("#ffffff", "–", FAINT),
}
# Answered, and not yet counted as done: half of the circle is filled.
ANSWERED = Look("#f1eef7", "◐", INK, "#5b4a8a")


def look_of(box: Box) -> Look:
    """The look of one obligation; what is not counted looks like what is closed, what waits like an answer."""
    if box in NOT_COUNTED:
        return LOOKS[Mark.CLOSED]
    return LOOKS[MARKS[box]] if box in MARKS else ANSWERED
