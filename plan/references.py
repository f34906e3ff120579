"""Finds what contradicts itself inside a plan file: unknown agencies, codes given twice, words against kinds.

It works on the parsed JSON, not on the model, so that these faults come together with those of the model; whatever
has a wrong shape is left to the model to report.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from plan.due import read, read_every
from plan.errors import Fault, WordsUnreadable
from plan.model import Kind

Row = tuple[str, dict[str, Any]]
NEVER_LATE = frozenset({Kind.UNDATED, Kind.ONGOING, Kind.EVENT})


def faults(raw: dict[str, Any]) -> Iterator[Fault]:
    """Every contradiction of one plan, each with its JSON place and what to do."""
    agencies, groups = list(_rows("agencies", raw)), list(_rows("groups", raw))
    tasks = [*_rows("tasks", raw), *_rows("duties", raw)]
    milestones = [row for place, task in tasks for row in _rows("milestones", task, place)]
    known_agencies = {str(row.get("id")) for _, row in agencies}
    bodies = known_agencies | {str(row.get("id")) for _, row in groups}
    yield from _twice([*agencies, *groups], "id", "id", "Give each agency and each group an id of its own.")
    yield from _twice(tasks, "code", "code", "Give each task a code of its own; d and đ are different letters.")
    yield from _twice(milestones, "id", "milestone id", "Number the milestones of a task 1, 2, 3: 2b.1, 2b.2.")
    yield from _twice(list(_rows("sections", raw)), "id", "section id", "Give each section an id of its own.")
    yield from _same_names(agencies)
    for place, agency in agencies:
        yield from _known(place, agency, "successors", known_agencies)
        if str(agency.get("id")) in _after(str(agency.get("id")), agencies):
            yield Fault(f"{place}.successors", "the agency comes after itself", "Name who takes its work over.")
    for place, group in groups:
        yield from _known(place, group, "members", known_agencies, needed=True)
    if isinstance(compiler := raw.get("compiler"), str) and compiler not in known_agencies:
        yield Fault("compiler", f"unknown agency «{compiler}»", "Use the id of an agency listed under agencies.")
    if isinstance(letterhead := raw.get("letterhead"), dict):
        for place, entry in _rows("agency_reports", letterhead, "letterhead"):
            yield from _known(place, entry, "of", bodies, needed=True)
    yield from _sections(raw)
    for place, task in tasks:
        yield from _task(place, task, bodies)
    yield from _questions(raw, tasks)
    signed, year = _signed(raw), raw.get("year")
    for place, milestone in milestones:
        yield from words_against_kind(place, milestone, signed, year)


def words_against_kind(
    place: str, milestone: dict[str, Any], signed: date | None, year: object = None
) -> Iterator[Fault]:
    """What the printed words of a milestone say against its kind and its `every`; `signed` is the decision's date, and
    `year` the plan's.

    Words that give no readable time are taken for a kind that can never be late, because the decision may really say
    nothing; for any other kind they are a fault. Without a readable `signed` a date may also be undated. A milestone
    with a day or a rule of its own, or whose reading was confirmed, is not read again.
    """
    printed, kind = milestone.get("printed"), milestone.get("kind")
    if not isinstance(printed, str) or not isinstance(kind, str) or kind not in set(Kind):
        return
    if milestone.get("due") is not None or milestone.get("rule") is not None or milestone.get("confirmed") is True:
        return
    try:
        reading = read(printed, signed or date.min, year if isinstance(year, int) else None)
    except WordsUnreadable as error:
        if kind not in NEVER_LATE:
            yield Fault(f"{place}.printed", f"«{error.printed}»: {error.why}", error.do)
        return
    if signed is None and reading.kind is Kind.DATED and kind == Kind.UNDATED:
        return
    if reading.kind != kind and kind in NEVER_LATE and not reading.plain:
        return
    if reading.kind != kind:
        yield Fault(
            f"{place}.kind",
            f"kind is {kind}, but the printed words «{printed}» are {reading.kind}",
            f'Set "kind" to "{reading.kind}", or quote the words that give this milestone its time.',
        )
    elif kind == Kind.PERIODIC and milestone.get("every") in ("period", "year"):
        every = read_every(printed)
        if milestone["every"] != every:
            yield Fault(
                f"{place}.every",
                f"every is {milestone['every']}, but «{printed}» means {every}",
                f'Set it to "{every}".',
            )


def _task(place: str, task: dict[str, Any], bodies: set[str]) -> Iterator[Fault]:
    yield from _known(place, task, "lead", bodies, needed=True)
    yield from _known(place, task, "coordinating", bodies)
    yield from _known(place, task, "monitor", bodies)
    parts = list(_rows("parts", task, place))
    for part_place, part in parts:
        yield from _known(part_place, part, "lead", bodies, needed=True)
        yield from _known(part_place, part, "coordinating", bodies)
    if task.get("milestones") == []:
        yield Fault(
            f"{place}.milestones", "the task has no milestone", "Add one, undated if the decision gives no time."
        )
    code, used = task.get("code"), set()
    for at, milestone in _rows("milestones", task, place):
        number = str(milestone.get("id")).removeprefix(f"{code}.")
        if isinstance(milestone.get("id"), str) and not (number.isascii() and number.isdigit()):
            yield Fault(
                f"{at}.id", f"«{milestone['id']}» is not of task {code}", f"Name it {code}.1, {code}.2 and so on."
            )
        if milestone.get("uid"):
            yield Fault(f"{at}.uid", "a file gives work no identity", "Leave it out: the service gives it.")
        part_number = milestone.get("part")
        if isinstance(part_number, int):
            used.add(part_number)
            if not 1 <= part_number <= len(parts):
                yield Fault(
                    f"{at}.part", f"part {part_number} of {len(parts)}", "Parts count from 1; correct the number."
                )
    for number_of_part, (at, _) in enumerate(parts, 1):
        if number_of_part not in used:
            yield Fault(at, "no milestone belongs to this part", f'Add one with "part": {number_of_part}.')


def _sections(raw: dict[str, Any]) -> Iterator[Fault]:
    known = {str(section.get("id")) for _, section in _rows("sections", raw)}
    # A duty stands outside the sections and names its place in the decision instead.
    for place, task in _rows("tasks", raw):
        section = task.get("section")
        if isinstance(section, str) and section not in known:
            yield Fault(f"{place}.section", f"unknown section «{section}»", "Add it under sections or correct it.")


def _questions(raw: dict[str, Any], tasks: list[Row]) -> Iterator[Fault]:
    codes = {str(task.get("code")) for _, task in tasks} | {"plan"}
    asked = [*_rows("questions", raw), *(row for place, task in tasks for row in _rows("questions", task, place))]
    for place, question in asked:
        about = question.get("about")
        if isinstance(about, str) and about not in codes:
            yield Fault(f"{place}.about", f"unknown task «{about}»", 'Use the code of a task, or "plan".')


def _known(place: str, row: dict[str, Any], key: str, known: set[str], *, needed: bool = False) -> Iterator[Fault]:
    names = row.get(key)
    if not isinstance(names, list):
        return
    if needed and not names:
        yield Fault(f"{place}.{key}", "nobody is named", "Name at least one id.")
    seen: set[str] = set()
    for index, name in enumerate(names):
        if not isinstance(name, str):
            continue
        if name not in known:
            kind = "agency" if key == "members" else "agency or group"
            yield Fault(f"{place}.{key}[{index}]", f"unknown {kind} «{name}»", f"Add the {kind} or correct the id.")
        elif name in seen:
            yield Fault(f"{place}.{key}[{index}]", f"«{name}» stands twice", "Remove one of them.")
        seen.add(name)


def _twice(rows: list[Row], key: str, what: str, do: str) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for place, row in rows:
        value = row.get(key)
        if not isinstance(value, str):
            continue
        if value in first:
            yield Fault(f"{place}.{key}", f"{what} «{value}» was given before, at {first[value]}", do)
        first.setdefault(value, place)


def _same_names(agencies: list[Row]) -> Iterator[Fault]:
    """Two agencies that answer to one name: people and lists could not tell them apart."""
    owner: dict[str, str] = {}
    for place, agency in agencies:
        aliases = agency.get("aliases")
        names = [agency.get("name"), agency.get("short"), *(aliases if isinstance(aliases, list) else ())]
        for name in {name.casefold(): name for name in names if isinstance(name, str)}.values():
            other = owner.setdefault(name.casefold(), place)
            if other != place:
                yield Fault(place, f"«{name}» also names {other}", "Give the two agencies names that differ.")


def _after(agency_id: str, agencies: list[Row]) -> set[str]:
    """Everybody who comes after an agency."""
    follow = {str(row.get("id")): row.get("successors") for _, row in agencies}
    found: set[str] = set()
    left = [agency_id]
    while left:
        named = follow.get(left.pop())
        new = [str(each) for each in named if str(each) not in found] if isinstance(named, list) else []
        found |= {*new}
        left += new
    return found


def _signed(raw: dict[str, Any]) -> date | None:
    decision = raw.get("decision")
    try:
        return date.fromisoformat(decision["date"]) if isinstance(decision, dict) else None
    except (KeyError, TypeError, ValueError):
        return None


def _rows(key: str, raw: dict[str, Any], place: str = "") -> Iterator[Row]:
    rows = raw.get(key)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield (f"{place}.{key}[{index}]" if place else f"{key}[{index}]"), row
