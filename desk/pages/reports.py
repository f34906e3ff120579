"""Báo cáo: the reporting periods with their state, and one period: who has handed in, its figures, its documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk import charts, list_links
from desk.access import Page, may_see
from desk.desk import Asked
from desk.page import render
from desk.pages import evidence
from progress import compiled
from progress.handed_in import NOTHING, HandedIn, handed_in, of_all
from progress.items import code_of, period
from reports.attachments import report_files
from reports.attachments.report_files import File
from reports.figures import issued
from reports.figures.behind import count_of
from reports.figures.freezing import differ
from reports.figures.period import make, windows
from reports.figures.record import Issue, Record, Window
from store import opinions
from store.tables import Obligation
from words.message import plain
from words.office import Office

PATH, OF_AGENCIES = "/bao-cao", "/bao-cao-don-vi"
DOSSIER = f"{PATH}/ho-so"
# What an evidence file is of, as its address names it.
SELECTED_BY = {"period": "ky", "task": "viec", "agency": "don-vi"}
DRAFT = "du-thao"
# The figures that a list has in its order; those that are 0 are left out.
OF_MANY = frozenset({"total", "fallen", "fallen_done", "open", "near", "overdue", "apart"})
SHOWN = (
    "done_in_time", "done_late", "near", "overdue", "waiting", "unproven", "returned", "flagged", "suspended",
)  # fmt: skip


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
class Signed:
    """The duty to compile a period once it is answered, and its files: what was signed and went out among them."""

    row: int
    files: list[evidence.File]


@dataclass(frozen=True)
class Owner:
    """A report that was handed in, or was not: whose, and which."""

    agency: str
    code: str
    path: str


def show(asked: Asked) -> Response:
    """Every period of the plans' years."""
    reports = of_all(asked.session)
    lines = [_line(asked, each, reports.get(each.key, NOTHING)) for each in windows(asked.office, asked.now)]
    return render(asked, "reports.html", lines=lines, opinions=len(opinions.waiting(asked.session)))


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
        figures=figures(record, issue),
        agency_path=lambda agency: f"{OF_AGENCIES}/{agency}/{window.key}",
        bars=charts.bars(record, lambda figure, agency: figure_path(record, issue, figure, agency)),
        course=charts.months(asked.office, record),
        columns=charts.COLUMNS,
        parts=charts.PARTS,
        look_of=charts.look_of,
        there=_owners(asked, reports.there),
        missing=_owners(asked, reports.missing),
        urge=list_links.of_urging(row.id or 0 for row in reports.missing),
        files=files(record, issue),
        dossier=dossier_path(period=window.key) if asked.viewer.is_admin else "",
        signed=_signed(asked, window.key),
        may=asked.viewer.is_admin and bool(draft.rows),
    )


def scope_of(asked: Asked) -> tuple[str, ...]:
    """The agency that the address names, none for the whole office; raises HTTPException(404) for one that owes nothing
    and for one whose report is not the viewer's to read."""
    agency = asked.request.path_params.get("agency")
    if agency is None:
        return ()
    if agency not in asked.office.owing() or not may_see(asked.viewer, Page.AGENCY_REPORT, agency):
        raise HTTPException(404)
    return (agency,)


def place_of(key: str, scope: Sequence[str]) -> str:
    """Where the page of a period is, of the whole office or of one agency."""
    return f"{OF_AGENCIES}/{scope[0]}/{key}" if scope else f"{PATH}/{key}"


def dossier_path(**of: str) -> str:
    """Where an evidence file is looked at: of a `period`, an `agency`, a `task`, or of several together."""
    return f"{DOSSIER}?{urlencode({SELECTED_BY[name]: value for name, value in of.items()})}"


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


def figures(record: Record, issue: Issue | None, *, periodic: bool = False) -> list[Figure]:
    """The figures of a record, of its dated results or its periodic reports, each with the list of what it counts."""
    of = record.periodic if periodic else record.dated
    counts = [(name, count_of(of, name)) for name in SHOWN]
    return [
        Figure(figure_name(name), count, figure_path(record, issue, name, periodic=periodic))
        for name, count in counts
        if count
    ]


def figure_name(figure: str) -> str:
    """The key of a figure's name. A box of many is named otherwise than the state of one, which says its days."""
    return f"report_page.figure_{figure}" if figure in OF_MANY else f"box.{figure}"


def figure_path(record: Record, issue: Issue | None, figure: str, agency: str = "", *, periodic: bool = False) -> str:
    """The list behind a figure: of an issue by its number, of a draft as of the moment at which it is looked at."""
    number = str(issue.number) if issue is not None else DRAFT
    query = urlencode({"don-vi": agency} if agency else {}) + ("&dinh-ky=1" if periodic else "")
    return f"{place_of(record.window.key, record.scope)}/so/{number}/{figure}" + (
        f"?{query.strip('&')}" if query else ""
    )


def files(record: Record, issue: Issue | None) -> list[tuple[File, str]]:
    """What can be downloaded, with its address: of an issue by its number, of a draft as of the moment of the press."""
    number = str(issue.number) if issue is not None else DRAFT
    return [
        (each, f"{place_of(record.window.key, record.scope)}/tep/{number}/{each}")
        for each in report_files.files(record)
    ]


def _line(asked: Asked, window: Window, reports: HandedIn) -> Line:
    found = issued.held(asked.session, window.key)
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
        early=found[1].early if found else None,
        there=len(reports.there),
        total=len(reports.there) + len(reports.missing),
    )


def _signed(asked: Asked, key: str) -> Signed | None:
    """The scan of the signed report, kept with the duty that the figures answered; None while they have not."""
    row = compiled.duty(asked.session, asked.office, key)
    return Signed(row.id or 0, evidence.shown(asked, row)) if row is not None else None


def _owners(asked: Asked, rows: tuple[Obligation, ...]) -> list[Owner]:
    office = asked.office
    return [
        Owner(office.agency_short(row.agency_id), code_of(office, row), list_links.of_task(row.id or 0))
        for row in by_agency(office, rows)
    ]


def by_agency(office: Office, rows: Sequence[Obligation]) -> list[Obligation]:
    """Obligations in the order of the plan's agencies."""
    places = {agency: place for place, agency in enumerate(office.in_order({row.agency_id for row in rows}))}
    return sorted(rows, key=lambda row: (places[row.agency_id], row.id))
