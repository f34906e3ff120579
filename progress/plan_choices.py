"""What an admin says of a plan's change before it is adopted: what is the same work, and what stays as it is."""

from collections.abc import Collection

from sqlmodel import Session

from plan.alike import Told
from plan.amendment_parts import Left
from store import plan_drafts
from store.plan_tables import PlanDraft
from words.codes import fold


def say_other(session: Session, draft: PlanDraft, code: str) -> bool:
    """Work of the new version is other work than any before; False where it has no such code."""
    new, said = _codes(session, draft)[0].get(fold(code)), plan_drafts.told_of(draft)
    if new is None:
        return False
    same = {each: was for each, was in said.same.items() if each != new}
    plan_drafts.tell(session, draft, Told(said.other | {new}, same))
    return True


def say_same(session: Session, draft: PlanDraft, code: str, was: str) -> bool:
    """Work of the new version is the work that bears the code `was` in what serves; False where one is not there."""
    mine, theirs = _codes(session, draft)
    new, old, said = mine.get(fold(code)), theirs.get(fold(was)), plan_drafts.told_of(draft)
    if new is None or old is None:
        return False
    plan_drafts.tell(session, draft, Told(said.other - {new}, {**said.same, new: old}))
    return True


def leave(session: Session, draft: PlanDraft, more: Collection[Left]) -> None:
    """These steps stay as they are too; none takes all over again.

    Raises PlanError where the new version would contradict itself without them.
    """
    plan_drafts.leave(session, draft, [*plan_drafts.left_of(draft), *more] if more else [])


def _codes(session: Session, draft: PlanDraft) -> tuple[dict[str, str], dict[str, str]]:
    """The codes of the new version and of what serves, as they are typed."""
    before, after = plan_drafts.adopted(session, draft.plan_id), plan_drafts.amendment(session, draft).plan
    old = {fold(task.code): task.code for task in before.all_tasks} if before else {}
    return {fold(task.code): task.code for task in after.all_tasks}, old
