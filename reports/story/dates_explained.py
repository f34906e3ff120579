"""How each date of a task came about, in one plain line: the printed words, the day, what moves it, the extension."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from plan.due import occurrences
from plan.model import Kind, Milestone, Plan, Task
from progress.items import code_of, label_of, period
from store.tables import Obligation
from words.office import Office
from words.render import clip

PRINTED = 70


def dates(
    office: Office, plan: Plan, task: Task, rows: Sequence[Obligation]
) -> Iterable[list[tuple[str, list[Obligation]]]]:
    """Of each milestone a line for each occurrence, with the person's own obligations at it; extended ones apart.

    Of what recurs the printed words stand with its first occurrence alone.
    """
    for milestone in task.milestones:
        own = [row for row in rows if row.milestone == milestone.id]
        found = []
        for place, occurrence in enumerate(occurrences(plan, milestone, office.calendar)):
            here = [row for row in own if row.occurrence == occurrence.key]
            values = _values(office, task, milestone, occurrence.key, occurrence.due)
            printed = "" if place else clip(milestone.printed, PRINTED)
            found.append((office.text("detail.date", **values | {"printed": printed}), here))
        yield found


def own_date(office: Office, row: Obligation) -> str:
    """The date that holds for one agency where it is not the plan's, and the first one where an amendment moved it;
    empty where neither."""
    if row.due is None:
        return ""
    if row.due == row.planned:
        moved = row.first_due is not None and row.first_due != row.due
        return (
            office.text("detail.first_date", code=code_of(office, row), first=row.first_due, due=row.due)
            if moved
            else ""
        )
    return office.text(
        "detail.own_date",
        code=code_of(office, row),
        planned=row.planned,
        times=row.extensions,
        **_moved(office, row.due),
    )


def printed_date(office: Office, task: Task, milestone: Milestone, occurrence: str, due: date | None) -> str:
    """What the plan's words mean: the day (local) at an occurrence, and what moves it."""
    return office.text("detail.milestone", **_values(office, task, milestone, occurrence, due))


def _kind(milestone: Milestone) -> Kind:
    """What it is without a day: what an agency owed by a misreading alone has none, although the milestone has."""
    return Kind.UNDATED if milestone.owed_kind is Kind.DATED else milestone.owed_kind


def _values(office: Office, task: Task, milestone: Milestone, occurrence: str, due: date | None) -> dict[str, Any]:
    return {
        "label": label_of(task, milestone),
        "period": period(office, occurrence) if occurrence else "",
        "printed": milestone.printed,
        "kind": office.text(f"when.{_kind(milestone)}") if due is None else "",
        "basis": milestone.due_basis or "",
        **_moved(office, due),
    }


def _moved(office: Office, due: date | None) -> dict[str, Any]:
    """The day, and where it is no working day why not and what counts instead."""
    calendar = office.calendar
    if due is None or calendar.is_working(due):
        return {"due": due, "off": "", "anchor": due, "late_after": due}
    off = calendar.name_of_day_off(due) or office.text("detail.weekend", day=due)
    return {"due": due, "off": off, "anchor": calendar.anchor(due), "late_after": calendar.late_after(due)}
