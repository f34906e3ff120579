"""What of the list is wanted, read from an address and written into one: any address gives a list.

A value that means nothing is left out, and its name kept so that the page can say so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from desk.lists.tabs import Tab
from plan.joint import members
from plan.model import Kind
from reports.figures.boxes import Box
from words.names import one_line
from words.office import Office

LONGEST = 100
NOBODY = "0"
Choice = TypeVar("Choice", bound=StrEnum)
PERIOD = re.compile(r"(20[0-9]{2}|2100)(?:-(Q[1-4]|H[12]|0[1-9]|1[0-2]))?")


class Sort(StrEnum):
    """What the list is ordered by; the first where nothing is named."""

    DUE = "due"
    PLAN = "plan"
    AGENCY = "agency"
    LEFT = "left"
    STATE = "state"


class View(StrEnum):
    """A line an obligation, a line a task with a cell an agency, or a line an agency."""

    LIST = "list"
    TASKS = "tasks"
    AGENCIES = "agencies"


@dataclass(frozen=True)
class Wanted:
    """What narrows and orders the list; empty where it does not. `period` is a year, quarter, half-year or month in
    which the day of the deadline lies: 2020, 2020-Q1, 2020-H1, 2020-03. `assignee` is a person's number, NOBODY where
    nobody was named. `unknown` names the fields left out."""

    tab: Tab = Tab.OPEN
    plan: str = ""
    section: str = ""
    agency: str = ""
    group: str = ""
    period: str = ""
    kind: Kind | None = None
    box: Box | None = None
    assignee: str = ""
    words: str = ""
    sort: Sort = Sort.DUE
    down: bool = False
    page: int = 1
    view: View = View.LIST
    unknown: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything beside the tab narrows it."""
        words = (self.plan, self.section, self.agency, self.group, self.period, self.assignee, self.words)
        return any((*words, self.kind, self.box))


# How each field is called in an address.
NAMES: Mapping[str, str] = {
    "tab": "muc", "plan": "ke-hoach", "section": "noi-dung", "agency": "don-vi", "group": "nhom", "period": "ky",
    "kind": "loai", "box": "tinh-trang", "assignee": "nguoi", "words": "tim",
    "sort": "xep", "down": "giam", "page": "trang", "view": "xem",
}  # fmt: skip


def read(query: Mapping[str, str], office: Office) -> Wanted:
    """What an address asks for; never raises."""
    found: dict[str, Any] = {}
    unknown = []
    for field, name in NAMES.items():
        raw = one_line(query.get(name, ""), LONGEST).strip()
        if not raw:
            continue
        value = _value(field, raw, office)
        if value is None:
            unknown.append(field)
        else:
            found[field] = value
    return Wanted(**found, unknown=tuple(unknown))


def address(wanted: Wanted, **changes: Any) -> str:
    """The query for the same with some changes, what is usual left out; its first page unless one is named."""
    changed = replace(wanted, **({"page": 1} | changes))
    usual = Wanted()
    pairs = [
        (NAMES[each.name], _written(getattr(changed, each.name)))
        for each in fields(Wanted)
        if each.name in NAMES and getattr(changed, each.name) != getattr(usual, each.name)
    ]
    return urlencode(pairs)


def window(period: str) -> tuple[date, date]:
    """The first and last local day of a period as it is read here, by the calendar; raises ValueError."""
    found = PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(f"«{period}» is no year, quarter, half-year or month: 2020, 2020-Q1, 2020-H1, 2020-03")
    year, part = int(found[1]), found[2] or ""
    match part[:1]:
        case "":
            first, last = 1, 12
        case "Q":
            first, last = 3 * int(part[1]) - 2, 3 * int(part[1])
        case "H":
            first, last = 6 * int(part[1]) - 5, 6 * int(part[1])
        case _:
            first = last = int(part)
    ends = date(year + last // 12, last % 12 + 1, 1) - timedelta(days=1)
    return date(year, first, 1), ends


def _written(value: Any) -> str:
    return "1" if value is True else str(value)


def _value(field: str, raw: str, office: Office) -> Any:
    """A field's value; None where the words mean nothing."""
    match field:
        case "tab":
            return _one(Tab, raw)
        case "kind":
            return _one(Kind, raw)
        case "box":
            return _one(Box, raw)
        case "sort":
            return _one(Sort, raw)
        case "view":
            return _one(View, raw)
        case "down":
            return True if raw == "1" else None
        case "page":
            return int(raw) if re.fullmatch(r"[1-9][0-9]{0,4}", raw) else None
        case "assignee":
            return raw if re.fullmatch(r"0|[1-9][0-9]{0,8}", raw) else None
        case "words":
            return raw
        case "period":
            return raw if PERIOD.fullmatch(raw) else None
        case "agency":
            # Those who owe together are an agency of the list as well.
            return raw if {*members(raw)} <= _ids(field, office) else None
        case _:
            return raw if raw in _ids(field, office) else None


def _one(choices: type[Choice], raw: str) -> Choice | None:
    return next((each for each in choices if each.value == raw), None)


def _ids(field: str, office: Office) -> set[str]:
    plans = office.plans.values()
    match field:
        case "plan":
            return {*office.plans}
        case "section":
            return {f"{plan.id}/{task.section}" for plan in plans for task in plan.all_tasks}
        case "group":
            return {group.id for plan in plans for group in plan.groups}
        case _:
            return {agency.id for plan in plans for agency in plan.agencies}
