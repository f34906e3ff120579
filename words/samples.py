"""What sentences name as an example: a code and agencies of the office's own plan, so that it can be typed as shown."""

from collections.abc import Mapping

from plan.joint import is_joint
from plan.model import Kind, Plan, Task

# Before the first plan there is no code yet; this is what one looks like.
ANY_CODE, ANY_AGENCY, ANY_OTHER = "2b", "sondung", "tuphap"
ANY: Mapping[str, str] = {
    "a_code": ANY_CODE,
    "another_code": "2c",
    "an_agency": ANY_AGENCY,
    "another_agency": ANY_OTHER,
}


def of(plans: Mapping[str, Plan]) -> Mapping[str, str]:
    """`a_code` of the dated work that most agencies owe in the newest plan that has any, `another_code` of what
    follows it, `an_agency` (id) that owes it, `another_agency` of the plan; no compiler where there are others."""
    for plan in reversed(list(plans.values())):
        if plan.tasks:
            return _of(plan)
    return ANY


def _of(plan: Plan) -> Mapping[str, str]:
    owners = {task.code: _owners(plan, task) for task in plan.tasks}
    # The first of those that most agencies owe: what its reader owes too, more often than not.
    task = max(plan.tasks, key=lambda each: (_is_dated(each), len(owners[each.code])))
    # One of the last group, which is that of the communes where there are any: the sentence is of all who are alike.
    alike = [each for group in plan.groups[-1:] for each in group.members if each in owners[task.code]]
    agency = next(iter([*alike, *owners[task.code], *plan.owing()]), ANY_AGENCY)
    other = next((each for each in plan.owing() if each not in (agency, plan.compiler)), agency)
    following = plan.tasks[(plan.tasks.index(task) + 1) % len(plan.tasks)]
    return {"a_code": task.code, "another_code": following.code, "an_agency": agency, "another_agency": other}


def _is_dated(task: Task) -> bool:
    return any(each.kind is Kind.DATED for each in task.milestones)


def _owners(plan: Plan, task: Task) -> list[str]:
    found = [each for milestone in task.milestones for each in plan.owners(task, milestone)]
    return [each for each in dict.fromkeys(found) if not is_joint(each) and each != plan.compiler]
