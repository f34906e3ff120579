"""The plan as values: what the decision says, who owes it, and when, frozen once it is read."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Text = Annotated[str, StringConstraints(min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{0,23}$")]
# 2b, 1đ, 5 or a word such as bc, and gv1 for work that was assigned in the chat: what people can type, and no more.
Code = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,2}[a-zđ]?|[a-zđ]{2,4}|gv[1-9][0-9]{0,3})$")]


class Value(BaseModel):
    """Frozen, and unknown keys are refused: a misspelt key must not be lost in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(StrEnum):
    """How a milestone stands in time; only dated and periodic ones (and undated ones with a set date) can be late."""

    DATED = "dated"
    ONGOING = "ongoing"  # thường xuyên: a progress line each quarter, closed at year end
    PERIODIC = "periodic"  # định kỳ: once for each reporting period
    UNDATED = "undated"  # chưa có hạn: waits for an admin to set a date
    EVENT = "event"  # sau mỗi đợt kiểm tra: owed when something happens


class Question(Value):
    """A doubt about the decision, for the admin: `about` a task code or "plan", `place` the words it concerns."""

    about: Text
    place: Text
    text: Text


class Agency(Value):
    """A body that can owe work; `short` is for chat lists and narrow tables, `basis` why it is on the list."""

    id: Slug
    name: Text
    short: Text
    aliases: tuple[Text, ...] = ()
    basis: Text


class Group(Value):
    """A phrase of the decision that means several agencies; each member owes its own result."""

    id: Slug
    name: Text
    aliases: tuple[Text, ...] = ()
    members: tuple[Slug, ...]
    basis: Text


class Part(Value):
    """A part of a task that has its own lead and coordinating bodies (ids of agencies or groups), and their words."""

    title: Text
    lead: tuple[Slug, ...]
    coordinating: tuple[Slug, ...] = ()
    lead_printed: str = ""
    coordinating_printed: str = ""


def milestone_number(milestone: str) -> int:
    """A milestone's place in its task, from its id: 2 of 2b.2."""
    return int(milestone.rpartition(".")[2])


def milestone_label(code: str, milestone: str) -> str:
    """A task's code as people say it; with the milestone where that is not the first: 2b, 2b.2."""
    number = milestone_number(milestone)
    return code if number == 1 else f"{code}.{number}"


class Milestone(Value):
    """One result that is owed at one time.

    `id` is the task's code, a dot and a number; `printed` the words that give its time; `part` counts from 1;
    `every` only for periodic ones; `evidence` says whether an answer needs a file: "required" (it waits for one, its
    moment kept), "asked" (the confirmation asks once) or "none"; `remind_days` replaces the installation's ladder, in
    working days before the anchor; `due_override` is a local date set by an admin for an undated one, with its
    `due_basis`. `uid` is the identity of the work where it is another than `id`: it stays when an amendment moves the
    letters up, is given by the adoption of the amendment (plan.amendment), and never stands in a file.
    """

    id: Text
    uid: str = ""
    kind: Kind
    printed: Text
    part: Annotated[int, Field(ge=1)] | None = None
    every: Literal["period", "year"] | None = None
    schedule: Literal["report", "compile"] = "report"
    evidence: Literal["required", "asked", "none"] = "none"
    remind_days: tuple[Annotated[int, Field(ge=0, le=250)], ...] | None = None
    due_override: date | None = None
    due_basis: Text | None = None

    @property
    def key(self) -> str:
        """The identity of the work, whatever code is printed beside it."""
        return self.uid or self.id

    @model_validator(mode="after")
    def _fields_agree(self) -> Self:
        if (self.kind is Kind.PERIODIC) != (self.every is not None):
            raise _rule(
                f"kind is {self.kind} and every is {self.every}",
                'Give a periodic milestone "every": "period" or "year", and no other kind an "every".',
            )
        if (self.due_override is None) != (self.due_basis is None):
            raise _rule(
                "due_override and due_basis belong together",
                "Give the date and the document or decision it rests on, or neither.",
            )
        if self.due_override is not None and self.kind is not Kind.UNDATED:
            raise _rule(
                f"due_override on a milestone that is {self.kind}",
                "Only an undated milestone takes a date here; a printed date changes by an extension.",
            )
        return self


class Task(Value):
    """A task or a duty of the decision; texts as printed with white space folded, `lead` and `coordinating` as ids.

    `code_assigned` says that the decision prints no code and this one is ours. For a duty `section` is its place
    in the decision ("III.1"), not one of the plan's sections. A task in parts has the leads of all of them in `lead`.
    """

    code: Code
    code_assigned: bool = False
    section: Text
    title: Text
    lead: tuple[Slug, ...]
    coordinating: tuple[Slug, ...] = ()
    lead_printed: Text
    coordinating_printed: str = ""
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
            raise _rule("report_day comes after compile_day", "Let the reports come in before they are compiled.")
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
    """An action plan: `compiler` is the agency that compiles the reports, `duties` are owed beside the tasks."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
    name: Text
    short: Text
    year: Annotated[int, Field(ge=2000, le=2100)]
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
        """The agency with this id; raises KeyError, also for a group."""
        for agency in self.agencies:
            if agency.id == agency_id:
                return agency
        raise KeyError(agency_id)

    def name_of(self, body_id: str) -> str:
        """The full name of an agency or a group; raises KeyError."""
        for group in self.groups:
            if group.id == body_id:
                return group.name
        return self.agency(body_id).name

    def expand(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Ids of agencies and groups as ids of agencies, each once, in the plan's order; raises KeyError."""
        members = {group.id: group.members for group in self.groups}
        wanted = {agency_id for body_id in ids for agency_id in members.get(body_id, (body_id,))}
        for agency_id in wanted:
            self.agency(agency_id)
        return tuple(agency.id for agency in self.agencies if agency.id in wanted)

    def letterhead_of(self, agency_id: str) -> Letterhead:
        """The letterhead of an agency's own report: what a later entry gives holds over an earlier one."""
        given: dict[str, object] = {}
        for entry in self.letterhead.agency_reports:
            if agency_id in self.expand(entry.of):
                given.update(entry.model_dump(exclude={"of"}, exclude_unset=True))
        return Letterhead.model_validate(given)

    def owners(self, task: Task, milestone: Milestone) -> tuple[str, ...]:
        """The agencies that each owe this milestone: the lead of its part where it has one, else of the task."""
        return self.expand(task.lead if milestone.part is None else task.parts[milestone.part - 1].lead)


def _rule(what: str, do: str) -> PydanticCustomError:
    return PydanticCustomError("plan_rule", "{what}", {"what": what, "do": do})
