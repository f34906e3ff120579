"""The rows behind each figure of a record: whoever doubts a number sees which obligations it counts."""

from collections.abc import Callable, Mapping
from datetime import date

from plan.model import Kind
from reports.figures.boxes import APART, DONE, NOT_COUNTED, Box, is_dated
from reports.figures.record import Count, Record, Row
from words.office import Office

Test = Callable[[Row, date], bool]
"""Whether a figure counts a row; the day is the local one that the record is of."""

OPEN = frozenset({Box.OPEN, Box.NEAR})


def _in(*boxes: Box) -> Test:
    wanted = frozenset(boxes)
    return lambda row, _day: row.box in wanted


def _fallen(row: Row, day: date) -> bool:
    return row.last is not None and row.last < day and row.box not in APART | NOT_COUNTED


# By the fields of `Count`; a figure that is a percentage has no rows of its own.
FIGURES: Mapping[str, Test] = {
    "total": lambda row, _day: row.box not in NOT_COUNTED,
    "fallen": _fallen,
    "fallen_done": lambda row, day: _fallen(row, day) and row.box in DONE,
    "done_in_time": _in(Box.DONE_IN_TIME),
    "done_late": _in(Box.DONE_LATE),
    "open": _in(*OPEN),
    "near": _in(Box.NEAR),
    "overdue": _in(Box.OVERDUE),
    "apart": _in(*APART),
    **{box: _in(box) for box in Box if box in APART | NOT_COUNTED},
}


def behind(office: Office, record: Record, figure: str, *, periodic: bool = False, agency: str = "") -> tuple[Row, ...]:
    """The rows that a figure of a record counts, of the dated results or of the periodic reports; of one agency where
    it is named. Raises KeyError for no figure."""
    test, day = FIGURES[figure], office.today(record.window.as_of)
    return tuple(
        row
        for row in record.rows
        if (not agency or row.agency == agency) and _is_of(row, periodic=periodic) and test(row, day)
    )


def count_of(count: Count, figure: str) -> int:
    """A figure by its name."""
    return int(getattr(count, figure))


def _is_of(row: Row, *, periodic: bool) -> bool:
    """As `reports.figures.summary` counts them."""
    return row.kind is Kind.PERIODIC if periodic else is_dated(row) and not row.duty
