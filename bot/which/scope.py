"""What an admin's command is about: a task of one plan, perhaps one milestone of it, and the agencies it names."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot import reference
from bot.questions.wishes import Covered, WhichPlan
from bot.reference import Reference, labelled, near_codes
from bot.turn import Turn
from plan.model import Plan, Task, milestone_number
from plan.status import State
from store import obligations
from store.tables import Obligation
from words.message import Button
from words.office import Office

NEAR = 12


@dataclass(frozen=True)
class Scope:
    """`number` is the milestone's, None for the whole task; `agencies` none means all; `rest` is what follows."""

    plan: Plan
    task: Task
    number: int | None
    agencies: tuple[str, ...]
    rest: str

    @property
    def covered(self) -> Covered:
        """The same as it is kept while a question is open."""
        return Covered(plan=self.plan.id, task=self.task.code, number=self.number, agencies=self.agencies)

    @property
    def code(self) -> str:
        """The code as the admin meant it: 2b, or 2b.2 where a milestone was named."""
        return labelled(self.task.code, self.number)


def find_or_ask(turn: Turn, verb: str, rest: str, usage: str) -> Scope | None:
    """What a command is about; None when a question had to be put. `usage` says what the command wants."""
    meant = _before_the_press(turn, verb, reference.read(turn.office, rest, several=True))
    if meant.code is None:
        near = near_codes(turn.office, meant.wanted, NEAR)
        turn.answer(turn.text("ending.unknown", wanted=meant.wanted, tasks=near) if meant.wanted else turn.text(usage))
        return None
    plan = plan_or_ask(turn, verb, meant)
    return Scope(plan, plan.task(meant.code), meant.milestone, meant.agencies, meant.rest) if plan else None


def _before_the_press(turn: Turn, verb: str, meant: Reference) -> Reference:
    """What was said before the plan was asked for, with the plan that was pressed."""
    asked = turn.question(WhichPlan)
    if asked is None or asked.verb != verb or meant.plan is None or meant.code is not None or meant.wanted:
        return meant
    turn.settle_question()
    before = asked.meant or reference.read(turn.office, asked.rest, several=True)
    return replace(before, plan=meant.plan)


def again(turn: Turn, covered: Covered) -> Scope | None:
    """What was kept while a question was open; None where its plan or its task is no more."""
    plan = turn.office.plans.get(covered.plan)
    if plan is None or all(task.code != covered.task for task in plan.all_tasks):
        return None
    return Scope(plan, plan.task(covered.task), covered.number, covered.agencies, "")


def plans_with(office: Office, code: str) -> list[Plan]:
    """The plans that have a task of this code."""
    return [plan for plan in office.plans.values() if any(task.code == code for task in plan.all_tasks)]


def plan_or_ask(turn: Turn, verb: str, meant: Reference) -> Plan | None:
    """The one plan a code is of; where several have it the plan that was named, or None after asking with buttons."""
    found = plans_with(turn.office, meant.code or "")
    if len(found) == 1:
        return found[0]
    named = [plan for plan in found if plan.id == meant.plan]
    if named:
        return named[0]
    text = reference.split_plan(turn.office, meant.text)[1]
    commands = {plan.id: f"/{verb} {text} @{plan.id}" for plan in found}
    if any(len(each.encode()) > turn.limits.button_bytes for each in commands.values()):
        # Too long for a button: it is kept, the button names the plan only.
        turn.ask(WhichPlan(verb=verb, meant=meant))
        commands = {plan.id: f"/{verb} @{plan.id}" for plan in found}
    buttons = [[Button(plan.label, commands[plan.id])] for plan in found]
    turn.answer(turn.text("ending.which_plan", code=meant.code), buttons=buttons)
    return None


def rows(turn: Turn, scope: Scope, states: Iterable[State]) -> list[Obligation]:
    """The obligations a scope covers, in the given states, in the order of the plan."""
    return [
        row
        for row in obligations.all_of(turn.session, states=states)
        if row.plan_id == scope.plan.id
        and row.task == scope.task.code
        and (not scope.agencies or row.agency_id in scope.agencies)
        and (scope.number is None or milestone_number(row.milestone) == scope.number)
    ]


def ids(found: Iterable[Obligation]) -> tuple[int, ...]:
    """The rows of obligations, as a decision keeps them."""
    return tuple(row.id for row in found if row.id is not None)
