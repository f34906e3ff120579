"""What a whole plan anew says in the very words of before: who is meant by them, and of which product, stays as it was.

A person settled once whom «các cơ quan, đơn vị theo chức năng» means, gave duties their codes and parted them; a new
version that prints the same words changes none of it.
"""

from collections.abc import Iterator
from typing import Any

from plan.alike import comparable
from plan.model import Milestone, Plan, Task

# Duties of before that hold so much of a new one's words are that duty; what is less stays in sight as other words.
WHOLE = 0.8


def of_task(former: Task, task: Task, unsaid: str) -> dict[str, Any]:
    """The fields of a task that the same printed words mean; `unsaid` stands where a document prints no product."""
    found: dict[str, Any] = {}
    if _same(former.lead_printed, task.lead_printed):
        found |= {"lead": former.lead, "leads": former.leads, "parts": former.parts}
    if _same(former.coordinating_printed, task.coordinating_printed):
        found |= {"coordinating": former.coordinating}
    if _same(former.monitor_printed, task.monitor_printed):
        found |= {"monitor": former.monitor}
    if task.product == unsaid:
        found |= {"product": former.product}
    return found


def with_duties(old: Plan, new: Plan) -> Plan:
    """The new version with the duties of before in the place of those that say the same, under codes of our own."""
    found: dict[str, Task] = {}
    for duty in new.duties:
        for each in _as_before(old, duty):
            found.setdefault(each.code, each)
    return new.model_copy(update={"duties": tuple(found.values())})


def _as_before(old: Plan, duty: Task) -> Iterator[Task]:
    words = comparable(duty.title)
    within = [each for each in old.duties if each.code_assigned and comparable(each.title) in words]
    covered = sum(len(comparable(each.title)) for each in within)
    if not within or not duty.code_assigned:
        yield duty
    elif covered >= WHOLE * len(words):
        yield from within
    elif len(within) == 1:
        yield within[0].model_copy(update={"title": duty.title})
    else:
        yield duty


def milestones(former: Task, task: Task) -> tuple[Milestone, ...] | None:
    """The milestones of before under the new code, where the same words of time were parted by a person."""
    if not _same(former.timing, task.timing) or len(former.milestones) <= len(task.milestones):
        return None
    return tuple(
        each.model_copy(update={"id": f"{task.code}.{each.id.rpartition('.')[2]}"}) for each in former.milestones
    )


def _same(before: str, after: str) -> bool:
    return comparable(before) == comparable(after)
