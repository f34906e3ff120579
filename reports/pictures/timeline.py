"""Days laid across a picture: where a day stands, and where the months begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reports.figures.record import Record
from reports.pictures.canvas import Page
from reports.pictures.looks import FAINT
from reports.pictures.parts import SMALL, Words
from words.message import plain
from words.office import Office

# The pixels that the name of a month needs; where it has less, only the quarters' first months are named.
NAME = 62
# How high a line of names is, and with a line of years under it.
NAMES = SMALL * 1.6
AXIS = 2 * NAMES


@dataclass(frozen=True)
class Timeline:
    """Local days from `first` to `last`, both shown in full, between two places in pixels; `year` goes unsaid."""

    first: date
    last: date
    left: float
    right: float
    year: int

    def x(self, day: date, part: float = 0) -> float:
        """Where a day begins, or the given part of it is over; days before and after stand at the ends."""
        share = ((day - self.first).days + part) / ((self.last - self.first).days + 1)
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))

    def at(self, local: datetime) -> float:
        """Where a moment in the office's zone stands."""
        return self.x(local.date(), (local.hour * 60 + local.minute) / 1440)

    def months(self) -> Iterator[date]:
        """The first days of the months."""
        day = self.first
        while day <= self.last:
            yield day
            day = month_end(day) + timedelta(days=1)

    def names(self, office: Office) -> Iterator[tuple[float, str]]:
        """The names of the months, each with its middle; only of every third where they would touch."""
        shown = [(month, *self._ends(month)) for month in self.months()]
        narrow = any(right - left < NAME for _, left, right in shown[1:-1])
        for month, left, right in shown:
            if month.month % 3 == 1 if narrow else right - left >= NAME:
                yield (left + right) / 2, plain(office.text("picture.month", month=month.month))

    def years(self) -> Iterator[tuple[float, str]]:
        """The other years, each under the middle of the first month that is shown of it."""
        told = {self.year}
        for month in self.months():
            if month.year not in told:
                told.add(month.year)
                yield sum(self._ends(month)) / 2, str(month.year)

    def _ends(self, month: date) -> tuple[float, float]:
        return self.x(month), self.x(month_end(month), 1)


def span_of(office: Office, record: Record) -> tuple[date, date]:
    """The first and last day that a picture of the record shows: the plans' years, and what lies outside of them."""
    years = [plan.year for plan in record.plans] or [record.window.last.year]
    deadlines = [day for row in record.rows for day in (row.due, row.planned) if day is not None]
    answered = [office.today(row.done_at) for row in record.rows if row.done_at is not None]
    # A deadline's last day may be the first of another month, which nobody needs to see the whole of.
    over = [row.last + timedelta(days=1) for row in record.rows if row.last is not None]
    first = min([*deadlines, *answered, date(min(years), 1, 1)])
    return first.replace(day=1), max([month_end(max([*deadlines, date(max(years), 12, 31)])), *answered, *over])


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def timeline(office: Office, record: Record, left: float, right: float) -> Timeline:
    """The record's days between two places."""
    first, last = span_of(office, record)
    year = max((plan.year for plan in record.plans), default=first.year)
    return Timeline(first, last, left, right, year)


def name_months(page: Page, axis: Timeline, y: float) -> float:
    """Writes the names of the months under a place, and of other years under them; returns where they end."""
    for middle, name in axis.names(page.office):
        page.words.append(Words(middle, y + NAMES / 2, name, SMALL, FAINT, align="center"))
    years = list(axis.years())
    for middle, name in years:
        page.words.append(Words(middle, y + NAMES * 1.4, name, SMALL, FAINT, align="center"))
    return y + (AXIS if years else NAMES)
