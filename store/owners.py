"""Whose open work is when an agency was renamed, merged or split, or owes from now on together with others."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from plan.due import is_happening
from plan.joint import members
from plan.model import Kind, Plan
from plan.status import SET_ASIDE, State

Key = tuple[str, str, str]
"""The identity of the work, occurrence, agency."""


class Due(NamedTuple):
    """What the plan says of one: its codes, kind and date (local)."""

    task: str
    milestone: str
    kind: Kind
    due: date | None


class Stands(Protocol):
    """What is kept of an obligation."""

    @property
    def state(self) -> State: ...
    @property
    def planned(self) -> date | None: ...


def handed_over(
    plan: Plan, wanted: Mapping[Key, Due], have: Mapping[Key, Stands], today: date
) -> tuple[dict[Key, Due], dict[Key, str]]:
    """What is wanted with the rows of former owners kept in it, and of those that are open to whom each goes.

    What was answered stays with who answered it, and nobody else owes it anew; what is set aside stays so.
    """
    found = dict(wanted)
    former = {
        key: heir
        for key, each in have.items()
        if key not in wanted and each.state != State.RETIRED and (heir := _heir(plan, key, wanted, today))
    }
    for key, heir in former.items():
        new = (*key[:2], heir)
        if have[key].state == State.OPEN:
            continue
        found[key] = wanted[new]
        if have[key].state not in SET_ASIDE and new not in have:
            found.pop(new, None)
    going = {key: heir for key, heir in former.items() if have[key].state == State.OPEN and (*key[:2], heir) in found}
    return found | {key: wanted[*key[:2], heir] for key, heir in going.items()}, going


def happenings(wanted: Mapping[Key, Due], have: Mapping[Key, Stands]) -> dict[Key, Due]:
    """Of work that waits for an event the results that recorded events started, while the work is in the plan.

    They have the day that followed from theirs, and no other by the plan.
    """
    waiting = {key[0]: each for key, each in wanted.items() if not key[1]}
    return {
        key: waiting[key[0]]._replace(kind=Kind.UNDATED, due=each.planned)
        for key, each in have.items()
        if is_happening(key[1]) and key[0] in waiting and each.state != State.RETIRED
    }


def of_given(plan: Plan, agency: str, state: State, today: date) -> str:
    """Who owes on a local day what an admin gave to an agency: it, or its successor while the work is open."""
    known = {each.id for each in plan.agencies}
    return plan.heir(agency, today) if state == State.OPEN and known.issuperset(members(agency)) else agency


def _heir(plan: Plan, key: Key, wanted: Iterable[Key], today: date) -> str | None:
    """Who is wanted for the same work among those who come after its owner, or owe it with them."""
    known = {agency.id for agency in plan.agencies}
    mine = {plan.heir(each, today) for each in members(key[2]) if each in known}
    return next((each[2] for each in wanted if each[:2] == key[:2] and mine & {*members(each[2])}), None)
