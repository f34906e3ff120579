"""Tasks in the rows of a table: sections merged across, leads merged down, numbers that begin anew."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from intake import bodies, table_head
from intake.collected import Bare, Collected, Heading
from intake.fields import OpenTask, title_of
from intake.letters import is_capitals, one_line, plain
from intake.markers import ROMAN, Level, marked
from intake.outline import Entry, Use, use_of
from intake.roles import Role
from intake.source import Cell, Line, Row, Table
from intake.table_head import Layout

FIELDS = (Role.LEAD, Role.BOTH, Role.COORDINATING, Role.MONITOR, Role.PRODUCT, Role.TIME, Role.NOTE)
TELLING = (Role.LEAD, Role.BOTH, Role.PRODUCT, Role.TIME)
# What stands below a table and is no task of it.
BEHIND = re.compile(
    r"(?:tong (?:so|cong)|cong\b|ghi chu|luu y|chu thich|noi nhan|nguoi lap|lap bieu|tm\.|kt\."
    r"|tl\.|tuq\.|chu tich|pho chu tich|thu truong"
    r"|giam doc|truong phong|an dinh|danh sach nay|bieu nay|\(\*\)|\*|nguon:|don vi tinh|[^,]*, ngay .* thang .* nam)"
)
CODE = re.compile(rf"(?:{ROMAN}|[A-ZĐ]|\d{{1,4}}|[a-zđ]|dd)(?:[.-](?:\d{{1,3}}|[a-zđ]))*")
GROUPING = re.compile(rf"(?:{ROMAN}|[A-ZĐ])")


def is_plan(table: Table, before: Sequence[Line | Table]) -> bool:
    """Whether a table holds tasks: it has a head, or goes on below one that has and is as wide."""
    if table_head.find(table) is not None:
        return True
    above = next((each for each in reversed(before) if isinstance(each, Table)), None)
    return above is not None and bool(table.rows) and len(above.rows[0].cells) == len(table.rows[0].cells) > 2


def parted(table: Table) -> tuple[Table, Table]:
    """The rows above a table's head, which are a title or a letterhead, and the table from its head on."""
    layout = table_head.find(table)
    first = layout.first if layout and not table.cut else 0
    return replace(table, rows=table.rows[:first]), replace(table, rows=table.rows[first:])


def collect(table: Table, entry: Entry, into: Collected) -> None:
    """Takes the tasks and sections of a table that stands below an entry; every other row is left out with why."""
    layout = table_head.find(table)
    # On a later page the head may stand again in the middle, where the next part of the table begins.
    goes_on = layout is None or (table.cut and into.layout is not None and layout.first > 0)
    if goes_on:
        layout = into.layout
    if layout is None:
        for row in table.rows:
            into.leave_out(row, "text")
        return
    into.layout = layout
    start = 0 if goes_on else layout.last + 1
    for number, row in enumerate(table.rows[:start]):
        into.leave_out(row, "column_heads" if number >= layout.first else "letterhead")
    reading = _Reading(table, layout, entry, into, is_cut=table.cut and into.tasks != [])
    for at in range(start, len(table.rows)):
        reading.take(at)
    reading.ask_hidden_columns()


