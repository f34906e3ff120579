"""Who is named in a sheet that came back: the bodies of the plan, and those that were added to its list."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.draft import SheetRow
from intake.letters import one_line, plain
from intake.own_sheet.faults import SheetFault
from intake.settled import slugs
from plan.model import Agency, Group, Plan


@dataclass
class Register:
    """The agencies and groups of the sheet, with what was wrong in their list."""

    agencies: tuple[Agency, ...]
    groups: tuple[Group, ...]
    known: dict[str, str]
    faults: list[SheetFault] = field(default_factory=list)

    def ids(self, row: SheetRow, column: str) -> tuple[str, ...]:
        """The ids of the bodies that a cell names, parted by semicolons or lines; what nobody is called is a fault."""
        found = []
        for name in parted(row.cells.get(column, "")):
            body = self.known.get(plain(name))
            if body is None:
                self.faults.append(SheetFault(row.row, column, "unknown_body", {"name": name}))
            else:
                found.append(body)
        return tuple(dict.fromkeys(found))


def parted(text: str) -> list[str]:
    """The names in a cell."""
    return [one_line(each) for each in text.replace("\n", ";").split(";") if each.strip()]


def register(plan: Plan, rows: tuple[SheetRow, ...], basis: str) -> Register:
    """The bodies of the list that came back: names that changed, members that did, and new ones (with their basis).

    What was deleted from the list stays in the plan: nobody is taken out of it by a row that is gone.
    """
    here = {row.cells["id"]: row for row in rows if row.cells.get("id")}
    new = [row for row in rows if not row.cells.get("id") and row.cells.get("name")]
    agencies = [_agency(each, here) for each in plan.agencies]
    taken = {each.id for each in plan.agencies} | {each.id for each in plan.groups}
    used = {name.casefold() for each in plan.agencies for name in (each.name, each.short, *each.aliases)}
    for row in new:
        name = one_line(row.cells["name"])
        if row.cells.get("members"):
            continue
        if name.casefold() in used:
            continue
        agency = Agency(id=slugs.of_agency(name, taken), name=name, short=slugs.shorter(name, used), basis=basis)
        agencies.append(agency)
        taken.add(agency.id)
        used |= {agency.name.casefold(), agency.short.casefold()}
    found = Register(tuple(agencies), plan.groups, _names(agencies, plan.groups))
    found.groups = tuple(_group(each, here, found) for each in plan.groups)
    for row in new:
        if row.cells.get("members"):
            name = one_line(row.cells["name"])
            group = Group(id=slugs.of_agency(name, taken), name=name, members=found.ids(row, "members"), basis=basis)
            taken.add(group.id)
            found.groups += (group,)
    found.known = _names(agencies, found.groups)
    return found


def _agency(agency: Agency, here: Mapping[str, SheetRow]) -> Agency:
    """An agency under the name that the list gives it; the former one is still understood."""
    row = here.get(agency.id)
    name = one_line(row.cells.get("name", "")) if row else ""
    if not name or name == one_line(agency.name):
        return agency
    aliases = tuple(dict.fromkeys((*agency.aliases, agency.name)))
    return agency.model_copy(update={"name": name, "aliases": tuple(each for each in aliases if each != agency.short)})


def _group(group: Group, here: Mapping[str, SheetRow], found: Register) -> Group:
    row = here.get(group.id)
    if row is None or not row.cells.get("members"):
        return group
    members = found.ids(row, "members")
    return group if set(members) == set(group.members) else group.model_copy(update={"members": members})


def _names(agencies: list[Agency], groups: tuple[Group, ...]) -> dict[str, str]:
    named = {plain(name): each.id for each in agencies for name in (each.id, each.short, *each.aliases)}
    named |= {plain(name): each.id for each in groups for name in (each.name, *each.aliases)}
    return named | {plain(each.name): each.id for each in agencies}
