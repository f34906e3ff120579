"""Finds the head of a table: which column says what, in one row or in two."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.label_words import OF_RESULT, STATE
from intake.labels import column_role, names_a_person
from intake.letters import one_line, plain
from intake.roles import Role
from intake.source import Cell, Row, Table

# A title, an office and a date may stand above the head, in Excel more than elsewhere.
HEAD_WITHIN = 25
LONGEST_HEAD = 120
NUMBERING = re.compile(r"\(?\[?(?:\d{1,2}|[A-Z])\]?\)?")
# A column for each quarter or month, in which the times of a task are ticked.
PERIOD = re.compile(r"quy (?:i{1,3}|iv|[1-4])(?:[/ ]*(?:nam )?\d{4})?|thang \d{1,2}(?:[/ ]*(?:nam )?\d{4})?")
TICK = re.compile(r"\s*(?:[xX✓✔+*v]|có)\s*")
ENOUGH = ({Role.LEAD}, {Role.BOTH}, {Role.TIME}, {Role.PRODUCT})


@dataclass(frozen=True)
class Layout:
    """The roles of a table's columns (from 0), the words of each head, and the rows that the head takes.

    `width` is the number of columns.
    """

    roles: Mapping[int, Role]
    heads: Mapping[int, str]
    first: int
    last: int
    width: int

    @property
    def ticked(self) -> Mapping[int, str]:
        """The columns of quarters and months in which a time is ticked, two of them at least."""
        found = {at: head for at, head in self.heads.items() if PERIOD.fullmatch(plain(head)) and at not in self.roles}
        return found if len(found) > 1 else {}

    @property
    def time_head(self) -> str:
        """The words at the head of the time: «Thời gian (năm 2026)» gives its year to «Quý II»."""
        return next((self.heads[column] for column, role in self.roles.items() if role is Role.TIME), "")

    def repeats(self, row: Row) -> bool:
        """Whether a row is the head again, as it is typed anew on each page, or a part of it."""
        texts = [(at, plain(cell.text)) for at, cell in enumerate(row.cells) if cell.text and not cell.across]
        same = sum(text in plain(self.heads.get(at, "")) for at, text in texts)
        return bool(texts) and same >= max(2, len(texts) - 1)


def find(table: Table) -> Layout | None:
    """The layout of a table by the first head in it; None for a table that lays out a page or holds figures."""
    for at, row in enumerate(table.rows[:HEAD_WITHIN]):
        following = table.rows[at + 1] if at + 1 < len(table.rows) else None
        two = following is not None and _is_second_row(row, following)
        for below in (following, None) if two else (None,):
            heads = _heads(row, below)
            roles = _roles(heads)
            if _is_head(roles, heads):
                return _layout(table, at, roles, heads, has_second=below is not None)
    return None


def _layout(table: Table, at: int, roles: dict[int, Role], heads: dict[int, str], *, has_second: bool) -> Layout:
    last = at + has_second
    while last + 1 < len(table.rows) and is_numbering(table.rows[last + 1]):
        last += 1
    shown = {column: role for column, role in roles.items() if column not in table.hidden_columns}
    return Layout(shown, heads, at, last, len(table.rows[at].cells))


def is_numbering(row: Row) -> bool:
    """Whether a row below the head only numbers the columns: (1), (2), (3)."""
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip() and not cell.across]
    numbers = [int(digits[0]) for text in texts if (digits := re.search(r"\d+", text))]
    in_order = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return in_order and all(NUMBERING.fullmatch(text) for text in texts)


def _is_second_row(row: Row, following: Row) -> bool:
    """Whether the head goes on in the next row: some of its cells reach down, or one above spans several."""
    reaches = any(cell.down for cell in following.cells)
    spans = any(cell.across for cell in row.cells)
    return reaches or (spans and any(column_role(cell.text) for cell in following.cells if cell.text))


def _heads(row: Row, below: Row | None) -> dict[int, str]:
    heads: dict[int, str] = {}
    for at, cell in enumerate(row.cells):
        under = below.cells[at] if below is not None and at < len(below.cells) else Cell("", down=True)
        own = one_line(cell.text)
        heads[at] = one_line(under.text) if under.text and not under.down else own
        if under.text and not under.down and own and column_role(heads[at]) is None and column_role(own):
            heads[at] = f"{own}: {heads[at]}"
    return heads


def _roles(heads: Mapping[int, str]) -> dict[int, Role]:
    roles: dict[int, Role] = {}
    for at, head in heads.items():
        # A cell that spans several columns is the head of the first of them, unless each has one of its own below.
        if len(head) > LONGEST_HEAD or (at and heads.get(at - 1) == head):
            continue
        role = column_role(head) or column_role(head.partition(":")[0])
        if role is not None:
            roles[at] = role
    if any(STATE.fullmatch(plain(head)) for head in heads.values()):
        _with_results(roles, heads)
    leads = [at for at, role in roles.items() if role is Role.LEAD]
    # A person beside the agency that leads stands among the notes.
    for at in [each for each in leads if names_a_person(heads[each])][: len(leads) - 1]:
        del roles[at]
    return roles


def _with_results(roles: dict[int, Role], heads: Mapping[int, str]) -> None:
    """The columns that say what came of the work by now; a plan's own time and product stay what they are."""
    for at, head in heads.items():
        words, role = plain(head).strip(" .:*"), roles.get(at)
        others = [each for place, each in roles.items() if place != at]
        own = role in (Role.TIME, Role.PRODUCT, Role.CODE) and role not in others
        if STATE.fullmatch(words) or (OF_RESULT.fullmatch(words) and not own):
            roles[at] = Role.RESULT
    # Words of one role are put together in the order of their columns: a number, then its day.
    for at in sorted(roles):
        roles[at] = roles.pop(at)


