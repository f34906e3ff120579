"""Reads a day that somebody typed: 10/2, 10/02/2020, 10-2-2020, 2020-02-10, "đến hết ngày 15/02"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from words import near_days

DAY_FIRST = re.compile(r"^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$")
YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
# What may stand before a day that a sentence begins with.
LEADING = re.compile(
    r"(?:(?:xin|đề\s+nghị|de\s+nghi|gia\s+hạn|gia\s+han|đến|den|tới|toi|sang|hết|het|ngày|ngay|to|until|by|till)\s+)*",
    re.IGNORECASE,
)
REASON = re.compile(r"^(?:lý\s+do|lí\s+do|ly\s+do|reason)\s*:?\s*", re.IGNORECASE)
IN_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s+th[áa]ng\s+(\d{1,2})(?!\d)(?:\s+n[ăa]m\s+(\d{4})(?!\d))?", re.IGNORECASE)
AT_START = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?![\w/-]|\.\d)")
# Inside a sentence 2.1 is a point of a document and 10-15 a number of communes.
ANYWHERE = re.compile(r"(?<![\w/.-])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\w/-]|\.\d)")
# The years of which an office's work can speak; what else is typed is no day.
EARLIEST, LATEST = 1990, 2200
GUESSED_AHEAD = timedelta(days=300)
# In December "3/1" is next year's: so is, without its year, a day that has gone by this year while next year's is this
# near. Further off the day is past, or two days stand in each other's place, far more often than next year is meant.
TURN_OF_YEAR = timedelta(days=120)
FULL_YEAR = 4
BETWEEN = " .,:;–-\n\t"


def read_day(text: str, today: date) -> date | None:
    """The day of a text, None when it is none; without a year the next such day from `today` (local) on."""
    text = text.strip()
    if match := YEAR_FIRST.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if not (match := DAY_FIRST.match(text)):
        return None
    day, month = int(match[1]), int(match[2])
    if match[3]:
        return _day(int(match[3]), month, day)
    # Nine years hold every day there is, 29 February included.
    return next(
        (each for year in range(today.year, today.year + 9) if (each := _day(year, month, day)) and each >= today), None
    )


def is_like_a_day(text: str) -> bool:
    """Whether a text has the shape of what `read_day` reads, be it a day there is or none, like 30/2."""
    return any(shape.match(text.strip()) for shape in (YEAR_FIRST, DAY_FIRST))


def has_year(text: str) -> bool:
    """Whether a text that `read_day` reads names its year."""
    text = text.strip()
    match = DAY_FIRST.match(text)
    return bool(match[3]) if match else YEAR_FIRST.match(text) is not None


def passed_instead(text: str, today: date) -> date | None:
    """The day that has passed and is likelier meant than the next such one; None where `read_day` may be believed."""
    coming = read_day(text, today)
    if coming is None or has_year(text):
        return None
    if coming - today <= (GUESSED_AHEAD if coming.year == today.year else TURN_OF_YEAR):
        return None
    years = range(today.year, today.year - 9, -1)
    return next((each for year in years if (each := _day(year, coming.month, coming.day)) and each < today), None)


def sent_day(text: str) -> date | None:
    """The day that a browser sends, 2020-01-31; None for what is none, or of a year of which no work can speak."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found.year <= LATEST else None


def _day(year: int, month: int, day: int) -> date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True)
class Written:
    """A day found in a sentence; `day` is None where `typed` is no day there is. `rest` is the sentence without it."""

    day: date | None
    rest: str
    typed: str = ""


def find_day(text: str, today: date) -> Written:
    """The day that a sentence names at its start ("đến 15/02 do …", "ngày mai"), or the only one anywhere in it.

    Day first. Without a year the next such day after `today` (local), unless that is more than ten months off: then
    the one that has passed is meant, and the caller can say so. `typed` is empty where no single day is named.
    """
    text = IN_WORDS.sub(lambda found: "/".join(filter(None, found.groups())), text.strip())
    start = LEADING.match(text)
    begins = start.end() if start else 0
    match = AT_START.match(text, begins)
    # "30/2" was meant as a day, "10-15 xã" was not.
    if match and ("/" in match[0] or _meant(match, today)):
        rest = text[match.end() :].lstrip(BETWEEN)
        return Written(_meant(match, today), REASON.sub("", rest), match[0])
    if (near := near_days.at_start(text, begins, today)) is not None:
        day, ends = near
        return Written(day, REASON.sub("", text[ends:].lstrip(BETWEEN)), text[begins:ends])
    found = list(ANYWHERE.finditer(text))
    if len(found) == 1:
        return Written(_meant(found[0], today), REASON.sub("", text), found[0][0])
    return Written(None, REASON.sub("", text))


def _meant(match: re.Match[str], today: date) -> date | None:
    day, month, year = int(match[1]), int(match[2]), match[3]
    if year:
        return _day(int(year) if len(year) == FULL_YEAR else 2000 + int(year), month, day)
    # Leap days are eight years apart at most.
    near = [each for year in range(today.year - 8, today.year + 9) if (each := _day(year, month, day))]
    coming = [each for each in near if each > today]
    passed = [each for each in near if each <= today]
    if coming and (coming[0] - today <= GUESSED_AHEAD or not passed):
        return coming[0]
    return passed[-1] if passed else None
