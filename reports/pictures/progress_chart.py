"""Lays out progress over time: what has fallen due, what was done, and between them what is late.

The lines differ in width and dashes, what is late is hatched, and each line's name and figure stand at its end, so that
nothing depends on colour.
"""

from dataclasses import replace
from itertools import count
from typing import Literal

from reports.figures.record import Record
from reports.pictures.canvas import Page, width_of
from reports.pictures.course import Course, Steps, course_of
from reports.pictures.looks import FAINT, INK, LOOKS
from reports.pictures.matrix import Mark
from reports.pictures.parts import GAP, MARGIN, SMALL, WIDTH, Area, Line, Point, Words
from reports.pictures.timeline import Timeline, name_months, timeline
from words.office import Office

PLOT, HEADROOM, TICK = 720, 60, 12
LABEL_SIZE, LABEL_LINE, LEADER = 34, 50, 30
DUE, DONE, AHEAD = 5, 11, 4
DASHES = (14, 10)
MOST_TICKS, DAY_ROOM = 5, 44
DONE_INK, LATE_INK, AHEAD_INK = "#5e9bcf", LOOKS[Mark.OVERDUE].fill, "#8a8a8a"


def progress_png(office: Office, record: Record) -> bytes:
    """Progress over time of a record as PNG, 1080 px wide."""
    return ProgressSheet(office, record, course_of(office, record)).png()


