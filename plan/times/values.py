"""What is read from printed times: the times that are certain, and a doubt with the answers that may be meant."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from plan.milestone import Kind
from plan.times.rules import Recurrence, Trigger

YEARS_AHEAD = 6
"""A plan reaches at most this many years beyond the year of its signing; a later date is asked about."""


@dataclass(frozen=True)
class Basis:
    """What a reading rests on: the local date of signing, the plan's year where it is known, and whether «trước ngày X»
    means that the day before X is the last one in time (asked once a plan); `ahead` is how many years beyond that of
    the signing a deadline may lie."""

    signed: date
    year: int | None = None
    eve: bool = True
    ahead: int = YEARS_AHEAD

    def holds(self, due: date) -> bool:
        """Whether a nominal date can be a deadline of this plan."""
        return self.signed <= due and due.year <= self.signed.year + self.ahead


@dataclass(frozen=True)
class Time:
    """One time that words give: `due` is the last local day in time of a dated one, `start` the day on which it begins.

    A periodic one has its `rule`, or `every` where it follows the plan's own reporting days; an event has its rule, and
    no date until somebody records what started it. `words` are as printed. `filled` says that they print no year of
    their own, `plain` that they are a day, month, quarter or half-year with its year and nothing else of time.
    """

    kind: Kind
    due: date | None = None
    words: str = ""
    rule: Recurrence | Trigger | None = None
    every: Literal["period", "year"] | None = None
    start: date | None = None
    filled: bool = field(default=False, compare=False)
    plain: bool = field(default=False, compare=False)


class Why(StrEnum):
    """What is not certain about words, each a question of its own."""

    YEAR = "year"  # no year, and more than one would do
    PAST = "past"  # before the signing
    FAR = "far"  # so late that a figure is probably wrong
    NO_SUCH_DAY = "no_such_day"
    PART = "part"  # the beginning or the middle of a month
    WEEK = "week"
    EDGE = "edge"  # «đến năm 2030»: its first or its last day
    BEFORE_END = "before_end"  # «trước hết ngày»
    START = "start"  # only when it begins
    EXPECTED = "expected"  # dự kiến, khoảng
    ONE_OR_EACH = "one_or_each"  # «Quý I, II»
    EITHER = "either"  # hoặc
    SEVERAL = "several"  # several times for one result
    OPEN_END = "open_end"  # và các năm tiếp theo
    RHYTHM = "rhythm"  # recurs, but when is not clear
    WHICH = "which"  # «trong quý»
    SCHOOL = "school"  # the end of a school year
    LUNAR = "lunar"
    UNCLEAR = "unclear"  # a time is read, and something beside it is not
    UNREAD = "unread"


@dataclass(frozen=True)
class Choice:
    """One answer to a doubt: the times it leads to."""

    times: tuple[Time, ...]


@dataclass(frozen=True)
class Doubt:
    """What has to be asked about `words`, with two or three answers."""

    why: Why
    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Times:
    """What printed words give: `times` are certain; with a `doubt` they are not all."""

    times: tuple[Time, ...]
    doubt: Doubt | None = None


class Doubtful(Exception):  # noqa: N818 - raised and caught inside the reader alone; it says what happened
    """Words that a person has to be asked about."""

    def __init__(self, why: Why, choices: Iterable[Choice] = ()) -> None:
        self.why, self.choices = why, tuple(choices)
        super().__init__(str(why))


UNDATED, ONGOING = Choice((Time(Kind.UNDATED),)), Choice((Time(Kind.ONGOING),))


def on(*days: date) -> Choice:
    """The answer that a result is owed on each of these days."""
    return Choice(tuple(Time(Kind.DATED, day) for day in days))
