"""The figures of the office at a moment: one function that the chat, the picture and the command line share.

It reads only events recorded until then, so it can be asked about any past moment and answers what was true then.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from plan.model import Kind
from plan.reminders import days_left
from plan.status import ANSWERED, SET_ASIDE, Event, EventKind, Judgement, Standing, State, replay
from progress.timeliness import in_time
from store import obligations
from words.office import Office

NEAR_DAYS = 7  # working days before the deadline from which it is "sắp đến hạn"

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
    RETURNED = "returned"  # được trả lại để bổ sung: answered in time, and not complete
    FLAGGED = "flagged"  # chờ quyết định: late while the service was off
    SUSPENDED = "suspended"  # tạm hoãn
    TRANSFERRED = "transferred"  # chuyển đơn vị khác
    ENDED = "ended"  # không tiếp tục
    EXCUSED = "excused"  # không thuộc đơn vị
    CLOSED = "closed"  # khép lại, không tính


APART = frozenset({Box.WAITING, Box.UNPROVEN, Box.RETURNED, Box.FLAGGED})
NOT_COUNTED = frozenset({Box.SUSPENDED, Box.TRANSFERRED, Box.ENDED, Box.EXCUSED, Box.CLOSED})


@dataclass(frozen=True)
class Line:
    """One obligation at the moment; `days` in working days, negative when late."""

    id: int
    plan: str
    task: str
    milestone: str
    occurrence: str
    agency: str
    section: str
    kind: Kind
    due: date | None
    box: Box
    fallen_due: bool
    days: int | None
    standing: Standing
    duty: bool


@dataclass(frozen=True)
class Figures:
    """Counts of obligations by box. `fallen` and `fallen_done` are those whose deadline has passed."""

    boxes: Mapping[Box, int] = field(default_factory=dict)
    fallen: int = 0
    fallen_done: int = 0

    def __getitem__(self, box: Box) -> int:
        return self.boxes.get(box, 0)

    @property
    def total(self) -> int:
        """The dated obligations that count."""
        return self.done + self.open + self[Box.OVERDUE] + self.waiting

    @property
    def waiting(self) -> int:
        """Answered and not confirmed, or late by what is not decided: in a column of their own, in no rate."""
        return sum(self[box] for box in APART)

    @property
    def done(self) -> int:
        """Done, in time or late."""
        return self[Box.DONE_IN_TIME] + self[Box.DONE_LATE]

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
    admin; `periodic` the reports, those of the duties included; `sections` and `agencies` are of `dated`; `overdue` is
    oldest first. Each of `tasks` either has something dated or periodic, or is among `ongoing_tasks`, or among
    `undated_tasks`, of which `unconfirmed_tasks` wait for an admin's word."""

    as_of: datetime
    today: date
    plan_names: tuple[str, ...]
    tasks: int
    lines: tuple[Line, ...]
    dated: Figures
    periodic: Figures
    sections: Mapping[str, Figures]
    agencies: Mapping[str, Figures]
    overdue: tuple[Line, ...]
    ongoing_tasks: int
    undated_tasks: int
    unconfirmed_tasks: int
    section: str | None = None
    of_agencies: tuple[str, ...] = ()

    @property
    def picture(self) -> str:
        """The name under which `reports.paint` paints these figures."""
        part = f"|{self.section or ''}|{','.join(self.of_agencies)}" if self.section or self.of_agencies else ""
        return f"matrix@{self.as_of.isoformat()}{part}"


