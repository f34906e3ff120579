"""The tabs of the list: each asks one question, those of the figures by the figures' own boxes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from desk.lists.line import Line
from reports.figures.boxes import DONE, NOT_COUNTED, Box


class Tab(StrEnum):
    """The tabs in their order; the first is shown where none is named."""

    OPEN = "open"  # what somebody still has to do something about, answers that wait included
    NEAR = "near"
    OVERDUE = "overdue"
    WAITING = "waiting"
    RETURNED = "returned"
    BLOCKED = "blocked"
    UNDATED = "undated"
    ONGOING = "ongoing"
    DONE = "done"
    ALL = "all"


# Of what is blocked the figures have no box: it stands in one of the others.
BOXES: Mapping[Tab, frozenset[Box]] = {
    Tab.OPEN: frozenset(Box) - NOT_COUNTED - frozenset(DONE),
    Tab.NEAR: frozenset({Box.NEAR}),
    Tab.OVERDUE: frozenset({Box.OVERDUE}),
    Tab.WAITING: frozenset({Box.WAITING}),
    Tab.RETURNED: frozenset({Box.RETURNED}),
    Tab.UNDATED: frozenset({Box.UNDATED, Box.UNCONFIRMED}),
    Tab.ONGOING: frozenset({Box.ONGOING, Box.EVENT}),
    Tab.DONE: frozenset(DONE),
    Tab.ALL: frozenset(Box),
}


def belongs(line: Line, tab: Tab) -> bool:
    """Whether a line stands under a tab; one may stand under several."""
    return line.is_blocked if tab is Tab.BLOCKED else line.box in BOXES[tab]


def counts(lines: Iterable[Line]) -> dict[Tab, int]:
    """How many lines stand under each tab."""
    boxes: Counter[Box] = Counter()
    blocked = 0
    for line in lines:
        boxes[line.box] += 1
        blocked += line.is_blocked
    found = {tab: sum(boxes[box] for box in of) for tab, of in BOXES.items()}
    return {tab: blocked if tab is Tab.BLOCKED else found[tab] for tab in Tab}
