"""Which day a weekly message goes out on: a weekday by its name, the next working day where that one is off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

# The settings know the names of the days, and need no calendar for it.
if TYPE_CHECKING:
    from plan.workdays import Calendar

# Named, because programs count weekdays from Monday or from Sunday.
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = timedelta(days=7)


def nominal_day(weekday: str, today: date) -> date:
    """The last day of that name until today (a local date): it names the week; raises ValueError for no weekday."""
    return today - timedelta(days=(today.weekday() - WEEKDAYS.index(weekday)) % 7)


def sending_day(weekday: str, calendar: Calendar, today: date) -> date | None:
    """The working day on which this week's message goes out, perhaps past or still to come.

    None when the whole week is off: the next one has its own.
    """
    nominal = nominal_day(weekday, today)
    day = calendar.on_or_after(nominal)
    return day if day < nominal + WEEK else None
