"""The messages that would go out if nobody answered, from the plan alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from plan.due import occurrences
from plan.model import Kind, Plan
from plan.reminders import Owed, ladder_for, questions_for, steps_between
from words.office import Office


@dataclass(frozen=True)
class PreviewItem:
    """One step; `rung` in signed working days, None for a question on ongoing work."""

    code: str
    milestone: str
    rung: int | None
    due: date | None


@dataclass(frozen=True)
class PreviewMessage:
    """What one agency's officers would get on a day, at a local time."""

    day: date
    time: time
    agency: str
    items: tuple[PreviewItem, ...]


def preview(office: Office, first: date, last: date) -> tuple[PreviewMessage, ...]:
    """Every message from `first` to `last`, both included, by day and agency in the order of the plan."""
    found: dict[tuple[date, str], list[PreviewItem]] = {}
    owners = {owner for plan in office.plans.values() for owner in plan.owing()}
    order = {agency: place for place, agency in enumerate(office.in_order(owners))}
    for plan in office.plans.values():
        for agency, day, item in _items(office, plan, first, last):
            found.setdefault((day, agency), []).append(item)
    start = office.windows[0][0]
    return tuple(
        PreviewMessage(day, start, agency, tuple(sorted(items, key=lambda item: item.due or date.max)))
        for (day, agency), items in sorted(found.items(), key=lambda pair: (pair[0][0], order[pair[0][1]]))
    )


def _items(office: Office, plan: Plan, first: date, last: date) -> Iterable[tuple[str, date, PreviewItem]]:
    for task in plan.all_tasks:
        for milestone in task.milestones:
            questions = questions_for(plan, milestone, office.calendar)
            # Ongoing work is closed at the end of the plan.
            until = min(last, plan.ends) if milestone.kind is Kind.ONGOING else last
            for occurrence in occurrences(plan, milestone, office.calendar):
                ladder, start = ladder_for(milestone, office.ladder), milestone.start
                owed = Owed(0, milestone.kind, occurrence.due, ladder, questions, start=start)
                for step in steps_between(owed, office.calendar, first, until):
                    for agency in plan.owners(task, milestone):
                        yield agency, step.day, PreviewItem(task.code, milestone.id, step.rung, occurrence.due)


def next_moment(office: Office, after: date) -> date | None:
    """The next day after `after` on which somebody would be reminded, within a year and a half."""
    messages = preview(office, after + timedelta(days=1), after + timedelta(days=550))
    return messages[0].day if messages else None
