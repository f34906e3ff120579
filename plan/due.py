"""Turns the printed words of the decision into dates: «trước ngày 31/01/2020», «Quý I năm 2020», «Thường xuyên»."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from plan.errors import WordsUnreadable
from plan.model import Kind, Milestone, Plan
from plan.workdays import Calendar

REPORT_MONTHS = (3, 6, 9, 12)
PERIOD_NAMES = ("Q1", "H1", "Q3", "Y")
# Official reporting periods run from the 15th to the 14th; quarter III begins in June, the other three in December.
PERIOD_START_DAY, PERIOD_END_DAY = 15, 14
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# The Icelandic eth and the African d, which keyboards and converters give for đ.
LOOKALIKES = str.maketrans({"ð": "đ", "ɖ": "đ"})


@dataclass(frozen=True)
class Reading:
    """What printed words mean: `due` is the nominal local date, for dated words only."""

    kind: Kind
    due: date | None = None


@dataclass(frozen=True)
class Occurrence:
    """One time a milestone is owed: `key` is "" or the period (2020-Q1, 2020-H1, 2020-Q3, 2020-Y), `due` nominal."""

    key: str
    due: date | None


_BEFORE = r"(?P<before>trước\s+)?"
_OF_YEAR = r"\s*(?:,?\s*(?:của\s+)?năm\s*|[/-]\s*)(?P<year>\d{4})(?!\d)"
_DAY = re.compile(
    _BEFORE + r"(?:hết\s+)?(?:ngày\s+)?(?<![\d/])(?P<day>\d{1,2})\s*(?:[/.-]|tháng)\s*(?P<month>\d{1,2})"
    r"\s*(?:[/.-]|,?\s*năm)\s*(?P<year>\d{4})(?!\d)"
)
_MONTH = re.compile(_BEFORE + r"(?:hết\s+)?\btháng\s+(?P<month>\d{1,2})" + _OF_YEAR)
_QUARTER = re.compile(_BEFORE + r"(?:hết\s+)?\bquý\s+(?P<quarter>i{1,3}|iv|[1-4])" + _OF_YEAR)
_HALF = re.compile(_BEFORE + r"(?:hết\s+)?\b(?:6|sáu)\s+tháng\s+đầu" + _OF_YEAR)
_YEAR = re.compile(r"(?:\btrong\s+|^)năm\s+(?P<year>\d{4})(?!\d)")
_DOCUMENT = re.compile(r"\bsố\s+\S+\s+ngày\s+\d{1,2}/\d{1,2}/\d{4}")
_HALF_A_DATE = re.compile(r"\bquý\s+(?:[ivx]+\b|\d)|\btháng\s+\d|\bngày\s+\d|\d{1,2}/\d{1,2}")
_MARKS = (
    (Kind.ONGOING, re.compile(r"\bthường\s+xuyên\b|\bliên\s+tục\b|\bh[àằ]ng\s+ngày\b")),
    (Kind.PERIODIC, re.compile(r"\bđịnh\s+k[ỳì]\b|\bh[àằ]ng\s+(?:năm|quý|tháng)\b")),
    (Kind.EVENT, re.compile(r"\bmỗi\s+(?:đợt|lần|cuộc)\b")),
)
_NO_DATE = re.compile(
    r"\btiến\s+độ\b|\bđược\s+giao\b|\bkịp\s+thời\b"
    r"|\btheo\s+(?:quy\s+định|kế\s+hoạch|yêu\s+cầu|chỉ\s+đạo|hướng\s+dẫn|lộ\s+trình)\b"
)
_YEARLY = re.compile(r"\bh[àằ]ng\s+năm\b")
_OFTENER = re.compile(r"\bquý\b|\btháng\b")
_SPLIT = "Make one milestone for each time, each with its own words, or set its kind to undated."
_DECLARE = "If the decision really says so, set the kind to undated and, once it is known, a due_override."


def read(printed: str, signed: date) -> Reading:
    """Reads the words that give a milestone its time; `signed` is the local date of the decision.

    A date is the last day that is still in time: «trước ngày» is the day before, a quarter, month or year its last
    day. What would have been due before the signing is undated, because nobody could keep it. Accents composed or
    not, quí and quý are the same. Raises WordsUnreadable for no time, for half a date and for several times at once.
    """
    words = _DOCUMENT.sub(" ", _normalise(printed))
    try:
        exact, rest = _exact_dates(words)
        whole_years = {date(int(match["year"]), 12, 31) for match in _YEAR.finditer(rest)}
    except (ValueError, OverflowError) as error:
        raise WordsUnreadable(
            printed, f"the date does not exist ({error})", f"Check the decision. {_DECLARE}"
        ) from error
    kinds = {kind for kind, mark in _MARKS if mark.search(rest)}
    # «Thường xuyên trong năm 2020» is ongoing, «trong năm 2020, trước ngày 30/6/2020» a day: the year only bounds them.
    dates = exact if kinds or exact else whole_years
    if len(dates) + len(kinds) > 1:
        raise WordsUnreadable(printed, "several times stand in it", _SPLIT)
    if kinds:
        return Reading(kinds.pop())
    if _HALF_A_DATE.search(rest):
        raise WordsUnreadable(printed, "a day, month or quarter without its year", f"Quote the year too. {_DECLARE}")
    if dates:
        due = dates.pop()
        return Reading(Kind.DATED, due) if due >= signed else Reading(Kind.UNDATED)
    if _NO_DATE.search(rest):
        return Reading(Kind.UNDATED)
    raise WordsUnreadable(printed, "no time is found in it", f"Quote the words that give the time. {_DECLARE}")


def read_every(printed: str) -> Literal["period", "year"]:
    """How often periodic words mean: «hàng năm» alone is once a year, anything else with every reporting period."""
    words = _normalise(printed)
    return "year" if _YEARLY.search(words) and not _OFTENER.search(words) else "period"


def occurrences(plan: Plan, milestone: Milestone, calendar: Calendar) -> tuple[Occurrence, ...]:
    """Every time a milestone is owed in the plan's year, with nominal local dates; `due` is None where it has no date.

    Report days that fall on a day off move to the working day before. Raises WordsUnreadable for a dated milestone
    whose words give no date, which the loader has refused before.
    """
    if milestone.kind is Kind.PERIODIC:
        return tuple(_periods(plan, milestone, calendar))
    if milestone.kind is Kind.DATED:
        return (Occurrence("", read(milestone.printed, plan.decision.date).due),)
    return (Occurrence("", milestone.due_override),)


def period_window(key: str) -> tuple[date, date]:
    """The first and last local day of a reporting period: 2020-Q1 is 15/12/2019 to 14/03/2020; raises ValueError."""
    year_text, _, name = key.partition("-")
    if name not in PERIOD_NAMES or not year_text.isdecimal():
        raise ValueError(f"«{key}» is no reporting period; known are {', '.join(PERIOD_NAMES)} as in 2020-Q1")
    year = int(year_text)
    last_month = REPORT_MONTHS[PERIOD_NAMES.index(name)]
    first = date(year, 6, PERIOD_START_DAY) if name == "Q3" else date(year - 1, 12, PERIOD_START_DAY)
    return first, date(year, last_month, PERIOD_END_DAY)


def question_days(plan: Plan, calendar: Calendar) -> tuple[date, ...]:
    """The local days of the progress question on ongoing work: the first working day of each reporting month."""
    return tuple(calendar.on_or_after(date(plan.year, month, 1)) for month in REPORT_MONTHS)


def _periods(plan: Plan, milestone: Milestone, calendar: Calendar) -> Iterator[Occurrence]:
    days = plan.report_days
    day = days.compile_day if milestone.schedule == "compile" else days.report_day
    for month, name in zip(REPORT_MONTHS, PERIOD_NAMES, strict=True):
        if milestone.every == "period" or name == "Y":
            yield Occurrence(f"{plan.year}-{name}", calendar.on_or_before(date(plan.year, month, day)))


def _normalise(printed: str) -> str:
    words = unicodedata.normalize("NFC", printed).lower().translate(LOOKALIKES)
    return " ".join(words.replace("quí", "quý").split())


def _exact_dates(words: str) -> tuple[set[date], str]:
    """The deadlines of days, months, quarters and half-years, and the words without them; raises ValueError."""
    found: set[date] = set()

    def take(match: re.Match[str]) -> str:
        first, last = _span(match.groupdict())
        found.add(first - timedelta(days=1) if match["before"] else last)
        return " "

    for pattern in (_DAY, _MONTH, _QUARTER, _HALF):
        words = pattern.sub(take, words)
    return found, words


def _span(parts: dict[str, str | None]) -> tuple[date, date]:
    year = int(parts["year"] or "")
    if day := parts.get("day"):
        exact = date(year, int(parts["month"] or ""), int(day))
        return exact, exact
    if month := parts.get("month"):
        first_month = last_month = int(month)
    elif quarter := parts.get("quarter"):
        last_month = 3 * QUARTERS[quarter]
        first_month = last_month - 2
    else:
        first_month, last_month = 1, 6
    first = date(year, first_month, 1)
    return first, date(year, last_month, monthrange(year, last_month)[1])
