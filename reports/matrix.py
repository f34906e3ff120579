"""Who owes which task and how it stands, cell by cell: what the picture shows, without any drawing in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plan.model import Kind, Plan, Task
from reports.summary import Box, Line, Summary
from words.office import Office

# A task that so few owe gets no column, which would be almost empty: it stands in its agency's list.
FEW = 3


class Mark(StrEnum):
    """How an agency stands with a task, the worst first; the values name the boxes that are shown."""

    OVERDUE = "overdue"
    NEAR = "near"
    OPEN = "open"
    DONE_LATE = "done_late"
    DONE_IN_TIME = "done_in_time"
    CLOSED = "closed"  # history before the start: owed, and not counted


MARKS: Mapping[Box, Mark] = {Box(mark.value): mark for mark in Mark}


@dataclass(frozen=True)
class Matrix:
    """One plan's cells by (agency id, task code); an agency and task without a cell owe each other nothing dated.

    `shared` are the tasks that many agencies owe, `own` the tasks of few by agency, `untimed` the tasks in which
    nothing has a date; `agencies` are those that have a cell. All in the order of the plan.
    """

    plan: Plan
    agencies: tuple[str, ...]
    shared: tuple[Task, ...]
    own: Mapping[str, tuple[Task, ...]]
    untimed: tuple[Task, ...]
    cells: Mapping[tuple[str, str], Mark]


def matrices(summary: Summary, office: Office) -> tuple[Matrix, ...]:
    """One matrix for each plan of the office that has obligations, the duties behind the tasks."""
    found = (_matrix(plan, [line for line in summary.lines if line.plan == plan.id]) for plan in office.plans.values())
    return tuple(each for each in found if each.cells or each.untimed)


def _matrix(plan: Plan, lines: Sequence[Line]) -> Matrix:
    grouped: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        grouped.setdefault((line.agency, line.task), []).append(line)
    cells = {key: mark for key, group in grouped.items() if (mark := mark_of(group)) is not None}
    owners = {task.code: [agency for agency, code in cells if code == task.code] for task in plan.all_tasks}
    few = [task for task in plan.all_tasks if 0 < len(owners[task.code]) <= FEW]
    agencies = tuple(agency.id for agency in plan.agencies)
    return Matrix(
        plan=plan,
        agencies=tuple(agency for agency in agencies if any(key[0] == agency for key in cells)),
        shared=tuple(task for task in plan.all_tasks if len(owners[task.code]) > FEW),
        own=dict(_own(agencies, few, owners)),
        untimed=tuple(
            task for task in plan.all_tasks if not owners[task.code] and any(line.task == task.code for line in lines)
        ),
        cells=cells,
    )


def _own(
    agencies: Iterable[str], few: Sequence[Task], owners: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, tuple[Task, ...]]]:
    for agency in agencies:
        if found := tuple(task for task in few if agency in owners[task.code]):
            yield agency, found


def mark_of(lines: Iterable[Line]) -> Mark | None:
    """The worst standing among an agency's obligations of one task; None where none of them has a date.

    A periodic report whose day is far comes last: the annual report due in December must not hide that the plan of
    March is done.
    """
    found: set[Mark] = set()
    report_ahead = False
    for line in lines:
        if line.box is Box.OPEN and line.kind is Kind.PERIODIC:
            report_ahead = True
        elif line.kind not in (Kind.ONGOING, Kind.EVENT) and (mark := MARKS.get(line.box)):
            found.add(mark)
    for worst in Mark:
        if worst in found and not (worst is Mark.CLOSED and report_ahead):
            return worst
    return Mark.OPEN if report_ahead else None
