"""Reads a day that somebody typed: 10/2, 10/02/2020, 10-2-2020, 2020-02-10."""

import re
from datetime import date

DAY_FIRST = re.compile(r"^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$")
YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")


def read_day(text: str, today: date) -> date | None:
    """The day of a text, None when it is none; without a year the next such day from `today` (local) on."""
    text = text.strip()
    if match := YEAR_FIRST.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if not (match := DAY_FIRST.match(text)):
        return None
    day, month = int(match[1]), int(match[2])
    if match[3]:
        return _day(int(match[3]), month, day)
    # Nine years hold every day there is, 29 February included.
    return next(
        (each for year in range(today.year, today.year + 9) if (each := _day(year, month, day)) and each >= today), None
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
