"""The days on which a rule falls due in the years of a plan."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from plan.model import Milestone, Plan
from plan.times.clauses import after
from plan.times.rules import WEEKDAYS, Recurrence, Trigger, Unit
from plan.workdays import Calendar

DAY, WEEK = timedelta(days=1), timedelta(days=7)
FRIDAY = WEEKDAYS.index("friday")
MONTHS = {"month": tuple(range(1, 13)), "quarter": (3, 6, 9, 12), "half": (6, 12), "year": (12,)}
NAMES = {"quarter": ("Q1", "Q2", "Q3", "Q4"), "half": ("H1", "H2")}


def days(rule: Recurrence, plan: Plan, milestone: Milestone, calendar: Calendar) -> Iterator[tuple[str, date | None]]:
    """The key and the nominal local day of each time in the plan's years: 2026-W24, 2026-M06, 2026-Q2, 2026-H1, 2026-Y.

    A printed day stays as it is printed, off or not. Without one a week ends on its Friday, a month on its last day,
    and longer periods on the plan's report day or the working day before it. What would have been due before the
    signing or the milestone's start is not owed; of a plan of one year a day that passed before falls in the next one.
    Every few years (`interval`) gives one time without a day: which year is first no plan says.
    """
    if rule.interval > 1:
        yield f"{plan.year}-Y", None
        return
    begins = max(plan.decision.date, milestone.start or date.min)
    for year in plan.years:
        for key, due in _weeks(rule, year) if rule.every == "week" else _months(rule, plan, year, begins, calendar):
            if due >= begins:
                yield key, due


def day_after(rule: Trigger, calendar: Calendar) -> date | None:
    """The nominal local day of what waits for an event whose date is known; None where it is not, or no count is."""
    if rule.since is None or rule.offset is None:
        return None
    if rule.unit is Unit.WORKING_DAYS:
        return calendar.shift(rule.since, rule.offset)
    return after(rule.since, rule)


def _weeks(rule: Recurrence, year: int) -> Iterator[tuple[str, date]]:
    weekday = FRIDAY if rule.weekday is None else WEEKDAYS.index(rule.weekday)
    day = date(year, 1, 1) + timedelta(days=(weekday - date(year, 1, 1).weekday()) % 7)
    while day.year == year:
        named = day.isocalendar()
        yield f"{named.year}-W{named.week:02}", day - DAY if rule.before else day
        day += WEEK


def _months(rule: Recurrence, plan: Plan, of_year: int, begins: date, calendar: Calendar) -> Iterator[tuple[str, date]]:
    months = rule.months or MONTHS[rule.every]
    for place, month in enumerate(months):
        year = of_year
        if rule.following:
            # Of the period after: the month after this one, the next year's month, or January after the last quarter.
            next_year = rule.every == "year" or month < months[0] or (rule.every == "month" and month == 12)
            month, year = month % 12 + 1 if rule.every == "month" else month, year + next_year
        due = _day(rule, year, month, plan, calendar)
        if rule.every == "year" and due < begins and len(plan.years) == 1:
            due = _day(rule, year + 1, month, plan, calendar)
        yield _key(rule, of_year, month if rule.every != "month" else months[place], place), due


def _key(rule: Recurrence, year: int, month: int, place: int) -> str:
    names = NAMES.get(rule.every)
    if names and place < len(names):
        return f"{year}-{names[place]}"
    if rule.every == "year" and (rule.following or not rule.months):
        return f"{year}-Y"
    return f"{year}-M{month:02}"


def _day(rule: Recurrence, year: int, month: int, plan: Plan, calendar: Calendar) -> date:
    last = monthrange(year, month)[1]
    if rule.day is None and rule.every in ("quarter", "half"):
        return calendar.on_or_before(date(year, month, plan.report_days.report_day))
    due = date(year, month, min(rule.day or last, last))
    return due - DAY if rule.before else due
