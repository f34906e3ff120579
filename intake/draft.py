"""What was read of a document, as values: certain, filled in, asked, left out; nothing here is a plan yet."""

import datetime
from dataclasses import dataclass, field
from typing import Literal

from plan.model import Kind
from plan.times.rules import Recurrence, Trigger
from plan.times.values import Doubt as TimeDoubt

# What a question's sentence is made of: printed words, names, numbers, days.
Values = dict[str, str | int | datetime.date | list[str]]


@dataclass(frozen=True)
class Place:
    """Where something stands in the document; every number counts from 1 and is 0 where it does not apply.

    `line` counts the lines of a text or the paragraphs of a Word file, `row` the rows of a table or a sheet.
    """

    page: int = 0
    sheet: str = ""
    table: int = 0
    row: int = 0
    line: int = 0
    where: Literal["body", "header", "note", "box"] = "body"


@dataclass(frozen=True)
class Answer:
    """One answer that a question offers: `key` names its words."""

    key: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Doubt:
    """One question to the office: `about` a task's code or "plan", `words` the file's own words it concerns.

    `kind` says what is asked and names the sentence in the catalogue; `alike` are the codes of the other tasks for
    which the same answer holds; one that `blocks` is answered before the plan is taken over. A doubt about a printed
    `time` brings its question and its answers along, kind "time".
    """

    about: str
    kind: str
    place: Place
    words: str
    values: Values = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    alike: tuple[str, ...] = ()
    blocks: bool = True
    time: TimeDoubt | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The document's numbers of which one is meant; none for a doubt about anything else."""
        found = self.values.get("numbers", [])
        return tuple(found) if isinstance(found, list) else ()


@dataclass(frozen=True)
class LeftOut:
    """Words that became nothing of the plan, and why: `why` names the sentence in the catalogue."""

    place: Place
    words: str
    why: str


@dataclass(frozen=True)
class FilledIn:
    """What the document does not print and is certain all the same: an abbreviation, a hyphen that a scan lost."""

    about: str
    place: Place
    kind: str
    printed: str
    read: str


@dataclass(frozen=True)
class MilestoneDraft:
    """One time at which a result is owed, by its printed words.

    `kind` is None where the words are doubted, `due` the last local day that is in time, `start` the day on which it
    begins, `rule` and `every` what recurs or what it counts from (plan.times.values.Time), `proposals` the days that an
    answer may choose; `part` counts from 1 where the task has parts.
    """

    printed: str
    kind: Kind | None
    due: datetime.date | None = None
    start: datetime.date | None = None
    rule: Recurrence | Trigger | None = None
    every: Literal["period", "year"] | None = None
    proposals: tuple[datetime.date, ...] = ()
    part: int = 0


@dataclass(frozen=True)
class PartDraft:
    """A part of a task with bodies of its own."""

    title: str
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    lead_printed: str = ""
    coordinating_printed: str = ""


@dataclass(frozen=True)
class TaskDraft:
    """A task or a duty as printed, on one line each; `lead`, `coordinating` and `monitor` are names, parted.

    `leads` says whether several leads owe a result each or one together, None where that is asked or there is one.
    `result` is what the document says came of it by now. `time_head` is the head of the column that `timing` stood
    in, for reading it anew.
    """

    code: str
    title: str
    section: str
    place: Place
    code_assigned: bool = False
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    monitor: tuple[str, ...] = ()
    lead_printed: str = ""
    coordinating_printed: str = ""
    monitor_printed: str = ""
    leads: Literal["each", "together"] | None = None
    product: str = ""
    timing: str = ""
    time_head: str = ""
    note: str = ""
    parts: tuple[PartDraft, ...] = ()
    milestones: tuple[MilestoneDraft, ...] = ()
    result: str = ""


@dataclass(frozen=True)
class SectionDraft:
    """A section of the plan by its printed number."""

    id: str
    title: str


@dataclass(frozen=True)
class Head:
    """What the document says about itself; None where it is not printed, as in a draft that is sent round.

    `last_year` where an office follows a plan over several years, which `year` begins.
    """

    number: str | None = None
    date: datetime.date | None = None
    issuer: str | None = None
    title: str | None = None
    year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True)
class Body:
    """Somebody who is named: `kind` says whether one body, a group of them or a position; `printed` the other forms."""

    name: str
    kind: Literal["body", "group", "position"]
    printed: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetRow:
    """A row of a plan's own sheet that came back: its number in the sheet, and its words by the key of their column."""

    row: int
    cells: dict[str, str]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnSheet:
    """A plan that went out as a sheet and came back: `digest` names the version of the plan `plan` that went out."""

    plan: str
    digest: str
    basis: str = ""
    rows: tuple[SheetRow, ...] = ()
    bodies: tuple[SheetRow, ...] = ()


@dataclass(frozen=True)
class Article:
    """One thing that an amending document orders, in its own `words`.

    `target` are the printed numbers of the work it is about, from the outside in (section, item, point), each "" where
    it is not named; `title` are words of that work, where it is quoted. `before` and `after` are what is replaced and
    by what; `task` is the code of the draft's own task that comes in or takes the place of the one that is meant.
    """

    key: str
    op: Literal[
        "withdraw", "deadline", "lead", "coordinating", "product", "title", "words", "add", "rewrite", "renumber"
    ]
    place: Place
    words: str
    target: tuple[str, str, str] = ("", "", "")
    title: str = ""
    before: str = ""
    after: str = ""
    task: str = ""


@dataclass(frozen=True)
class Revision:
    """What a document changes of a plan that serves: the plan's own sheet, or articles about the plan of `numbers`.

    `numbers` are the numbers of decisions that the document says it amends.
    """

    sheet: OwnSheet | None = None
    articles: tuple[Article, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A document that was read; it does nothing until an office takes it over.

    One with a `revision` changes a plan that serves; its tasks are then those that come in.
    """

    head: Head
    sections: tuple[SectionDraft, ...] = ()
    tasks: tuple[TaskDraft, ...] = ()
    duties: tuple[TaskDraft, ...] = ()
    bodies: tuple[Body, ...] = ()
    filled_in: tuple[FilledIn, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    revision: Revision | None = None
