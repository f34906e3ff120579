"""In which box an obligation is counted at a moment, in the office of the moment."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple, Protocol

from plan.due import is_happening
from plan.hindsight import CameTo, counted
from plan.lateness import Days, Lateness, days_of, lateness_of
from plan.model import Kind, Milestone, Plan, Task
from plan.status import ANSWERED, SET_ASIDE, Event, Standing, State
from reports.figures.boxes import Box, Line
from store.histories import Owed
from words.office import Office

# Printed words with a year name a time: where that could not be taken as the deadline, the admin is asked.
NAMES_A_TIME = re.compile(r"\b\d{4}\b")


class PlannedWork(NamedTuple):
    """What a plan says of an obligation; `kind` as its milestone is owed, `places` where what stands alike is counted:
    a plan has few dates and many obligations."""

    plan: Plan
    task: Task
    milestone: Milestone
    duty: bool
    kind: Kind
    places: dict[tuple[Kind, Days], "Placed"]


class Placed(NamedTuple):
    """Where an obligation is counted."""

    box: Box
    fallen_due: bool
    lateness: Lateness


class Clerk:
    """Says where each obligation is counted at one moment, in the office of the moment.

    `planned` is what its plans say of each milestone, by plan and the identity of the work.
    """

    def __init__(self, office: Office, as_of: datetime) -> None:
        self.office, self.as_of, self.today = office, as_of, office.today(as_of)
        self.planned = {
            (plan.id, milestone.key): PlannedWork(plan, task, milestone, duty, milestone.owed_kind, {})
            for plan in office.plans.values()
            for duty, tasks in ((False, plan.tasks), (True, plan.duties))
            for task in tasks
            for milestone in task.milestones
        }
        self.late_after = cache(office.calendar.late_after)

    def line(self, owed: Owed, known: Sequence[Event], came_to: CameTo | None = None) -> Line | None:
        """An obligation's line; None where the plan did not know it or it was not there.

        `came_to` is what its history comes to at the moment, where that is known already.
        """
        standing, events = came_to or counted(known, self.as_of)
        if standing is None:
            return None
        line = self.standing(owed, standing)
        return line and line._replace(events=events, known=tuple(known))

    def standing(self, owed: Owed, standing: Standing) -> Line | None:
        """The line of an obligation that is known to stand so at the moment, without its events; None where the plan
        did not know it."""
        planned = self.planned.get((owed.plan, owed.work))
        if planned is None or standing.state is State.RETIRED:
            return None
        # What a recorded event started has a day of its own.
        kind = Kind.UNDATED if owed.occurrence and is_happening(owed.occurrence) else planned.kind
        alike = kind, days_of(standing, self.office.today)
        placed = planned.places.get(alike)
        if placed is None:
            placed = planned.places[alike] = self._place(planned.milestone, standing, *alike)
        return Line(
            owed.id,
            owed.plan,
            owed.work,
            planned.task.code,
            planned.milestone.id,
            owed.occurrence,
            owed.agency,
            planned.task.section,
            kind,
            standing.due,
            *placed,
            standing,
            planned.duty,
        )

    def _place(self, milestone: Milestone, standing: Standing, kind: Kind, days: Days) -> Placed:
        lateness = lateness_of(days, self.office.calendar, self.today)
        fallen_due = days.due is not None and self.late_after(days.due) < self.today
        return Placed(box_of(kind, milestone, standing, lateness), fallen_due, lateness)


class Stands(Protocol):
    """What is read of where an obligation stands: a `Standing` has it, and so has a row of a list."""

    @property
    def state(self) -> State: ...
    @property
    def due(self) -> date | None: ...


def box_of(kind: Kind, milestone: Milestone, standing: Stands, lateness: Lateness) -> Box:
    """In which box an obligation is counted that is in the plan, of a milestone as it is owed."""
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
