"""Counts working days: Monday to Friday, less the days off of the office's own table, plus its make-up days."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

from plan.errors import CalendarError, Fault

DAY = timedelta(days=1)
SATURDAY = 5
# Every beat asks for the same few pairs of days, for each of some hundred obligations.
# Beyond forty years working days are reckoned, not counted.
COUNTED_DAYS = 40 * 366
REMEMBERED = 8192
# Labour Code 2019, art. 112: the days that need neither the lunar calendar nor an announcement.
FIXED_DAYS = (
    ((1, 1), "Tết Dương lịch"),
    ((4, 30), "Ngày Chiến thắng 30/4"),
    ((5, 1), "Quốc tế Lao động 1/5"),
    ((9, 2), "Quốc khánh 2/9"),
)


@dataclass(frozen=True)
class DaysOff:
    """A named run of days off, both ends included (local dates)."""

    first: date
    last: date
    name: str

    def __iter__(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += DAY


def _first(run: DaysOff) -> date:
    return run.first


@dataclass(frozen=True)
class Calendar:
    """The office's working days; all dates are local.

    `off` are named days off, `worked` days of a weekend worked in exchange, `years` the years the table holds and
    `provisional` those of them that are not announced yet. In a year that the table does not hold, weekends and the
    four fixed holidays are off: counting goes on, and `covers` lets the admin be told.
    """

    off: tuple[DaysOff, ...] = ()
    worked: frozenset[date] = frozenset()
    years: tuple[int, ...] = ()
    provisional: frozenset[int] = frozenset()

    @cached_property
    def _names(self) -> dict[date, str]:
        return {day: run.name for run in self.off for day in run}

    def covers(self, year: int) -> bool:
        """Whether the table holds this year, provisional or not."""
        return year in self.years

    def is_provisional(self, year: int) -> bool:
        """Whether this year's days are a guess, not announced yet; False for a year the table does not hold."""
        return year in self.provisional

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day; a make-up day overrides the weekend."""
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and self.name_of_day_off(day) is None

    def name_of_day_off(self, day: date) -> str | None:
        """The Vietnamese name of a day off; None for a working day and for a plain weekend."""
        if day in self.worked:
            return None
        fixed = None if self.covers(day.year) else dict(FIXED_DAYS).get((day.month, day.day))
        return fixed or self._names.get(day)

    def overlaid(self, off: Iterable[DaysOff], worked: Iterable[date]) -> "Calendar":
        """This calendar with more days off and more days worked; what is laid over it wins."""
        off = tuple(off)
        taken = {day for run in off for day in run}
        return replace(
            self, off=tuple(sorted((*self.off, *off), key=_first)), worked=(self.worked - taken) | frozenset(worked)
        )

    def offs_between(self, first: date, last: date) -> tuple[DaysOff, ...]:
        """The named runs of days off that touch the days from `first` to `last`, whole, in order."""
        fixed = (
            DaysOff(date(year, month, day), date(year, month, day), name)
            for year in range(first.year, last.year + 1)
            if not self.covers(year)
            for (month, day), name in FIXED_DAYS
        )
        runs = (run for run in (*self.off, *fixed) if run.first <= last and first <= run.last)
        return tuple(sorted(runs, key=lambda run: run.first))

    def on_or_before(self, day: date) -> date:
        """The day itself when it is worked, else the last working day before it."""
        return day if self.is_working(day) else self.shift(day, -1)

    def on_or_after(self, day: date) -> date:
        """The day itself when it is worked, else the next working day."""
        return day if self.is_working(day) else self.shift(day, 1)

    def shift(self, day: date, n: int) -> date:
        """`n` working days after `day`, before it when negative; from a day off step one is the nearest working day.

        Never raises: at either end of all dates it stays there, so that one absurd day stops nobody else's reminders.
        """
        return self._shifted(day, n)

    @cached_property
    def _shifted(self) -> Callable[[date, int], date]:
        @lru_cache(REMEMBERED)
        def shifted(day: date, n: int) -> date:
            step = DAY if n > 0 else -DAY
            left = abs(n)
            while left and date.min < day < date.max:
                day += step
                left -= self.is_working(day)
            return day

        return shifted

    def distance(self, a: date, b: date) -> int:
        """Working days from `a` to `b`, negative when `b` is earlier; the earlier of the two days is not counted."""
        if b < a:
            return -self.distance(b, a)
        return self._counted(a, b)

    @cached_property
    def _counted(self) -> Callable[[date, date], int]:
        @lru_cache(REMEMBERED)
        def counted(a: date, b: date) -> int:
            if (b - a).days > COUNTED_DAYS:
                # Nobody reads such a number, and counting eight thousand years takes seconds at each look.
                return (b - a).days * 5 // 7
            return sum(self.is_working(a + n * DAY) for n in range(1, (b - a).days + 1))

        return counted

    def anchor(self, nominal: date) -> date:
        """The last working day on or before a nominal deadline: reminders count back from it."""
        return self.on_or_before(nominal)

    def late_after(self, nominal: date) -> date:
        """The last day in time: the nominal deadline or the next working day after it (Civil Code 2015, art. 148.5)."""
        return self.on_or_after(nominal)

    def has_passed(self, nominal: date, day: date) -> bool:
        """Whether on `day` the last day in time of a nominal deadline is over."""
        return day > self.late_after(nominal)


def load_calendar(source: Path | str) -> Calendar:
    """Reads the table of days off from a TOML file (a Path) or from TOML text (a str).

    Raises CalendarError with every fault of the table, each with its place as `years.2020.off[1]`.
    """
    try:
        return _parsed(source.read_text(encoding="utf-8-sig") if isinstance(source, Path) else source)
    except OSError as error:
        raise _broken(f"the table of days off cannot be opened ({error.strerror})", "Check its path.") from error
    except UnicodeDecodeError as error:
        raise _broken("the table of days off is not UTF-8", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise _broken(
            f"not TOML: {error}", "Correct that line; dates are written 2020-01-23 without quotes."
        ) from error


# With the table, what was counted over it is kept too.
@lru_cache(4)
def _parsed(text: str) -> Calendar:
    return _Reader().read(tomllib.loads(text))


def _broken(what: str, do: str) -> CalendarError:
    return CalendarError([Fault("", what, do)])


class _Reader:
    """Goes through the table once and gathers the faults on the way."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, table: dict[str, object]) -> Calendar:
        self._unknown_keys("", table, {"years"})
        off: list[DaysOff] = []
        worked: list[date] = []
        years: list[int] = []
        provisional: list[int] = []
        for key, rows in self._mapping("years", table.get("years")).items():
            place = f"years.{key}"
            if not (key.isascii() and key.isdigit() and len(key) == 4):
                self._fault(place, f"«{key}» is no year", "Name the table [years.2020].")
                continue
            year, content = int(key), self._mapping(place, rows)
            self._unknown_keys(place, content, {"provisional", "off", "worked"})
            years.append(year)
            if self._flag(place, content.get("provisional", False)):
                provisional.append(year)
            off += self._off(place, year, content.get("off", []))
            worked += self._worked(place, year, content.get("worked", []))
        off.sort(key=lambda run: run.first)
        self._no_clash(off, worked)
        if self.faults:
            raise CalendarError(self.faults)
        return Calendar(tuple(off), frozenset(worked), tuple(sorted(years)), frozenset(provisional))

    def _off(self, place: str, year: int, rows: object) -> Iterator[DaysOff]:
        for index, raw in enumerate(self._list(f"{place}.off", rows)):
            at = f"{place}.off[{index}]"
            row = self._mapping(at, raw)
            self._unknown_keys(at, row, {"first", "last", "name"})
            first = self._day(f"{at}.first", year, row.get("first"))
            last = self._day(f"{at}.last", year, row.get("last", row.get("first"))) if "last" in row else first
            name = row.get("name")
            if not isinstance(name, str) or not name.strip():
                self._fault(f"{at}.name", "the day off has no name", "Name it as people call it, in quotes.")
            elif first and last and last < first:
                self._fault(at, "the last day comes before the first", "Exchange them.")
            elif first and last:
                yield DaysOff(first, last, name.strip())

    def _worked(self, place: str, year: int, rows: object) -> Iterator[date]:
        for index, raw in enumerate(self._list(f"{place}.worked", rows)):
            at = f"{place}.worked[{index}]"
            day = self._day(at, year, raw)
            if day and day.weekday() < SATURDAY:
                self._fault(at, f"{day} is no Saturday or Sunday", "Only a day of a weekend can be a make-up day.")
            elif day:
                yield day

    def _no_clash(self, off: list[DaysOff], worked: list[date]) -> None:
        for earlier, later in pairwise(off):
            if later.first <= earlier.last:
                self._fault("years", f"{later.first} is off twice", "Keep one of the two rows.")
        for day in worked:
            if any(run.first <= day <= run.last for run in off):
                self._fault("years", f"{day} is both off and worked", "Keep one of the two.")

    def _day(self, place: str, year: int, value: object) -> date | None:
        # A TOML date-time is a date to Python; only a plain date is meant here.
        if type(value) is not date:
            self._fault(place, "no date stands here", "Write a date as 2020-01-23 without quotes.")
            return None
        if value.year != year:
            self._fault(place, f"{value} is not in {year}", f"Move it to [years.{value.year}].")
        return value

    def _flag(self, place: str, value: object) -> bool:
        if not isinstance(value, bool):
            self._fault(f"{place}.provisional", "neither true nor false", "Write true or false without quotes.")
        return value is True

    def _mapping(self, place: str, value: object) -> dict[str, object]:
        if isinstance(value, dict):
            return value
        self._fault(place, "a table is missing here", "Compare with data/days_vn.toml of a fresh installation.")
        return {}

    def _list(self, place: str, value: object) -> list[object]:
        if isinstance(value, list):
            return value
        self._fault(place, "a list in [ ] is missing here", "Compare with data/days_vn.toml of a fresh installation.")
        return []

    def _unknown_keys(self, place: str, table: dict[str, object], known: set[str]) -> None:
        for key in sorted(table.keys() - known):
            at = f"{place}.{key}" if place else key
            self._fault(at, f"unknown key «{key}»", f"Remove it or correct it; known: {', '.join(sorted(known))}.")

    def _fault(self, place: str, what: str, do: str) -> None:
        self.faults.append(Fault(place, what, do))
