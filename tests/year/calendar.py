"""The year's days and deadlines, written down by hand from the decision: the service is not measured by itself."""

from collections.abc import Iterable
from datetime import date, timedelta

FIRST, LAST = date(2020, 1, 2), date(2021, 2, 28)
DAYS_OFF = frozenset(
    {
        date(2020, 1, 1), *(date(2020, 1, day) for day in range(23, 30)), date(2020, 4, 2), date(2020, 4, 30),
        date(2020, 5, 1), date(2020, 9, 2), date(2021, 1, 1), *(date(2021, 2, day) for day in range(10, 17)),
    }
)  # fmt: skip
# Milestone to the last day on which it is in time; for 8d the Monday after the printed Sunday.
DEADLINES = {
    "2a.1": date(2020, 1, 30), "2b.1": date(2020, 1, 30), "1c.1": date(2020, 3, 31), "1d.1": date(2020, 3, 31),
    "1đ.1": date(2020, 3, 31), "1e.1": date(2020, 3, 31), "2h.1": date(2020, 3, 31), "4a.1": date(2020, 3, 31),
    "6a.1": date(2020, 3, 31), "7a.1": date(2020, 3, 31), "8b.1": date(2020, 3, 31), "5.1": date(2020, 6, 30),
    "6d.1": date(2020, 6, 30), "4c.1": date(2020, 9, 30), "8a.1": date(2020, 9, 30), "3c.1": date(2020, 12, 31),
    "4d.1": date(2020, 12, 31), "4đ.1": date(2020, 12, 31), "7b.1": date(2020, 12, 31), "8c.1": date(2020, 12, 31),
    "8d.1": date(2021, 2, 1),
}  # fmt: skip
REPORTS = ("1c.2", "6a.2", "7a.2", "bc.1")
YEARLY = ("1d.2", "1đ.2", "1e.2", "2a.2")
REPORT_DAYS = {
    "2020-Q1": date(2020, 3, 10), "2020-H1": date(2020, 6, 10), "2020-Q3": date(2020, 9, 10),
    "2020-Y": date(2020, 12, 10),
}  # fmt: skip
COMPILE_DAYS = {
    "2020-Q1": date(2020, 3, 16), "2020-H1": date(2020, 6, 15), "2020-Q3": date(2020, 9, 15),
    "2020-Y": date(2020, 12, 15),
}  # fmt: skip


def deadline(milestone: str, occurrence: str) -> date | None:
    """The last day in time, None for what has no date."""
    if milestone in REPORTS or (milestone in YEARLY and occurrence == "2020-Y"):
        return REPORT_DAYS[occurrence]
    if milestone == "th.1":
        return COMPILE_DAYS[occurrence]
    return DEADLINES.get(milestone)


def is_working(day: date) -> bool:
    """Monday to Friday and not off."""
    return day.weekday() < 5 and day not in DAYS_OFF


def shift(day: date, by: int) -> date:
    """A working day so many working days away."""
    step = timedelta(days=1 if by > 0 else -1)
    while by:
        day += step
        by -= (1 if by > 0 else -1) * is_working(day)
    while not is_working(day):
        day -= timedelta(days=1)
    return day


def days() -> Iterable[date]:
    """Every day of the story."""
    day = FIRST
    while day <= LAST:
        yield day
        day += timedelta(days=1)
