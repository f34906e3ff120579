"""Narrows and orders lines: pure, so that whatever an address asks for can be tried by a function."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from desk.lists import tabs
from desk.lists.line import Line
from desk.lists.seen import Seen
from desk.lists.tabs import Tab
from desk.lists.wanted import NOBODY, Wanted, window
from plan.joint import concerns
from words.codes import fold
from words.office import Office

ROWS = 50
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


def choose(mine: Seen, wanted: Wanted, office: Office, names: Mapping[int, str] = MappingProxyType({})) -> Chosen:
    """The lines that are wanted of those that somebody may see; `names` are those of who carries work out, by their
    number, which words are looked for in as well."""
    narrowed = mine.in_order(wanted.sort, down=wanted.down)
    for test in _tests(wanted, office, names):
        narrowed = list(filter(test, narrowed))
    return Chosen(wanted, tuple(tabs.under(narrowed, wanted.tab)), tuple(narrowed), tabs.counts(narrowed))


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
        found.append(_concerns((wanted.agency,)))
    if wanted.group:
        found.append(_concerns(_members(office, wanted.group)))
    people = {number: fold(name) for number, name in names.items()}
    return [*found, *(_says(word, people) for word in fold(wanted.words).split())]


def _concerns(wanted: Collection[str]) -> Test:
    # An agency stands in hundreds of lines.
    is_wanted = cache(lambda agency: concerns(agency, wanted))
    return lambda line: is_wanted(line.agency)


def _says(word: str, names: Mapping[int, str]) -> Test:
    """The word stands in what the plan says of it, or in the name of who carries it out."""
    people = {number for number, name in names.items() if word in name}
    return lambda line: word in line.found or line.assignee in people


def _within(first: date, last: date) -> Test:
    return lambda line: line.due is not None and first <= line.due <= last


def _members(office: Office, group: str) -> Collection[str]:
    return {
        member for plan in office.plans.values() for each in plan.groups if each.id == group for member in each.members
    }
