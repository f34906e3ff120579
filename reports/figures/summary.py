"""The figures of the office at a moment: one function that the chat, the picture and the command line share.

It can be asked about any past moment: what was true then by what was known then, or by what became known later. Which
events count at a moment is said in `plan.hindsight`; the plan is the one of the moment, the days off are those known.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import NamedTuple, Protocol

from sqlmodel import Session

from plan.causes import Cause
from plan.due import is_happening
from plan.hindsight import CameTo, counted
from plan.joint import concerns
from plan.lateness import Lateness
from plan.model import Kind, Milestone, Plan, Task
from plan.status import ANSWERED, SET_ASIDE, Event, Standing, State
from store import current_office, histories
from store.histories import Owed
from words.office import Office

# Printed words with a year name a time: where that could not be taken as the deadline, the admin is asked.
NAMES_A_TIME = re.compile(r"\b\d{4}\b")


class Box(StrEnum):
    """Where an obligation is counted; the first four are the official boxes, NEAR is part of the third."""

    DONE_IN_TIME = "done_in_time"  # hoàn thành đúng hạn
    DONE_LATE = "done_late"  # hoàn thành quá hạn
    OPEN = "open"  # chưa hoàn thành trong hạn
    NEAR = "near"  # ... trong đó sắp đến hạn
    OVERDUE = "overdue"  # chưa hoàn thành quá hạn
    ONGOING = "ongoing"  # thường xuyên
    UNDATED = "undated"  # chưa có hạn
    UNCONFIRMED = "unconfirmed"  # chờ xác nhận thời hạn
    EVENT = "event"  # sau mỗi đợt
    WAITING = "waiting"  # chờ xác nhận
    UNPROVEN = "unproven"  # chờ minh chứng
    RETURNED = "returned"  # được trả lại để bổ sung: answered in time, and not complete, whether past its day or not
    FLAGGED = "flagged"  # chờ quyết định: late by the date, an admin says whether it counts
    SUSPENDED = "suspended"  # tạm hoãn
    TRANSFERRED = "transferred"  # chuyển đơn vị khác
    ENDED = "ended"  # không tiếp tục
    EXCUSED = "excused"  # không thuộc đơn vị
    CLOSED = "closed"  # khép lại, không tính


DONE = (Box.DONE_IN_TIME, Box.DONE_LATE)
LATE = frozenset({Box.DONE_LATE, Box.OVERDUE})
APART = frozenset({Box.WAITING, Box.UNPROVEN, Box.RETURNED, Box.FLAGGED})
NOT_COUNTED = frozenset({Box.SUSPENDED, Box.TRANSFERRED, Box.ENDED, Box.EXCUSED, Box.CLOSED})


@dataclass(frozen=True)
class Line:
    """One obligation at the moment, and how it stands in time.

    `events` are those that count at the moment, in order, and `known` all that is known of it by now.
    """

    id: int
    plan: str
    work: str
    task: str
    milestone: str
    occurrence: str
    agency: str
    section: str
    kind: Kind
    due: date | None
    box: Box
    fallen_due: bool
    lateness: Lateness
    standing: Standing
    duty: bool
    events: tuple[Event, ...] = field(default=(), repr=False)
    known: tuple[Event, ...] = field(default=(), repr=False)

    @property
    def days(self) -> int | None:
        """The working days left, negative when late; None where neither."""
        return self.lateness.days

    @property
    def cause(self) -> Cause:
        """Where the cause of its lateness stands; none of what is not late."""
        return self.standing.cause if self.box in LATE else Cause.NONE


@dataclass(frozen=True)
class Figures:
    """Counts of obligations by box. `fallen` and `fallen_done` are those whose deadline has passed; `causes` are of
    what is late, open or done, and move no box."""

    boxes: Mapping[Box, int] = field(default_factory=dict)
    fallen: int = 0
    fallen_done: int = 0
    causes: Mapping[Cause, int] = field(default_factory=dict)

    def __getitem__(self, box: Box) -> int:
        return self.boxes.get(box, 0)

    @property
    def total(self) -> int:
        """The dated obligations that count."""
        return self.done + self.open + self[Box.OVERDUE] + self.apart

    @property
    def apart(self) -> int:
        """Answered and not confirmed, not proven or returned, or late by what is not decided: the boxes of `APART`, in
        a column of their own and in no rate."""
        return sum(self[box] for box in APART)

    @property
    def done(self) -> int:
        """Done, in time or late."""
        return sum(self[box] for box in DONE)

    @property
    def open(self) -> int:
        """Not done and not late, those near their day included."""
        return self[Box.OPEN] + self[Box.NEAR]

    @property
    def rate(self) -> int | None:
        """Percent done of what has fallen due; None while nothing has."""
        return round(100 * self.fallen_done / self.fallen) if self.fallen else None


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
        for owed, events in histories.histories(session, known_at)
        if (not agencies or concerns(owed.agency, agencies))
        and (line := clerk.line(owed, events)) is not None
        and (task is None or line.task == task)
        and (section is None or (line.section == section and not line.duty))
    )
    return of_lines(office, lines, as_of, known_at, section=section, agencies=agencies)


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


def figures(lines: Iterable[Line]) -> Figures:
    """Counts lines by box."""
    boxes: Counter[Box] = Counter()
    causes: Counter[Cause] = Counter()
    fallen = fallen_done = 0
    for line in lines:
        boxes[line.box] += 1
        causes[line.cause] += 1
        if line.fallen_due and line.box not in APART | NOT_COUNTED:
            fallen += 1
            fallen_done += line.standing.state is State.DONE
    del causes[Cause.NONE]
    return Figures(dict(boxes), fallen, fallen_done, dict(causes))


class PlannedWork(NamedTuple):
    """What a plan says of an obligation."""

    plan: Plan
    task: Task
    milestone: Milestone
    duty: bool


class Clerk:
    """Says where each obligation is counted at one moment, in the office of the moment.

    `planned` is what its plans say of each milestone, by plan and the identity of the work.
    """

    def __init__(self, office: Office, as_of: datetime) -> None:
        self.office, self.as_of, self.today = office, as_of, office.today(as_of)
        self.planned = {
            (plan.id, milestone.key): PlannedWork(plan, task, milestone, task in plan.duties)
            for plan in office.plans.values()
            for task in plan.all_tasks
            for milestone in task.milestones
        }
        # A plan has few dates and many obligations.
        self.late_after = cache(office.calendar.late_after)

    def line(self, owed: Owed, known: Sequence[Event], came_to: CameTo | None = None) -> Line | None:
        """An obligation's line; None where the plan did not know it or it was not there.

        `came_to` is what its history comes to at the moment, where that is known already.
        """
        planned = self.planned.get((owed.plan, owed.work))
        standing, events = came_to or counted(known, self.as_of)
        if planned is None or standing is None or standing.state is State.RETIRED:
            return None
        milestone, due = planned.milestone, standing.due
        # What a recorded event started has a day of its own.
        kind = Kind.UNDATED if is_happening(owed.occurrence) else milestone.owed_kind
        lateness = self.office.lateness(standing, self.today)
        return Line(
            id=owed.id,
            plan=owed.plan,
            task=planned.task.code,
            work=owed.work,
            milestone=milestone.id,
            occurrence=owed.occurrence,
            agency=owed.agency,
            section=planned.task.section,
            kind=kind,
            due=due,
            box=_box(kind, milestone, standing, lateness),
            fallen_due=due is not None and self.late_after(due) < self.today,
            lateness=lateness,
            standing=standing,
            duty=planned.duty,
            events=events,
            known=tuple(known),
        )


def _box(kind: Kind, milestone: Milestone, standing: Standing, lateness: Lateness) -> Box:
    if standing.state is State.CLOSED or standing.state in SET_ASIDE:
        return Box(standing.state)
    if standing.state in ANSWERED:
        return _answered(standing.state, lateness)
    if milestone.kind is Kind.ONGOING:
        return Box.ONGOING
    if kind is Kind.EVENT:
        return Box.EVENT
    if lateness.is_returned:
        return Box.RETURNED
    if standing.due is None:
        return Box.UNCONFIRMED if NAMES_A_TIME.search(milestone.printed) else Box.UNDATED
    if lateness.is_late or lateness.is_flagged:
        return Box.OVERDUE if lateness.is_late else Box.FLAGGED
    return Box.NEAR if lateness.is_near else Box.OPEN


def _answered(state: State, lateness: Lateness) -> Box:
    if state is not State.DONE:
        return Box.UNPROVEN if state is State.UNPROVEN else Box.WAITING
    if lateness.is_flagged:
        return Box.FLAGGED
    return Box.DONE_LATE if lateness.is_late else Box.DONE_IN_TIME


def section_key(office: Office, plan_id: str, section: str) -> str:
    """The section's own number, with its plan where several plans have a section of that number."""
    having = [plan.id for plan in office.plans.values() if any(each.id == section for each in plan.sections)]
    return section if len(having) < 2 else f"{plan_id}/{section}"


def _sections(office: Office, lines: Iterable[Line]) -> dict[str, Figures]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(section_key(office, line.plan, line.section), []).append(line)
    return {key: figures(found) for key, found in groups.items()}


def _grouped(lines: Iterable[Line], name: str) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(getattr(line, name), []).append(line)
    return groups


class Timed(Protocol):
    """Whatever says how it stands in time: a line, and a record's row."""

    @property
    def kind(self) -> Kind: ...
    @property
    def due(self) -> date | None: ...


def is_dated(line: Timed) -> bool:
    """Whether it has a date that is no report's: printed, or set by an admin."""
    return line.kind is Kind.DATED or (line.kind is Kind.UNDATED and line.due is not None)


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