def build(
    session: Session,
    office: Office,
    as_of: datetime,
    *,
    task: str | None = None,
    section: str | None = None,
    agencies: Collection[str] = (),
) -> Summary:
    """The figures at an instant (UTC), of all plans, or of one task, one section or some agencies (ids; none: all)."""
    lines = tuple(
        line
        for line in _lines(session, office, as_of)
        if (task is None or line.task == task)
        and (section is None or (line.section == section and not line.duty))
        and (not agencies or line.agency in agencies)
    )
    dated = [line for line in lines if _is_dated(line) and not line.duty]
    overdue = sorted(
        (line for line in lines if line.box is Box.OVERDUE), key=lambda line: (line.due or date.max, line.id)
    )
    own = [line for line in lines if not line.duty]
    undated = _undated(own)
    return Summary(
        as_of=as_of,
        today=office.today(as_of),
        plan_names=tuple(plan.short for plan in office.plans.values()),
        tasks=len(_tasks(own)),
        lines=lines,
        dated=figures(dated),
        periodic=figures(line for line in lines if line.kind is Kind.PERIODIC),
        sections=_sections(office, dated),
        agencies={key: figures(found) for key, found in _grouped(dated, "agency").items()},
        overdue=tuple(overdue),
        ongoing_tasks=len(_tasks(line for line in own if line.kind is Kind.ONGOING)),
        undated_tasks=len(undated),
        unconfirmed_tasks=len(undated & _tasks(line for line in own if line.box is Box.UNCONFIRMED)),
        section=section,
        of_agencies=tuple(agencies),
    )


def figures(lines: Iterable[Line]) -> Figures:
    """Counts lines by box."""
    boxes: Counter[Box] = Counter()
    fallen = fallen_done = 0
    for line in lines:
        boxes[line.box] += 1
        if line.fallen_due and line.box not in APART | NOT_COUNTED:
            fallen += 1
            fallen_done += line.standing.state is State.DONE
    return Figures(dict(boxes), fallen, fallen_done)


def _lines(session: Session, office: Office, as_of: datetime) -> Iterable[Line]:
    today = office.today(as_of)
    for row, events in obligations.history(session, as_of):
        standing = replay(
            Event(EventKind(event.kind), event.at, event.recorded_at, event.due, event.note) for event in events
        )
        if standing is None or standing.state is State.RETIRED or row.plan_id not in office.plans:
            continue
        plan = office.plans[row.plan_id]
        try:
            task, milestone = plan.milestone(row.milestone)
        except KeyError:
            continue
        kind = Kind(row.kind)
        assert row.id is not None
        yield Line(
            id=row.id,
            plan=row.plan_id,
            task=row.task,
            milestone=row.milestone,
            occurrence=row.occurrence,
            agency=row.agency_id,
            section=task.section,
            kind=kind,
            due=standing.due,
            box=_box(office, kind, standing, today, asked=NAMES_A_TIME.search(milestone.printed) is not None),
            fallen_due=standing.due is not None and office.calendar.late_after(standing.due) < today,
            days=days_left(standing.due, office.calendar, today) if standing.due else None,
            standing=standing,
            duty=task in plan.duties,
        )


def _box(office: Office, kind: Kind, standing: Standing, today: date, *, asked: bool) -> Box:
    if standing.state is State.CLOSED or standing.state in SET_ASIDE:
        return Box(standing.state)
    if standing.state in ANSWERED:
        return _answered(office, standing)
    if kind is Kind.ONGOING:
        return Box.ONGOING
    if kind is Kind.EVENT:
        return Box.EVENT
    if standing.due is None:
        return Box.UNCONFIRMED if asked else Box.UNDATED
    if office.calendar.late_after(standing.due) < today:
        if standing.kept_at is not None and in_time(office, standing.due, standing.kept_at):
            return Box.RETURNED
        return Box.FLAGGED if standing.judged is Judgement.FLAGGED else Box.OVERDUE
    return Box.NEAR if days_left(standing.due, office.calendar, today) <= NEAR_DAYS else Box.OPEN


def _answered(office: Office, standing: Standing) -> Box:
    assert standing.done_at is not None
    if standing.state is not State.DONE:
        return Box.UNPROVEN if standing.state is State.UNPROVEN else Box.WAITING
    late = in_time(office, standing.due, standing.done_at) is False
    if late and standing.judged is Judgement.FLAGGED:
        return Box.FLAGGED
    late = standing.judged is Judgement.LATE or (late and standing.judged is not Judgement.IN_TIME)
    return Box.DONE_LATE if late else Box.DONE_IN_TIME


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


def _is_dated(line: Line) -> bool:
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