def _is_head(roles: dict[int, Role], heads: Mapping[int, str]) -> bool:
    found = set(roles.values())
    if Role.TITLE not in found and Role.LEAD in found and Role.TIME in found:
        # «Việc phải làm»: the first column between the number and the others that says something else.
        unknown = [at for at, head in heads.items() if head and at not in roles]
        if unknown:
            roles[unknown[0]] = Role.TITLE
            found.add(Role.TITLE)
    return Role.TITLE in found and any(each <= found for each in ENOUGH)


def by_role(layout: Layout, row: Row) -> dict[Role, str]:
    """The words of a row by role; a merged cell counts where it begins, two columns of one role are put together."""
    found: dict[Role, list[str]] = {}
    for at, role in layout.roles.items():
        cell = row.cells[at] if at < len(row.cells) else Cell("")
        if cell.text and not cell.across:
            found.setdefault(role, []).append(cell.text)
    values = {role: "\n".join(texts) for role, texts in found.items()}
    if start := values.pop(Role.START, ""):
        values[Role.TIME] = f"từ {start} đến {values[Role.TIME]}" if Role.TIME in values else f"từ {start}"
    ticked = [head for at, head in layout.ticked.items() if at < len(row.cells) and TICK.fullmatch(row.cells[at].text)]
    if ticked:
        values[Role.TIME] = ", ".join([*ticked, *([values[Role.TIME]] if Role.TIME in values else [])])
    return values


def beside(layout: Layout, row: Row, hidden: frozenset[int]) -> Sequence[str]:
    """What stands in columns without a role, each with its head, so that nothing is lost."""
    counts = Counter(layout.heads.values())
    return [
        f"{layout.heads[at]}: {one_line(cell.text)}"
        if layout.heads.get(at) and counts[layout.heads[at]] == 1
        else cell.text
        for at, cell in enumerate(row.cells)
        if cell.first
        and cell.text
        and at not in layout.roles
        and at not in hidden
        and not (at in layout.ticked and TICK.fullmatch(cell.text))
    ]
