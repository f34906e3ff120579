"""When milestones are owed: their printed words as a plan file holds them, and the days on which each falls due."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from plan.errors import WordsUnreadable
from plan.model import Kind, Milestone, Plan
from plan.times import occurring, reader
from plan.times.rules import Recurrence, Trigger
from plan.times.values import Basis, Doubt, Time, Times, Why
from plan.workdays import Calendar

REPORT_MONTHS = (3, 6, 9, 12)
PERIOD_NAMES = ("Q1", "H1", "Q3", "Y")
# Official reporting periods run from the 15th to the 14th; quarter III begins in June, the other three in December.
PERIOD_START_DAY, PERIOD_END_DAY = 15, 14
# The Icelandic eth and the African d, which keyboards and converters give for đ.
LOOKALIKES = str.maketrans({"ð": "đ", "ɖ": "đ"})


@dataclass(frozen=True)
class Reading:
    """What printed words mean: `due` is the nominal local date, for dated words only.

    `plain` says that they are of the shapes that name a time whole («Quý I năm 2020», «thường xuyên»): a plan file may
    not call those by another kind.
    """

    kind: Kind
    due: date | None = None
    plain: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Occurrence:
    """One time a milestone is owed: `key` is "" or the period (2020-Q1, 2020-H1, 2020-Q3, 2020-Y), `due` nominal."""

    key: str
    due: date | None


# A plan file stands by its words for as long as it is read; a reader of new documents is more careful.
_FOR_EVER = 9999
_HALF_A_DATE = re.compile(r"\bquý\s+(?:[ivx]+\b|\d)|\btháng\s+\d|\bngày\s+\d|\d{1,2}/\d{1,2}")
_PLAIN_KINDS = {
    Kind.ONGOING: re.compile(r"\bthường\s+xuyên\b|\bliên\s+tục\b|\bh[àằ]ng\s+ngày\b"),
    Kind.PERIODIC: re.compile(r"\bđịnh\s+k[ỳì]\b|\bh[àằ]ng\s+(?:năm|quý|tháng)\b"),
    Kind.EVENT: re.compile(r"\bmỗi\s+(?:đợt|lần|cuộc)\b"),
    Kind.UNDATED: re.compile(""),
}
_YEARLY = re.compile(r"\bh[àằ]ng\s+năm\b")
_OFTENER = re.compile(r"\bquý\b|\btháng\b")
_SPLIT = "Make one milestone for each time, each with its own words, or set its kind to undated."
_DECLARE = "If the decision really says so, set the kind to undated and, once it is known, a due_override."


# The same words are asked for at every look at a plan.
@lru_cache(4096)
def read(printed: str, signed: date, year: int | None = None) -> Reading:
    """Reads the words that give a milestone its time; `signed` is the local date of the decision, `year` the plan's.

    A date is the last day that is still in time: «trước ngày» is the day before, a quarter, month or year its last
    day. What would have been due before the signing is undated, because nobody could keep it. Words that print no year
    take that of the plan, where it is given. Raises WordsUnreadable for no time, for half a date, for several times at
    once and for words that a person has to be asked about.
    """
    answer = reader.read(printed, Basis(signed, year, ahead=_FOR_EVER))
    if answer.doubt is not None:
        return _doubted(printed, answer.doubt)
    kinds = {time.kind for time in answer.times}
    dues = {time.due for time in answer.times}
    if len(kinds) > 1 or len(dues) > 1:
        raise WordsUnreadable(printed, "several times stand in it", _SPLIT)
    time = answer.times[0]
    if time.filled and year is None:
        raise _half(printed)
    return Reading(time.kind, time.due, plain=_is_plain(printed, time))


def read_times(
    printed: str, signed: date, year: int | None = None, *, head: str = "", before_means_the_day: bool = False
) -> Times:
    """Everything that the printed words of a time give, for a document that is being read: milestones and a doubt.

    `signed` is the local date of the document, `year` the plan's where it is known, `head` the head of the column in
    which the words stand. `before_means_the_day`: «trước ngày 31/01» holds until the end of the 31st (asked once a
    plan). Any text is read, nothing is raised; no date lies before the signing or more than six years after its year.
    """
    return reader.read(printed, Basis(signed, year, eve=not before_means_the_day), head)


def _is_plain(printed: str, time: Time) -> bool:
    return time.plain if time.kind is Kind.DATED else bool(_PLAIN_KINDS[time.kind].search(_normalise(printed)))


def _doubted(printed: str, doubt: Doubt) -> Reading:
    """What a plan file may still mean by words that a person would be asked about; raises WordsUnreadable."""
    kinds = {time.kind for choice in doubt.choices for time in choice.times} - {Kind.UNDATED}
    if doubt.why is Why.PAST:
        return Reading(Kind.UNDATED, plain=True)
    if doubt.why is Why.RHYTHM and kinds == {Kind.PERIODIC}:
        return Reading(Kind.PERIODIC)
    if doubt.why is Why.NO_SUCH_DAY:
        raise WordsUnreadable(printed, "the date does not exist", f"Check the decision. {_DECLARE}")
    if doubt.why in (Why.SEVERAL, Why.EITHER, Why.ONE_OR_EACH):
        raise WordsUnreadable(printed, "several times stand in it", _SPLIT)
    if doubt.why is Why.YEAR or _HALF_A_DATE.search(_normalise(printed)):
        raise _half(printed)
    if doubt.why is Why.UNREAD:
        raise WordsUnreadable(printed, "no time is found in it", f"Quote the words that give the time. {_DECLARE}")
    raise WordsUnreadable(printed, "they do not say for certain when", f"Ask, and give the day as due. {_DECLARE}")


def _half(printed: str) -> WordsUnreadable:
    return WordsUnreadable(printed, "a day, month or quarter without its year", f"Quote the year too. {_DECLARE}")


def read_every(printed: str) -> Literal["period", "year"]:
    """How often periodic words mean: «hàng năm» alone is once a year, anything else with every reporting period."""
    words = _normalise(printed)
    return "year" if _YEARLY.search(words) and not _OFTENER.search(words) else "period"


def occurrences(plan: Plan, milestone: Milestone, calendar: Calendar) -> tuple[Occurrence, ...]:
    """Every time a milestone is owed in the plan's years, with nominal local dates; `due` is None where it has no date.

    Report days that fall on a day off move to the working day before. Raises WordsUnreadable for a dated milestone
    whose words give no date, which the loader has refused before.
    """
    rule = milestone.rule
    if isinstance(rule, Recurrence):
        return tuple(Occurrence(key, due) for key, due in occurring.days(rule, plan, milestone, calendar))
    if milestone.kind is Kind.PERIODIC:
        return tuple(_periods(plan, milestone, calendar))
    if milestone.kind is Kind.DATED:
        return (Occurrence("", milestone.due or read(milestone.printed, plan.decision.date, plan.year).due),)
    if isinstance(rule, Trigger):
        return (Occurrence("", occurring.day_after(rule, calendar)),)
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


def period_place(key: str) -> int:
    """Where an occurrence stands among those of its milestone, by the end of its period; 0 for what is owed once."""
    year, _, name = key.partition("-")
    if not name:
        return 0
    ends = {"Q1": 90, "Q2": 181, "H1": 181, "Q3": 273, "Q4": 365, "H2": 365, "Y": 366}
    if is_happening(key):
        days = int(name[1:3]) * 30 + int(name[3:])
    else:
        days = ends[name] if name in ends else int(name[1:]) * (30 if name[0] == "M" else 7)
    return int(year) * 1000 + days


def happening(on: date) -> str:
    """The key of the occurrence that an event of a local day starts: 2020-E0315."""
    return f"{on:%Y-E%m%d}"


def is_happening(occurrence: str) -> bool:
    """Whether an occurrence was started by an event whose day somebody recorded."""
    return occurrence.partition("-")[2].startswith("E")


def question_days(plan: Plan, calendar: Calendar) -> tuple[date, ...]:
    """The local days of the progress question on ongoing work: the first working day of each reporting month."""
    return tuple(calendar.on_or_after(date(year, month, 1)) for year in plan.years for month in REPORT_MONTHS)


def _periods(plan: Plan, milestone: Milestone, calendar: Calendar) -> Iterator[Occurrence]:
    for year in plan.years:
        for month, name in zip(REPORT_MONTHS, PERIOD_NAMES, strict=True):
            if milestone.every == "period" or name == "Y":
                yield Occurrence(f"{year}-{name}", _report_day(plan, milestone, calendar, date(year, month, 1)))


def _report_day(plan: Plan, milestone: Milestone, calendar: Calendar, month: date) -> date:
    """The last working day until the day of the plan; for what is compiled, never before the period has closed."""
    days = plan.report_days
    if milestone.schedule != "compile":
        return calendar.on_or_before(month.replace(day=days.report_day))
    closed = calendar.on_or_after(month.replace(day=PERIOD_END_DAY + 1))
    return max(closed, calendar.on_or_before(month.replace(day=days.compile_day)))


def _normalise(printed: str) -> str:
    words = unicodedata.normalize("NFC", printed).lower().translate(LOOKALIKES)
    return " ".join(words.replace("quí", "quý").split())
