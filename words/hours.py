"""The hours in which somebody wants to be told of what others do: «8h-17h30», local, within one day."""

import re
from datetime import time

Hours = tuple[time, time]
"""From when until when, the end excluded."""

MOMENT = r"(\d{1,2})(?:\s*(?:h|g|giờ|:|\.)\s*(\d{2})?)?"
BETWEEN = r"\s*(?:-|–|đến|den|tới|toi|to|until)\s*"
SAID = re.compile(rf"^(?:từ|tu|from)?\s*{MOMENT}{BETWEEN}{MOMENT}$", re.IGNORECASE)
# Shorter ones would be no hours at all: what came in the night would never be told.
SHORTEST_H = 2


def read(text: str) -> Hours | None:
    """The hours that a text says; None for anything else, for hours that end before they begin, and for too few."""
    match = SAID.match(text.strip().strip("."))
    if match is None:
        return None
    first, last = (_moment(match[number], match[number + 1]) for number in (1, 3))
    if first is None or last is None or _minutes(last) - _minutes(first) < 60 * SHORTEST_H:
        return None
    return first, last


def kept(hours: Hours) -> str:
    """How the record keeps them: "08:00-17:30"."""
    return "-".join(f"{each:%H:%M}" for each in hours)


def of_kept(words: str | None) -> Hours | None:
    """The hours that the record keeps; None where nobody chose any."""
    if not words:
        return None
    first, _, last = words.partition("-")
    return time.fromisoformat(first), time.fromisoformat(last)


def _moment(hour: str, minute: str | None) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    if hours == 24 and minutes == 0:
        return time(23, 59)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
