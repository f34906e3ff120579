"""The time of a milestone as a row of the sheet says it: its words, its kind, its days, and whether they agree."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from intake.draft import SheetRow
from intake.letters import one_line, plain
from intake.own_sheet.faults import SheetFault
from intake.own_sheet.rows import Said
from intake.settled.typed import is_a_time
from plan import due as times
from plan.model import Kind, Plan
from plan.times.values import Time

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
OF_TIME = ("printed", "kind", "due", "start", "due_basis")


class TimeFaultError(Exception):
    """The cells of a row's time contradict each other; `fault` says how."""

    def __init__(self, fault: SheetFault) -> None:
        self.fault = fault
        super().__init__(fault.why)


def timed(plan: Plan, row: SheetRow, was: Mapping[str, str], said: Said) -> dict[str, Any]:
    """What the cells of a row make of a milestone's time, as fields of it; `was` are the cells that went out.

    A day without other words becomes words of its own; words that are read for certain give their day. Raises
    TimeFaultError where they disagree, or where a day is wanted and none is said.
    """
    printed, changed = one_line(row.cells.get("printed", "")), {key for key in OF_TIME if _differs(row, was, key)}
    due, start = _day(row, "due"), _day(row, "start")
    read = _read(plan, printed)
    kind = _kind(row, said, changed, due, read, printed)
    fields: dict[str, Any] = {
        "kind": kind, "due": None, "rule": None, "every": None, "start": start, "due_override": None,
        "due_basis": None, "confirmed": False,
    }  # fmt: skip
    if kind is Kind.DATED:
        fields |= _dated(row, changed, printed, due, read)
    elif kind is Kind.PERIODIC:
        if read is None or read.kind is not Kind.PERIODIC:
            raise TimeFaultError(SheetFault(row.row, "printed", "no_rhythm", {"words": printed}))
        fields |= {"rule": read.rule, "every": read.every if read.rule is None else None}
    else:
        fields |= _without_a_day(row, kind, due, read)
    fields["printed"] = fields.get("printed") or printed or said.nothing
    if start and fields["due"] and start > fields["due"]:
        raise TimeFaultError(SheetFault(row.row, "start", "start_after_due"))
    return fields


def _dated(row: SheetRow, changed: set[str], printed: str, due: date | None, read: Time | None) -> dict[str, Any]:
    read_day = read.due if read is not None and read.kind is Kind.DATED else None
    words_are_new, day_is_new = "printed" in changed, "due" in changed
    if due is None and not (words_are_new and read_day):
        raise TimeFaultError(SheetFault(row.row, "due", "no_due", {"words": printed}))
    if due is None or (words_are_new and not day_is_new):
        if read_day is None:
            raise TimeFaultError(SheetFault(row.row, "due", "words_unread", {"words": printed}))
        return {"due": read_day}
    if words_are_new and read_day is not None and read_day != due:
        shown: dict[str, str | list[str]] = {"words": printed, "read": f"{read_day:%d/%m/%Y}", "due": f"{due:%d/%m/%Y}"}
        raise TimeFaultError(SheetFault(row.row, "due", "times_differ", shown))
    # The words of before would say another day than the one that holds.
    spoken = day_is_new and not words_are_new and read_day != due
    return {"due": due, "printed": f"ngày {due:%d/%m/%Y}" if spoken or not printed else printed}


def _without_a_day(row: SheetRow, kind: Kind, due: date | None, read: Time | None) -> dict[str, Any]:
    """Ongoing work, what has no date yet (or one that was set, with its basis), and what waits for an event."""
    if due is not None and kind is not Kind.UNDATED:
        raise TimeFaultError(SheetFault(row.row, "kind", "day_of_no_kind"))
    basis = one_line(row.cells.get("due_basis", ""))
    if due is not None and not basis:
        raise TimeFaultError(SheetFault(row.row, "due_basis", "no_basis"))
    rule = read.rule if read is not None and read.kind is kind is Kind.EVENT else None
    dated = {"due_override": due, "due_basis": basis} if due is not None else {}
    return {"rule": rule, "confirmed": rule is None, **dated}


def _kind(row: SheetRow, said: Said, changed: set[str], due: date | None, read: Time | None, printed: str) -> Kind:
    words = plain(row.cells.get("kind", ""))
    named = next((kind for kind, name in said.kinds.items() if plain(name) == words), None)
    if words and named is None:
        shown: dict[str, str | list[str]] = {"words": row.cells["kind"], "kinds": list(said.kinds.values())}
        raise TimeFaultError(SheetFault(row.row, "kind", "unknown_kind", shown))
    if named is not None and ("kind" in changed or not {"printed", "due"} & changed):
        return named
    # The office wrote a day or other words, and left the kind as it was.
    if due is not None and "due" in changed and not row.cells.get("due_basis"):
        return Kind.DATED
    if "printed" in changed and read is not None:
        return read.kind
    if named is None and printed and read is None and due is None:
        raise TimeFaultError(SheetFault(row.row, "due", "words_unread", {"words": printed}))
    return named or (Kind.DATED if due else Kind.UNDATED)


def _read(plan: Plan, printed: str) -> Time | None:
    """The one time that words give for certain."""
    if not printed:
        return None
    found = times.read_times(printed, plan.decision.date, plan.year)
    if found.doubt is not None or len(found.times) != 1:
        return None
    time = found.times[0]
    return time if time.kind is Kind.UNDATED or is_a_time(time) else None


def _day(row: SheetRow, column: str) -> date | None:
    words = row.cells.get(column, "").strip()
    if not words:
        return None
    match = DAY.fullmatch(words)
    try:
        found = date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2100:
        raise TimeFaultError(SheetFault(row.row, column, "no_day", {"words": words}))
    return found


def _differs(row: SheetRow, was: Mapping[str, str], key: str) -> bool:
    return one_line(row.cells.get(key, "")) != one_line(was.get(key, ""))
