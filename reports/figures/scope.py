"""What a group or a question is about: the whole office, or groups and agencies of the plan."""

from collections.abc import Sequence

from words.codes import fold
from words.office import Office


def agencies_of(office: Office, scope: Sequence[str]) -> tuple[str, ...]:
    """The agencies of a scope, in the order of the plans; none for the whole office."""
    members = {group.id: group.members for plan in office.plans.values() for group in plan.groups}
    found = {agency for body in scope for agency in members.get(body, (body,))}
    return tuple(office.in_order(found))


def about(office: Office, scope: Sequence[str]) -> str:
    """A scope in words; empty for the whole office."""
    names = {group.id: group.name for plan in office.plans.values() for group in plan.groups}
    return ", ".join(names.get(body) or office.agency_name(body) for body in scope)


def find_agency(office: Office, name: str) -> str | None:
    """The agency of an id or a full name, alias or short name; never by likeness: Màu, Mùa and Bua are three."""
    for plan in office.plans.values():
        for agency in plan.agencies:
            names = (agency.id, agency.name, agency.short, *agency.aliases)
            if name.lower() == agency.id or fold(name) in {fold(each) for each in names}:
                return agency.id
    return None


def find_body(office: Office, name: str) -> str | None:
    """The agency or the group of agencies of an id, a name or an alias."""
    for plan in office.plans.values():
        for group in plan.groups:
            if fold(name) in {fold(each) for each in (group.id, group.name, *group.aliases)}:
                return group.id
    return find_agency(office, name)
