"""How an obligation looks in a message: its item in a digest, its line in a list, its buttons."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plan.causes import Cause
from plan.due import is_happening
from plan.model import Kind, Milestone, Task, milestone_label, milestone_number
from plan.times.rules import Recurrence
from plan.workdays import DaysOff
from store.tables import Obligation
from words import codes
from words.message import Button
from words.office import Office
from words.render import clip

PRODUCT, PRINTED = 90, 40
# A label of which three stand beside each other, in characters.
SHORT = 13
# The name of a run of days off may say the year that its days say already: Tết Nguyên đán 2020.
YEAR = re.compile(r"\s{1,4}\d{4}$")
# Further ahead than this a day is easier to read than a number, in working days.
FAR = 30
# A named run of days off this close before the deadline is mentioned with it, in days.
NAMED_OFF = timedelta(days=10)


@dataclass(frozen=True)
class Item:
    """An obligation with what the plan says about it; None of both where the plan no longer knows it."""

    row: Obligation
    task: Task
    milestone: Milestone


def item_of(office: Office, row: Obligation) -> Item | None:
    """The obligation with its task and milestone."""
    try:
        return Item(row, *office.milestone(row.plan_id, row.milestone))
    except KeyError:
        return None


def number(item: Item) -> int:
    """The milestone's place in its task: 2 of 2b.2."""
    return milestone_number(item.milestone.id)


def task_of(office: Office, label: str) -> str:
    """The code of the task that a label names: 2b of 2b.2, II.1.1 of II.1.1; "" where none of the office's does."""
    return codes.read(label, office.codes()).code or ""


def label(item: Item) -> str:
    """The code as people say it; with its milestone where the task has several: 2b, 2b.2."""
    return label_of(item.task, item.milestone)


def label_of(task: Task, milestone: Milestone) -> str:
    """The same for a milestone that nobody in sight owes."""
    return milestone_label(task.code, milestone.id)


def code_of(office: Office, row: Obligation) -> str:
    """The label of an obligation, its task's code where the plan no longer knows it."""
    item = item_of(office, row)
    return label(item) if item else row.task


def typed(item: Item) -> str:
    """What stands behind a command that can be tapped: 2b of /xong_2b, 1dd, 2b_2."""
    # A bare code means the earliest: where a quarterly report may come before the plan it is about, say which.
    quarterly = any(_often(each) for each in item.task.milestones) and len(item.task.milestones) > 1
    suffix = f"_{number(item)}" if number(item) > 1 or quarterly else ""
    return f"{codes.typeable(item.task.code)}{suffix}"


def _often(milestone: Milestone) -> bool:
    """Whether it is owed more than once a year."""
    return milestone.every == "period" or (isinstance(milestone.rule, Recurrence) and milestone.rule.every != "year")


def when(office: Office, item: Item, today: date) -> str:
    """How what is open stands: còn 3 ngày làm việc, hạn hôm nay, quá hạn 1 ngày làm việc, được trả lại để bổ sung, đã 2
    ngày làm việc; with what its agency said of it: đã trình, chờ ký từ 13/01/2020. In working days."""
    stands = [_in_time(office, item, today)]
    if item.row.signing is not None:
        stands.append(office.text("signature.since", day=item.row.signing))
    if item.row.said:
        stands.append(office.text("meaning.waits"))
    if item.row.cause in (Cause.WAITING, Cause.CONFIRMED) and office.lateness(item.row, today).is_late:
        stands.append(office.text(f"cause.{item.row.cause}"))
    return "; ".join(stands)


def _in_time(office: Office, item: Item, today: date) -> str:
    text, found = office.text, office.lateness(item.row, today)
    if found.is_returned:
        return text("when.returned", days=found.days_returned, left=found.days_left)
    if item.row.due is None:
        return text(f"when.{item.milestone.owed_kind}")
    if found.days_left is None:
        return text("when.late", days=found.days_late)
    if found.days_left:
        return text("when.left", days=found.days_left, due=item.row.due if is_far(office, item, today) else None)
    last = office.calendar.late_after(item.row.due)
    return text("when.today", due=item.row.due) if today == last else text("when.until", last=last)


def is_far(office: Office, item: Item, today: date) -> bool:
    """Whether the deadline lies so far ahead that its day is said and not the days until then."""
    left = office.lateness(item.row, today).days_left
    return left is not None and left > FAR