@dataclass
class _Reading:
    """Goes down a table and knows its section, the task above, and whether the table has ended."""

    table: Table
    layout: Layout
    entry: Entry
    into: Collected
    is_cut: bool = False
    chapter: tuple[str, str] = ("", "")
    section: tuple[str, str] = ("", "")
    above: dict[Role, str] = field(default_factory=dict)
    blank: set[Role] = field(default_factory=set)
    last: OpenTask | None = None
    open_at_top: set[Role] = field(default_factory=set)
    gap: bool = False
    ended: bool = False
    unnamed: int = 0
    aims: bool = False
    below: int = 0

    def __post_init__(self) -> None:
        own = self.entry.section if self.entry.code else self.entry.section_above
        if (sheet := self.table.place.sheet) and own == ("", ""):
            # Numbers that come again on another sheet are told apart by the sheet's.
            self.into.sheets.setdefault(sheet, len(self.into.sheets) + 1)
            own = (f"PL{self.into.sheets[sheet]}", "")
        self.section = self.chapter = own
        if self.is_cut:
            # A page cut the table: its section and its last task are those of the page before.
            self.last = self.into.tasks[-1]
            self.section, self.chapter = self.last.section, self.into.chapter
            self.above, self.ended = self.into.above, self.into.ended
            self.open_at_top = {role for role in (Role.LEAD, Role.BOTH) if self.last.value(role)}
        else:
            self.into.ended = False
        self.into.above = self.above

    def take(self, at: int) -> None:
        """Gives a row what it is: nothing, the head again, a section, more of the task above, or a task."""
        row = self.table.rows[at]
        values = table_head.by_role(self.layout, row)
        if not any(cell.text for cell in row.cells):
            self.gap = True
        elif self.layout.repeats(row) or table_head.is_numbering(row):
            self.into.leave_out(row, "head_again")
        elif "hidden" in row.marks:
            self.into.leave_out(row, "hidden")
            self.into.hidden.append(Bare(row.words, row.place))
        elif self._is_behind(row, values):
            self.ended = self.into.ended = True
            self.into.leave_out(row, "behind")
        elif heading := self._heading(at, values):
            self._begin_section(heading, row)
        elif self.last is not None and self._goes_on(row, values):
            self._add(self.last, row)
        elif self.aims and not any(values.get(role) for role in (Role.LEAD, Role.BOTH, Role.TIME)):
            self.into.leave_out(row, str(Use.AIMS))
        elif title := values.get(Role.TITLE):
            self._begin_task(title, row, values)
        else:
            self.into.leave_out(row, "empty_row")

    def _is_behind(self, row: Row, values: dict[Role, str]) -> bool:
        first = plain(next(cell.text for cell in row.cells if cell.text))
        is_task = Role.TITLE in values and any(role in values for role in TELLING)
        if self.ended:
            return not (is_task and values.get(Role.CODE))
        if is_task and not BEHIND.match(first):
            return False
        if BEHIND.match(first) and not (values.get(Role.CODE) and is_task):
            return True
        return self.gap and Role.TITLE not in values

    def _heading(self, at: int, values: dict[Role, str]) -> tuple[str, str] | None:
        """The number and words of a row that is a section: merged across, or with words in its first columns alone."""
        row = self.table.rows[at]
        if any(values.get(role) for role in FIELDS):
            spans = sum(cell.across for cell in row.cells) >= len(row.cells) - 2
            if not spans:
                return None
        texts = [one_line(cell.text) for cell in row.cells if cell.text and cell.first]
        if not texts or len(texts) > 2 or any(cell.down for cell in row.cells if cell.text):
            return None
        if len(texts) == 2:
            code, words = texts[0].rstrip(".)/ "), texts[1]
            if CODE.fullmatch(code) and (GROUPING.fullmatch(code) or is_capitals(words) or self._holds(code, at)):
                return code, words
            return None
        mark = marked(texts[0])
        spans = any(cell.across for cell in row.cells)
        if mark.level.counts and mark.level is not Level.LETTER:
            return mark.code, mark.rest
        return ("", texts[0]) if spans or is_capitals(texts[0]) else None

    def _holds(self, code: str, at: int) -> bool:
        """Whether the next row's number is below this one: «1» above «1.1», «a» or «1» anew."""
        for row in self.table.rows[at + 1 :]:
            values = table_head.by_role(self.layout, row)
            if following := one_line(values.get(Role.CODE, "")).rstrip(".)/ "):
                lower = following.startswith(f"{code}.") or (code.isdigit() and following in ("a", "1", "1.1"))
                return lower and following != code
            if values:
                return values.get(Role.TITLE, "").lstrip().startswith("-")
        return False

    def _begin_section(self, heading: tuple[str, str], row: Row) -> None:
        code, words = heading
        if not code:
            self.unnamed += 1
            code = str(self.unnamed)
        outer = GROUPING.fullmatch(code) is not None
        if outer:
            self.chapter = self.into.chapter = (self.chapter[0], code)
        above = self.chapter[1] if not outer and GROUPING.fullmatch(self.chapter[1]) else self.chapter[0]
        self.section = (above, code)
        self.into.headings.setdefault(self.section, Heading(code, title_of(words), row))
        self.aims = use_of(words, Level.NUMBER) is Use.AIMS
        self.last = None

    def _goes_on(self, row: Row, values: dict[Role, str]) -> bool:
        """Whether a row belongs to the task above: its number and words reach down, or a page cut it."""
        number, title = self._cell(row, Role.CODE), self._cell(row, Role.TITLE)
        if title is not None and title.text and title.down and (number is None or number.down or not number.text):
            return True
        if values.get(Role.CODE) or self.gap or not (self.last and self.last.code):
            return False
        if not values.get(Role.TITLE):
            return not any(is_capitals(text) and BEHIND.match(plain(text)) for text in values.values())
        first = values[Role.TITLE].lstrip()[:1]
        cut = self.is_cut and row is self.table.rows[0]
        return cut or ((first.islower() or first in "-+(") and not self._tells_whole(values))

    def _tells_whole(self, values: dict[Role, str]) -> bool:
        return Role.TIME in values and (Role.LEAD in values or Role.BOTH in values)

    def _cell(self, row: Row, role: Role) -> Cell | None:
        at = self._column(role)
        return row.cells[at] if at is not None and at < len(row.cells) else None

    def _add(self, task: OpenTask, row: Row) -> None:
        for at, role in self.layout.roles.items():
            cell = row.cells[at] if at < len(row.cells) else None
            if cell is None or not cell.text or not cell.first or role is Role.CODE:
                continue
            if role is Role.TITLE:
                task.title = f"{task.title} {one_line(cell.text)}"
            elif self.is_cut and row is self.table.rows[0]:
                task.go_on(role, cell.text)
            else:
                task.add(role, cell.text)
        self._mark(task, row)

    def _begin_task(self, title: str, row: Row, values: dict[Role, str]) -> None:
        code = one_line(values.get(Role.CODE, "")).rstrip(".)/ ")
        number = self._cell(row, Role.CODE)
        if number is not None and number.down and self.last is not None:
            # Several pieces of work beside one number that is merged down over them.
            self.below += 1
            code = f"{code}.{self.below + 1}"
        else:
            self.below = 0
        if code.isdigit() and self.section[1].isdigit():
            self.section = self.chapter
        words = one_line(title)
        if not code and marked(words).level.counts and self._column(Role.CODE) is None:
            mark = marked(words)
            code, words = mark.code, mark.rest
        code = "đ" if code == "dd" else code if CODE.fullmatch(code) else ""
        task = OpenTask(title_of(words), row.place, code=code, section=self.section, time_head=self.layout.time_head)
        task.unsure = not task.code and any(each.code for each in self.into.tasks if each.section == self.section)
        for role in FIELDS:
            text = values.get(role, "")
            if bodies.is_ditto(text):
                text = self._repeated(task, role)
            elif not text and role in self.open_at_top:
                # A lead that is merged down over a page's end has its words on the page before only.
                text = self.above.get(role, "")
                task.mark(frozenset({"cut"}), title_of(task.title))
            else:
                self.open_at_top.discard(role)
            if text:
                task.add(role, text)
                self.above[role] = text
        self.blank = {role for role in FIELDS if not task.value(role)}
        if result := values.get(Role.RESULT, ""):
            task.add(Role.RESULT, result)
        for words in table_head.beside(self.layout, row, self.table.hidden_columns):
            task.add(Role.NOTE, words)
        self._mark(task, row)
        self.into.tasks.append(task)
        self.last, self.gap = task, False

    def _repeated(self, task: OpenTask, role: Role) -> str:
        """What «nt» stands for: the cell above; where that one is empty the nearest with words, and it is asked."""
        if role in self.blank or role not in self.above:
            task.mark(frozenset({"ditto"}), self.above.get(role, title_of(task.title)))
        return self.above.get(role, "")

    def _column(self, role: Role) -> int | None:
        return next((column for column, each in self.layout.roles.items() if each is role), None)

    def _mark(self, task: OpenTask, row: Row) -> None:
        for cell in row.cells:
            if cell.first and cell.marks:
                task.mark(cell.marks, one_line(cell.text) or title_of(task.title))
        task.mark(row.marks, title_of(task.title))

    def ask_hidden_columns(self) -> None:
        """Each hidden column that says something is asked about once, with its first words."""
        for column in sorted(self.table.hidden_columns):
            said = [row.cells[column].text for row in self.table.rows if column < len(row.cells)]
            words = [one_line(text) for text in dict.fromkeys(said) if text.strip()]
            if words:
                self.into.hidden.append(Bare("; ".join(words[:4]), self.table.rows[0].place))
