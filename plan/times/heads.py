"""The head of a column as part of its cells: under «Thời gian hoàn thành (tháng)» a bare 6 is a month."""

import re

from plan.times.spelling import fold

UNIT = re.compile(r"\b(thang|quy|nam|ngay)\b\W*$")
YEAR = re.compile(r"\b(20\d\d)\b")
NAMED = {"thang": "tháng", "quy": "quý", "nam": "năm"}
NUMBERS = re.compile(r"^\s*(?:từ\s+)?(?:\d{1,2}|[IVivl]{1,3})(?:\s*(?:,|-|–|và|đến|/)\s*(?:\d{1,2}|[IVivl]{1,3}))*\s*$")


def with_head(printed: str, head: str) -> str:
    """The words of a cell with what its column's head says of all of them: their unit, «trước», the year."""
    name = " ".join(fold(head).split())
    if not name or not printed.strip():
        return printed
    if (unit := UNIT.search(name)) and unit[1] in NAMED and NUMBERS.match(printed):
        printed = f"{NAMED[unit[1]]} {printed.strip()}"
    if re.search(r"\btruoc(?: ngay)?\W*$", name) and "truoc" not in fold(printed):
        printed = f"trước {printed.strip()}"
    return printed


def year_of_head(head: str) -> int | None:
    """The year that a column's head names for its cells; None where it names none or several."""
    years = set(YEAR.findall(head))
    return int(years.pop()) if len(years) == 1 else None
