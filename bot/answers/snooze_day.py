"""On which day somebody wants to be reminded again: "sáng mai", "thứ hai", "15/2"."""

from datetime import date

from words import codes, dates, near_days


def day_of(text: str, today: date) -> date | None:
    """The day of "sáng mai", "thứ hai", "thứ hai tuần sau", "15/2"; None where it is none. Today's own weekday is the
    next week's."""
    # Where nothing but a day is asked for, accents that slipped do no harm.
    said = (codes.normalise(text), codes.fold(text))
    return next(filter(None, (near_days.whole(each, today) for each in said)), dates.find_day(text, today).day)
