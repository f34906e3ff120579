"""What is known of a document once its head is answered; times that had no year are read anew with it."""

from dataclasses import replace
from datetime import date

from intake import doubts, tasks
from intake.draft import Draft, Head
from intake.settled import typed
from intake.settled.values import Answers, Given
from intake.times import Context

# While one of these is open, the times that rest on it are not asked about.
FIRST = frozenset({"year", "span", "impossible_date"})
# The answer that a plan is followed over all of its years.
ALL_YEARS = "allyears"
# The answer that a document without a date counts as signed on a day: signed-2026-01-01.
SIGNED = "signed-"
# How it is kept whether «trước ngày 31/01» is the 30th or the 31st, once a plan.
EVE = "eve"
OF_HEAD = frozenset({*FIRST, "number", "numbers", "date"})


def answered(draft: Draft, answers: Answers) -> Draft:
    """The draft with its head as it was answered."""
    head = _head(draft, answers)
    very_day = answers.get(EVE, Given()).option == "day"
    known = (head.year, head.date, head.last_year) == (draft.head.year, draft.head.date, draft.head.last_year)
    if known and not very_day:
        return replace(draft, head=head)
    return _reread(replace(draft, head=head), eve=not very_day)


def is_open(draft: Draft, answers: Answers) -> bool:
    """Whether the year or the date is open on which the times rest."""
    return any(each.kind in FIRST and not _is_given(answers.get(each.kind)) for each in draft.doubts)


def context(head: Head, today: date) -> Context:
    """What the printed times of a document rest on; the year of `today` (local) where it is of none."""
    return Context(head.date or _first_day(head), head.year or today.year, several_years=head.last_year is not None)


def _first_day(head: Head) -> date | None:
    """Before the first of its years nothing of a plan over several years is due."""
    return date(head.year, 1, 1) if head.last_year and head.year else None


def _is_given(given: Given | None) -> bool:
    return given is not None and bool(given.words or given.option)


def _head(draft: Draft, answers: Answers) -> Head:
    head = draft.head
    for doubt in draft.doubts:
        given = answers.get(doubt.kind)
        if doubt.about != "plan" or given is None:
            continue
        if doubt.kind in ("year", "span"):
            option = given.option.removeprefix("year-")
            if given.option == ALL_YEARS:
                first, last = (int(str(doubt.values[name])) for name in ("first", "last"))
                head = replace(head, year=first, last_year=last)
                continue
            head = replace(head, year=int(option) if option.isdigit() else typed.year(given.words) or head.year)
        elif doubt.kind in ("date", "impossible_date"):
            head = replace(head, date=typed.day(given.words) or _offered_day(given.option) or head.date)
        elif doubt.kind in ("number", "numbers"):
            chosen = given.option.removeprefix("number-")
            offered = doubt.numbers
            picked = offered[int(chosen) - 1] if chosen.isdigit() and int(chosen) <= len(offered) else None
            head = replace(head, number=typed.number(given.words) or picked or head.number)
    if head.year is None and head.date is not None:
        head = replace(head, year=head.date.year)
    return head


def _offered_day(option: str) -> date | None:
    return date.fromisoformat(option.removeprefix(SIGNED)) if option.startswith(SIGNED) else None


def _reread(draft: Draft, *, eve: bool) -> Draft:
    """Every printed time read anew: without a year even what seemed certain was of none."""
    basis = Context(
        draft.head.date or _first_day(draft.head),
        draft.head.year,
        several_years=draft.head.last_year is not None,
        eve=eve,
    )
    kept = [each for each in draft.doubts if each.kind not in ("time", "past")]
    found = {}
    for task in (*draft.tasks, *draft.duties):
        if task.timing:
            found[task.code], doubted = tasks.reread(task, basis)
            kept += doubted
    return replace(
        draft,
        tasks=tuple(found.get(each.code, each) for each in draft.tasks),
        duties=tuple(found.get(each.code, each) for each in draft.duties),
        doubts=doubts.together(kept),
    )
