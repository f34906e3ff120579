"""What the list can be narrowed by: for each field the choices there are, of what the viewer may see alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.lists.columns import Cells, section_name
from desk.lists.seen import Seen, There
from desk.lists.wanted import NAMES, NOBODY, Wanted
from plan.model import Kind
from reports.figures.boxes import Box
from store.listing import UNNAMED, Who
from words.codes import fold
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


def fields(office: Office, mine: Seen, wanted: Wanted, who: Who = UNNAMED) -> list[Field]:
    """The fields in their order; one that has nothing to choose between is left out."""
    there = mine.there
    plans = {section.partition("/")[0] for section in there.sections}
    found: dict[str, Sequence[tuple[str, str]]] = {
        "plan": [(plan.id, plan.short) for plan in office.plans.values() if plan.id in plans],
        "section": list(_sections(office, there)),
        "agency": _agencies(office, there),
        "group": [(group.id, group.name) for plan in office.plans.values() for group in plan.groups],
        "period": list(_periods(office, there)),
        "kind": [(kind, _kind(office, kind)) for kind in Kind if kind in there.kinds],
        "box": [(box, Cells(office).of_box(box)) for box in Box if box in there.boxes],
        "assignee": list(_people(office, there, who)),
    }
    return [
        Field(NAMES[name], f"desk_list.by_{name}", _choices(pairs, getattr(wanted, name) or ""))
        for name, pairs in found.items()
        if len(pairs) > 1 or getattr(wanted, name)
    ]


def narrowed_by(found: Sequence[Field], wanted: Wanted) -> list[str]:
    """What narrows the list, in the words of its choices; for the head of what leaves the screen."""
    said = [choice.words for each in found for choice in each.choices if choice.is_chosen]
    return [*said, *([f"«{wanted.words}»"] if wanted.words else [])]


def period_name(office: Office, key: str) -> str:
    """A period by the calendar in words: quý I/2020, tháng 3/2020, năm 2020."""
    year, _, part = key.partition("-")
    if part.isdecimal():
        return plain(office.text("period.M", year=year, number=int(part)))
    return plain(office.text(f"period.{part or 'Y'}", year=year))


def _choices(pairs: Iterable[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, words, value == chosen) for value, words in dict(pairs).items())


def _sections(office: Office, there: There) -> Iterable[tuple[str, str]]:
    for plan in office.plans.values():
        for task in plan.all_tasks:
            if (key := f"{plan.id}/{task.section}") in there.sections:
                yield key, section_name(plan, task)


def _agencies(office: Office, there: There) -> list[tuple[str, str]]:
    return [(agency, office.agency_short(agency)) for agency in office.in_order(there.agencies)]


def _periods(office: Office, there: There) -> Iterable[tuple[str, str]]:
    for year in sorted(there.years):
        for key in (str(year), *(f"{year}-{part}" for part in PARTS)):
            yield key, period_name(office, key)


def _people(office: Office, there: There, who: Who) -> Iterable[tuple[str, str]]:
    """Who carries something out, by name; nobody first."""
    named = ((who.names.get(each, ""), each) for each in there.assignees if each is not None)
    if None in there.assignees:
        yield NOBODY, plain(office.text("desk_list.assignee_nobody"))
    for name, number in sorted(named, key=lambda each: (fold(each[0]), each[1])):
        yield str(number), name


def _kind(office: Office, kind: Kind) -> str:
    return plain(office.text("table.kind_dated" if kind is Kind.DATED else f"when.{kind}"))
