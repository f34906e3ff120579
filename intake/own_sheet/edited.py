"""The plan that a sheet makes of the one that went out as it; every milestone bears the identity of its work."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from intake.draft import OwnSheet, SheetRow
from intake.letters import one_line, plain, tidy
from intake.own_sheet.columns import COLUMNS
from intake.own_sheet.faults import SheetFault, SheetFaultsError
from intake.own_sheet.register import Register, register
from intake.own_sheet.rows import Leads, Said, Written, rows
from intake.own_sheet.timed import OF_TIME, TimeFaultError, timed
from intake.settled.codes import is_code
from plan.model import Milestone, Plan, Section, Task, milestone_number
from words.names import clean

OF_TASK = tuple(column.key for column in COLUMNS if column.of_task)
LOCKED_IS_SAID = ("code", *OF_TASK)


@dataclass(frozen=True)
class Wording:
    """What stands in the plan where the sheet says nothing: a product; and why a body that was added is on the list."""

    product: str
    basis: str


def edited(plan: Plan, sheet: OwnSheet, said: Said, wording: Wording) -> Plan:
    """The plan as the sheet has it, in the sheet's order; raises SheetFaultsError with everything that is wrong.

    A row that is gone or marked is withdrawn, one without an identity is new. What no cell shows (rules, letterheads,
    who must send a file) stays as it is.
    """
    return _Editor(plan, sheet, said, wording).plan()


class _Editor:
    def __init__(self, plan: Plan, sheet: OwnSheet, said: Said, wording: Wording) -> None:
        self.before, self.sheet, self.said, self.wording = plan, sheet, said, wording
        self.faults: list[SheetFault] = []
        self.bodies: Register = register(plan, sheet.bodies, wording.basis)
        self.was = {str(each.cells["id"]): each for each in rows(plan, said)}
        self.work = {each.key: (task, each) for task in plan.all_tasks for each in task.milestones}
        self.sections = {each.id: each for each in plan.sections}

    def plan(self) -> Plan:
        gathered = self._gathered()
        made = [task for group in gathered if (task := self._task(group)) is not None]
        self._twice(made)
        if not made and not self.faults:
            self.faults.append(SheetFault(0, "code", "no_rows"))
        if faults := (*self.bodies.faults, *self.faults):
            raise SheetFaultsError(sorted(faults, key=lambda each: (each.row, each.column)))
        duties = {each.key for task in self.before.duties for each in task.milestones}
        is_duty = [any(each.uid in duties for each in task.milestones) for task in made]
        codes = {task.code for task in made}
        used = {task.section for task, duty in zip(made, is_duty, strict=True) if not duty}
        return self.before.model_copy(
            update={
                "tasks": tuple(task for task, duty in zip(made, is_duty, strict=True) if not duty),
                "duties": tuple(task for task, duty in zip(made, is_duty, strict=True) if duty),
                "agencies": self.bodies.agencies,
                "groups": self.bodies.groups,
                "sections": tuple(each for each in self.sections.values() if self._is_kept(each, used)),
                "questions": tuple(each for each in self.before.questions if each.about in {"plan", *codes}),
            }
        )

    def _is_kept(self, section: Section, used: set[str]) -> bool:
        return section.id in used or section in self.before.sections

    def _gathered(self) -> list[list[SheetRow]]:
        """The rows of each task, in the order in which its first one stands."""
        found: dict[str, list[SheetRow]] = {}
        seen: set[str] = set()
        by_code: dict[str, str] = {}
        dropped: set[str] = set()
        for row in self.sheet.rows:
            self.faults += [SheetFault(row.row, key, "formula") for key in row.formulas]
            key = row.cells.get("id", "")
            if row.cells.get("drop", "").strip():
                dropped |= self._dropped(key)
                continue
            if key not in self.work or key in seen:
                # A row that was copied brings the hidden cell along: the first one is the work itself.
                row = replace(row, cells={**row.cells, "id": ""})
                code = _code(row)
                group = by_code.get(code, f"new {code}") if not row.cells.get("title") else f"new {code} {row.row}"
            else:
                seen.add(key)
                group = self.work[key][0].milestones[0].key
            found.setdefault(group, []).append(row)
            by_code.setdefault(_code(row), group)
        return [group for key, group in found.items() if key not in dropped]

    def _dropped(self, key: str) -> set[str]:
        """The task that goes with a row: one marked at its first row goes whole."""
        task = self.work[key][0] if key in self.work else None
        return {task.milestones[0].key} if task is not None and task.milestones[0].key == key else set()

    def _task(self, group: list[SheetRow]) -> Task | None:
        known = [row for row in group if row.cells.get("id")]
        head = next((row for row in group if row.cells.get("title")), group[0])
        if known:
            before = self.work[known[0].cells["id"]][0]
            return self._went_on(before, self._led_by(group, before), group)
        return self._new(head, group)

    def _led_by(self, group: list[SheetRow], before: Task) -> SheetRow:
        """The row that says the task's words: its first one, whichever of its rows is still there."""
        first = next((row for row in group if row.cells.get("id") == before.milestones[0].key), None)
        if first is not None:
            return first
        said = self.was[before.milestones[0].key].cells
        cells = {key: group[0].cells.get(key) or _text(said.get(key)) for key in OF_TASK}
        return replace(group[0], cells={**group[0].cells, **cells})

    def _went_on(self, before: Task, head: SheetRow, group: list[SheetRow]) -> Task | None:
        was = {key: _text(value) for key, value in self.was[before.milestones[0].key].cells.items()}
        code = self._checked_code(head)
        words: dict[str, Any] = {}
        for key in OF_TASK:
            # A sheet that went out before a column came says nothing of it.
            if key in head.cells and one_line(head.cells[key]) != _shown(was.get(key, "")):
                words |= self._changed(before, head, key)
        milestones = self._milestones(code, group)
        if len(milestones) != len(group):
            return None
        if {each.part for each in milestones} != {each.part for each in before.milestones}:
            # A part without a row of its own would be owed by nobody.
            self.faults.append(SheetFault(head.row, "time", "parts"))
            return None
        timing = _timing(before, milestones)
        asked = tuple(each.model_copy(update={"about": code}) for each in before.questions)
        return before.model_copy(
            update={"code": code, "milestones": milestones, "timing": timing, "questions": asked, **words}
        )

    def _changed(self, before: Task, head: SheetRow, key: str) -> dict[str, Any]:
        text = one_line(head.cells.get(key, ""))
        if key == "monitor":
            return {key: self.bodies.ids(head, key), "monitor_printed": text}
        if key in ("lead", "leads", "coordinating"):
            if before.parts:
                self.faults.append(SheetFault(head.row, key, "parts"))
                return {}
            if key == "leads":
                return {key: self._leads(head)}
            return {key: self._bodies(head, key), f"{key}_printed": text}
        if key == "section":
            return {"section": self._section(head)}
        if key == "title" and not text:
            self.faults.append(SheetFault(head.row, key, "empty"))
            return {}
        return {key: text or self.wording.product}

    def _bodies(self, row: SheetRow, key: str) -> tuple[str, ...]:
        ids = self.bodies.ids(row, key)
        if key == "lead" and not row.cells.get("lead", "").strip():
            self.faults.append(SheetFault(row.row, "lead", "empty"))
        return ids

    def _leads(self, row: SheetRow) -> Leads:
        """Whether several leads owe a result each, as an empty cell means too, or one together."""
        words = row.cells.get("leads", "").strip()
        found = next((key for key, said in self.said.leads.items() if plain(said) == plain(words)), None)
        if words and found is None:
            shown: dict[str, str | list[str]] = {"words": words, "kinds": list(self.said.leads.values())}
            self.faults.append(SheetFault(row.row, "leads", "unknown_leads", shown))
        return found or "each"

    def _section(self, row: SheetRow) -> str:
        """The section of a cell: «2. Cải cách thủ tục hành chính»; one that the plan has not is new."""
        text = one_line(row.cells.get("section", ""))
        number, _, title = text.partition(". ")
        if number in self.sections:
            return number
        named = next((each.id for each in self.sections.values() if plain(each.title) == plain(text)), None)
        if named is None and (not title or len(number) > 8):
            shown: dict[str, str | list[str]] = {"words": text, "sections": list(self.sections)}
            self.faults.append(SheetFault(row.row, "section", "unknown_section", shown))
        elif named is None:
            self.sections[number] = Section(id=number, title=title)
        return named or number

    def _milestones(self, code: str, group: list[SheetRow]) -> tuple[Milestone, ...]:
        found: list[Milestone] = []
        taken = {milestone_number(self.work[row.cells["id"]][1].id) for row in group if row.cells.get("id")}
        for row in group:
            former = self.work[row.cells["id"]][1] if row.cells.get("id") else None
            number = milestone_number(former.id) if former else next(n for n in range(1, 999) if n not in taken)
            taken.add(number)
            made = self._milestone(row, former, f"{code}.{number}")
            if made is not None:
                found.append(made)
        return tuple(found)

    def _milestone(self, row: SheetRow, former: Milestone | None, milestone_id: str) -> Milestone | None:
        written: Written | None = self.was.get(row.cells.get("id", ""))
        was = {key: _shown(_text(value)) for key, value in written.cells.items()} if written else {}
        if former is not None and all(
            one_line(row.cells.get(key, "")) == one_line(was.get(key, "")) for key in OF_TIME
        ):
            return former.model_copy(update={"id": milestone_id, "uid": former.key})
        try:
            fields = timed(self.before, row, was, self.said)
        except TimeFaultError as error:
            self.faults.append(error.fault)
            return None
        if former is not None:
            return former.model_copy(update={"id": milestone_id, "uid": former.key, **fields})
        return Milestone(id=milestone_id, **fields)

    def _new(self, head: SheetRow, group: list[SheetRow]) -> Task | None:
        code = self._checked_code(head)
        for key in ("title", "lead"):
            if not head.cells.get(key, "").strip():
                self.faults.append(SheetFault(head.row, key, "empty"))
        lead, coordinating = self.bodies.ids(head, "lead"), self.bodies.ids(head, "coordinating")
        section, milestones = self._section(head), []
        for number, row in enumerate(group, 1):
            if (made := self._milestone(row, None, f"{code}.{number}")) is not None:
                milestones.append(made)
        title = one_line(head.cells.get("title", ""))
        if not (title and lead and len(milestones) == len(group) and section):
            return None
        return Task.model_construct(
            code=code, section=section, title=title, lead=lead, coordinating=coordinating, leads=self._leads(head),
            monitor=self.bodies.ids(head, "monitor"), monitor_printed=one_line(head.cells.get("monitor", "")),
            lead_printed=one_line(head.cells["lead"]),
            coordinating_printed=one_line(head.cells.get("coordinating", "")),
            product=one_line(head.cells.get("product", "")) or self.wording.product,
            timing="; ".join(dict.fromkeys(each.printed for each in milestones)), milestones=tuple(milestones),
        )  # fmt: skip

    def _checked_code(self, row: SheetRow) -> str:
        code = _code(row)
        if not is_code(code):
            self.faults.append(SheetFault(row.row, "code", "no_code", {"words": code}))
        return code

    def _twice(self, made: list[Task]) -> None:
        seen: dict[str, Task] = {}
        for task in made:
            if task.code in seen:
                lines = [row.row for row in self.sheet.rows if _code(row) == task.code and row.cells.get("title")]
                self.faults.append(SheetFault(lines[-1] if lines else 0, "code", "twice", {"code": task.code}))
            seen[task.code] = task


def _timing(before: Task, milestones: tuple[Milestone, ...]) -> str:
    """The task's words of time with those of its milestones that changed."""
    had = {each.key: each.printed for each in before.milestones}
    timing = before.timing
    for each in milestones:
        former = had.get(each.uid)
        if former == each.printed:
            continue
        if former is not None and former in timing:
            timing = timing.replace(former, each.printed, 1)
        elif each.printed not in f"{timing} {before.product} {before.title}":
            timing = f"{timing}; {each.printed}"
    return timing


def _code(row: SheetRow) -> str:
    return "".join(row.cells.get("code", "").split())


def _shown(words: str) -> str:
    """Words as a cell of the sheet gives them back."""
    return one_line(tidy(clean(words)))


def _text(value: str | date | None) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value or ""
