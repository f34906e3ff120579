"""On which day somebody wants to be reminded again: "sáng mai", "thứ hai", "15/2"."""

from datetime import date, timedelta

from words import dates
from words.codes import fold

TOMORROW = frozenset({"mai", "sang mai", "ngay mai", "tomorrow"})
WEEKDAYS = (
    frozenset({"thu hai", "thu 2", "t2", "monday"}),
    frozenset({"thu ba", "thu 3", "t3", "tuesday"}),
    frozenset({"thu tu", "thu 4", "t4", "wednesday"}),
    frozenset({"thu nam", "thu 5", "t5", "thursday"}),
    frozenset({"thu sau", "thu 6", "t6", "friday"}),
    frozenset({"thu bay", "thu 7", "t7", "saturday"}),
    frozenset({"chu nhat", "cn", "sunday"}),
)


def day_of(text: str, today: date) -> date | None:
    """The day of "sáng mai", "thứ hai", "15/2"; None where it is none. Today's own weekday is the next week's."""
    words = fold(text).strip(" .,")
    if words in TOMORROW:
        return today + timedelta(days=1)
    words = words.removeprefix("sang ")
    for number, names in enumerate(WEEKDAYS):
        if words in names:
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return dates.find_day(text, today).day
