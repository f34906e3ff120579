"""The lines that somebody may see, all of them: their orders, and what there is among them, are found once.

Who reads everything is given the same ones until something happens, so that what grows with the whole office is not
worked out for each page of it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from desk.lists.line import Line
from desk.lists.wanted import Sort
from plan.joint import members
from plan.model import Kind
from reports.figures.boxes import Box

BOXES = {box: place for place, box in enumerate(Box)}
PLACE = attrgetter("place")


class There(NamedTuple):
    """What there is among some lines."""

    sections: frozenset[str]
    agencies: frozenset[str]
    kinds: frozenset[Kind]
    boxes: frozenset[Box]
    years: frozenset[int]
    assignees: frozenset[int | None]


class Seen:
    """Some lines in the order of the plan."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.lines = tuple(sorted(lines, key=PLACE))
        self._orders: dict[tuple[Sort, bool], Sequence[Line]] = {}

    def in_order(self, sort: Sort, *, down: bool = False) -> Sequence[Line]:
        """The same in another order, within it in that of the plan; what has no day, or no days left, stands last
        either way."""
        found = self._orders.get((sort, down))
        if found is None:
            found = self._orders[sort, down] = _in_order(self.lines, sort, down=down)
        return found

    @cached_property
    def there(self) -> There:
        """What they can be narrowed by."""
        found = {(line.section, line.kind, line.box) for line in self.lines}
        return There(
            sections=frozenset(section for section, _, _ in found),
            agencies=frozenset(member for agency in {line.agency for line in self.lines} for member in members(agency)),
            kinds=frozenset(kind for _, kind, _ in found),
            boxes=frozenset(box for _, _, box in found),
            assignees=frozenset(line.assignee for line in self.lines),
            years=frozenset(due.year for due in {line.due for line in self.lines} if due is not None),
        )


def _in_order(lines: Sequence[Line], sort: Sort, *, down: bool) -> Sequence[Line]:
    match sort:
        case Sort.PLAN:
            return lines[::-1] if down else lines
        case Sort.AGENCY:
            return sorted(lines, key=lambda line: line.place[-1], reverse=down)
        case Sort.STATE:
            return sorted(lines, key=lambda line: BOXES[line.box], reverse=down)
        case Sort.LEFT:
            return _with_value(lines, attrgetter("days"), down=down)
        case Sort.DUE:
            return _with_value(lines, attrgetter("due"), down=down)


def _with_value(lines: Sequence[Line], value: Callable[[Line], Any], *, down: bool) -> list[Line]:
    valued = sorted((line for line in lines if value(line) is not None), key=value, reverse=down)
    return [*valued, *(line for line in lines if value(line) is None)]
