"""The boxes in which obligations are counted, one obligation's line, and counts by box."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple, Protocol

from plan.causes import Cause
from plan.lateness import Lateness
from plan.model import Kind
from plan.status import Event, Standing


class Box(StrEnum):
    """Where an obligation is counted; the first four are the official boxes, NEAR is part of the third."""

    DONE_IN_TIME = "done_in_time"  # hoàn thành đúng hạn
    DONE_LATE = "done_late"  # hoàn thành quá hạn
    OPEN = "open"  # chưa hoàn thành trong hạn
    NEAR = "near"  # ... trong đó sắp đến hạn
    OVERDUE = "overdue"  # chưa hoàn thành quá hạn
    ONGOING = "ongoing"  # thường xuyên
    UNDATED = "undated"  # chưa có hạn
    UNCONFIRMED = "unconfirmed"  # chờ xác nhận thời hạn
    EVENT = "event"  # sau mỗi đợt
    WAITING = "waiting"  # chờ xác nhận
    UNPROVEN = "unproven"  # chờ minh chứng
    RETURNED = "returned"  # được trả lại để bổ sung: answered in time, and not complete, whether past its day or not
    FLAGGED = "flagged"  # chờ quyết định: late by the date, an admin says whether it counts
    SUSPENDED = "suspended"  # tạm hoãn
    TRANSFERRED = "transferred"  # chuyển đơn vị khác
    ENDED = "ended"  # không tiếp tục
    EXCUSED = "excused"  # không thuộc đơn vị
    CLOSED = "closed"  # khép lại, không tính


DONE = (Box.DONE_IN_TIME, Box.DONE_LATE)


LATE = frozenset({Box.DONE_LATE, Box.OVERDUE})


APART = frozenset({Box.WAITING, Box.UNPROVEN, Box.RETURNED, Box.FLAGGED})


NOT_COUNTED = frozenset({Box.SUSPENDED, Box.TRANSFERRED, Box.ENDED, Box.EXCUSED, Box.CLOSED})


IN_NO_RATE = APART | NOT_COUNTED


class Line(NamedTuple):
    """One obligation at the moment, and how it stands in time.

    `events` are those that count at the moment, in order, and `known` all that is known of it by now; both are empty
    where nobody asked for them.
    """

    id: int
    plan: str
    work: str
    task: str
    milestone: str
    occurrence: str
    agency: str
    section: str
    kind: Kind
    due: date | None
    box: Box
    fallen_due: bool
    lateness: Lateness
    standing: Standing
    duty: bool
    events: tuple[Event, ...] = ()
    known: tuple[Event, ...] = ()

    @property
    def days(self) -> int | None:
        """The working days left, negative when late; None where neither."""
        return self.lateness.days

    @property
    def cause(self) -> Cause:
        """Where the cause of its lateness stands; none of what is not late."""
        return self.standing.cause if self.box in LATE else Cause.NONE


@dataclass(frozen=True)
class Figures:
    """Counts of obligations by box. `fallen` and `fallen_done` are those whose deadline has passed; `causes` are of
    what is late, open or done, and move no box."""

    boxes: Mapping[Box, int] = field(default_factory=dict)
    fallen: int = 0
    fallen_done: int = 0
    causes: Mapping[Cause, int] = field(default_factory=dict)

    def __getitem__(self, box: Box) -> int:
        return self.boxes.get(box, 0)

    @property
    def total(self) -> int:
        """The dated obligations that count."""
        return self.done + self.open + self[Box.OVERDUE] + self.apart

    @property
    def apart(self) -> int:
        """Answered and not confirmed, not proven or returned, or late by what is not decided: the boxes of `APART`, in
        a column of their own and in no rate."""
        return sum(self[box] for box in APART)

    @property
    def done(self) -> int:
        """Done, in time or late."""
        return sum(self[box] for box in DONE)

    @property
    def open(self) -> int:
        """Not done and not late, those near their day included."""
        return self[Box.OPEN] + self[Box.NEAR]

    @property
    def rate(self) -> int | None:
        """Percent done of what has fallen due; None while nothing has."""
        return round(100 * self.fallen_done / self.fallen) if self.fallen else None


def figures(lines: Iterable[Line]) -> Figures:
    """Counts lines by box."""
    return figures_by(lines, lambda: "").get("", Figures())


def figures_by(lines: Iterable[Line], key_of: Callable[..., str], *names: str) -> dict[str, Figures]:
    """Counts lines by box, those of each key together, in the order in which each comes first.

    `key_of` makes the key of the values of these `names` of a line, and is asked of each such values once or a few
    times: the lines are counted without a call of ours, since there are many of them and few that differ.
    """
    found: dict[str, tuple[Counter[Box], Counter[bool], Counter[Cause]]] = {}
    alike = Counter(map(attrgetter(*names, "box", "fallen_due", "standing.cause"), lines))
    for (*of, box, fallen_due, cause), count in alike.items():
        boxes, fallen, causes = found.setdefault(key_of(*of), (Counter(), Counter(), Counter()))
        boxes[box] += count
        if fallen_due and box not in IN_NO_RATE:
            fallen[box in DONE] += count
        if cause and box in LATE:
            causes[cause] += count
    return {
        key: Figures(dict(boxes), fallen.total(), fallen[True], dict(causes))
        for key, (boxes, fallen, causes) in found.items()
    }


class Timed(Protocol):
    """Whatever says how it stands in time: a line, and a record's row."""

    @property
    def kind(self) -> Kind: ...
    @property
    def due(self) -> date | None: ...


def is_dated(line: Timed) -> bool:
    """Whether it has a date that is no report's: printed, or set by an admin."""
    return line.kind is Kind.DATED or (line.kind is Kind.UNDATED and line.due is not None)
