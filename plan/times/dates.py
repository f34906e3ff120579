"""Finds the days, months, quarters, half-years and years that stand in words, each with what is said before it."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial

from plan.times import shapes

QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
TAKEN = "#"
"""What stands in the place of words that were understood."""


class Form(StrEnum):
    """How large a stretch of time is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    MONTHS = "months"  # the first or the last three, six or nine of the year
    YEAR = "year"


@dataclass(frozen=True)
class Stretch:
    """A stretch of time in words, at `start`..`end` of their text: `first` and `last` as (month, day) of `year`.

    `year` is None where none is printed, `later` counts years after it («năm sau»). `said` are the words before it
    that change its meaning (truoc, cuoi, tu …). `loose` marks a year that may only belong to a title («kế hoạch năm
    2026»), `bare` a month or year that is only a figure. Day 31 is the last one of any month with which a longer
    stretch ends.
    """

    start: int
    end: int
    form: Form
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None = None
    later: int = 0
    said: frozenset[str] = frozenset()
    loose: bool = False
    bare: bool = False

    def days(self, year: int) -> tuple[date, date]:
        """The first and the last day in a year; raises ValueError where there is no such day."""
        (month, day), (until, last) = self.first, self.last
        whole = self.form is not Form.DAY
        return date(year, month, day), date(year, until, min(last, monthrange(year, until)[1]) if whole else last)


DAYS_AND_MONTHS = (
    (Form.DAY, shapes.WHOLE_DAY),
    (Form.DAY, shapes.WRITTEN_DAY),
    (Form.MONTH, shapes.MONTH_OF_YEAR),
    (Form.DAY, shapes.DAY_OF_YEAR),
    (Form.DAY, shapes.NAMED_DAY),
)
# Behind these a year is a time; behind any other word it may belong to a title.
DOING = re.compile(
    r"(?:hoan thanh|thuc hien|xong|trien khai|to chuc|ban hanh|ket thuc|cac|(?:hang|moi) (?:tuan|thang|quy)"
    rf"|,|;|va|/|-|\(|{TAKEN}) ?$"
)


def find(text: str) -> tuple[list[Stretch], str]:
    """Every stretch of time of the text in order, and the text with `TAKEN` in their places."""
    found: list[Stretch] = []

    def take(pattern: re.Pattern[str], read: Callable[[re.Match[str]], Iterator[Stretch]]) -> None:
        nonlocal text
        while match := pattern.search(text):
            said = frozenset((match.groupdict().get("said") or "").split())
            ours = [replace(each, said=said if n == 0 else frozenset()) for n, each in enumerate(read(match))]
            found.extend(ours)
            for each in ours:
                text = text[: each.start] + TAKEN * (each.end - each.start) + text[each.end :]

    take(shapes.WEEK, _week)
    take(shapes.QUARTERS, _quarters)
    take(shapes.DAY_OF_MONTHS, _day_of_months)
    # Twice: what makes a range with a date is found once that date is taken.
    for form, pattern in (*DAYS_AND_MONTHS, *DAYS_AND_MONTHS):
        take(pattern, partial(_one, form=form))
    take(shapes.HALF, _half)
    take(shapes.MONTHS, _months)
    take(shapes.NAMED_YEAR, lambda match: _year(match, text))
    take(shapes.THIS_YEAR, lambda match: _year(match, text))
    take(shapes.BARE_YEAR, lambda match: _year(match, text))
    return sorted(found, key=lambda each: each.start), text


def _year_of(match: re.Match[str]) -> tuple[int | None, int]:
    parts = match.groupdict()
    printed = (parts.get("year") or parts.get("of") or "").replace(" ", "")
    if parts.get("later"):
        return None, 1
    if not printed:
        return None, 0
    return int(printed) + (2000 if len(printed) == 2 else 0), 0


def _month_number(words: str) -> int:
    return sum(int(part) for part in words.split())


def _one(match: re.Match[str], form: Form) -> Iterator[Stretch]:
    year, later = _year_of(match)
    month = _month_number(match["month"])
    first, last = (1, 31) if form is Form.MONTH else (int(match["day"]), int(match["day"]))
    bare = form is Form.MONTH and "thang" not in match[0]
    yield Stretch(match.start(), match.end(), form, (month, first), (month, last), year, later, bare=bare)


def _week(match: re.Match[str]) -> Iterator[Stretch]:
    year, later = _year_of(match)
    month = _month_number(match["month"])
    number = {"nhat": 1, "dau": 1, "hai": 2, "ba": 3, "tu": 4, "tu_": 4}.get(match["week"])
    first = 25 if match["week"] == "cuoi" else 7 * (number or int(match["week"])) - 6
    yield Stretch(
        match.start(), match.end(), Form.WEEK, (month, min(first, 28)), (month, min(first + 6, 31)), year, later
    )


def _months(match: re.Match[str]) -> Iterator[Stretch]:
    for start, end, name in _listed(match, r"(?:thang )?(?:10 [12](?!\d)|\d+)"):
        month = _month_number(name)
        year, later = _year_of(match)
        yield Stretch(start, end, Form.MONTH, (month, 1), (month, 31), year, later)


def _day_of_months(match: re.Match[str]) -> Iterator[Stretch]:
    for start, end, name in _listed(match, r"(?:thang )?\d+"):
        year, later = _year_of(match)
        day = int(name), int(match["day"])
        yield Stretch(start, end, Form.DAY, day, day, year, later)


def _quarters(match: re.Match[str]) -> Iterator[Stretch]:
    for start, end, name in _listed(match, rf"(?:quy )?{shapes.QUARTER}"):
        last = 3 * QUARTERS[name]
        year, later = _year_of(match)
        yield Stretch(start, end, Form.QUARTER, (last - 2, 1), (last, 31), year, later)


def _listed(match: re.Match[str], item: str) -> Iterator[tuple[int, int, str]]:
    """Each item of a list with its place; the first begins and the last ends where the whole does."""
    names = list(re.finditer(item, match["list"]))
    at = match.start("list")
    for n, each in enumerate(names):
        start = match.start() if n == 0 else at + each.start()
        yield (
            start,
            match.end() if n == len(names) - 1 else at + each.end(),
            each[0].removeprefix("thang ").removeprefix("quy "),
        )


def _half(match: re.Match[str]) -> Iterator[Stretch]:
    year, later = _year_of(match)
    count = int(match["count"] or 6)
    first, last = ((1, 1), (count, 31)) if match["which"] == "dau" else ((13 - count, 1), (12, 31))
    yield Stretch(match.start(), match.end(), Form.MONTHS, first, last, year, later)


def _year(match: re.Match[str], text: str) -> Iterator[Stretch]:
    year, later = _year_of(match)
    before = text[: match.start()]
    loose = not match["said"] and bool(before.strip(" -+")) and not DOING.search(before)
    bare = "nam" not in match[0]
    yield Stretch(match.start(), match.end(), Form.YEAR, (1, 1), (12, 31), year, later, loose=loose, bare=bare)
