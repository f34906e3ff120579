"""What an admin's command is about: a task of one plan, perhaps one milestone of it, and the agencies it names."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.turn import Turn
from plan.model import Plan, Task, milestone_number
from plan.status import State
from reports.figures.scope import find_agency
from store import obligations
from store.tables import Obligation
from words import codes
from words.codes import fold
from words.message import Button
from words.office import Office

# The plan is named where two of them have the code: 2b @cchc-2021.
PLAN = re.compile(r"(?:^|\s)@([a-z0-9][a-z0-9-]{0,31})(?!\S)")
WORD_ENDS = re.compile(r"(?=[\s,;:]|$)")
# No name of an agency has more words.
MOST_WORDS = 14
NEAR = 12
# Of the 64 that a button holds, some are the delivery's.
MOST_BYTES = 44


@dataclass(frozen=True)
class Scope:
    """`number` is the milestone's, None for the whole task; `agencies` none means all; `rest` is what
    follows, `said` the whole with the plan's name."""

    plan: Plan
    task: Task
    number: int | None
    agencies: tuple[str, ...]
    rest: str
    said: str

    @property
    def code(self) -> str:
        """The code as the admin meant it: 2b, or 2b.2 where a milestone was named."""
        return self.task.code if self.number is None else f"{self.task.code}.{self.number}"


def read(turn: Turn, verb: str, rest: str, usage: str) -> Scope | None:
    """What a command is about; None when a question had to be put. `usage` says what the command wants."""
    asked = turn.question("plan")
    if asked is not None and asked.data["verb"] == verb and PLAN.fullmatch(rest):
        rest = f"{rest} {asked.data['rest']}"
        turn.settle_question()
    chosen, text = split_plan(rest)
    typed = codes.read(text, turn.office.codes())
    if typed.code is None:
        _unknown(turn, typed.wanted, usage)
        return None
    plan = which_plan(turn, verb, typed.code, chosen, text)
    if plan is None:
        return None
    agencies, after = leading_agencies(turn.office, typed.rest)
    return Scope(plan, plan.task(typed.code), typed.milestone, agencies, after, f"{text} @{plan.id}")


def split_plan(text: str) -> tuple[str | None, str]:
    """The plan that a text names and the text without it."""
    match = PLAN.search(text)
    return (match[1], f"{text[: match.start()]} {text[match.end() :]}".strip()) if match else (None, text)


def plans_with(office: Office, code: str) -> list[Plan]:
    """The plans that have a task of this code."""
    return [plan for plan in office.plans.values() if any(task.code == code for task in plan.all_tasks)]


def which_plan(turn: Turn, verb: str, code: str, chosen: str | None, rest: str) -> Plan | None:
    """The one plan a code is of; where several have it the plan that was named, or None after asking with buttons."""
    found = plans_with(turn.office, code)
    if len(found) == 1:
        return found[0]
    named = [plan for plan in found if plan.id == chosen]
    if named:
        return named[0]
    commands = {plan.id: f"/{verb} {rest} @{plan.id}" for plan in found}
    if any(len(each.encode()) > MOST_BYTES for each in commands.values()):
        # Too long for a button: it is kept, the button names the plan only.
        turn.ask("plan", {"verb": verb, "rest": rest})
        commands = {plan.id: f"/{verb} @{plan.id}" for plan in found}
    buttons = [[Button(plan.label, commands[plan.id])] for plan in found]
    turn.answer(turn.text("ending.which_plan", code=code), buttons=buttons)
    return None


def leading_agency(office: Office, text: str) -> tuple[str | None, str]:
    """The one agency that a text begins with, and the rest; None where it begins with none, or with a group."""
    hit = first_body(office, text)
    if hit is None or len(hit[0]) != 1:
        return None, text
    return hit[0][0], hit[1].lstrip(" ,:;-–")


def leading_agencies(office: Office, text: str) -> tuple[tuple[str, ...], str]:
    """The agencies and groups at the start of a text, with commas between them, and what follows."""
    found: list[str] = []
    while (hit := first_body(office, text)) is not None:
        found += [each for each in hit[0] if each not in found]
        text = hit[1]
        if not text.startswith(","):
            break
        text = text[1:].lstrip()
    return tuple(found), text.lstrip(" ,:;-–")


def first_body(office: Office, text: str) -> tuple[tuple[str, ...], str] | None:
    """The agency or the group's members that a text begins with, the longest name first, and what follows."""
    text = text.lstrip()
    ends = [match.start() for match in WORD_ENDS.finditer(text)][:MOST_WORDS]
    for end in reversed(ends):
        name = text[:end].strip()
        members = _body(office, name) if name else ()
        if members:
            return members, text[end:].lstrip()
    return None


def _body(office: Office, name: str) -> tuple[str, ...]:
    if (agency := find_agency(office, name)) is not None:
        return (agency,)
    for plan in office.plans.values():
        for group in plan.groups:
            if fold(name) in {fold(each) for each in (group.id, group.name, *group.aliases)}:
                return plan.expand(group.members)
    return ()


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


def names(turn: Turn, found: Iterable[Obligation]) -> list[str]:
    """The short names of the agencies of obligations, each once, in the order of the plan."""
    return short_names(turn.office, {row.agency_id for row in found})


def short_names(office: Office, agencies: Iterable[str]) -> list[str]:
    """Short names in the order of the plan."""
    return [office.agency_short(agency) for agency in office.in_order(agencies)]


def of_ids(turn: Turn, ids: Sequence[int], keep: Callable[[Obligation], bool]) -> list[Obligation]:
    """The obligations that were proposed, those of them that still stand as they did."""
    found = [obligations.get(turn.session, each) for each in ids]
    return [row for row in found if row is not None and keep(row)]


def _unknown(turn: Turn, wanted: str, usage: str) -> None:
    near: list[str] = []
    if wanted:
        known = sorted(turn.office.codes(), key=codes.sort_key)
        near = list(codes.nearest(codes.normalise(wanted).lower(), known, NEAR))
    turn.answer(turn.text("ending.unknown", wanted=wanted, tasks=near) if wanted else turn.text(usage))
