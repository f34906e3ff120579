"""What the blocks of a document gave, before names and times are read."""

from dataclasses import dataclass, field

from intake.draft import LeftOut, Place
from intake.fields import OpenTask
from intake.roles import Role
from intake.source import Line, Row
from intake.table_head import Layout


@dataclass(frozen=True)
class Bare:
    """Words that stand where tasks stand and name nobody and no time."""

    words: str
    place: Place


@dataclass(frozen=True)
class Heading:
    """A numbered heading, which is a section where a task stands in it."""

    code: str
    title: str
    line: Line | Row


@dataclass
class Collected:
    """Tasks and duties in their order, the headings by where they stand (chapter, number), and what was left out.

    `layout`, `above` (the fields of the last row), `chapter` and `ended` are those of the last table, for one that goes
    on;
    `sheets` numbers the sheets of a workbook.
    """

    tasks: list[OpenTask] = field(default_factory=list)
    duties: list[OpenTask] = field(default_factory=list)
    headings: dict[tuple[str, str], Heading] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    bare: list[Bare] = field(default_factory=list)
    hidden: list[Bare] = field(default_factory=list)
    corrections: list[Bare] = field(default_factory=list)
    layout: Layout | None = None
    above: dict[Role, str] = field(default_factory=dict)
    chapter: tuple[str, str] = ("", "")
    ended: bool = False
    sheets: dict[str, int] = field(default_factory=dict)

    def leave_out(self, what: Line | Row, why: str) -> None:
        """Names a line or a row that becomes nothing of the plan."""
        words = what.text if isinstance(what, Line) else what.words
        if words:
            self.left_out.append(LeftOut(what.place, words, why))
