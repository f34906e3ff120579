"""Báo cáo: the reporting periods with their state, and one period: who has handed in, its figures, its documents."""

from dataclasses import dataclass
from datetime import date, datetime

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk import list_links
from desk.desk import Asked
from desk.lists.tabs import Tab
from desk.page import render
from progress.handed_in import HandedIn, handed_in
from progress.items import code_of, period
from reports.attachments import report_files
from reports.attachments.report_files import File
from reports.figures import issued
from reports.figures.boxes import Box
from reports.figures.freezing import differ
from reports.figures.period import make, windows
from reports.figures.record import Count, Issue, Record, Window
from store.tables import Obligation
from words.message import plain

PATH = "/bao-cao"
# A box of many is named otherwise than the state of one, which says its days.
LISTED = (Box.NEAR, Box.OVERDUE)
# The figures in their order, each with the box that its list shows; None for those that are of several.
FIGURES: tuple[tuple[str, Box | None], ...] = (
    ("done_in_time", Box.DONE_IN_TIME),
    ("done_late", Box.DONE_LATE),
    ("near", Box.NEAR),
    ("overdue", Box.OVERDUE),
    ("waiting", Box.WAITING),
    ("unproven", Box.UNPROVEN),
    ("returned", Box.RETURNED),
    ("flagged", Box.FLAGGED),
    ("suspended", Box.SUSPENDED),
)


@dataclass(frozen=True)
class Line:
    """A period in the list: `number` is that of the issue that holds, None where its figures are not frozen, `early`
    the local day to which they were frozen before its end."""

    name: str
    path: str
    first: date
    last: date
    over: bool
    begun: bool
    number: int | None
    issued_at: datetime | None
    early: date | None
    there: int
    total: int


@dataclass(frozen=True)
class Figure:
    """A figure with the list behind it, empty where there is none."""

    name: str
    count: int
    path: str


@dataclass(frozen=True)
class Owner:
    """A report that was handed in, or was not: whose, and which."""

    agency: str
    code: str
    path: str


def show(asked: Asked) -> Response:
    """Every period of the plans' years."""
    return render(asked, "reports.html", lines=[_line(asked, each) for each in windows(asked.office, asked.now)])


def show_one(asked: Asked) -> Response:
    """One period: the issue that holds, or a draft as of now."""
    window = window_of(asked)
    draft = make(asked.session, asked.office, window, known_at=asked.now)
    found = issued.latest(asked.session, window.key)
    issue, record = found or (None, draft)
    reports = handed_in(asked.session, window.key)
    return render(
        asked,
        "report.html",
        period=named(asked, window.key),
        key=window.key,
        window=window,
        issue=issue,
        record=record,
        draft=draft,
        differs=issue is not None and differ(record, draft),
        figures=figures(record.dated),
        there=_owners(asked, reports.there),
        missing=_owners(asked, reports.missing),
        urge=_urge(reports),
        files=files(record, issue),
        may=asked.viewer.is_admin and bool(draft.rows),
    )


def window_of(asked: Asked) -> Window:
    """The period that the address names; raises HTTPException(404) for one that no plan has, or has not begun."""
    key, today = asked.request.path_params["key"], asked.office.today(asked.now)
    for each in windows(asked.office, asked.now):
        if each.key == key and each.first <= today:
            return each
    raise HTTPException(404)


def named(asked: Asked, key: str) -> str:
    """A period's name."""
    return plain(period(asked.office, key))


def figures(count: Count) -> list[Figure]:
    """The figures of a record, each with the list of what is counted there today; those that are 0 are left out."""
    found = []
    for name, box in FIGURES:
        number = getattr(count, name)
        if number:
            path = list_links.of_list(tab=Tab.ALL, box=box) if box is not None else ""
            found.append(Figure(f"desk_list.box_{name}" if box in LISTED else f"box.{name}", number, path))
    return found


def files(record: Record, issue: Issue | None) -> list[tuple[File, str]]:
    """What can be downloaded, with its address: of an issue by its number, of a draft as of the moment of the press."""
    number = str(issue.number) if issue is not None else "du-thao"
    return [(each, f"{PATH}/{record.window.key}/tep/{number}/{each}") for each in report_files.files(record)]


def _line(asked: Asked, window: Window) -> Line:
    found, reports = issued.latest(asked.session, window.key), handed_in(asked.session, window.key)
    begun = window.first <= asked.office.today(asked.now)
    return Line(
        name=named(asked, window.key),
        path=f"{PATH}/{window.key}" if begun else "",
        first=window.first,
        last=window.last,
        over=window.over,
        begun=begun,
        number=found[0].number if found else None,
        issued_at=found[0].issued_at if found else None,
        early=found[1].window.early if found else None,
        there=len(reports.there),
        total=len(reports.there) + len(reports.missing),
    )


def _owners(asked: Asked, rows: tuple[Obligation, ...]) -> list[Owner]:
    office = asked.office
    places = {agency: place for place, agency in enumerate(office.in_order({row.agency_id for row in rows}))}
    return [
        Owner(office.agency_short(row.agency_id), code_of(office, row), list_links.of_task(row.id or 0))
        for row in sorted(rows, key=lambda row: (places[row.agency_id], row.id))
    ]


def _urge(reports: HandedIn) -> str:
    """Where all who have not handed in are urged, seen first; empty where there is nobody."""
    numbers = "&".join(f"viec={row.id}" for row in reports.missing)
    return f"/don-doc/xem?{numbers}" if numbers else ""
