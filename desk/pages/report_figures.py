"""What stands behind the figures of a report, and beside them: the list of each, and the periods to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk import list_links
from desk.desk import Asked
from desk.page import render
from desk.pages.report_downloads import record_of
from desk.pages.reports import PATH, figure_name, figure_path, named, place_of, window_of
from reports.figures import issued
from reports.figures.behind import FIGURES, behind, count_of
from reports.figures.boxes import Box
from reports.figures.period import make, previous, windows
from reports.figures.record import Issue, Record, Row

# A list of more is the workbook's.
MOST = 500
COMPARED = (
    "total", "fallen", "fallen_done", "done_in_time", "done_late", "open", "near", "overdue", "apart",
)  # fmt: skip


class Behind(NamedTuple):
    """A row of the list behind a figure; `late` are the working days past or left."""

    path: str
    code: str
    title: str
    agency: str
    period: str
    due: date | None
    printed: str
    box: Box
    late: int
    returned: int
    result: str
    signed: date | None
    said: str


@dataclass(frozen=True)
class Column:
    """A period to compare: its figures, whose they are, and the list behind each."""

    name: str
    issue: Issue | None
    record: Record
    cells: tuple[tuple[int, str], ...]


def show(asked: Asked) -> Response:
    """The rows that a figure counts; raises HTTPException(404) for no figure, agency or issue."""
    figure, agency = str(asked.request.path_params["figure"]), asked.query.get("don-vi", "")
    if figure not in FIGURES:
        raise HTTPException(404)
    record, issue = record_of(asked)
    part = next((each for each in record.agencies if each.key == agency), None)
    if agency and part is None:
        raise HTTPException(404)
    periodic = asked.query.get("dinh-ky") == "1"
    rows = behind(asked.office, record, figure, periodic=periodic, agency=agency)
    return render(
        asked,
        "report_rows.html",
        period=named(asked, record.window.key),
        heading=figure_name(figure),
        about=part.name if part else "",
        periodic=periodic,
        issue=issue,
        as_of=record.window.as_of,
        count=len(rows),
        rows=[line_of(row) for row in rows[:MOST]],
        way_back=place_of(record.window.key, record.scope),
    )


def compare(asked: Asked) -> Response:
    """A period beside the one before and the same of last year, as far as the plans reach."""
    window = window_of(asked)
    year, _, name = window.key.partition("-")
    begun = {each.key for each in windows(asked.office, asked.now) if each.first <= asked.office.today(asked.now)}
    keys = dict.fromkeys((window.key, previous(window.key), f"{int(year) - 1}-{name}"))
    columns = [_column(asked, key) for key in keys if key in begun]
    return render(
        asked,
        "report_compared.html",
        key=window.key,
        period=named(asked, window.key),
        columns=columns,
        lines=[(figure_name(each), [column.cells[at] for column in columns]) for at, each in enumerate(COMPARED)],
        rates=[column.record.dated.rate for column in columns],
        missing=[named(asked, key) for key in keys if key not in begun],
        way_back=f"{PATH}/{window.key}",
    )


def _column(asked: Asked, key: str) -> Column:
    window = next(each for each in windows(asked.office, asked.now) if each.key == key)
    found = issued.latest(asked.session, key)
    issue, record = found or (None, make(asked.session, asked.office, window, known_at=asked.now))
    return Column(named(asked, key), issue, record, _cells(record, issue))


def _cells(record: Record, issue: Issue | None) -> tuple[tuple[int, str], ...]:
    counts = [(figure, count_of(record.dated, figure)) for figure in COMPARED]
    return tuple((count, figure_path(record, issue, figure) if count else "") for figure, count in counts)


def line_of(row: Row) -> Behind:
    """A row of a record as a list shows it."""
    said: Sequence[str] = (row.blocked, row.why_late, row.reason, row.said)
    return Behind(
        path=list_links.of_task(row.id),
        code=row.code,
        title=row.title,
        agency=row.agency_name,
        period=row.period,
        due=row.due,
        printed=row.printed,
        box=row.box,
        late=abs(row.days or 0),
        returned=row.returned_days or 0,
        result=row.number or row.note,
        signed=row.signed if row.number else None,
        said="; ".join(filter(None, said)),
    )
