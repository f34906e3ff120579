"""Whose open work is when an agency was renamed, merged or split, or owes from now on together with others."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol, TypeVar

from plan.joint import members
from plan.model import Plan
from plan.status import SET_ASIDE, State

Key = tuple[str, str, str]
"""The identity of the work, occurrence, agency."""


class Stands(Protocol):
    """What is kept of an obligation."""

    @property
    def state(self) -> State: ...


Planned = TypeVar("Planned")


def handed_over(
    plan: Plan, wanted: Mapping[Key, Planned], have: Mapping[Key, Stands], today: date
) -> tuple[dict[Key, Planned], dict[Key, str]]:
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


def of_given(plan: Plan, agency: str, state: State, today: date) -> str:
    """Who owes on a local day what an admin gave to an agency: it, or its successor while the work is open."""
    known = {each.id for each in plan.agencies}
    return plan.heir(agency, today) if state == State.OPEN and known.issuperset(members(agency)) else agency


def _heir(plan: Plan, key: Key, wanted: Iterable[Key], today: date) -> str | None:
    """Who is wanted for the same work among those who come after its owner, or owe it with them."""
    known = {agency.id for agency in plan.agencies}
    mine = {plan.heir(each, today) for each in members(key[2]) if each in known}
    return next((each[2] for each in wanted if each[:2] == key[:2] and mine & {*members(each[2])}), None)
