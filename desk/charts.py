"""The pictures of a report as shapes for SVG, each with the table that says the same in figures.

A state is told apart by its sign and its lightness beside its colour (`reports.pictures.looks`), a line by how it is
drawn and by its sign: both read in black and white.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reports.figures.behind import count_of
from reports.figures.boxes import Box
from reports.figures.record import Count, Part, Record
from reports.pictures.course import DAY, Course, Steps, course_of
from reports.pictures.looks import LOOKS, Look
from reports.pictures.matrix import MARKS
from words.office import Office

# Units of the pictures' own; the page scales them.
BAR, ROW = 300, 18
WIDE, HIGH, LEFT, RIGHT, TOP, FOOT = 640, 240, 36, 130, 12, 24
LABEL = 15
# What a bar is made of, the parts that are told apart in a table's columns.
PARTS = ("done_in_time", "done_late", "apart", "open", "overdue")
COLUMNS = ("total", "done_in_time", "done_late", "apart", "open", "near", "overdue")
SIGNS = {
    "done_in_time": Box.DONE_IN_TIME,
    "done_late": Box.DONE_LATE,
    "apart": Box.WAITING,
    "open": Box.OPEN,
    "overdue": Box.OVERDUE,
}
Link = Callable[[str, str], str]
"""The address of the list behind a figure, by its name and an agency's id."""


@dataclass(frozen=True)
class Segment:
    """A part of a bar; `sign` is empty where there is no room for it."""

    x: float
    width: float
    look: Look
    sign: str


@dataclass(frozen=True)
class Bar:
    """An agency's line: the bar, and the same as figures, each with the list behind it."""

    agency: str
    name: str
    segments: tuple[Segment, ...]
    cells: tuple[tuple[int, str], ...]
    rate: int | None


@dataclass(frozen=True)
class Curve:
    """A line over time: `points` of its steps, how many it ends with, and where that is written."""

    name: str
    points: str
    last: int
    label_y: float


@dataclass(frozen=True)
class Months:
    """The course as a picture and as a table: `ticks` are the months' places, `rows` the counts at the end of each."""

    curves: tuple[Curve, ...]
    ticks: tuple[tuple[float, date], ...]
    levels: tuple[tuple[float, int], ...]
    rows: tuple[tuple[date, int, int, int], ...]


def look_of(figure: str) -> Look:
    """How a part of a bar is drawn."""
    return LOOKS[MARKS[SIGNS[figure]]]


def bars(record: Record, link: Link) -> list[Bar]:
    """A bar for each agency that owes something dated, all on one scale."""
    parts = [part for part in record.agencies if part.dated.total]
    most = max((part.dated.total for part in parts), default=1)
    return [_bar(part, most, link) for part in parts]


def _bar(part: Part, most: int, link: Link) -> Bar:
    cells = tuple((count := count_of(part.dated, name), link(name, part.key) if count else "") for name in COLUMNS)
    return Bar(part.key, part.name, _segments(part.dated, most), cells, part.dated.rate)


def _segments(count: Count, most: int) -> tuple[Segment, ...]:
    found: list[Segment] = []
    at = 0.0
    for name in PARTS:
        width = BAR * count_of(count, name) / most
        if width:
            look = look_of(name)
            found.append(Segment(round(at, 1), round(width, 1), look, look.sign if width >= ROW - 4 else ""))
            at += width
    return tuple(found)


def months(office: Office, record: Record) -> Months | None:
    """How the dated work of a record went; None where nothing has fallen due and nothing is done."""
    course = course_of(office, record)
    begun = [steps[0][0] for steps in (course.due, course.done) if steps]
    if not begun:
        return None
    first = min(begun).replace(day=1)
    days = max(1, (course.today - first).days)
    most = max(course.fallen, course.completed, 1)
    return Months(
        curves=_curves(course, first, days, most),
        ticks=tuple((_x(day, first, days), day) for day in _firsts(first, course.today)),
        levels=tuple((_y(level, most), level) for level in sorted({0, most // 2, most})),
        rows=tuple(
            (day, _at(course.due, day), _at(course.done, day), _at(course.overdue, day))
            for day in _ends(first, course.today)
        ),
    )


def _lines(course: Course) -> dict[str, Steps]:
    return {"due": course.due, "done": course.done, "overdue": course.overdue}


def _curves(course: Course, first: date, days: int, most: int) -> tuple[Curve, ...]:
    lines = _lines(course)
    ends = {name: _at(steps, course.today) for name, steps in lines.items()}
    labels = _apart({name: _y(count, most) for name, count in ends.items()})
    return tuple(
        Curve(name, _points(steps, course.today, first, days, most), ends[name], labels[name])
        for name, steps in lines.items()
    )


def _points(steps: Steps, today: date, first: date, days: int, most: int) -> str:
    """The corners of a line that stays until it steps."""
    found, level = [(LEFT * 1.0, _y(0, most))], 0
    for day, count in steps:
        if day <= today:
            x = _x(day, first, days)
            found += [(x, _y(level, most)), (x, _y(count, most))]
            level = count
    found.append((_x(today, first, days), _y(level, most)))
    return " ".join(f"{x:g},{y:g}" for x, y in found)


def _x(day: date, first: date, days: int) -> float:
    return round(LEFT + (WIDE - LEFT - RIGHT) * (day - first).days / days, 1)


def _y(count: int, most: int) -> float:
    return round(HIGH - FOOT - (HIGH - FOOT - TOP) * count / most, 1)


def _apart(wanted: dict[str, float]) -> dict[str, float]:
    """Labels that lie on each other are moved up, the lowest stays."""
    found: dict[str, float] = {}
    free = HIGH * 1.0
    for name in sorted(wanted, key=lambda each: -wanted[each]):
        found[name] = free = min(wanted[name], free - LABEL)
    return found


def _firsts(first: date, last: date) -> Sequence[date]:
    found, day = [], first
    while day <= last:
        found.append(day)
        day = (day + timedelta(days=31)).replace(day=1)
    return found


def _ends(first: date, today: date) -> Sequence[date]:
    """The last day of each month that is over, and today."""
    return [*(day - DAY for day in _firsts(first, today)[1:]), today]


def _at(steps: Steps, day: date) -> int:
    return next((count for at, count in reversed(steps) if at <= day), 0)
