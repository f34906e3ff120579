"""The cause of a lateness: where it stands, and until when an agency may tell it.

A lateness costs an officer points unless an objective cause is confirmed by who is competent. It moves no box of the
figures: what is late stays late, with what is known of its cause beside it.
"""

from datetime import date, timedelta
from enum import StrEnum

from plan.workdays import Calendar

# Days by the calendar, not working days, after it was known that the answer is late; after a refusal once more.
TELL_WITHIN = 30
MOST_TIMES = 2
# Working days within which an admin answers what somebody says about their own proof sheet.
ANSWER_WITHIN = 7


class Cause(StrEnum):
    """Where the cause of a lateness stands; the empty word is that nobody told one."""

    NONE = ""
    WAITING = "waiting"  # chờ xác nhận
    CONFIRMED = "confirmed"  # nguyên nhân khách quan đã được xác nhận
    REFUSED = "refused"  # không được xác nhận là khách quan


def last_day(calendar: Calendar, since: date | None, refused: date | None = None) -> date | None:
    """The last local day on which a cause may be told; None while the work is open, which ends no time.

    `since` is the day on which the answer that stands, or a word about its moment, was recorded; `refused` that of a
    refusal, after which it may be told once more. A last day off moves to the next working day (Civil Code 2015, art.
    148.5).
    """
    if since is None:
        return None
    return calendar.on_or_after(max(filter(None, (since, refused))) + timedelta(days=TELL_WITHIN))


def answer_by(calendar: Calendar, said: date) -> date:
    """The last local day in time for the answer to what was said on a local day: seven working days."""
    return calendar.shift(said, ANSWER_WITHIN)
