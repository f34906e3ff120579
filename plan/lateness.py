"""Whether an obligation is late on a day, and by how many working days: the one rule that everybody asks.

On time is judged by the moment of submission, never of approval, until 24:00 of the last day in time: the deadline, or
the next working day where it falls on a day off (Civil Code 2015, art. 148.5). What is open is judged by today. What
was answered in time and returned to be completed is neither: it is returned, from that day until the next answer.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple, Protocol

from plan.status import ANSWERED, Judgement, State
from plan.workdays import Calendar

NEAR = 7  # working days before the deadline from which it is near: «sắp đến hạn»


class Owed(Protocol):
    """What the rule reads of an obligation: a `Standing` has it, and so has the row in the database."""

    @property
    def state(self) -> str: ...
    @property
    def due(self) -> date | None: ...
    @property
    def done_at(self) -> datetime | None: ...
    @property
    def kept_at(self) -> datetime | None: ...
    @property
    def returned_at(self) -> datetime | None: ...
    @property
    def judged(self) -> str: ...


class Lateness(NamedTuple):
    """How an obligation stands in time on a day; all numbers in working days.

    Late is what is open after its last day in time, or was answered after it; `days_late` is 0 on the days off that
    follow that day. `is_flagged` is late by the date and not by decision: an admin decides whether it counts.
    `days_left` is 0 on the last day and None where no deadline lies ahead. `days_returned` are those since an answer
    that was in time was returned, None for what was not.
    """

    is_late: bool = False
    is_flagged: bool = False
    days_late: int = 0
    days_left: int | None = None
    days_returned: int | None = None

    @property
    def is_returned(self) -> bool:
        """Whether an answer that was in time has to be completed."""
        return self.days_returned is not None

    @property
    def is_near(self) -> bool:
        """Whether the deadline lies ahead and is near."""
        return self.days_left is not None and self.days_left <= NEAR

    @property
    def days(self) -> int | None:
        """The working days left, negative when late; None where neither."""
        return -self.days_late if self.is_late or self.is_flagged else self.days_left


class Days(NamedTuple):
    """All that the rule reads of an obligation, with the local dates of its instants: many have the same."""

    state: str
    due: date | None
    judged: str
    done: date | None
    kept: date | None
    returned: date | None


def days_of(owed: Owed, day_of: Callable[[datetime], date]) -> Days:
    """What the rule reads of an obligation; `day_of` gives the local date of an instant."""
    return Days(
        owed.state,
        owed.due,
        owed.judged,
        None if owed.done_at is None else day_of(owed.done_at),
        None if owed.kept_at is None else day_of(owed.kept_at),
        None if owed.returned_at is None else day_of(owed.returned_at),
    )


def lateness(owed: Owed, calendar: Calendar, today: date, day_of: Callable[[datetime], date]) -> Lateness:
    """How an obligation stands in time on `today`, a local date; `day_of` gives the local date of an instant."""
    return lateness_of(days_of(owed, day_of), calendar, today)


def lateness_of(owed: Days, calendar: Calendar, today: date) -> Lateness:
    """The same of what the rule reads."""
    left = days_left(owed.due, calendar, today)
    if owed.state in ANSWERED and owed.done is not None:
        return _answered(owed, calendar, owed.done)._replace(days_left=left)
    if owed.state != State.OPEN:
        return Lateness()
    if owed.kept is not None:
        kept = _answered(owed, calendar, owed.kept)
        if not kept.is_late and not kept.is_flagged:
            # Rows that an earlier release answered again and took back say no more when they were returned.
            since = owed.returned or owed.kept
            return Lateness(days_left=left, days_returned=calendar.distance(since, today))
    return _judged(owed, calendar, today, decided=())._replace(days_left=left)


def in_time(due: date | None, calendar: Calendar, day: date) -> bool | None:
    """Whether what comes on a local day comes in time; None where there is no date."""
    return None if due is None else not calendar.has_passed(due, day)


def days_left(due: date | None, calendar: Calendar, today: date) -> int | None:
    """Working days from `today` to the deadline, 0 on the last day; None where it has passed, or there is none.

    They count to the anchor; between it and the last day in time, where the deadline falls on days off, it is 0.
    """
    if due is None or calendar.has_passed(due, today):
        return None
    return max(0, calendar.distance(today, calendar.anchor(due)))


def _answered(owed: Days, calendar: Calendar, day: date) -> Lateness:
    """How an answer of a day stands; what an admin decided about its lateness holds."""
    return _judged(owed, calendar, day, decided=(Judgement.IN_TIME, Judgement.LATE))


def _judged(owed: Days, calendar: Calendar, day: date, *, decided: tuple[Judgement, ...]) -> Lateness:
    late = in_time(owed.due, calendar, day) is False
    days = calendar.distance(calendar.late_after(owed.due), day) if late and owed.due is not None else 0
    if owed.judged in decided:
        return Lateness(is_late=owed.judged == Judgement.LATE, days_late=days if owed.judged == Judgement.LATE else 0)
    flagged = late and owed.judged == Judgement.FLAGGED
    return Lateness(is_late=late and not flagged, is_flagged=flagged, days_late=days)
