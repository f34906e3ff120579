"""Narrows and orders lines: pure, so that whatever an address asks for can be tried by a function."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from desk.lists import tabs
from desk.lists.line import Line
from desk.lists.tabs import Tab
from desk.lists.wanted import NOBODY, Sort, Wanted, window
from plan.joint import concerns
from reports.figures.boxes import Box
from words.codes import fold
from words.office import Office

ROWS = 50
BOXES = {box: place for place, box in enumerate(Box)}
Test = Callable[[Line], bool]


@dataclass(frozen=True)
class Chosen:
    """What is shown: `lines` all that are wanted, in their order, `narrowed` those under every tab, `counts` how many
    of them stand under each."""

    wanted: Wanted
    lines: tuple[Line, ...]
    narrowed: tuple[Line, ...]
    counts: dict[Tab, int]

    @property
    def pages(self) -> int:
        """How many pages there are, one where nothing is shown."""
        return max(1, -(-len(self.lines) // ROWS))

    @property
    def page(self) -> int:
        """The page shown: the last where a later one was asked for."""
        return min(self.wanted.page, self.pages)

    @property
    def first(self) -> int:
        """How many lines stand before the page."""
        return (self.page - 1) * ROWS

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines of the page."""
        return self.lines[self.first : self.first + ROWS]


def choose(
    lines: Iterable[Line], wanted: Wanted, office: Office, names: Mapping[int, str] = MappingProxyType({})
) -> Chosen:
    """The lines that are wanted of those that somebody may see; `names` are those of who carries work out, by their
    number, which words are looked for in as well."""
    tests = _tests(wanted, office, names)
    narrowed = [line for line in lines if all(test(line) for test in tests)] if tests else list(lines)
    found = [line for line in narrowed if tabs.belongs(line, wanted.tab)]
    ordered = in_order(found, wanted.sort, down=wanted.down)
    return Chosen(wanted, tuple(ordered), tuple(narrowed), tabs.counts(narrowed))


def in_order(lines: Iterable[Line], sort: Sort, *, down: bool = False) -> list[Line]:
    """Lines in an order, within it in that of the plan; what has no day, or no days left, stands last either way."""
    found = sorted(lines, key=lambda line: line.place)
    match sort:
        case Sort.PLAN:
            return found[::-1] if down else found
        case Sort.AGENCY:
            return sorted(found, key=lambda line: line.place[-1], reverse=down)
        case Sort.STATE:
            return sorted(found, key=lambda line: BOXES[line.box], reverse=down)
        case Sort.LEFT:
            return _with_value(found, lambda line: line.days, down=down)
        case Sort.DUE:
            return _with_value(found, lambda line: line.due, down=down)


def _with_value(lines: Sequence[Line], value: Callable[[Line], Any], *, down: bool) -> list[Line]:
    valued = sorted((line for line in lines if value(line) is not None), key=value, reverse=down)
    return [*valued, *(line for line in lines if value(line) is None)]


def _tests(wanted: Wanted, office: Office, names: Mapping[int, str]) -> list[Test]:
    """One for each condition, the quickest first."""
    found: list[Test] = []
    if wanted.box is not None:
        found.append(lambda line: line.box is wanted.box)
    if wanted.kind is not None:
        found.append(lambda line: line.kind is wanted.kind)
    if wanted.plan:
        found.append(lambda line: line.plan == wanted.plan)
    if wanted.section:
        found.append(lambda line: line.section == wanted.section)
    if wanted.assignee:
        person = None if wanted.assignee == NOBODY else int(wanted.assignee)
        found.append(lambda line: line.assignee == person)
    if wanted.period:
        found.append(_within(*window(wanted.period)))
    if wanted.agency:
        found.append(lambda line: concerns(line.agency, (wanted.agency,)))
    if wanted.group:
        members = _members(office, wanted.group)
        found.append(lambda line: concerns(line.agency, members))
    if wanted.words:
        found.append(_says(fold(wanted.words).split(), {number: fold(name) for number, name in names.items()}))
    return found


def _says(words: Sequence[str], names: Mapping[int, str]) -> Test:
    """Each word stands in what the plan says of it, or in the name of who carries it out."""
    return lambda line: all(word in line.found or word in names.get(line.assignee or 0, "") for word in words)


def _within(first: date, last: date) -> Test:
    return lambda line: line.due is not None and first <= line.due <= last


def _members(office: Office, group: str) -> Collection[str]:
    return {
        member for plan in office.plans.values() for each in plan.groups if each.id == group for member in each.members
    }