def day_beside(office: Office, item: Item, today: date) -> date | None:
    """The deadline's day to be said beside `when`; None where that says it already."""
    due = item.row.due
    ends_today = due is not None and today == office.calendar.late_after(due)
    return None if ends_today or is_far(office, item, today) else due


def deadline(office: Office, item: Item) -> str:
    """The deadline as printed, for a report the computed day; with the named days off just before it."""
    due = item.row.due
    if due is None:
        return item.milestone.printed
    anchor, last = office.calendar.anchor(due), office.calendar.late_after(due)
    if item.row.extensions and due != item.row.planned:
        return office.text("deadline.extended", due=due, last=last)
    if item.milestone.kind is Kind.PERIODIC:
        return office.text("deadline.periodic", period=period(office, item.row.occurrence), due=due, last=last)
    # The printed words hold the time and often what is to be done by it; the day is what a reader looks for.
    runs = office.calendar.offs_between(anchor - NAMED_OFF, due)
    off = next((off_in_words(office, run) for run in runs if run.first != run.last), "")
    return office.text("deadline.dated", printed=clip(item.milestone.printed, PRINTED), due=due, last=last, off=off)


def off_in_words(office: Office, run: DaysOff) -> str:
    """A run of days off in a few words: Tết Nguyên đán 23/01–29/01."""
    return office.text("deadline.off", name=YEAR.sub("", run.name), first=run.first, last=run.last)


def period(office: Office, occurrence: str) -> str:
    """The name of a period: quý I/2020, 6 tháng năm 2020, năm 2020, tháng 6/2020, tuần 24/2020."""
    year, _, part = occurrence.partition("-")
    if is_happening(occurrence):
        return office.text("period.E", day=date(int(year), int(part[1:3]), int(part[3:])))
    if part[1:].isdecimal() and part[0] in "MW":
        return office.text(f"period.{part[0]}", year=year, number=int(part[1:]))
    return office.text(f"period.{part}", year=year)


def typed_period(office: Office, occurrence: str) -> str:
    """The same as people type it after a command: quý 1; with the year where it is not the newest plan's."""
    year, _, part = occurrence.partition("-")
    words = office.text(f"period.typed_{part}")
    newest = office.newest
    return words if newest is not None and int(year) == newest.year else f"{words} {year}"


def product_of(item: Item) -> str:
    """What must come out, short enough for a phone."""
    return clip(item.task.product.removeprefix("+ "), PRODUCT)


def buttons_of(office: Office, items: Sequence[Item], today: date) -> list[list[Button]]:
    """Under one item what can be said about it; under several one button each for the first ten, three in a row
    where codes are all that stands on them."""
    text = office.text
    if len(items) == 1:
        row_id = items[0].row.id
        code = label(items[0])
        done = Button(text("button.done"), f"/done #{row_id}", text("button.done_typed", code=code))
        working = Button(text("button.progress"), f"/progress #{row_id}", text("button.progress_typed", code=code))
        blocked = Button(text("button.blocked"), f"/blocked #{row_id}", text("button.blocked_typed", code=code))
        # Past the deadline, and on its last day, there is no later day to put it off to.
        due = items[0].row.due
        may = due is None or not office.calendar.has_passed(due, office.calendar.shift(today, 1))
        later = [Button(text("snooze.button"), f"/snooze #{row_id}")] if may else []
        if items[0].milestone.kind is Kind.ONGOING:
            return [[working, blocked], later]
        received = Button(text("ack.button"), f"/acknowledge #{row_id}", text("button.acknowledge_typed", code=code))
        return [[done, blocked, *later], [received, working]]
    several = len({item.row.agency_id for item in items}) > 1
    names = Counter(label(item) for item in items if not several)
    found = [
        Button(
            text("button.done_code", code=_name(office, item, names)),
            f"/done #{item.row.id}",
            text("button.done_typed", code=label(item)) if names[label(item)] == 1 else "",
        )
        for item in items[:10]
        if item.milestone.kind is not Kind.ONGOING
    ]
    row = 3 if all(len(each.label) <= SHORT for each in found) else 2
    return [found[i : i + row] for i in range(0, len(found), row)]


def _name(office: Office, item: Item, names: Counter[str]) -> str:
    """The code, with what tells it from the others beside it: the agency, or the period of the same report."""
    if not names:
        return f"{label(item)} – {office.agency_short(item.row.agency_id)}"
    same = names[label(item)] > 1 and item.row.occurrence
    return f"{label(item)} {period(office, item.row.occurrence)}" if same else label(item)
