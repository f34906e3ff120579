"""The tabs of the list: each asks one question, those of the figures by the figures' own boxes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter

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

BOX, IS_BLOCKED = attrgetter("box"), attrgetter("is_blocked")


def under(lines: Iterable[Line], tab: Tab) -> list[Line]:
    """Those that stand under a tab, in their order; one may stand under several."""
    if tab is Tab.BLOCKED:
        return [line for line in lines if line.is_blocked]
    of = BOXES[tab]
    return [line for line in lines if line.box in of]


def counts(lines: Sequence[Line]) -> dict[Tab, int]:
    """How many lines stand under each tab."""
    boxes, blocked = Counter(map(BOX, lines)), sum(map(IS_BLOCKED, lines))
    found = {tab: sum(boxes[box] for box in of) for tab, of in BOXES.items()}
    return {tab: blocked if tab is Tab.BLOCKED else found[tab] for tab in Tab}
