"""What a whole plan anew need not ask: a version of before printed the same words, and somebody said what they mean."""

from collections.abc import Mapping
from dataclasses import replace

from intake import bodies
from intake.draft import Doubt, Draft, TaskDraft
from intake.letters import plain
from intake.settled.values import Directory
from plan.alike import comparable
from plan.model import Plan, Task

OF_LEAD = frozenset({"leads", "name", "one_name"})
OF_TIME = frozenset({"time", "past"})


def former(plans: Mapping[str, Plan], draft: Draft) -> Plan | None:
    """The plan of which a draft is another version: of the number that it says it amends, or of half its work."""
    numbers = draft.revision.numbers if draft.revision is not None else ()
    titles = {plain(each.title) for each in draft.tasks}
    for plan in plans.values():
        same = sum(plain(task.title) in titles for task in plan.tasks)
        if plan.decision.number in numbers or (plan.year == draft.head.year and 2 * same >= len(plan.tasks)):
            return plan
    return None


def with_groups(plan: Plan, draft: Draft, known: Directory) -> Directory:
    """Whom the office knows, each group also by the words that led the same work alone before."""
    before = {(comparable(task.title), comparable(task.lead_printed)): task for task in plan.all_tasks}
    groups = {each.id: each for each in known.groups}
    for task in draft.tasks:
        same = before.get((comparable(task.title), comparable(task.lead_printed)))
        if same is None or len(task.lead) != 1 or len(same.lead) != 1 or same.lead[0] not in groups:
            continue
        group = groups[same.lead[0]]
        if bodies.is_group(task.lead[0]) and task.lead[0] not in (group.name, *group.aliases):
            groups[group.id] = group.model_copy(update={"aliases": (*group.aliases, task.lead[0])})
    return replace(known, groups=tuple(groups.values()))


def without_known(plan: Plan, draft: Draft) -> Draft:
    """The draft without what is doubted of work that says it in the words of before."""
    before = {comparable(task.title): task for task in plan.all_tasks}
    pairs = [(each, before[comparable(each.title)]) for each in draft.tasks if comparable(each.title) in before]
    led = {mine.code for mine, theirs in pairs if _is_said(mine.lead_printed, theirs.lead_printed)}
    timed = {mine.code for mine, theirs in pairs if _is_said(mine.timing, theirs.timing)}
    numbered = {mine.code for mine, theirs in pairs if _is_numbered(mine, theirs)}
    known = {**dict.fromkeys(OF_LEAD, led), **dict.fromkeys(OF_TIME, timed), "unnumbered": numbered}
    left = (_left(each, known.get(each.kind, set())) for each in draft.doubts)
    return replace(draft, doubts=tuple(each for each in left if each is not None))


def _is_said(mine: str, theirs: str) -> bool:
    return bool(mine) and comparable(mine) == comparable(theirs)


def _is_numbered(mine: TaskDraft, theirs: Task) -> bool:
    return theirs.code_assigned and mine.code == theirs.code


def _left(doubt: Doubt, known: set[str]) -> Doubt | None:
    """The doubt about the work of which it is not known; None where that is none."""
    about = [each for each in (doubt.about, *doubt.alike) if each not in known]
    return replace(doubt, about=about[0], alike=tuple(about[1:])) if about else None
