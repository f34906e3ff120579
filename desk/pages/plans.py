"""Kế hoạch: the plans that are followed, what waits to become one or to change one, and where a document is put in."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk import list_links
from desk.desk import Asked
from desk.page import render
from intake.settled import said
from progress import amending, importing
from reports.tables import plan_sheet
from store import people, plan_drafts, plan_imports, plans
from store.import_tables import PlanImport

PATH = "/ke-hoach"
SHEET, UPLOAD, CHANGES, DAYS = f"{PATH}/xuat", f"{PATH}/tep", f"{PATH}/thay-doi", f"{PATH}/ngay-nghi"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Serving:
    """A plan that is followed: where its tasks stand, and where its sheet is."""

    label: str
    name: str
    number: str
    signed: date | None
    tasks: int
    agencies: int
    path: str
    sheet: str


@dataclass(frozen=True)
class Waiting:
    """A document that is worked on: how many questions are open, and how many of them come first."""

    path: str
    name: str
    figures: str
    by: str
    at: datetime
    questions: int
    blocking: int


@dataclass(frozen=True)
class Change:
    """Another version of a plan that waits to be adopted."""

    path: str
    label: str
    basis: str
    steps: int
    at: datetime


def show(asked: Asked) -> Response:
    """What is followed and what waits; an admin has the form for a document."""
    return render(
        asked,
        "plans.html",
        serving=_serving(asked),
        waiting=[_waiting(asked, row) for row in plan_imports.open_ones(asked.session)],
        changes=_changes(asked),
        may=asked.viewer.is_admin,
        upload=UPLOAD,
        days=DAYS,
    )


def sheet(asked: Asked) -> Response:
    """A plan as the sheet that an office edits; raises HTTPException(404) for one that is not followed."""
    # In the office's language, in which it is read when it comes back.
    office = asked.desk.office_of(asked.session)
    followed = amending.followed(office)
    wanted = asked.query.get("ke-hoach", "") or next(reversed(followed), "")
    row = plans.get(asked.session, wanted)
    if wanted not in followed or row is None:
        raise HTTPException(404)
    data = plan_sheet.xlsx(office, followed[wanted], row.digest, asked.now)
    name = f'attachment; filename="ke-hoach-{wanted}.xlsx"'
    return Response(data, media_type=XLSX, headers={"Content-Disposition": name})


def _serving(asked: Asked) -> list[Serving]:
    return [
        Serving(
            label=plan.label,
            name=plan.name,
            number=plan.decision.number,
            signed=plan.decision.date,
            tasks=len(plan.all_tasks),
            agencies=len(plan.owing()),
            path=list_links.of_list(plan=plan.id),
            sheet=f"{SHEET}?{urlencode({'ke-hoach': plan.id})}",
        )
        for plan in amending.followed(asked.office).values()
    ]


def _waiting(asked: Asked, row: PlanImport) -> Waiting:
    found = importing.work(asked.session, asked.office, row, asked.now)
    return Waiting(
        path=f"{PATH}/{row.id}",
        name=row.name,
        figures=said.figures(asked.office.text, found.draft),
        by=people.named(asked.session, asked.office.agency_short, row.made_by) if row.made_by else "",
        at=row.made_at,
        questions=len(found.waiting),
        blocking=len(found.blocked),
    )


def _changes(asked: Asked) -> list[Change]:
    return [
        Change(
            path=f"{CHANGES}/{draft.id}",
            label=found.plan.label,
            basis=draft.basis or found.plan.decision.number,
            steps=len(found.steps),
            at=draft.made_at,
        )
        for draft in plan_drafts.waiting(asked.session)
        for found in [plan_drafts.amendment(asked.session, draft)]
    ]
