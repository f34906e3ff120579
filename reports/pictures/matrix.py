"""Who owes which task and how it stands, cell by cell: what the picture shows, without any drawing in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from plan.joint import members
from plan.model import Kind
from reports.figures.boxes import Box
from reports.figures.record import Record
from words.codes import sort_key
from words.office import Office

# A task that so few owe gets no column, which would be almost empty: it stands in its agency's list.
FEW = 3


class Mark(StrEnum):
    """How an agency stands with a task, what needs somebody first; the values name the boxes that are shown.

    Each box has a mark of its own, so that nobody's answer looks like somebody else's work; those without a date share
    the last one.
    """

    OVERDUE = "overdue"
    FLAGGED = "flagged"
    RETURNED = "returned"  # answered in time, and to be completed
    WAITING = "waiting"
    UNPROVEN = "unproven"
    NEAR = "near"
    OPEN = "open"
    DONE_LATE = "done_late"
    DONE_IN_TIME = "done_in_time"
    SUSPENDED = "suspended"
    TRANSFERRED = "transferred"
    ENDED = "ended"
    EXCUSED = "excused"
    CLOSED = "closed"  # history before the start: owed, and not counted
    UNTIMED = "untimed"


UNTIMED = frozenset({Box.ONGOING, Box.EVENT, Box.UNDATED, Box.UNCONFIRMED})
MARKS: Mapping[Box, Mark] = {box: Mark.UNTIMED if box in UNTIMED else Mark(box.value) for box in Box}


# What is owed no more, or has no date, hides no report that lies ahead.
LEFT = frozenset({Mark.SUSPENDED, Mark.TRANSFERRED, Mark.ENDED, Mark.EXCUSED, Mark.CLOSED, Mark.UNTIMED})


class Owed(Protocol):
    """What the matrix needs to know of an obligation: a summary's line and a record's row both say it."""

    @property
    def plan(self) -> str: ...
    @property
    def task(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def box(self) -> Box: ...


@dataclass(frozen=True)
class Column:
    """A task of the plan, by its code, and the section that it stands in."""

    code: str
    section: str


@dataclass(frozen=True)
class Matrix:
    """One plan's cells by (agency id, task code); an agency without a cell in a column does not owe that task.

    `shared` are the tasks that many agencies owe, `own` the tasks of few by agency, `untimed` the tasks in which
    nothing has a date; `agencies` are those that have a cell. All in the order of the plan. `left_out` counts the
    agencies that were dropped so that the rest can be read.
    """

    plan: str
    agencies: tuple[str, ...]
    shared: tuple[Column, ...]
    own: Mapping[str, tuple[Column, ...]]
    untimed: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Mark]
    left_out: int = 0


def matrices(owed: Iterable[Owed], office: Office) -> tuple[Matrix, ...]:
    """One matrix for each plan that has obligations, in the office's order of plans, the duties behind the tasks."""
    plans: dict[str, list[Owed]] = {plan: [] for plan in office.plans}
    for each in owed:
        plans.setdefault(each.plan, []).append(each)
    found = (_matrix(office, plan, lines) for plan, lines in plans.items())
    return tuple(each for each in found if each.cells or each.untimed)


def _matrix(office: Office, plan: str, lines: Sequence[Owed]) -> Matrix:
    grouped: dict[tuple[str, str], list[Owed]] = {}
    for line in lines:
        grouped.setdefault((line.agency, line.task), []).append(line)
    marks = {key: mark_of(group) for key, group in grouped.items()}
    owners = Counter(code for (_, code), mark in marks.items() if mark is not Mark.UNTIMED)
    # Where a task has a column, whoever owes a part of it that has no date owes it too.
    cells = {key: mark for key, mark in marks.items() if owners[key[1]]}
    columns = _columns(office, plan, lines)
    agencies = _agencies(office, plan, {agency for agency, _ in cells})
    few = [column for column in columns if 0 < owners[column.code] <= FEW]
    return Matrix(
        plan=plan,
        agencies=agencies,
        shared=tuple(column for column in columns if owners[column.code] > FEW),
        own=dict(_own(agencies, few, cells)),
        untimed=tuple(column for column in columns if not owners[column.code]),
        cells=cells,
    )


def _columns(office: Office, plan: str, lines: Iterable[Owed]) -> list[Column]:
    """In the order of the plan; a task that it no longer has comes last."""
    tasks = office.plans[plan].all_tasks if plan in office.plans else ()
    places = {task.code: place for place, task in enumerate(tasks)}
    sections = {line.task: line.section for line in lines}
    codes = sorted(sections, key=lambda code: (places.get(code, len(places)), sort_key(code)))
    return [Column(code, sections[code]) for code in codes]


def _agencies(office: Office, plan: str, found: Iterable[str]) -> tuple[str, ...]:
    listed = office.plans[plan].agencies if plan in office.plans else ()
    places = {agency.id: place for place, agency in enumerate(listed)}

    def place(agency: str) -> tuple[int, str]:
        return min(places.get(each, len(places)) for each in members(agency)), agency

    return tuple(sorted(found, key=place))


def _own(
    agencies: Iterable[str], few: Sequence[Column], cells: Mapping[tuple[str, str], Mark]
) -> Iterator[tuple[str, tuple[Column, ...]]]:
    for agency in agencies:
        if found := tuple(column for column in few if (agency, column.code) in cells):
            yield agency, found


def short_names(office: Office, record: Record) -> dict[str, str]:
    """A record's agencies as lists name them; by the record's own name where the office no longer knows one."""
    return {
        row.agency: row.agency_name if office.agency(row.agency) is None else office.agency_short(row.agency)
        for row in record.rows
    }


def mark_of(lines: Iterable[Owed]) -> Mark:
    """The worst standing among an agency's obligations of one task; UNTIMED where none of them has a date.

    A periodic report whose day is far comes last: the annual report due in December must not hide that the plan of
    March is done.
    """
    found: set[Mark] = set()
    report_ahead = False
    for line in lines:
        if line.box is Box.OPEN and line.kind is Kind.PERIODIC:
            report_ahead = True
        elif line.kind not in (Kind.ONGOING, Kind.EVENT):
            found.add(MARKS[line.box])
    for worst in Mark:
        if worst in found and not (worst in LEFT and report_ahead):
            return worst
    return Mark.OPEN if report_ahead else Mark.UNTIMED


def late_cells(matrix: Matrix) -> Counter[str]:
    """How many cells of each agency are overdue."""
    return Counter(agency for (agency, _), mark in matrix.cells.items() if mark is Mark.OVERDUE)


def keep(matrix: Matrix, agencies: Iterable[str]) -> Matrix:
    """The matrix of some of its agencies, which says how many were left out."""
    kept = set(agencies)
    return replace(
        matrix,
        agencies=tuple(agency for agency in matrix.agencies if agency in kept),
        own={agency: found for agency, found in matrix.own.items() if agency in kept},
        cells={key: mark for key, mark in matrix.cells.items() if key[0] in kept},
        left_out=len(matrix.agencies) - len(kept),
    )
