"""An agency's own report of a period, for its head, its officers and who reads all: figures, results, papers."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk import charts
from desk.access import Page, may_see
from desk.desk import Asked
from desk.page import render
from desk.pages.report_figures import line_of
from desk.pages.reports import OF_AGENCIES, PATH, dossier_path, figures, files, named, place_of, scope_of, window_of
from plan.joint import is_joint
from reports.figures import issued
from reports.figures.behind import behind
from reports.figures.freezing import differ
from reports.figures.period import make, windows


@dataclass(frozen=True)
class Own:
    """An agency of the viewer's, with the periods that have begun."""

    name: str
    periods: tuple[tuple[str, str], ...]


def show(asked: Asked) -> Response:
    """The viewer's own agencies and the periods of each."""
    today = asked.office.today(asked.now)
    begun = [each.key for each in windows(asked.office, asked.now) if each.first <= today]
    # What is owed with others stands in the report of each of them.
    own = [
        Own(
            asked.office.agency_name(agency),
            tuple((named(asked, key), f"{OF_AGENCIES}/{agency}/{key}") for key in begun),
        )
        for agency in asked.office.in_order(asked.viewer.agencies)
        if not is_joint(agency)
    ]
    return render(asked, "own_reports.html", own=own)


def show_one(asked: Asked) -> Response:
    """The issue of an agency's report that holds, or a draft as of now; raises HTTPException(404)."""
    scope, window = scope_of(asked), window_of(asked)
    draft = make(asked.session, asked.office, window, scope=scope, known_at=asked.now)
    found = issued.latest(asked.session, window.key, scope)
    issue, record = found or (None, draft)
    if not record.rows:
        raise HTTPException(404)
    counted = [*behind(asked.office, record, "total"), *behind(asked.office, record, "total", periodic=True)]
    return render(
        asked,
        "report_agency.html",
        place=place_of(window.key, scope),
        period=named(asked, window.key),
        window=window,
        issue=issue,
        record=record,
        differs=issue is not None and differ(record, draft),
        figures=figures(record, issue),
        periodic=figures(record, issue, periodic=True),
        files=files(record, issue),
        course=charts.months(asked.office, record),
        rows=[line_of(row) for row in sorted(counted, key=lambda row: (row.due or date.max, row.id))],
        dossier=dossier_path(period=window.key, agency=scope[0]) if asked.viewer.is_admin else "",
        way_back=PATH if may_see(asked.viewer, Page.REPORTS) else OF_AGENCIES,
    )
