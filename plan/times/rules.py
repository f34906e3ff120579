"""The rules of milestones that have no single printed day: what recurs, and what waits for something to happen."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from plan.value import Value

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Every = Literal["week", "month", "quarter", "half", "year"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WHOLE_MONTH = 31


class Recurrence(Value):
    """A result that is owed again and again: `every` period, on a day of it.

    `interval` counts periods (every third year), `months` are the months of the year in which it falls due, empty for
    each period's last one; `day` is the day of that month, 31 for its last one, None where none is printed; `weekday`
    only for weeks. `following` says that the day lies in the period after the one that it is about («ngày 10 tháng
    sau»), `before` that the day before is the last one in time.
    """

    every: Every
    interval: Annotated[int, Field(ge=1, le=20)] = 1
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    day: Annotated[int, Field(ge=1, le=WHOLE_MONTH)] | None = None
    weekday: Weekday | None = None
    following: bool = False
    before: bool = False


class Unit(StrEnum):
    """What the offset of an event counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Trigger(Value):
    """A result that is owed when something happens: `after` are the printed words for what starts it.

    `offset` counts `unit`s from it, negative for days before it; None where the words give none («sau khi có hướng
    dẫn»). `each` says that it may happen again («sau mỗi đợt»). `since` is the local
    date of what starts it, where the words print it or somebody has recorded it.
    """

    after: Annotated[str, StringConstraints(min_length=1)]
    offset: Annotated[int, Field(ge=-999, le=999)] | None = None
    unit: Unit | None = None
    each: bool = False
    since: date | None = None
