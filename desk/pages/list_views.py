"""The list's two other views: a row a task with a cell for each agency, and a row an agency with its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from desk.lists import tabs, wanted
from desk.lists.chosen import Chosen
from desk.lists.columns import Cells
from desk.lists.line import Line
from desk.lists.tabs import Tab
from progress.items import period
from reports.figures.boxes import Box
from words.office import Office

# A matrix that nobody can read is no help: beyond so many rows, of many agencies beyond so many cells, the list says so
# and wants to be narrowed.
MOST_ROWS, MOST_CELLS = 60, 3000
# What is counted of an agency, in the order of the tabs.
COUNTED = tuple(tab for tab in Tab if tab is not Tab.OPEN)


@dataclass(frozen=True)
class Cell:
    """One obligation in the matrix: a sign that stands for its words, which are said in full beside it."""

    id: int
    sign: str
    shade: str
    words: str


@dataclass(frozen=True)
class MatrixRow:
    """A milestone, at one occurrence where it recurs, with a cell for each agency; None where it owes nothing."""

    code: str
    title: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class AgencyRow:
    """An agency with how many lines it has under each tab, each with the list behind it."""

    name: str
    counts: tuple[tuple[int, str], ...]


def by_task(office: Office, lines: Sequence[Line]) -> dict[str, Any]:
    """The matrix of these lines: its agencies and its rows, the first of them where there are too many."""
    agencies = office.in_order({line.agency for line in lines})
    cells = Cells(office)
    found: dict[tuple[Any, ...], dict[str, Line]] = {}
    for line in sorted(lines, key=lambda line: line.place):
        found.setdefault((*line.place[:-1], line.milestone, line.occurrence), {})[line.agency] = line
    shown = list(found.values())[: min(MOST_ROWS, max(1, MOST_CELLS // max(1, len(agencies))))]
    rows = [MatrixRow(_code(office, of), next(iter(of.values())).title, _cells(cells, of, agencies)) for of in shown]
    heads = [(office.agency_short(each), office.agency_name(each)) for each in agencies]
    return {"agencies": heads, "matrix": rows, "left_out": len(found) - len(rows), "signs": _signs(cells)}


def by_agency(office: Office, found: Chosen) -> list[AgencyRow]:
    """The agencies of what is shown, each with its counts under the tabs; they may be narrowed to each of them."""
    lines: dict[str, list[Line]] = {}
    for line in found.narrowed:
        lines.setdefault(line.agency, []).append(line)
    # An address takes longer than what it leads to: one a tab, to which each agency is added.
    of: dict[Tab, str] = {
        tab: wanted.address(found.wanted, tab=tab, agency="", view=wanted.View.LIST) for tab in COUNTED
    }
    return [_agency(office, of, agency, lines[agency]) for agency in office.in_order(lines)]


def _agency(office: Office, addresses: Mapping[Tab, str], agency: str, lines: Sequence[Line]) -> AgencyRow:
    counts, its = tabs.counts(lines), urlencode({wanted.NAMES["agency"]: agency})
    links = [(counts[tab], "&".join(filter(None, (addresses[tab], its))) if counts[tab] else "") for tab in COUNTED]
    return AgencyRow(office.agency_short(agency), tuple(links))


def _code(office: Office, row: dict[str, Line]) -> str:
    line = next(iter(row.values()))
    return f"{line.code} ({period(office, line.occurrence)})" if line.occurrence else line.code


def _cells(cells: Cells, row: dict[str, Line], agencies: Sequence[str]) -> tuple[Cell | None, ...]:
    return tuple(_cell(cells, row[agency]) if agency in row else None for agency in agencies)


def _cell(cells: Cells, line: Line) -> Cell:
    left = cells.left(line)
    words = f"{cells.state(line)}, {left}" if left else cells.state(line)
    return Cell(line.id, cells.sign(line.box), cells.shade(line), words)


def _signs(cells: Cells) -> list[tuple[str, str]]:
    return [(cells.sign(box), cells.of_box(box)) for box in Box]
