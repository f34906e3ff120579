"""One obligation as the list knows it: what it is counted as on a day, and what it is narrowed and ordered by."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from plan.due import is_happening, period_place
from plan.joint import members
from plan.model import Kind, Milestone, Task, milestone_label, milestone_number, task_of_work
from plan.status import State
from reports.figures.boxes import Box
from reports.figures.clerk import box_of
from reports.figures.rows import RUNS
from store.listing import Listed
from words.codes import fold
from words.office import Office

Place = tuple[int, ...]


class Line(NamedTuple):
    """An obligation in the list: `days` are working days left, negative when late, None where neither; `returned` those
    since an answer in time was returned.

    `code` is the label that people say, `section` the plan's id and the section's; `place` the order of the plan;
    `found` what free words are looked for in, folded; `work` the task's identity, by which somebody is named to carry
    it out, and `assignee` that person's number, None for nobody.
    """

    id: int
    plan: str
    task: str
    milestone: str
    code: str
    section: str
    title: str
    occurrence: str
    agency: str
    kind: Kind
    due: date | None
    planned: date | None
    box: Box
    days: int | None
    returned: int | None
    is_blocked: bool
    extensions: int
    place: Place
    found: str
    work: str
    assignee: int | None = None


class Known(NamedTuple):
    """What a plan says of one milestone, once for all who owe it."""

    task: Task
    milestone: Milestone
    code: str
    section: str
    place: Place
    found: str


class Lines:
    """Makes the lines of one local day, in the office of the day."""

    def __init__(self, office: Office, today: date) -> None:
        self.office, self.today = office, today
        self._known = _known(office)
        self._agencies = {each: place for place, each in enumerate(office.in_order(_all_agencies(office)))}
        self._found_agency = cache(self._folded)

    def line(self, owed: Listed) -> Line | None:
        """The line of an obligation; None for what has left the plan."""
        known = self._known.get((owed.plan, owed.work))
        if known is None or owed.state is State.RETIRED:
            return None
        kind = Kind.UNDATED if is_happening(owed.occurrence) else known.milestone.owed_kind
        lateness = self.office.lateness(owed, self.today)
        box = box_of(kind, known.milestone, owed, lateness)
        return Line(
            id=owed.id,
            plan=owed.plan,
            task=known.task.code,
            milestone=known.milestone.id,
            code=known.code,
            section=known.section,
            title=known.task.heading,
            occurrence=owed.occurrence,
            agency=owed.agency,
            kind=kind,
            due=owed.due,
            planned=owed.planned,
            box=box,
            days=lateness.days if box in RUNS else None,
            returned=lateness.days_returned if box is Box.RETURNED else None,
            is_blocked=owed.blocked and owed.state is State.OPEN,
            extensions=owed.extensions,
            place=(*known.place, period_place(owed.occurrence), self._place(owed.agency)),
            found=f"{known.found} {self._found_agency(owed.agency)}",
            work=task_of_work(owed.work),
        )

    def _place(self, agency: str) -> int:
        return min(self._agencies.get(each, len(self._agencies)) for each in members(agency))

    def _folded(self, agency: str) -> str:
        return fold(f"{self.office.agency_name(agency)} {self.office.agency_short(agency)}")


def _known(office: Office) -> Mapping[tuple[str, str], Known]:
    found = {}
    for number, plan in enumerate(office.plans.values()):
        sections = {section.id: place for place, section in enumerate(plan.sections)}
        for place, task in enumerate(plan.all_tasks):
            at = (number, sections.get(task.section, len(sections)), place)
            for each in task.milestones:
                code = milestone_label(task.code, each.id)
                words = fold(f"{code} {task.title} {task.product} {each.printed}")
                section = f"{plan.id}/{task.section}"
                found[plan.id, each.key] = Known(task, each, code, section, (*at, milestone_number(each.id)), words)
    return found


def _all_agencies(office: Office) -> set[str]:
    return {agency.id for plan in office.plans.values() for agency in plan.agencies}
