"""What the list can be narrowed by: for each field the choices there are, of what the viewer may see alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.lists.columns import Cells, section_name
from desk.lists.line import Line
from desk.lists.wanted import NAMES, Wanted
from plan.joint import members
from plan.model import Kind
from reports.figures.boxes import Box
from words.message import plain
from words.office import Office

PARTS = ("Q1", "Q2", "Q3", "Q4", "H1", "H2", *(f"{month:02}" for month in range(1, 13)))


@dataclass(frozen=True)
class Choice:
    """One value of a field, in words."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    """A field of the form: `name` is its name in the address, `label` the key of its sentence."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def fields(office: Office, lines: Sequence[Line], wanted: Wanted) -> list[Field]:
    """The fields in their order; one that has nothing to choose between is left out."""
    plans = {line.plan for line in lines}
    found: dict[str, Sequence[tuple[str, str]]] = {
        "plan": [(plan.id, plan.short) for plan in office.plans.values() if plan.id in plans],
        "section": list(_sections(office, lines)),
        "agency": _agencies(office, lines),
        "group": [(group.id, group.name) for plan in office.plans.values() for group in plan.groups],
        "period": list(_periods(office, lines)),
        "kind": [(kind, _kind(office, kind)) for kind in Kind if any(line.kind is kind for line in lines)],
        "box": [(box, Cells(office).of_box(box)) for box in Box if any(line.box is box for line in lines)],
    }
    return [
        Field(NAMES[name], f"desk_list.by_{name}", _choices(pairs, getattr(wanted, name) or ""))
        for name, pairs in found.items()
        if len(pairs) > 1 or getattr(wanted, name)
    ]


def period_name(office: Office, key: str) -> str:
    """A period by the calendar in words: quý I/2020, tháng 3/2020, năm 2020."""
    year, _, part = key.partition("-")
    if part.isdecimal():
        return plain(office.text("period.M", year=year, number=int(part)))
    return plain(office.text(f"period.{part or 'Y'}", year=year))


def _choices(pairs: Iterable[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, words, value == chosen) for value, words in dict(pairs).items())


def _sections(office: Office, lines: Sequence[Line]) -> Iterable[tuple[str, str]]:
    there = {line.section for line in lines}
    for plan in office.plans.values():
        for task in plan.all_tasks:
            if (key := f"{plan.id}/{task.section}") in there:
                yield key, section_name(plan, task)


def _agencies(office: Office, lines: Sequence[Line]) -> list[tuple[str, str]]:
    there = {member for agency in {line.agency for line in lines} for member in members(agency)}
    return [(agency, office.agency_short(agency)) for agency in office.in_order(there)]


def _periods(office: Office, lines: Sequence[Line]) -> Iterable[tuple[str, str]]:
    for year in sorted({line.due.year for line in lines if line.due is not None}):
        for key in (str(year), *(f"{year}-{part}" for part in PARTS)):
            yield key, period_name(office, key)


def _kind(office: Office, kind: Kind) -> str:
    return plain(office.text("table.kind_dated" if kind is Kind.DATED else f"when.{kind}"))
