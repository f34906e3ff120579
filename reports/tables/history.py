"""The history of a report as a table: one line for each event of each of its rows, in the workbook and as csv."""

from collections.abc import Iterator, Sequence

from reports.tables.cells import Cell
from reports.tables.columns import Words

# The columns in their order, with how wide each is. Of every row there are many events: what a row is about stands in
# the table of the report, under its code and agency.
WIDTHS = {
    "happened_at": 17,
    "code": 7,
    "agency": 28,
    "happened": 28,
    "due_then": 12,
    "words": 58,
    "recorded_at": 17,
}


def rows(words: Words) -> Iterator[Sequence[Cell]]:
    """What stands in the columns, in the order in which it was recorded; moments in local time."""
    known = {row.id: (row.code, row.agency_name) for row in words.record.rows}
    for entry in words.record.history:
        what, note = words.happened(entry.kind, entry.note)
        about = known.get(entry.row, ("", ""))
        at = words.local(entry.at)
        # Most is recorded when it happens.
        recorded_at = at if entry.recorded_at == entry.at else words.local(entry.recorded_at)
        yield [at, *about, what, entry.due, note, recorded_at]
