"""How a reminder asks: it grows to an urgent request and never further, whatever is late and however long.

Blame and orders are the leaders' to speak, not a service's.
"""

from enum import StrEnum

from plan.lateness import Lateness
from plan.reminders import LATE_EVERY, LATE_FIRST

ASKED_FROM = 3  # working days before the deadline
URGED_FROM = (
    LATE_FIRST + LATE_EVERY
)  # working days after it, or after an answer was returned: the second time it is said


class Tone(StrEnum):
    """Nhắc, Đề nghị, Đề nghị khẩn trương."""

    REMIND = "remind"
    ASK = "ask"
    URGE = "urge"


def tone(found: Lateness) -> Tone:
    """The tone for what is open and stands so in time."""
    behind = found.days_returned if found.days_returned is not None else found.days_late
    if behind >= URGED_FROM:
        return Tone.URGE
    near = found.days_left is not None and found.days_left <= ASKED_FROM
    return Tone.ASK if near or found.is_late or found.is_flagged or found.is_returned else Tone.REMIND
