"""What of a plan was read wrongly and put right: kept with who, when and why, and true of every version of the plan."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from plan.model import Milestone, Plan, Task
from store.plan_tables import PlanCorrection

# The fields of a task, and not of one of its milestones, that may have been read wrongly.
OF_TASK = frozenset({"title", "lead"})


def of_plan(session: Session, plan_id: str) -> Sequence[PlanCorrection]:
    """The corrections of a plan, in the order in which they were made."""
    query = select(PlanCorrection).where(PlanCorrection.plan_id == plan_id)
    return session.exec(query.order_by(col(PlanCorrection.id))).all()


def of_work(session: Session, plan_id: str, work: str) -> Sequence[PlanCorrection]:
    """The corrections of one milestone by the identity of its work."""
    return [each for each in of_plan(session, plan_id) if each.work == work]


def put_right(plan: Plan, corrections: Sequence[PlanCorrection]) -> Plan:
    """A version of a plan, whichever, as it should have been read: where it says what was read wrongly."""
    for each in corrections:
        plan = plan.model_copy(
            update={"tasks": _tasks(plan.tasks, each), "duties": _tasks(plan.duties, each)},
        )
    return plan


def fields(milestone: Milestone, names: Sequence[str]) -> dict[str, Any]:
    """Fields of a milestone as a plan file holds them."""
    return {name: value for name, value in milestone.model_dump(mode="json").items() if name in names}


def fields_of_task(task: Task, names: Sequence[str]) -> dict[str, Any]:
    """Fields of a task as a plan file holds them."""
    return {name: value for name, value in task.model_dump(mode="json").items() if name in names}


def _tasks(tasks: tuple[Task, ...], correction: PlanCorrection) -> tuple[Task, ...]:
    return tuple(
        _task(task, correction) if any(each.key == correction.work for each in task.milestones) else task
        for task in tasks
    )


def _task(task: Task, correction: PlanCorrection) -> Task:
    """A task whose words or leads were read wrongly, or one of whose milestones was."""
    if OF_TASK.isdisjoint(correction.was):
        return task.model_copy(update={"milestones": tuple(_milestone(each, correction) for each in task.milestones)})
    if fields_of_task(task, list(correction.was)) != correction.was:
        return task
    return Task.model_validate(task.model_dump() | correction.becomes)


def _milestone(milestone: Milestone, correction: PlanCorrection) -> Milestone:
    wrong = fields(milestone, list(correction.was)) == correction.was
    if milestone.key != correction.work or not wrong:
        return milestone
    return Milestone.model_validate(milestone.model_dump() | correction.becomes)
