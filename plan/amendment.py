"""What an amended plan changes: which of its work is work of before under another code or other words, and what is new.

Work has an identity of its own (`Milestone.uid`, kept beside what people answered), so that an answer stays with the
work it was given for when the letters of a section move up. What is the same is never guessed in silence: equal words
are the same work whatever the code; like words, or the same code with other words, are proposed and asked about.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plan import alike, due
from plan.alike import Told, comparable, words_of
from plan.errors import WordsUnreadable
from plan.model import Kind, Milestone, Plan, Task, milestone_number


class Op(StrEnum):
    """What a step of an amendment does."""

    ADD = "add"
    WITHDRAW = "withdraw"
    RENUMBER = "renumber"
    REWORD = "reword"
    DEADLINE = "deadline"
    LEAD = "lead"
    SUCCEED = "succeed"  # an agency bears another name, or others come after it: `code` is its id


@dataclass(frozen=True)
class Step:
    """One difference: `code` as the new plan prints it, of withdrawn work as the old one did; `was` the old code.

    `before` and `after` are words of the plans: titles, times, leads. `asked` says that it was proposed, not read.
    """

    op: Op
    code: str
    was: str = ""
    before: str = ""
    after: str = ""
    asked: bool = False


@dataclass(frozen=True)
class Amendment:
    """The steps from one plan to the next, and the next one with the identities of the work that goes on."""

    steps: tuple[Step, ...]
    plan: Plan
    # By the code of the new plan, the code of the same work in the old one.
    pairs: Mapping[str, str] = field(default_factory=dict)

    @property
    def moved(self) -> dict[str, str]:
        """The codes of work that goes on under another one, by the old code."""
        return {old: new for new, old in self.pairs.items() if old != new}


def marked(plan: Plan) -> Plan:
    """A plan that serves, every milestone with the identity of its work: what is made of it goes on by that."""
    return plan.model_copy(
        update={"tasks": tuple(map(_marked, plan.tasks)), "duties": tuple(map(_marked, plan.duties))}
    )


def unmarked(plan: Plan) -> Plan:
    """A plan as its document prints it, without the identities of its work."""
    return plan.model_copy(
        update={"tasks": tuple(map(_unmarked, plan.tasks)), "duties": tuple(map(_unmarked, plan.duties))}
    )


def amend(old: Plan, new: Plan, used: Collection[str] = (), told: Told | None = None) -> Amendment:
    """The way from an adopted plan to a new version of it.

    `used` are the identities of all work that was ever owed under the plan: none of them is given to other work. A new
    version that was made of the old one (`marked`) bears the identities itself, and what bears none in it is new.
    """
    pairs, proposed = alike.pairs(old, new, told or Told())
    names = _Names(old, used)
    tasks = {task.code: _identified(task, _old(old, pairs, task), names) for task in new.all_tasks}
    served = new.model_copy(
        update={
            "tasks": tuple(tasks[task.code] for task in new.tasks),
            "duties": tuple(tasks[task.code] for task in new.duties),
        }
    )
    return Amendment(tuple(_steps(old, served, pairs, proposed)), served, pairs)


class _Names:
    """Gives work its identity: what the document prints, unless other work bears or bore it."""

    def __init__(self, old: Plan, used: Collection[str]) -> None:
        self.used = {*used, *(each.key for task in old.all_tasks for each in task.milestones)}
        self.taken: set[str] = set()

    def of_task(self, code: str) -> str:
        """A name for new work of a code: 2b, or 2b~2 where that was other work."""
        begun = {each.rpartition(".")[0] for each in (*self.used, *self.taken)}
        number = 1
        while (name := code if number == 1 else f"{code}~{number}") in begun:
            number += 1
        return name

    def of_milestone(self, task: str, number: int) -> str:
        """An identity for a new milestone of a task of that name: its own number where that is free."""
        while (name := f"{task}.{number}") in self.used | self.taken:
            number += 1
        return name

    def take(self, name: str) -> str:
        """Nobody else gets it."""
        self.taken.add(name)
        return name


def _identified(task: Task, before: Task | None, names: _Names) -> Task:
    """A task whose milestones bear the identities of the work that goes on; the others get new ones."""
    known = _milestones(before, task) if before is not None else {}
    name = before.milestones[0].key.rpartition(".")[0] if before is not None else names.of_task(task.code)
    for key in known.values():
        names.take(key)
    found = []
    for each in task.milestones:
        key = known.get(each.id) or names.take(names.of_milestone(name, milestone_number(each.id)))
        found.append(each.model_copy(update={"uid": "" if key == each.id else key}))
    return task.model_copy(update={"milestones": tuple(found)})


def _milestones(before: Task, after: Task) -> dict[str, str]:
    """The identity of each milestone that goes on, by its new id: what it bears itself; else that of the same words, of
    the next one of its kind, or the only one that is left, as where work without an end gets a date."""
    known = {each.key for each in before.milestones}
    if bears := {each.id: each.uid for each in after.milestones if each.uid in known}:
        return bears
    left = list(before.milestones)
    found: dict[str, str] = {}
    for same in (_same_time, _same_kind):
        for mine in after.milestones:
            theirs = next((each for each in left if mine.id not in found and same(mine, each)), None)
            if theirs is not None:
                left.remove(theirs)
                found[mine.id] = theirs.key
    new = [mine.id for mine in after.milestones if mine.id not in found]
    if len(new) == len(left) == 1:
        found[new[0]] = left[0].key
    return found


def _same_time(mine: Milestone, theirs: Milestone) -> bool:
    return _same_kind(mine, theirs) and comparable(mine.printed) == comparable(theirs.printed)


def _same_kind(mine: Milestone, theirs: Milestone) -> bool:
    return (mine.kind, mine.every, mine.part) == (theirs.kind, theirs.every, theirs.part)


def _steps(old: Plan, new: Plan, pairs: Mapping[str, str], proposed: Collection[str]) -> Iterator[Step]:
    for task in new.all_tasks:
        before = _old(old, pairs, task)
        if before is None:
            yield Step(Op.ADD, task.code, after=task.heading)
        else:
            yield from _changes(old, new, before, task, asked=task.code in proposed)
    yield from _succeeded(old, new)
    gone = set(pairs.values())
    for task in old.all_tasks:
        if task.code not in gone:
            yield Step(Op.WITHDRAW, task.code, task.code, before=task.heading)


def _changes(old: Plan, new: Plan, before: Task, after: Task, *, asked: bool) -> Iterator[Step]:
    code, was = after.code, before.code
    if code != was:
        yield Step(Op.RENUMBER, code, was, before.heading, after.heading, asked)
    if words_of(before) != words_of(after):
        yield Step(Op.REWORD, code, was, before.heading, after.heading, asked)
    if comparable(before.product) != comparable(after.product):
        yield Step(Op.REWORD, code, was, before.product, after.product)
    helped, helps = old.expand(before.coordinating), new.expand(after.coordinating)
    if helped != helps:
        yield Step(Op.REWORD, code, was, _names(old, helped, ", "), _names(new, helps, ", "))
    watched, watches = old.expand(before.monitor), new.expand(after.monitor)
    if watched != watches:
        yield Step(Op.REWORD, code, was, _names(old, watched, ", "), _names(new, watches, ", "))
    yield from _moved(old, new, before, after)
    if (old.expand(before.lead), before.leads) != (new.expand(after.lead), after.leads):
        yield Step(Op.LEAD, code, was, _leads(old, before), _leads(new, after))


def _leads(plan: Plan, task: Task) -> str:
    """Who leads; those that owe one result together have a «+» between them."""
    return _names(plan, plan.expand(task.lead), " + " if task.leads == "together" else ", ")


def _names(plan: Plan, ids: Sequence[str], between: str) -> str:
    return between.join(map(plan.name_of, ids))


def _succeeded(old: Plan, new: Plan) -> Iterator[Step]:
    """Agencies of both that are called otherwise now, that others come after, or that end with nobody after them."""
    known = {agency.id: agency for agency in old.agencies}
    for agency in new.agencies:
        former = known.get(agency.id)
        if former is None:
            continue
        if former.name != agency.name:
            yield Step(Op.SUCCEED, agency.id, agency.id, former.name, agency.name)
        if agency.until is not None and (former.until, former.successors) != (agency.until, agency.successors):
            yield Step(Op.SUCCEED, agency.id, agency.id, agency.name, _names(new, agency.successors, ", "))


def _moved(old: Plan, new: Plan, before: Task, after: Task) -> Iterator[Step]:
    """Milestones whose time is another, that are new, or that are no more."""
    had = {each.key: each for each in before.milestones}
    for each in after.milestones:
        former = had.pop(each.key, None)
        if former is None:
            yield Step(Op.DEADLINE, after.code, before.code, "", each.printed)
        elif _time(old, former) != _time(new, each):
            yield Step(Op.DEADLINE, after.code, before.code, former.printed, each.printed)
    for former in had.values():
        yield Step(Op.DEADLINE, after.code, before.code, former.printed, "")


def _time(plan: Plan, milestone: Milestone) -> tuple[object, ...]:
    """What says when it is owed; a day that stands in the words alone is the same day written out."""
    said = comparable(milestone.printed), milestone.kind, milestone.every
    return (*said, day_of(plan, milestone), milestone.start, milestone.rule, milestone.due_override)


def day_of(plan: Plan, milestone: Milestone) -> date | None:
    """The nominal day of a dated milestone (local), from its words where nothing else gives it."""
    if milestone.kind is not Kind.DATED or milestone.due is not None:
        return milestone.due
    try:
        return due.read(milestone.printed, plan.decision.date, plan.year).due
    except WordsUnreadable:
        return None


def _old(old: Plan, pairs: Mapping[str, str], task: Task) -> Task | None:
    return old.task(pairs[task.code]) if task.code in pairs else None


def _marked(task: Task) -> Task:
    return task.model_copy(
        update={"milestones": tuple(each.model_copy(update={"uid": each.key}) for each in task.milestones)}
    )


def _unmarked(task: Task) -> Task:
    return task.model_copy(
        update={"milestones": tuple(each.model_copy(update={"uid": ""}) for each in task.milestones)}
    )
