"""Makes any text fit for a cell: what XML forbids is gone, what would run as a formula stays a text."""

from datetime import date, datetime
from functools import lru_cache

from words.names import clean

Cell = str | int | float | date | datetime | None
# What Excel's format can hold in one cell, in UTF-16 units (ECMA-376, part 1, 18.3.1.4 has no limit; Excel has).
LONGEST = 32_767
# OWASP, "CSV Injection": what a spreadsheet takes for a formula when it reads or edits a text.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


# Most texts of a table stand in many of its rows; the long ones do not.
SHORT = 500


def text(value: str) -> str:
    """A text as a cell may hold it: without what XML forbids, cut to what Excel can hold with "…" at its end."""
    return fit(value)[0]


def fit(value: str) -> tuple[str, bool]:
    """The same, and whether a program may take it for a formula."""
    return _short(value) if len(value) <= SHORT else _fit(value)


def _fit(value: str) -> tuple[str, bool]:
    found = _any(value)
    return found, found.lstrip(" ").startswith(RISKY)


def _any(value: str) -> str:
    value = clean(value)
    if 2 * len(value) <= LONGEST:
        return value
    units = value.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return value
    # A character of two units is not cut in half: what is left of it is dropped.
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", errors="ignore") + "…"


_short = lru_cache(maxsize=10_000)(_fit)
