"""The plan as values: what the decision says, who owes it, and when, frozen once it is read."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from plan.agencies import Agency as Agency
from plan.agencies import Group as Group
from plan.agencies import Slug as Slug
from plan.agencies import together
from plan.joint import is_joint, joint_id, members
from plan.milestone import Kind as Kind
from plan.milestone import Milestone as Milestone
from plan.milestone import milestone_label as milestone_label
from plan.milestone import milestone_number as milestone_number
from plan.milestone import task_of_work as task_of_work
from plan.value import Name, Text, broken_rule
from plan.value import Value as Value

# 2b, 1đ, 5 or a word such as bc, gv1 for work that was assigned in the chat, and numbers in several places as they are
# printed: 1.10, II.1.1, A.2, I.a. A lone letter or Roman number is no code: "v" is a word that people write.
Code = Annotated[
    str,
    StringConstraints(
        pattern=r"^([0-9]{1,3}[a-zđ]?|[a-zđ]{2,4}|gv[1-9][0-9]{0,3}"
        r"|([IVXLC]{1,6}|[A-ZĐ]|[0-9]{1,3}[a-zđ]?)(\.([0-9]{1,3}[a-zđ]?|[a-zđ]|[IVX]{1,5})){1,5})$"
    ),
]


MOST_YEARS = 10


class Question(Value):
    """A doubt about the decision, for the admin: `about` a task code or "plan", `place` the words it concerns."""

    about: Text
    place: Text
    text: Text


class Part(Value):
    """A part of a task that has its own lead and coordinating bodies (ids of agencies or groups), and their words."""

    title: Text
    lead: tuple[Slug, ...]
    coordinating: tuple[Slug, ...] = ()
    lead_printed: str = ""
    coordinating_printed: str = ""


class Task(Value):
    """A task or a duty of the decision; texts as printed with white space folded, `lead` and `coordinating` as ids.

    `code_assigned` says that the decision prints no code and this one is ours. For a duty `section` is its place
    in the decision ("III.1"), not one of the plan's sections. A task in parts has the leads of all of them in `lead`.
    `leads` says whether several leads owe a result each or one together; `monitor` are ids of who follows up and is
    told of lateness, and owes nothing.
    """

    code: Code
    code_assigned: bool = False
    section: Text
    title: Text
    lead: tuple[Slug, ...]
    coordinating: tuple[Slug, ...] = ()
    lead_printed: Text
    coordinating_printed: str = ""
    leads: Literal["each", "together"] = "each"
    monitor: tuple[Slug, ...] = ()
    monitor_printed: str = ""
    parts: tuple[Part, ...] = ()
    product: Text
    timing: Text
    milestones: tuple[Milestone, ...]
    questions: tuple[Question, ...] = ()

    @property
    def heading(self) -> str:
        """The title as it stands alone: with a capital, also where it was cut out of a sentence of the decision."""
        return self.title[:1].upper() + self.title[1:]

    def short(self, limit: int = 60) -> str:
        """The heading in at most `limit` characters, cut at a word with "…" where it is longer."""
        title = self.heading
        if len(title) <= limit:
            return title
        head = title[:limit]
        # head holds limit characters; the last word is kept only where the ellipsis still fits behind it.
        cut = head.rsplit(" ", 1)[0] if " " in head else head[: limit - 1]
        return cut.rstrip(" ,;:.-–(") + "…"


class Section(Value):
    """A section of the decision's second chapter, "1" to "8" in the plan of 2020."""

    id: Text
    title: Text


class Decision(Value):
    """The document the plan comes from; `date` is the day it was signed (local)."""

    number: Text
    date: date
    issuer: Text
    title: Text


class ReportDays(Value):
    """Days of a reporting period's last month (March, June, September, December).

    On `report_day` the agencies hand in their reports, on `compile_day` the compiling agency hands in its
    compilation; either moves to the working day before when it falls on a day off. The periods end on the 14th
    [source]; that agencies report on the 10th and that the compilation is due on the period's last day is assumed.
    """

    report_day: Annotated[int, Field(ge=1, le=28)] = 10
    compile_day: Annotated[int, Field(ge=1, le=28)] = 14

    @model_validator(mode="after")
    def _reports_come_first(self) -> Self:
        if self.report_day > self.compile_day:
            raise broken_rule("report_day comes after compile_day", "Let the reports come in before they are compiled.")
        return self


class Letterhead(Value):
    """What stands around the text of a document to be signed (Decree 30/2020/NĐ-CP, annex I); printed as written.

    A field that is not given is left as dots, to be filled by hand; an empty one is left out. A line break parts the
    lines of a long name. `parent` and `issuer` are the bodies above the number, `symbol` stands behind the number's
    "/", `recipients` are the lines of "Nơi nhận".
    """

    parent: str | None = None
    issuer: str | None = None
    symbol: str | None = None
    place: str | None = None
    addressee: str | None = None
    recipients: tuple[Text, ...] | None = None
    signer: str | None = None


class AgencyLetterhead(Letterhead):
    """The letterhead of what agencies sign themselves; `of` are ids of agencies or groups."""

    of: tuple[Slug, ...]


class Letterheads(Value):
    """The letterheads of the compiling agency's report and letter, and of the agencies' own reports."""

    report: Letterhead = Letterhead()
    letter: Letterhead = Letterhead()
    agency_reports: tuple[AgencyLetterhead, ...] = ()


