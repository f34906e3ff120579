"""Puts broken lines together, and leaves out the page numbers that stand between them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from intake.draft import LeftOut
from intake.labels import column_role, labelled
from intake.letters import is_capitals, joined, one_line
from intake.markers import Level, marked
from intake.roles import Role
from intake.source import Line, Table

PAGE_NUMBER = re.compile(r"[-–— ]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–— ]*", re.IGNORECASE)
ENDED = re.compile(r"[.;:!?…][\"”»)]*$|\./\.?$")
# A line that is drawn, below a motto or a title.
RULE = re.compile(r"[\s_=*~.–—-]*")
# What never ends a line that ends by itself.
UNENDED = re.compile(
    r"(?:[,&/–-]|\b(?:và|của|về|các|cho|tại|với|theo|trong|ngày|tháng|năm|từ|đến|do|số|trước))$", re.IGNORECASE
)
HEADLINE = re.compile(
    r"(?:Điều \d+\s*[.:]|Căn cứ\b|Theo đề nghị\b|Xét\b|Số\s*:|Nơi nhận|Kính gửi|\(Ban hành|\(Kèm theo)", re.IGNORECASE
)


def whole(items: Iterable[Line | Table]) -> tuple[list[Line | Table], list[LeftOut]]:
    """The items with broken lines put together, and the page numbers that were left out."""
    found: list[Line | Table] = []
    left_out: list[LeftOut] = []
    cut = False
    for item in items:
        if isinstance(item, Line) and RULE.fullmatch(item.text):
            continue
        if isinstance(item, Line) and item.broken and PAGE_NUMBER.fullmatch(item.text):
            left_out.append(LeftOut(item.place, item.text, "page_number"))
            cut = True
            continue
        before = found[-1] if found else None
        if isinstance(item, Line) and isinstance(before, Line) and _goes_on(before, item, cut=cut):
            found[-1] = _together(before, item)
        else:
            found.append(item)
        cut = False
    return found, left_out


def _goes_on(before: Line, line: Line, *, cut: bool) -> bool:
    """Whether a line is the rest of the one before; `cut` says that a page ended between them."""
    if not line.broken or ENDED.search(before.text) or not _is_bare(line.text):
        return False
    if is_capitals(line.text) or is_capitals(before.text):
        return False
    return cut or line.follows or line.text[0].islower() or line.text[0] in "(,;" or bool(UNENDED.search(before.text))


def _is_bare(text: str) -> bool:
    """Whether a line begins nothing: no marker, no label, none of a decision's fixed words."""
    return marked(text).level is Level.NONE and labelled(text)[0].role is None and not HEADLINE.match(text)


def _together(before: Line, line: Line) -> Line:
    original = (
        " ".join(each.original or each.text for each in (before, line)) if before.original or line.original else ""
    )
    return replace(before, text=joined(before.text, line.text), original=original, marks=before.marks | line.marks)


def _card(table: Table) -> list[Line] | None:
    """A table of two columns whose left one holds labels, one task in it: as labelled lines; None for any other."""
    pairs = [(row, row.cells[0].text, row.cells[1].text) for row in table.rows if len(row.cells) == 2]
    roles = [column_role(label) for _, label, _ in pairs]
    if len(pairs) != len(table.rows) or roles.count(None) or not {Role.TITLE, Role.LEAD, Role.TIME} <= set(roles):
        return None
    return [
        Line(f"- {one_line(text)}" if role is Role.TITLE else f"+ {one_line(label)}: {one_line(text)}", row.place)
        for (row, label, text), role in zip(pairs, roles, strict=True)
    ]


def lines_of(table: Table) -> Iterator[Line]:
    """A table that only lays out a page (a letterhead, a signature) as the lines of its cells."""
    if (card := _card(table)) is not None:
        yield from card
        return
    for row in table.rows:
        for cell in row.cells:
            if cell.first:
                yield from (
                    Line(text, row.place, cell.original, cell.marks | row.marks)
                    for text in cell.text.split("\n")
                    if text.strip()
                )
