"""From which day to which, as somebody types it without the years: "28/12 3/1"."""

from dataclasses import dataclass
from datetime import date

from words.dates import TURN_OF_YEAR, has_year, passed_instead, read_day


@dataclass(frozen=True)
class Stretch:
    """Both days are in it."""

    first: date
    last: date


@dataclass(frozen=True)
class Unlikely:
    """Days that would lie in the next year, which was not typed: whoever typed them is asked.

    `read` is what they would be, `passed` the first day where it is over, `turned` what they are the other way round,
    where the last one stands before the first and that is not over.
    """

    read: Stretch
    passed: date | None = None
    turned: Stretch | None = None


def read_stretch(first: str, last: str, today: date) -> Stretch | Unlikely | None:
    """The stretch between two typed days, `today` (local) or later, or begun already; None where one is no day.

    The year is guessed as `words.dates` does: over its turn only where that is near.
    """
    if has_year(last) and not has_year(first) and (known := _with_its_year(first, last, today)) is not None:
        return known
    begins, ends, coming = read_day(first, today), None, read_day(last, today)
    if begins is not None:
        ends = read_day(last, begins)
    if begins is None or ends is None or coming is None:
        return None
    passed, last_passed = passed_instead(first, today), passed_instead(last, today)
    if passed is not None:
        if last_passed is None and passed <= coming <= passed + TURN_OF_YEAR:
            return Stretch(passed, coming)
        return Unlikely(_in_order(begins, coming), passed)
    over_the_turn = ends.year > begins.year or coming < begins
    if over_the_turn and not has_year(last) and ends - begins > TURN_OF_YEAR:
        read, turned = Stretch(begins, ends), _in_order(begins, last_passed or coming)
        is_near = turned != read and turned.last >= today and turned.first >= today - TURN_OF_YEAR
        return Unlikely(read, turned=turned if is_near else None)
    return Stretch(begins, ends)


def _with_its_year(first: str, last: str, today: date) -> Stretch | None:
    """The year behind the last day is the first one's too, or that is of the year before: "3/1 10/1/2027"."""
    ends = read_day(last, today)
    for year in (ends.year, ends.year - 1) if ends is not None else ():
        begins = read_day(f"{first}/{year}", today)
        if ends is not None and begins is not None and begins <= ends:
            return Stretch(begins, ends)
    return None


def _in_order(one: date, other: date) -> Stretch:
    return Stretch(min(one, other), max(one, other))