class Plan(Value):
    """An action plan: `compiler` is the agency that compiles the reports, `duties` are owed beside the tasks.

    A plan over several years begins in `year` and ends in `last_year`: what recurs is owed in each of them.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
    name: Name
    short: Name
    year: Annotated[int, Field(ge=2000, le=2100)]
    last_year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    decision: Decision
    compiler: Slug
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    duties: tuple[Task, ...] = ()
    agencies: tuple[Agency, ...]
    groups: tuple[Group, ...] = ()
    questions: tuple[Question, ...] = ()
    report_days: ReportDays = ReportDays()
    letterhead: Letterheads = Letterheads()

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last_year is not None and not self.year <= self.last_year <= self.year + MOST_YEARS:
            raise broken_rule(
                f"last_year is {self.last_year} and year {self.year}",
                f"Give the plan's first and last year, at most {MOST_YEARS} years apart.",
            )
        return self

    @property
    def years(self) -> range:
        """The years of the plan, in which what recurs is owed."""
        return range(self.year, (self.last_year or self.year) + 1)

    @property
    def ends(self) -> date:
        """The last local day of the plan."""
        return date(self.years[-1], 12, 31)

    @property
    def label(self) -> str:
        """The short name, with the year where the name does not say it."""
        return self.short if str(self.year) in self.short else f"{self.short} {self.year}"

    @property
    def all_tasks(self) -> tuple[Task, ...]:
        """The tasks, then the duties, each in the order of the decision."""
        return self.tasks + self.duties

    def task(self, code: str) -> Task:
        """The task or duty with this code; đ is not d. Raises KeyError."""
        for task in self.all_tasks:
            if task.code == code:
                return task
        raise KeyError(code)

    def milestone(self, milestone_id: str) -> tuple[Task, Milestone]:
        """The milestone with this id, as it is printed now, and its task; raises KeyError."""
        for task in self.all_tasks:
            for milestone in task.milestones:
                if milestone.id == milestone_id:
                    return task, milestone
        raise KeyError(milestone_id)

    def agency(self, agency_id: str) -> Agency:
        """The agency with this id, or those that owe together under it; raises KeyError, also for a group."""
        for agency in self.agencies:
            if agency.id == agency_id:
                return agency
        if is_joint(agency_id):
            return together(tuple(map(self.agency, members(agency_id))))
        raise KeyError(agency_id)

    def name_of(self, body_id: str) -> str:
        """The full name of an agency or a group; raises KeyError."""
        for group in self.groups:
            if group.id == body_id:
                return group.name
        return self.agency(body_id).name

    def expand(self, ids: Iterable[str], on: date | None = None) -> tuple[str, ...]:
        """Ids of agencies and groups as ids of agencies, each once, in the plan's order; raises KeyError.

        On a local day those that have ended are their successors, and a group has no members yet that begin later.
        """
        groups = {group.id: group.members for group in self.groups}
        wanted: set[str] = set()
        for body_id in ids:
            named = groups.get(body_id, (body_id,))
            begun = [each for each in named if body_id not in groups or self._has_begun(each, on)]
            wanted |= {self.heir(each, on) for each in begun}
        return tuple(agency.id for agency in self.agencies if agency.id in wanted)

    def heir(self, agency_id: str, on: date | None) -> str:
        """Who owes on a local day what an agency owed: itself, or who came after it; raises KeyError."""
        if is_joint(agency_id):
            return joint_id(self.heir(each, on) for each in members(agency_id))
        agency, passed = self.agency(agency_id), {agency_id}
        while on is not None and agency.until is not None and on > agency.until and agency.successors:
            agency = self.agency(agency.successors[0])
            if agency.id in passed:
                break
            passed.add(agency.id)
        return agency.id

    def ended(self, on: date) -> tuple[Agency, ...]:
        """The agencies whose work is their successors' on a local day."""
        return tuple(each for each in self.agencies if each.until is not None and on > each.until and each.successors)

    def _has_begun(self, agency_id: str, on: date | None) -> bool:
        if on is None:
            return True
        since = self.agency(agency_id).since
        return since is None or since <= on

    def letterhead_of(self, agency_id: str) -> Letterhead:
        """The letterhead of an agency's own report: what a later entry gives holds over an earlier one."""
        given: dict[str, object] = {}
        for entry in self.letterhead.agency_reports:
            if agency_id in self.expand(entry.of):
                given.update(entry.model_dump(exclude={"of"}, exclude_unset=True))
        return Letterhead.model_validate(given)

    def owners(self, task: Task, milestone: Milestone, on: date | None = None) -> tuple[str, ...]:
        """The agencies that each owe this milestone: the lead of its part where it has one, else of the task.

        Leads that owe it together are one, under their joint identity. On a local day who has ended is its successor.
        """
        owners = self.expand(task.lead if milestone.part is None else task.parts[milestone.part - 1].lead, on)
        return (joint_id(owners),) if task.leads == "together" and owners else owners

    def owing(self) -> tuple[str, ...]:
        """Everybody who owes something at any time, joint identities too, each once and in the order of the work."""
        days = [None, *(each.until + timedelta(days=1) for each in self.agencies if each.until)]
        work = [(task, each) for task in self.all_tasks for each in task.milestones]
        return tuple(
            dict.fromkeys(owner for task, each in work for on in days for owner in self.owners(task, each, on))
        )
