"""A plan as the rows of its own sheet: one row a milestone, the words of its task in the first of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from plan import due
from plan.errors import WordsUnreadable
from plan.model import Kind, Milestone, Plan, Task

Cell = str | date | None
Leads = Literal["each", "together"]


@dataclass(frozen=True)
class Written:
    """A row that goes out: its cells by the key of their column, those that are not to be edited, and what is asked."""

    cells: Mapping[str, Cell]
    locked: frozenset[str] = frozenset()
    asked: bool = field(default=False)


@dataclass(frozen=True)
class Said:
    """The sheet's own words: the kinds of milestones, what stands for no words, how several leads owe, what parts one
    name from the next."""

    kinds: Mapping[Kind, str]
    nothing: str
    leads: Mapping[Leads, str]
    between: str = "; "


def rows(plan: Plan, said: Said) -> Iterator[Written]:
    """The tasks, then the duties, in the order of the plan."""
    duties = {task.code for task in plan.duties}
    for task in plan.all_tasks:
        for place, milestone in enumerate(task.milestones):
            yield _row(plan, task, milestone, said, first=place == 0, duty=task.code in duties)


def bodies(plan: Plan, said: Said) -> Iterator[Mapping[str, str]]:
    """The agencies, then the groups with their members."""
    for agency in plan.agencies:
        yield {"id": agency.id, "name": agency.name, "members": ""}
    for group in plan.groups:
        yield {"id": group.id, "name": group.name, "members": names(plan, group.members, said)}


def section(plan: Plan, task: Task) -> str:
    """The section of a task as its cell says it; of a duty its place in the decision."""
    known = {each.id: each.title for each in plan.sections}
    return f"{task.section}. {known[task.section]}" if task.section in known else task.section


def names(plan: Plan, ids: tuple[str, ...], said: Said) -> str:
    """Bodies by their names."""
    return said.between.join(map(plan.name_of, ids))


def leads(plan: Plan, task: Task, said: Said) -> str:
    """Whether several leads owe a result each or one together; "" where one agency leads."""
    return said.leads[task.leads] if len(plan.expand(task.lead)) > 1 else ""


def day_of(plan: Plan, milestone: Milestone) -> date | None:
    """The nominal day of a milestone that has one of its own (local)."""
    if milestone.kind is not Kind.DATED:
        return milestone.due_override
    try:
        return milestone.due or due.read(milestone.printed, plan.decision.date, plan.year).due
    except WordsUnreadable:
        return None


def _row(plan: Plan, task: Task, milestone: Milestone, said: Said, *, first: bool, duty: bool) -> Written:
    cells: dict[str, Cell] = {
        "id": milestone.key,
        "code": task.code,
        "printed": milestone.printed,
        "kind": said.kinds[milestone.kind],
        "due": day_of(plan, milestone),
        "start": milestone.start,
        "due_basis": milestone.due_basis,
    }
    locked = {"id", "questions"}
    parted = milestone.part is not None
    led = task.parts[milestone.part - 1] if milestone.part is not None else task
    if first or parted:
        cells |= {
            "lead": names(plan, led.lead, said),
            "coordinating": names(plan, led.coordinating, said),
        }
    if first:
        cells |= {"section": section(plan, task), "title": task.title, "product": task.product}
        cells |= {"leads": leads(plan, task, said), "monitor": names(plan, task.monitor, said)}
        cells["questions"] = "\n".join(f"«{each.place}»: {each.text}" for each in task.questions)
    else:
        locked |= {"code", "section", "title", "product", "lead", "leads", "coordinating", "monitor"}
    if task.parts:
        # Who owes which part is a matter of the document, and no cell says it whole.
        locked |= {"lead", "leads", "coordinating"}
    if duty:
        locked |= {"section"}
    return Written(cells, frozenset(locked), asked=first and bool(task.questions))
