"""The columns that the list can show: what stands in each for a line, the same on the page, on paper and in a sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from desk.lists.line import Line
from desk.lists.tabs import Tab
from desk.lists.widths import FIRST, WIDTHS
from plan.model import Kind, Milestone, Plan, Task
from progress.items import period
from reports.figures.boxes import DONE, Box
from reports.tables.cells import Cell
from reports.tables.columns import GROUPED
from store.listing import UNNAMED, Beside, Who
from words.message import plain
from words.office import Office
from words.render import day, moment

# Those that somebody chooses, in their order.
CHOICES = tuple(key for key in WIDTHS if key not in FIRST)
USUAL = ("agency", "due", "left", "state", "evidence")
# Of what is late it is asked why, and how often its agency was told.
LATE = ("agency", "due", "left", "blocked", "reminded", "urged")


def chosen(kept: str | None, tab: Tab = Tab.OPEN) -> tuple[str, ...]:
    """The columns of somebody's choice as it is kept, in the order of the table; where none is, a tab's usual ones."""
    usual = LATE if tab is Tab.OVERDUE else USUAL
    wanted = usual if kept is None else kept.split(",")
    return (*FIRST, *(key for key in CHOICES if key in wanted))


@dataclass
class Cells:
    """Says what stands in each column, each sentence that many rows share once."""

    office: Office
    who: Who = UNNAMED
    _said: dict[tuple[str, object], str] = field(default_factory=dict)

    def rows(
        self, columns: Sequence[str], lines: Iterable[Line], beside: dict[int, Beside], first: int = 0
    ) -> Iterable[list[Cell]]:
        """A row of values for each line; they are numbered behind the `first` ones."""
        for number, line in enumerate(lines, start=first + 1):
            of = beside.get(line.id) or Beside()
            yield [number if key == "number" else self.value(key, line, of) for key in columns]

    def value(self, key: str, line: Line, beside: Beside) -> Cell:
        """What stands in a column; a moment is the office's, without a zone, as tables know none."""
        match key:
            case "":
                return None
            case "code":
                return line.code
            case "task":
                return line.title
            case "agency":
                return self.office.agency_short(line.agency)
            case "head":
                return "; ".join(self.who.leading(line.agency)) or None
            case "assignee":
                return self.who.names.get(line.assignee) if line.assignee is not None else None
            case "due":
                return line.due or self._milestone(line).printed
            case "planned":
                return line.planned
            case "left":
                return self.left(line)
            case "state":
                return self.state(line)
            case "blocked":
                return beside.said
            case "progress" | "evidence" | "reminded" | "urged" | "returned":
                value: str | int = getattr(beside, key)
                return value or None
            case "extensions":
                return line.extensions or None
            case "updated":
                at = beside.updated
                return self.office.local(at).replace(tzinfo=None, second=0, microsecond=0) if at else None
            case "result":
                return self.result(beside)
            case "period":
                return plain(period(self.office, line.occurrence)) if line.occurrence else None
            case "kind":
                return self._once("table.kind_dated" if line.kind is Kind.DATED else f"when.{line.kind}")
            case _:
                return self._of_task(key, line)

    def text(self, value: Cell) -> str:
        """A value as a page or a chat shows it."""
        if isinstance(value, datetime):
            return moment(value.replace(tzinfo=self.office.zone), self.office.zone)
        if isinstance(value, date):
            return day(value)
        return "" if value is None else str(value)

    def state(self, line: Line) -> str:
        """The box in words, the same as in reports."""
        return self.of_box(line.box, line.returned or 0)

    def of_box(self, box: Box, returned: int = 0) -> str:
        """A box without its days, which stand in a column of their own; what was returned says since when."""
        return self._once(f"desk_list.box_{box}" if box in GROUPED else f"box.{box}", days=0, returned=returned)

    def sign(self, box: Box) -> str:
        """What stands for a box where there is room for no word."""
        return self._once(f"desk_list.sign_{box}")

    def left(self, line: Line) -> str:
        """The working days left or past; empty where neither."""
        if line.days is None:
            return ""
        late = -line.days if line.box in (Box.OVERDUE, Box.FLAGGED) else None
        return self._once("desk_list.days_left", late=late, left=line.days)

    def result(self, beside: Beside) -> str:
        """The document that came out, otherwise the words of the answer."""
        if beside.number:
            return plain(self.office.text("product.named", number=beside.number, signed=beside.signed, title=""))
        return beside.note

    def shade(self, line: Line) -> str:
        """The look of a line, which repeats what its words say."""
        if line.box in DONE:
            return "done"
        return {Box.OVERDUE: "late", Box.NEAR: "near", Box.OPEN: "running"}.get(line.box, "apart")

    def _of_task(self, key: str, line: Line) -> str:
        plan = self.office.plans[line.plan]
        task, milestone = self._planned[line.plan, line.milestone]
        part = task.parts[milestone.part - 1] if milestone.part is not None else None
        match key:
            case "lead":
                return (part and part.lead_printed) or task.lead_printed
            case "coordinating":
                return (part and part.coordinating_printed) or task.coordinating_printed
            case "product":
                return task.product.removeprefix("+ ")
            case "basis":
                return self._once("record.basis", number=plan.decision.number, signed=plan.decision.date)
            case "section":
                return section_name(plan, task)
            case _:
                raise KeyError(key)

    def _milestone(self, line: Line) -> Milestone:
        return self._planned[line.plan, line.milestone][1]

    @cached_property
    def _planned(self) -> dict[tuple[str, str], tuple[Task, Milestone]]:
        return {
            (plan.id, each.id): (task, each)
            for plan in self.office.plans.values()
            for task in plan.all_tasks
            for each in task.milestones
        }

    def _once(self, key: str, **values: object) -> str:
        known = (key, tuple(values.items()))
        if known not in self._said:
            self._said[known] = plain(self.office.text(key, **values))
        return self._said[known]


def section_name(plan: Plan, task: Task) -> str:
    """The section with its number; a duty's place in the decision as it is."""
    found = next((section.title for section in plan.sections if section.id == task.section), "")
    return f"{task.section}. {found}" if found and not found.startswith(task.section) else found or task.section
