"""The figures of the office at a moment: one function that the chat, the picture and the command line share.

It can be asked about any past moment: what was true then by what was known then, or by what became known later. Which
events count at a moment is said in `plan.hindsight`; the plan is the one of the moment, the days off are those known.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from sqlmodel import Session

from plan.hindsight import counted
from plan.joint import concerns
from plan.model import Kind
from reports.figures.boxes import NOT_COUNTED, Box, Figures, Line, figures, figures_by, is_dated
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
    return sorted(found, key=attrgetter("id"))


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
    kinds = _kinds(lines)
    own = [each for each in kinds if not each.duty]
    undated = _undated(own)
    sections = cache(partial(section_key, office))
    return Summary(
        as_of=as_of,
        known_at=known_at,
        today=office.today(as_of),
        plan_names=tuple(plan.short for plan in office.plans.values()),
        tasks=len(_tasks(own)),
        lines=lines,
        dated=figures(dated),
        periodic=figures(line for line in lines if line.kind is Kind.PERIODIC),
        sections=figures_by(dated, sections, "plan", "section"),
        agencies=figures_by(dated, str, "agency"),
        overdue=_oldest_first(lines, Box.OVERDUE),
        returned=_oldest_first(lines, Box.RETURNED),
        ongoing_tasks=len(_tasks(each for each in own if each.kind is Kind.ONGOING)),
        undated_tasks=len(undated),
        unconfirmed_tasks=len(undated & _tasks(each for each in own if each.box is Box.UNCONFIRMED)),
        dated_tasks=len(_tasks(each for each in own if is_dated(each) and each.box not in NOT_COUNTED)),
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


class _Of(NamedTuple):
    """What is asked of lines to know of which kind their tasks are."""

    plan: str
    task: str
    kind: Kind
    box: Box
    due: date | None
    duty: bool


def _kinds(lines: Iterable[Line]) -> list[_Of]:
    """Each of these once, of lines that are many more."""
    return [_Of(*each) for each in set(map(attrgetter(*_Of._fields), lines))]


def _tasks(found: Iterable[_Of]) -> set[tuple[str, str]]:
    """By plan and code: two plans may both have a 2b."""
    return {(each.plan, each.task) for each in found}


def _undated(found: Sequence[_Of]) -> set[tuple[str, str]]:
    """Tasks none of whose milestones has a date. Judged by kind, so that they stay where they are when some agencies
    have answered and when the year's end closes the rest."""
    return _tasks(found) - _tasks(
        each for each in found if each.kind not in (Kind.UNDATED, Kind.EVENT) or each.due is not None
    )