class ProgressSheet(Page):
    """The course laid out; `axis` says where the days stand, `top` how many the upper edge stands for."""

    def __init__(self, office: Office, record: Record, course: Course) -> None:
        super().__init__(office)
        self.record, self.course = record, course
        names = [plan.label for plan in record.plans]
        self.paragraph(self.text("picture.progress", plans=names, as_of=record.window.as_of), LABEL_SIZE, bold=True)
        self.paragraph(record.about)
        if course.fallen:
            done = course.fallen - course.late
            self.paragraph(
                self.text("picture.rate", fallen=course.fallen, fallen_done=done, late=course.late, rate=course.rate)
            )
        self.top, self.tick = _scale_of(max(course.total, course.completed))
        self.ceiling = self.height + HEADROOM
        self.floor = self.ceiling + PLOT
        self.labels = self._labels()
        self.axis = self._axis()
        self._grid()
        if course.total:
            self._course()
        else:
            middle = (self.ceiling + self.floor) / 2
            self.words.append(Words(WIDTH / 2, middle, self.text("picture.nothing_dated"), align="center", halo=True))
        notes = (
            ("picture.early", course.early),
            ("picture.waiting", course.apart - course.returned),
            ("picture.returned", course.returned),
        )
        for key, found in notes:
            if found:
                self.paragraph(self.text(key, count=found), SMALL, ink=FAINT)
        self.height += MARGIN

    def y(self, number: float) -> float:
        """How high a count stands."""
        return self.floor - PLOT * number / self.top

    def _labels(self) -> list[Words]:
        """The names and figures of the lines, each at the height of its line's end."""
        course = self.course
        ends: list[tuple[float, str, str]] = [
            (course.fallen, self.text("picture.due", count=course.fallen), INK),
            (course.completed, self.text("picture.done", count=course.completed), INK),
        ]
        if course.late:
            text = self.text("picture.late", count=course.late)
            ends.append((course.fallen - course.late / 2, text, LATE_INK))
        found = [Words(0, self.y(number), text, LABEL_SIZE, ink, bold=True, halo=True) for number, text, ink in ends]
        return sorted(found, key=lambda each: each.y)

    def _axis(self) -> Timeline:
        """The days, drawn together where the labels would not fit beside the end of the lines."""
        left, right = MARGIN + width_of(str(self.top), SMALL) + TICK, WIDTH - MARGIN
        full = timeline(self.office, self.record, left, right)
        room = LEADER + max(width_of(each.text, each.size, bold=True) for each in self.labels)
        end = full.at(self.office.local(self.record.window.as_of))
        if end + room <= right:
            return full
        return replace(full, right=left + (right - left) * (right - room - left) / (end - left))

    def _grid(self) -> None:
        axis = self.axis
        for number in range(0, self.top + 1, self.tick):
            self.lines.append(Line(((axis.left, self.y(number)), (axis.right, self.y(number)))))
            self.words.append(Words(axis.left - TICK, self.y(number), str(number), SMALL, FAINT, align="right"))
        for month in axis.months():
            self.lines.append(Line(((axis.x(month), self.ceiling), (axis.x(month), self.floor)), dashes=(2, 6)))
        self.height = name_months(self, axis, self.floor)

    def _course(self) -> None:
        course, axis = self.course, self.axis
        now = axis.at(self.office.local(self.record.window.as_of))
        due, done = self._steps(course.due, now), self._steps(course.done, now)
        self.areas += self._gap(now)
        self.lines.append(Line(done, DONE_INK, DONE))
        self.lines.append(Line(due, INK, DUE))
        self.lines.append(Line(((now, self.ceiling - TICK), (now, self.floor)), INK, 2, (3, 5)))
        self.words.append(
            Words(now, self.ceiling - HEADROOM / 2, self.text("picture.day", day=course.today), SMALL, align=_side(now))
        )
        if course.ahead:
            ahead = ((now, self.y(course.fallen)), *self._steps(course.ahead, axis.right, course.fallen, now))
            self.lines.append(Line(ahead, AHEAD_INK, AHEAD, DASHES))
            text = self.text("picture.ahead", count=course.to_come)
            # Late in the year there is more room for it beside the line than over it.
            right = max(axis.right, now + GAP + width_of(text, SMALL))
            self.words.append(Words(right, self.y(course.total) - SMALL, text, SMALL, FAINT, align="right", halo=True))
        self._name_ends(now)

    def _steps(self, steps: Steps, end: float, before: int = 0, begin: float | None = None) -> tuple[Point, ...]:
        """A line that goes up at each step and on to its end."""
        points = [(self.axis.left if begin is None else begin, self.y(before))]
        for day, number in steps:
            x = self.axis.x(day)
            points += [(x, points[-1][1]), (x, self.y(number))]
        return (*points, (end, points[-1][1]))

    def _gap(self, now: float) -> list[Area]:
        """What was late, day by day, hanging under the line of what was due."""
        course, axis = self.course, self.axis
        due, late = dict(course.due), dict(course.overdue)
        days = sorted({*due, *late})
        found, fallen, behind = [], 0, 0
        for place, day in enumerate(days):
            fallen, behind = due.get(day, fallen), late.get(day, behind)
            right = axis.x(days[place + 1]) if place + 1 < len(days) else now
            if behind:
                upper, lower = self.y(fallen), self.y(fallen - behind)
                corners = ((axis.x(day), upper), (right, upper), (right, lower), (axis.x(day), lower))
                found.append(Area(corners, "#f7e4e5", LATE_INK, "///"))
        return found

    def _name_ends(self, now: float) -> None:
        """The labels beside the lines' ends, from the highest down, none on another nor on the line that goes on."""
        course = self.course
        # Under the line of all that is to come, over which its own name stands.
        above = self.y(course.total) + LABEL_LINE / 3 - LABEL_LINE if course.ahead else 0
        places: list[float] = []
        for each in self.labels:
            goes_on = each.y == self.y(course.fallen) and course.ahead
            above = max(each.y + LABEL_LINE / 2 if goes_on else each.y, above + LABEL_LINE)
            places.append(above)
        for each, y in zip(self.labels, _lifted(places, self.floor - LABEL_LINE / 2), strict=True):
            self.lines.append(Line(((now, each.y), (now + LEADER - 8, y)), FAINT, 2))
            self.words.append(replace(each, x=now + LEADER, y=y))


def _lifted(places: list[float], floor: float) -> list[float]:
    """The places moved up where the lowest would lie under the floor, none on another."""
    found: list[float] = []
    for y in reversed(places):
        found.append(min(y, floor))
        floor = found[-1] - LABEL_LINE
    return found[::-1]


def _side(x: float) -> Literal["left", "center", "right"]:
    """On which side of a place near the picture's edge there is room for a day."""
    if x < MARGIN + DAY_ROOM:
        return "left"
    return "right" if x > WIDTH - MARGIN - DAY_ROOM else "center"


def _scale_of(most: int) -> tuple[int, int]:
    """How many the picture's height stands for, and from which number to which the lines across are."""
    ticks = (digit * 10**power for power in count() for digit in (1, 2, 5))
    tick = next(each for each in ticks if most <= each * MOST_TICKS)
    return tick * max(1, -(-most // tick)), tick
