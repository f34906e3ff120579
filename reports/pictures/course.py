"""How the dated work went, day by day: what had fallen due, what was done, what was late, and what lies ahead."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from reports.figures.boxes import APART, DONE, NOT_COUNTED, Box, is_dated
from reports.figures.record import Record, Row
from words.office import Office

DAY = timedelta(days=1)

Steps = tuple[tuple[date, int], ...]
"""How many from the beginning of a local day on, the days in order."""


@dataclass(frozen=True)
class Course:
    """The obligations that the figures count, over time; `today` is the local day that the record is of.

    `due`, `done` and `overdue` end with that day, `ahead` goes on from the last count of `due`. An obligation falls
    due when its last day in time is over. `early` are those done whose deadline is still to come; `apart` were
    answered and are in no line, as they are in no rate, the `returned` ones among them.
    """

    today: date
    due: Steps
    done: Steps
    overdue: Steps
    ahead: Steps
    early: int
    apart: int
    returned: int

    @property
    def fallen(self) -> int:
        """How many have fallen due."""
        return _last(self.due)

    @property
    def completed(self) -> int:
        """How many are done, the early ones included."""
        return _last(self.done)

    @property
    def late(self) -> int:
        """How many have fallen due and are not done."""
        return _last(self.overdue)

    @property
    def to_come(self) -> int:
        """How many have not fallen due."""
        return _last(self.ahead) - self.fallen if self.ahead else 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.fallen + self.to_come

    @property
    def rate(self) -> int | None:
        """Percent done of what has fallen due; None while nothing has."""
        return round(100 * (self.fallen - self.late) / self.fallen) if self.fallen else None

    @property
    def worst(self) -> tuple[date, int] | None:
        """The day on which most was late, the first of several; None where nothing ever was."""
        day, count = max(self.overdue, key=lambda step: step[1], default=(self.today, 0))
        return (day, count) if count else None

    @property
    def next(self) -> tuple[date, int] | None:
        """The last day in time of what falls due next, and how many do."""
        if not self.ahead:
            return None
        day, count = self.ahead[0]
        return day - DAY, count - self.fallen


def course_of(office: Office, record: Record) -> Course:
    """The course that a record's rows tell; what was answered and is not confirmed is left out, and counted."""
    today = office.today(record.window.as_of)
    dated = [row for row in record.rows if is_dated(row) and not row.duty]
    fallen: Counter[date] = Counter()
    ahead: Counter[date] = Counter()
    done: Counter[date] = Counter()
    late: Counter[date] = Counter()
    early = 0
    for row in dated:
        if row.last is None or row.box in APART | NOT_COUNTED:
            continue
        due = row.last + DAY
        answered = _answered(office, row, today)
        if answered:
            done[answered] += 1
        if due > today:
            ahead[due] += 1
            early += answered is not None
            continue
        fallen[due] += 1
        if answered is None or answered > due - DAY:
            late[due] += 1
        if answered is not None and answered > due - DAY:
            late[answered] -= 1
    return Course(
        today=today,
        due=_steps(fallen),
        done=_steps(done),
        overdue=_steps(late),
        ahead=_steps(ahead, sum(fallen.values())),
        early=early,
        apart=sum(row.box in APART for row in dated),
        returned=sum(row.box is Box.RETURNED for row in dated),
    )


def _answered(office: Office, row: Row, today: date) -> date | None:
    if row.box not in DONE or row.done_at is None:
        return None
    return min(office.today(row.done_at), today)


def _steps(days: Mapping[date, int], before: int = 0) -> Steps:
    order = sorted(days)
    counts = accumulate((days[day] for day in order), initial=before)
    next(counts)
    return tuple(zip(order, counts, strict=True))


def _last(steps: Iterable[tuple[date, int]]) -> int:
    return next(reversed(tuple(steps)), (date.min, 0))[1]
