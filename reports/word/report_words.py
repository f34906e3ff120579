"""The placeholders of the templates of reports, each with what it says; docs/templates.md is made of them."""

from pydantic import Field

from plan.model import Value
from reports.word.letterhead import Head
from reports.word.templates import Picture


class Figures(Value):
    """The four boxes and what stands beside them."""

    total: int = Field(description="dated results that count")
    done: int = Field(description="done, in time or late")
    done_in_time: int = Field(description="done in time")
    done_late: int = Field(description="done late")
    open: int = Field(description="not done, within the deadline, those near it included")
    near: int = Field(description="not done, and near the deadline")
    overdue: int = Field(description="not done, past the deadline")
    answered: int = Field(description="answered, and not confirmed, proven, complete or decided yet")
    left: int = Field(description="suspended, transferred, ended, excused or closed: not counted")
    fallen: int = Field(description="those whose deadline has passed")
    fallen_done: int = Field(description="those of them that are done")
    rate: str = Field(description="the percentage done of what has fallen due, or a dash")


class Named(Figures):
    """The figures of one agency or group of agencies."""

    number: int = Field(description="its number in the table")
    name: str = Field(description="its name")


class State(Value):
    """The agencies of one task that stand alike."""

    name: str = Field(description="how they stand")
    count: int = Field(description="how many they are")
    agencies: str = Field(description="who they are, each with its document, its delay or its obstacle")


class Item(Value):
    """One milestone in the columns of the official table, its agencies together."""

    number: int = Field(description="STT")
    code: str = Field(description="the task's code")
    title: str = Field(description="the task")
    basis: str = Field(description="the document that gave it; `basis` of the report says the one of most rows")
    lead: str = Field(description="the leading body, as printed")
    coordinating: str = Field(description="the coordinating body, as printed")
    product: str = Field(description="what must come out")
    deadline: str = Field(description="the deadline, as printed and as a day")
    result: str = Field(description="the document that came out, or how many agencies are done")
    state: str = Field(description="how it stands")
    blocked: str = Field(description="what hinders, or why it is late")
    note: str = Field(description="a remark")
    states: tuple[State, ...] = Field(description="where several agencies owe it: how they stand, box by box")


class Section(Figures):
    """A section of the plan, with its results in sentences."""

    number: int = Field(description="its number in the report")
    name: str = Field(description="its title")
    beside: Figures = Field(description="its reports of the period and its duties, which the dated results do not hold")
    results: tuple[str, ...] = Field(description="what was done, task by task")
    going: tuple[str, ...] = Field(description="what is under way, as the agencies told it")
    late: tuple[str, ...] = Field(description="what is late, and whose it is")
    late_codes: str = Field(description="the codes of what is late, each with how many results")
    rows: tuple[Item, ...] = Field(description="its rows in the annex")


class Left(Value):
    """What is not counted."""

    number: int = Field(description="STT")
    code: str = Field(description="the task's code")
    title: str = Field(description="the task")
    agencies: str = Field(description="whose it was")
    state: str = Field(description="what became of it")
    reason: str = Field(description="why, and by which document")


class Before(Value):
    """The figures at the end of the period before."""

    name: str = Field(description="the period's name")
    done: int = Field(description="done then")
    overdue: int = Field(description="late then")
    rate: str = Field(description="the rate then")
    change_done: str = Field(description="how many more or fewer are done now, in words")
    change_overdue: str = Field(description="how many more or fewer are late now, in words")


class Basis(Value):
    """A plan that the report is about."""

    name: str = Field(description="its name")
    number: str = Field(description="the decision's number")
    signed: str = Field(description="the day on which it was signed")
    issuer: str = Field(description="who signed it")
    about: str = Field(description='what it does, as it follows "về việc"')


class Frozen(Value):
    """The issue under which the figures were frozen; its numbers are 0 and its words empty in a draft."""

    number: int = Field(description="which issue it is")
    at: str = Field(description="when it was issued")
    code: str = Field(description="the first 8 letters of the figures' SHA-256")
    corrects: int = Field(description="the issue that it replaces, 0 where it replaces none")
    reason: str = Field(description="why it replaces it")


class PicturePage(Value):
    """A picture of the annex."""

    caption: str = Field(description="what it shows")
    image: Picture = Field(description="the picture itself")


class ReportWords(Value):
    """Everything that report.docx and agency_report.docx can say."""

    head: Head = Field(description="the letterhead, from the plan's data")
    draft: bool = Field(description="whether the figures are not frozen")
    issue: Frozen = Field(description="the issue")
    period: str = Field(description="the period's name")
    subject: str = Field(description="the plans and the period; a year that both name stands once")
    basis: str = Field(description="the document that gave most of it, said once")
    first: str = Field(description="its window's first day")
    last: str = Field(description="its window's last day")
    after: str = Field(description="the day after the window's last")
    ends: str = Field(description="the last day of the quarter, half-year or year itself")
    over: bool = Field(description="whether the window had closed")
    as_of: str = Field(description="up to when the figures are, in words")
    early: str = Field(description="why they were frozen before the window's end; empty where they were not")
    plan_names: str = Field(description="the names of the plans")
    plans: tuple[Basis, ...] = Field(description="the plans, each with its decision")
    compiler: str = Field(description="the body that compiles")
    about: str = Field(description="whose report it is; empty for the whole office")
    tasks: int = Field(description="how many tasks there are")
    dated_tasks: int = Field(description="how many of them have a dated or periodic result")
    assigned_tasks: int = Field(description="how many of those were assigned in the chat")
    ongoing_tasks: int = Field(description="how many are ongoing")
    undated_tasks: int = Field(description="how many have no date yet")
    unconfirmed_tasks: int = Field(description="how many of those wait for a date to be confirmed")
    bodies: int = Field(description="how many agencies owe something")
    dated: Figures = Field(description="the figures of the dated results")
    periodic: Figures = Field(description="the figures of the periodic reports")
    before: Before | None = Field(description="the period before, where there is one")
    between: int = Field(description="how many deadlines lie between the window and `ends`")
    between_done: int = Field(description="how many of those are done already")
    between_codes: str = Field(description="their tasks, each with how many they are")
    sections: tuple[Section, ...] = Field(description="the sections of the plan")
    agencies: tuple[Named, ...] = Field(description="the agencies")
    groups: tuple[Named, ...] = Field(description="the groups of agencies")
    late: tuple[str, ...] = Field(
        description="what is late and how long, longest first; then how much of it has an objective cause"
    )
    blocked: tuple[str, ...] = Field(description="what hinders or did in the period, task by task")
    hindered: bool = Field(description="whether something still hinders")
    proposals: tuple[str, ...] = Field(description="what the agencies' answers ask of others")
    uncounted: tuple[Left, ...] = Field(description="what is not counted, and why")
    pictures: tuple[PicturePage, ...] = Field(description="the pictures")
