"""The figures of the office at a moment: one function that the chat, the picture and the command line share.

It can be asked about any past moment: what was true then by what was known then, or by what became known later. Which
events count at a moment is said in `plan.hindsight`; the plan is the one of the moment, the days off are those known.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import chain

from sqlmodel import Session

from plan.hindsight import counted
from plan.joint import concerns
from plan.model import Kind
from reports.figures.boxes import NOT_COUNTED, Box, Figures, Line, figures, is_dated
from reports.figures.clerk import Clerk
from store import current_office, histories
from words.office import Office


@dataclass(frozen=True)
class Summary:
    """Everything at `as_of`. `dated` counts the milestones of the plan's tasks that have a date, printed or set by an
    admin; `periodic` the reports, those of the duties included; `sections` and `agencies` are of `dated`; `overdue` and
    `returned` are oldest first. Each of `tasks` either has something dated or periodic, or is among `ongoing_tasks`, or
    among `undated_tasks`, of which `unconfirmed_tasks` wait for an admin's word; `dated_tasks` are those that the
    `dated` results belong to."""

    as_of: datetime
    known_at: datetime
    today: date
    plan_names: tuple[str, ...]
    tasks: int
    lines: tuple[Line, ...]
    dated: Figures
    periodic: Figures
    sections: Mapping[str, Figures]
    agencies: Mapping[str, Figures]
    overdue: tuple[Line, ...]
    returned: tuple[Line, ...]
    ongoing_tasks: int
    undated_tasks: int
    unconfirmed_tasks: int
    dated_tasks: int = 0
    section: str | None = None
    of_agencies: tuple[str, ...] = ()

    @property
    def picture(self) -> str:
        """The name under which `reports.attachments.paint` paints these figures."""
        part = f"|{self.section or ''}|{','.join(self.of_agencies)}" if self.section or self.of_agencies else ""
        known = f"~{self.known_at.isoformat()}" if self.known_at != self.as_of else ""
        return f"matrix@{self.as_of.isoformat()}{known}{part}"


def build(
    session: Session,
    office: Office,
    as_of: datetime,
    *,
    known_at: datetime | None = None,
    task: str | None = None,
    section: str | None = None,
    agencies: Collection[str] = (),
) -> Summary:
    """The figures at an instant (UTC), of all plans, or of one task, one section or some agencies (ids; none: all).

    As it was known at that instant; or, with a later `known_at` (UTC), by what is known then of what counted at
    `as_of`: an answer sent before it and read after it, what came on paper before it and was entered later.
    """
    known_at = known_at or as_of
    office = current_office.then(session, office, as_of, known_at)
    clerk = Clerk(office, as_of)
    lines = tuple(
        line
        for line in _lines(session, clerk, known_at, frozenset(agencies))
        if (task is None or line.task == task) and (section is None or (line.section == section and not line.duty))
    )
    return of_lines(office, lines, as_of, known_at, section=section, agencies=agencies)


def _lines(session: Session, clerk: Clerk, known_at: datetime, agencies: Set[str]) -> list[Line]:
    """The lines of a moment, by their id: what has not moved since stands as its row says, the rest is replayed."""
    since = min(clerk.as_of, known_at)
    moved = (
        (owed, standing)
        for owed, events in histories.histories(session, known_at, moved_since=since)
        if (standing := counted(events, clerk.as_of)[0]) is not None
    )
    found = [
        line
        for owed, standing in chain(histories.standings(session, clerk.office.plans, since), moved)
        if (not agencies or concerns(owed.agency, agencies)) and (line := clerk.standing(owed, standing)) is not None
    ]
    # Two runs in order, which is little work for a sort.
    return sorted(found, key=lambda line: line.id)


def of_lines(
    office: Office,
    lines: tuple[Line, ...],
    as_of: datetime,
    known_at: datetime,
    *,
    section: str | None = None,
    agencies: Collection[str] = (),
) -> Summary:
    """The figures of these lines, in the office of the moment."""
    dated = [line for line in lines if is_dated(line) and not line.duty]
    own = [line for line in lines if not line.duty]
    undated = _undated(own)
    return Summary(
        as_of=as_of,
        known_at=known_at,
        today=office.today(as_of),
        plan_names=tuple(plan.short for plan in office.plans.values()),
        tasks=len(_tasks(own)),
        lines=lines,
        dated=figures(dated),
        periodic=figures(line for line in lines if line.kind is Kind.PERIODIC),
        sections=_sections(office, dated),
        agencies={key: figures(found) for key, found in _grouped(dated, "agency").items()},
        overdue=_oldest_first(lines, Box.OVERDUE),
        returned=_oldest_first(lines, Box.RETURNED),
        ongoing_tasks=len(_tasks(line for line in own if line.kind is Kind.ONGOING)),
        undated_tasks=len(undated),
        unconfirmed_tasks=len(undated & _tasks(line for line in own if line.box is Box.UNCONFIRMED)),
        dated_tasks=len(_tasks(line for line in dated if line.box not in NOT_COUNTED)),
        section=section,
        of_agencies=tuple(agencies),
    )


def _oldest_first(lines: Iterable[Line], box: Box) -> tuple[Line, ...]:
    found = (line for line in lines if line.box is box)
    return tuple(sorted(found, key=lambda line: (line.due or date.max, line.id)))


def section_key(office: Office, plan_id: str, section: str) -> str:
    """The section's own number, with its plan where several plans have a section of that number."""
    having = [plan.id for plan in office.plans.values() if any(each.id == section for each in plan.sections)]
    return section if len(having) < 2 else f"{plan_id}/{section}"


def _sections(office: Office, lines: Iterable[Line]) -> dict[str, Figures]:
    groups: dict[str, list[Line]] = {}
    key_of = cache(lambda plan, section: section_key(office, plan, section))
    for line in lines:
        groups.setdefault(key_of(line.plan, line.section), []).append(line)
    return {key: figures(found) for key, found in groups.items()}


def _grouped(lines: Iterable[Line], name: str) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(getattr(line, name), []).append(line)
    return groups


def _tasks(lines: Iterable[Line]) -> set[tuple[str, str]]:
    """By plan and code: two plans may both have a 2b."""
    return {(line.plan, line.task) for line in lines}


def _undated(lines: Iterable[Line]) -> set[tuple[str, str]]:
    """Tasks none of whose milestones has a date. Judged by kind, so that they stay where they are when some agencies
    have answered and when the year's end closes the rest."""
    lines = tuple(lines)
    return _tasks(lines) - _tasks(
        line for line in lines if line.kind not in (Kind.UNDATED, Kind.EVENT) or line.due is not None
    )
