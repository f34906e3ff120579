"""Reads what of a plan's work was misread and what is right: its words, who leads it, when it recurs."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from intake.letters import one_line, tidy
from plan import due, loader
from plan.amendment import unmarked
from plan.model import Kind, Milestone, Plan, Task
from store import putting_right

Field = Literal["title", "lead", "rhythm"]
OF_TIME = ("kind", "due", "rule", "every", "due_override", "due_basis", "confirmed")


@dataclass(frozen=True)
class Misread:
    """A field of work as it was read and as it is right: both as a plan file holds them, and in words for a person."""

    field: Field
    work: str
    was: dict[str, Any]
    becomes: dict[str, Any]
    before: str
    after: str


def read(plan: Plan, task: Task, milestone: Milestone, field: Field, words: str) -> Misread | None:
    """What is right by written words; None where they say nothing that it could be, or what it is already.

    The leads of a task in parts are those of its parts, and are amended, not put right. Raises PlanError where the plan
    would contradict itself.
    """
    said = one_line(tidy(words))
    match field:
        case "title":
            found = _title(task, milestone, said)
        case "lead":
            found = _lead(plan, task, milestone, said)
        case _:
            found = _rhythm(plan, milestone, said)
    if found is None or found.was == found.becomes:
        return None
    loader.loads(unmarked(right(plan, task, found)).model_dump_json().encode())
    return found


def right(plan: Plan, task: Task, found: Misread) -> Plan:
    """The plan as it is right."""
    if found.field == "rhythm":
        among = tuple(
            Milestone.model_validate(each.model_dump() | found.becomes) if each.key == found.work else each
            for each in task.milestones
        )
        changed = task.model_copy(update={"milestones": among})
    else:
        changed = Task.model_validate(task.model_dump() | found.becomes)
    return plan.model_copy(
        update={
            "tasks": tuple(changed if each.code == task.code else each for each in plan.tasks),
            "duties": tuple(changed if each.code == task.code else each for each in plan.duties),
        }
    )


def _title(task: Task, milestone: Milestone, said: str) -> Misread | None:
    if not said:
        return None
    return Misread("title", milestone.key, {"title": task.title}, {"title": said}, task.title, said)


def _lead(plan: Plan, task: Task, milestone: Milestone, said: str) -> Misread | None:
    lead = named(plan, said)
    if not lead or task.parts:
        return None
    becomes = {
        "lead": list(lead),
        "leads": task.leads if len(lead) > 1 else "each",
        "coordinating": [each for each in task.coordinating if each not in lead],
        "monitor": [each for each in task.monitor if each not in lead],
    }
    was = putting_right.fields_of_task(task, list(becomes))
    return Misread("lead", milestone.key, was, becomes, _names(plan, task.lead), _names(plan, lead))


def _rhythm(plan: Plan, milestone: Milestone, said: str) -> Misread | None:
    read_as = due.read_times(said, plan.decision.date, plan.year)
    if read_as.doubt is not None or [each.kind for each in read_as.times] != [Kind.PERIODIC]:
        return None
    time = read_as.times[0]
    fields = dict.fromkeys(OF_TIME) | {"kind": Kind.PERIODIC, "rule": time.rule, "every": time.every, "confirmed": True}
    right = Milestone.model_validate(milestone.model_dump() | fields)
    was, becomes = (putting_right.fields(each, OF_TIME) for each in (milestone, right))
    return Misread("rhythm", milestone.key, was, becomes, milestone.printed, said)


def named(plan: Plan, said: str) -> tuple[str, ...]:
    """The ids of the agencies and groups of a plan that words name; none where one is unknown.

    Each is named whole and with its accents, without which Sơn Mùa and Sơn Màu differ by a letter.
    """
    ids = {_same(name): each.id for each in plan.groups for name in (each.name, *each.aliases, each.id)}
    ids |= {_same(name): each.id for each in plan.agencies for name in (each.name, each.short, *each.aliases, each.id)}
    for parts in ([said], said.split(";"), re.split(r"[;,]", said)):
        found = [ids.get(_same(part)) for part in parts if part.strip()]
        if found and all(found):
            return tuple(dict.fromkeys(each for each in found if each))
    return ()


def _same(name: str) -> str:
    return one_line(tidy(name)).casefold()


def _names(plan: Plan, ids: tuple[str, ...]) -> str:
    return "; ".join(plan.name_of(each) for each in ids)
