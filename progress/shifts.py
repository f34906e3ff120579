"""What changes for open work when the office's days change: its last days, and the reminders still to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plan.due import occurrences
from plan.model import Kind
from plan.reminders import Owed, ladder_for, steps_between
from plan.workdays import Calendar
from progress.items import Item, item_of
from store.tables import Obligation
from words.office import Office

# Far enough behind the last day for the first reminder of what is late.
BEHIND = timedelta(days=21)


@dataclass(frozen=True)
class Days:
    """The nominal date, the anchor and the last day in time of one obligation under one calendar."""

    due: date
    anchor: date
    late_after: date


@dataclass(frozen=True)
class Shift:
    """One obligation before and after; `steps` is how many reminders still to come change their day."""

    item: Item
    before: Days
    after: Days
    steps: int


def shifts(office: Office, rows: Iterable[Obligation], after: Calendar, today: date) -> list[Shift]:
    """The dated obligations whose days or coming reminders differ between the office's calendar and `after`."""
    found = []
    for row in rows:
        item = item_of(office, row)
        if item is None or row.due is None:
            continue
        due = _due(office, item, after)
        old, new = _days(office.calendar, row.due), _days(after, due)
        last = max(old.late_after, new.late_after) + BEHIND
        was = _steps(office, item, row.due, office.calendar, today, last)
        will = _steps(office, item, due, after, today, last)
        steps = sum(1 for key, day in was.items() if will.get(key) != day)
        if old != new or steps:
            found.append(Shift(item, old, new, steps))
    return found


def _due(office: Office, item: Item, calendar: Calendar) -> date:
    """The day of a report moves with the calendar, unless an admin moved it otherwise."""
    row = item.row
    assert row.due is not None
    if item.milestone.kind is not Kind.PERIODIC or row.due != row.planned:
        return row.due
    days = {each.key: each.due for each in occurrences(office.plans[row.plan_id], item.milestone, calendar)}
    return days.get(row.occurrence) or row.due


def _days(calendar: Calendar, due: date) -> Days:
    return Days(due, calendar.anchor(due), calendar.late_after(due))


def _steps(office: Office, item: Item, due: date, calendar: Calendar, today: date, last: date) -> Mapping[str, date]:
    ladder, start = ladder_for(item.milestone, office.ladder), item.milestone.start
    owed = Owed(item.row.id or 0, item.milestone.kind, due, ladder, start=start)
    steps = steps_between(owed, calendar, today, last)
    return {step.key: step.day for step in steps if step.rung is not None and step.rung <= 1}
