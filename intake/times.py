"""Turns the printed time of a task into milestones, each read by plan/due, and says what is doubted."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from intake.draft import MilestoneDraft
from intake.letters import one_line
from plan import due
from plan.model import Kind
from plan.times.rules import Recurrence
from plan.times.values import Choice, Doubt, Time, Why
from plan.times.values import Times as Read

# Spaces are counted where two runs of them meet: a cell of empty lines would be tried in every division.
LIST = re.compile(r";?\s{0,9}(?:\n|^)\s{0,9}(?=\+ )")
PIECES = re.compile(r"\s*;\s*|\n\s*|\s+(?=\+ )")
HAPPENS = re.compile(r"\b(?:sau|khi|mỗi|từng)\b", re.IGNORECASE)
BRACKETS = re.compile(r"\([^()]*\)")
# Where neither the signing nor the year is known, no day can be said to lie before it.
LONG_AGO = date(2000, 1, 1)
# What a plan still owes is not older than this before its own year.
YEARS_BACK = 3


@dataclass(frozen=True)
class Context:
    """What the printed words rest on: the day of the signing (local; None where it is blank), the plan's year, and the
    head of the column that they stand in; of a plan over `several_years` a time that prints none may be of each, and
    «trước ngày» is the day before (`eve`) where the office does not say that it is that very day."""

    signed: date | None = None
    year: int | None = None
    head: str = ""
    several_years: bool = False
    eve: bool = True

    @property
    def since(self) -> date:
        """The day before which no deadline lies: that of the signing, else the first of the plan's year."""
        return self.signed or (date(self.year, 1, 1) if self.year else LONG_AGO)


@dataclass
class Times:
    """The milestones of a task, and the doubts about its time."""

    milestones: list[MilestoneDraft] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read(timing: str, product: str, context: Context) -> Times:
    """The milestones of a task by its time and by what its product says of an event; none where no time is printed."""
    times = Times()
    # Each line of a list with «+» is a result of its own; other lines are one text that a narrow column broke.
    for words in filter(None, map(one_line, LIST.split(timing))):
        found = _read(words.removeprefix("+ "), context)
        times.milestones += [milestone(each) for each in found.times]
        if found.doubt is not None:
            times.doubts.append(found.doubt)
            # What lies before the signing was never owed: it has no date until somebody gives one.
            kind = Kind.UNDATED if found.doubt.why is Why.PAST else None
            times.milestones.append(MilestoneDraft(found.doubt.words, kind, proposals=proposals(found.doubt)))
    times.milestones += _of_products(product, context)
    return times


# A table of three thousand rows says the same dozen times.
@lru_cache(1024)
def _read(words: str, context: Context) -> Read:
    found = due.read_times(words, context.since, context.year, head=context.head, before_means_the_day=not context.eve)
    return _of_which_year(words, found) if context.several_years else found


def _of_which_year(words: str, found: Read) -> Read:
    """A day without a printed year, in a plan over several years: of the first one, or of each."""
    open_times = [each for each in found.times if each.kind is Kind.DATED and each.filled and each.due]
    if found.doubt is not None or not open_times:
        return found
    yearly = tuple(
        Time(Kind.PERIODIC, rule=Recurrence(every="year", months=(each.due.month,), day=each.due.day))
        for each in open_times
        if each.due is not None
    )
    certain = tuple(each for each in found.times if each not in open_times)
    return Read(certain, Doubt(Why.YEAR, words, (Choice(yearly), Choice(tuple(open_times)))))


def as_printed(words: str, year: int | None) -> date | None:
    """The day that words print although it lies before the signing; None where they are doubted for another reason.

    `year` is the plan's, for words that print none.
    """
    around = Context(date(year - YEARS_BACK, 1, 1), year) if year else Context()
    found = _read(one_line(words), around)
    days = [each.due for each in found.times if each.kind is Kind.DATED]
    return days[0] if found.doubt is None and len(days) == 1 else None


def milestone(time: Time) -> MilestoneDraft:
    """The draft of a certain time."""
    return MilestoneDraft(one_line(time.words), time.kind, time.due, time.start, time.rule, time.every)


def proposals(doubt: Doubt) -> tuple[date, ...]:
    """The days that the answers to a doubt lead to, in their order."""
    days = [time.due for choice in doubt.choices for time in choice.times if time.due]
    return tuple(dict.fromkeys(days))


def _of_products(product: str, context: Context) -> list[MilestoneDraft]:
    """«báo cáo sau mỗi đợt kiểm tra» stands among the products and is owed when it happens."""
    found = []
    for piece in PIECES.split(BRACKETS.sub("", product)):
        if not HAPPENS.search(piece):
            continue
        times = _read(one_line(piece), Context(context.signed, context.year))
        if times.doubt is None and [time.kind for time in times.times] == [Kind.EVENT]:
            found.append(MilestoneDraft(one_line(piece).strip(" +-"), Kind.EVENT, rule=times.times[0].rule))
    return found
