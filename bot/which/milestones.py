"""Which milestone of a task is meant, where the one that was named is none, or was set aside."""

from collections.abc import Sequence

from bot.turn import Turn
from bot.which.askable import ABOUT_ANSWERS
from plan.model import milestone_number
from plan.status import ANSWERED, OPEN_OR_ANSWERED, State
from progress.choose import in_order
from progress.items import code_of, item_of, period
from store.tables import Obligation


def set_aside(turn: Turn, row: Obligation) -> str:
    """That what a code names first was set aside, in words that tell it from what is still open."""
    item = item_of(turn.office, row)
    return turn.text(
        "ask.set_aside",
        code=row.task,
        agency=turn.office.agency_name(row.agency_id),
        title=item.milestone.printed if item else "",
        period=period(turn.office, row.occurrence) if row.occurrence else "",
        state=turn.text(f"state.{row.state}"),
    )


def may_be_of_others(turn: Turn, code: str, number: int | None, own: Sequence[Obligation]) -> bool:
    """Whether other agencies may owe what was named, of which these owe only `own`: what no plan has, nobody does."""
    return not own or number in _printed(turn, code, own)


def missing(turn: Turn, code: str, others: Sequence[Obligation]) -> str:
    """That a task has no such milestone, or its agency none, with those that there are."""
    numbers = {milestone_number(row.milestone): code_of(turn.office, row) for row in others}
    names = [name for _, name in sorted(numbers.items())]
    agencies = dict.fromkeys(turn.office.agency_name(row.agency_id) for row in others)
    is_all = _printed(turn, code, others) <= numbers.keys()
    return turn.text("ask.no_milestone", code=code, names=names, agency="" if is_all else ", ".join(agencies))


def askable_of(turn: Turn, verb: str, others: Sequence[Obligation]) -> list[Obligation]:
    """Which of a task's milestones what is said may be about instead: the open ones, or those that were answered."""
    states = ANSWERED if verb in ABOUT_ANSWERS else OPEN_OR_ANSWERED if verb == "cause" else (State.OPEN,)
    found = [row for row in others if row.state in states] or [row for row in others if row.state in ANSWERED]
    return in_order(turn.office, found, turn.now)


def _printed(turn: Turn, code: str, others: Sequence[Obligation]) -> set[int]:
    plans = {row.plan_id for row in others}
    tasks = [task for id, plan in turn.office.plans.items() if id in plans for task in plan.all_tasks]
    return {milestone_number(each.id) for task in tasks if task.code == code for each in task.milestones}
