"""An amendment without some of its steps: what an admin does not take over stays as it was."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from plan import unchanged
from plan.amendment import Amendment, Op, Step, amend, day_of, marked
from plan.model import Kind, Milestone, Plan, Task

Change = Callable[[Task], Task | None]


@dataclass(frozen=True)
class Left:
    """Steps that are not taken over: all of one kind (`code` is ""), or those of one task."""

    op: str = ""
    code: str = ""

    def holds(self, step: Step) -> bool:
        """Whether a step is one of them."""
        return self.op in ("", step.op) and self.code in ("", step.code)


def carried(old: Plan, new: Plan, unsaid: str = "") -> Plan:
    """A whole plan anew with what it prints in the words of before: a later signing or a new reading undoes none of it.

    «Quý I» that was owed is not without a date because the amendment was signed in June. What the new version gives a
    day of its own keeps it. `unsaid` stands where its document prints no product.
    """
    new = unchanged.with_duties(old, new)
    pairs = amend(old, new).pairs

    def timed(task: Task) -> Task:
        if task.code not in pairs:
            return task
        before = old.task(pairs[task.code])
        words = unchanged.of_task(before, task, unsaid)
        if (parted := unchanged.milestones(before, task)) is not None and _is_open(task):
            kept = tuple(_as_before(old, each.model_copy(update={"kind": Kind.UNDATED}), each) for each in parted)
        else:
            former = before.milestones
            kept = tuple(_as_before(old, each, _same(old, new, each, former)) for each in task.milestones)
        return task.model_copy(update={**words, "milestones": kept})

    return _with(new, timed)


def _is_open(task: Task) -> bool:
    """Whether nobody gave the times of a task a day anew."""
    return all(each.kind is not Kind.DATED for each in task.milestones)


def _as_before(old: Plan, milestone: Milestone, former: Milestone | None) -> Milestone:
    if former is None or (milestone.kind is Kind.DATED and _said(milestone) == _said(former)):
        return milestone
    if milestone.kind is Kind.DATED:
        # The same day in more or in fewer of the same words.
        return milestone.model_copy(update={"printed": former.printed})
    if milestone.kind is not Kind.UNDATED and milestone.kind is not former.kind:
        return milestone
    fields = ("kind", "printed", "rule", "every", "start", "confirmed", "schedule")
    return milestone.model_copy(update={**{key: getattr(former, key) for key in fields}, "due": day_of(old, former)})


def _same(old: Plan, new: Plan, milestone: Milestone, former: Sequence[Milestone]) -> Milestone | None:
    """The deadline of before in the same words; else the one of the same day whose words are a part of the other's."""
    exact = next((each for each in former if _said(each) == _said(milestone)), None)
    if exact is not None or milestone.kind not in (Kind.DATED, Kind.UNDATED):
        return exact
    day = day_of(new, milestone)
    within = [each for each in former if each.kind is Kind.DATED and _said(each) in _said(milestone)]
    return next((each for each in within if milestone.kind is Kind.UNDATED or day_of(old, each) == day), None)


def _said(milestone: Milestone) -> str:
    return " ".join(milestone.printed.casefold().split())


def without(old: Plan, found: Amendment, left: Collection[Left]) -> Plan:
    """The new plan (with the identities of its work) as it is without those steps.

    It may contradict itself: work that keeps its letter while other work moves up to it bears the same code.
    """
    plan = marked(found.plan)
    before = marked(old)
    for step in found.steps:
        if any(each.holds(step) for each in left):
            plan = _undone(before, plan, step)
    return plan


def _undone(before: Plan, plan: Plan, step: Step) -> Plan:
    if step.op is Op.ADD:
        return _with(plan, lambda task: None if task.code == step.code and not _former(before, task) else task)
    if step.op is Op.WITHDRAW:
        return _brought_back(before, plan, before.task(step.code))
    if step.op is Op.SUCCEED:
        kept = {agency.id: agency for agency in before.agencies}
        agencies = tuple(kept[each.id] if each.id == step.code else each for each in plan.agencies)
        return plan.model_copy(update={"agencies": agencies})
    former = before.task(step.was)
    key = former.milestones[0].uid

    def back(task: Task) -> Task:
        # Of a renumbered task the code is no longer the step's own.
        same = _former(before, task)
        return _reverted(task, former, step.op) if same is not None and same.milestones[0].uid == key else task

    return _with(plan, back)


def _reverted(task: Task, former: Task, op: Op) -> Task:
    if op is Op.RENUMBER:
        milestones = tuple(
            each.model_copy(update={"id": f"{former.code}.{each.id.rpartition('.')[2]}"}) for each in task.milestones
        )
        asked = tuple(each.model_copy(update={"about": former.code}) for each in task.questions)
        return task.model_copy(update={"code": former.code, "milestones": milestones, "questions": asked})
    if op is Op.REWORD:
        words = {"title": former.title, "product": former.product, "coordinating": former.coordinating}
        words |= {"monitor": former.monitor, "monitor_printed": former.monitor_printed}
        return task.model_copy(update={**words, "coordinating_printed": former.coordinating_printed})
    if op is Op.LEAD:
        return task.model_copy(
            update={
                "lead": former.lead,
                "lead_printed": former.lead_printed,
                "parts": former.parts,
                "leads": former.leads,
            }
        )
    milestones = tuple(
        each.model_copy(update={"id": f"{task.code}.{each.id.rpartition('.')[2]}"}) for each in former.milestones
    )
    return task.model_copy(update={"milestones": milestones, "timing": former.timing})


def _brought_back(before: Plan, plan: Plan, task: Task) -> Plan:
    """Withdrawn work where it stood: behind the work that stood before it."""
    is_duty = task in before.duties
    order = [each.milestones[0].uid for each in (before.duties if is_duty else before.tasks)]
    tasks = list(plan.duties if is_duty else plan.tasks)
    above = set(order[: order.index(task.milestones[0].uid)])
    at = max((place for place, each in enumerate(tasks, 1) if each.milestones[0].uid in above), default=0)
    tasks.insert(at, task)
    return plan.model_copy(update={"duties" if is_duty else "tasks": tuple(tasks)})


def _former(before: Plan, task: Task) -> Task | None:
    keys = {each.uid for each in task.milestones}
    return next((each for each in before.all_tasks if keys & {one.uid for one in each.milestones}), None)


def _with(plan: Plan, change: Change) -> Plan:
    return plan.model_copy(
        update={
            "tasks": tuple(each for task in plan.tasks if (each := change(task)) is not None),
            "duties": tuple(each for task in plan.duties if (each := change(task)) is not None),
        }
    )
