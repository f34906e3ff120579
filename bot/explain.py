"""How each date of a task came about, in one plain line: the printed words, the day, what moves it, the extension."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bot.turn import Turn
from plan.due import occurrences
from plan.model import Milestone, Plan, Task
from progress.items import code_of, label_of, period
from store.tables import Obligation


def dates(turn: Turn, plan: Plan, task: Task, rows: Sequence[Obligation]) -> Iterable[tuple[str, list[Obligation]]]:
    """A line for each milestone and occurrence, with the person's own obligations at it; extended ones apart."""
    for milestone in task.milestones:
        own = [row for row in rows if row.milestone == milestone.id]
        for occurrence in occurrences(plan, milestone, turn.office.calendar):
            here = [row for row in own if row.occurrence == occurrence.key]
            yield _milestone(turn, task, milestone, occurrence.key, occurrence.due), here


def own_date(turn: Turn, row: Obligation) -> str:
    """The date that holds for one agency where it is not the plan's; empty where it is."""
    if row.due is None or row.due == row.planned:
        return ""
    return turn.text(
        "detail.own_date",
        code=code_of(turn.office, row),
        planned=row.planned,
        times=row.extensions,
        **_moved(turn, row.due),
    )


def _milestone(turn: Turn, task: Task, milestone: Milestone, occurrence: str, due: date | None) -> str:
    return turn.text(
        "detail.milestone",
        label=label_of(task, milestone),
        period=period(turn.office, occurrence) if occurrence else "",
        printed=milestone.printed,
        kind=turn.text(f"when.{milestone.kind}") if due is None else "",
        basis=milestone.due_basis or "",
        **_moved(turn, due),
    )


def _moved(turn: Turn, due: date | None) -> dict[str, Any]:
    """The day, and where it is no working day why not and what counts instead."""
    calendar = turn.office.calendar
    if due is None or calendar.is_working(due):
        return {"due": due, "off": "", "anchor": due, "late_after": due}
    off = calendar.name_of_day_off(due) or turn.text("detail.weekend", day=due)
    return {"due": due, "off": off, "anchor": calendar.anchor(due), "late_after": calendar.late_after(due)}
