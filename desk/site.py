"""The office's screen: its table of contents, and how a request comes to its page."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from desk import requests
from desk.access import Page
from desk.desk import Desk, Entry
from desk.door import account, leaving, sign_in
from desk.headers import Guarded
from desk.pages import (
    agency_reports,
    audit_log,
    evidence,
    freezing,
    further_ways,
    inviting,
    letters,
    live,
    opinions,
    people,
    people_list,
    plan_cells,
    plan_changes,
    plan_days,
    plan_draft,
    plan_upload,
    plans,
    printed_invites,
    queue,
    report_downloads,
    report_figures,
    report_sheets,
    reports,
    sample,
    settings,
    stray_letter,
    succession,
    taking_in,
    task,
    tasks,
    today,
    urging,
    urging_log,
    urging_shown,
)
from desk.pages.reports import OF_AGENCIES
from desk.queue import many

STATIC = Path(__file__).parent / "static"

# What is read. To add a page: a line here, its `Page` and who it is open to in desk/access.py, its template, its
# sentences under `desk` in both catalogues; CONTRIBUTING.md has the recipe.
PAGES = (
    Entry("/", Page.TODAY, today.show),
    Entry("/nhiem-vu", Page.TASKS, tasks.show),
    Entry(tasks.SHEET, Page.TASKS, tasks.as_sheet),
    Entry(tasks.FORM, Page.TASKS, tasks.as_form),
    Entry(tasks.COPY, Page.TASKS, tasks.as_text),
    Entry(tasks.SAMPLE, Page.TASKS, sample.show),
    Entry(sample.PACKAGE, Page.TASKS, sample.package, personal=True),
    Entry("/nhiem-vu/{number}", Page.TASK, task.show, personal=True),
    Entry("/nhiem-vu/{number}/tep/{file}", Page.TASK, evidence.show),
    Entry(f"/nhiem-vu/{{number}}/{report_sheets.SHEET}", Page.TASK, report_sheets.sheet, personal=True),
    Entry("/cho-xu-ly", Page.QUEUE, queue.show),
    Entry(f"{stray_letter.PATH}/{{number}}", Page.QUEUE, stray_letter.show, personal=True),
    Entry("/don-doc", Page.URGING, urging.show),
    Entry("/don-doc/xem", Page.URGING, urging_shown.show),
    Entry(f"{letters.PATH}/{{agency}}", Page.URGING, letters.show, personal=True),
    Entry("/don-doc/nhat-ky", Page.URGING, urging_log.show, personal=True),
    Entry(plans.PATH, Page.PLANS, plans.show),
    Entry(plans.SHEET, Page.PLANS, plans.sheet),
    Entry(plans.DAYS, Page.PLANS, plan_days.show),
    Entry(f"{plans.DAYS}/xem", Page.PLANS, plan_days.look),
    Entry(f"{plans.CHANGES}/{{number}}", Page.PLANS, plan_changes.show),
    Entry(f"{plans.CHANGES}/{{number}}/ap-dung", Page.PLANS, plan_changes.adopting_page),
    Entry(f"{plans.PATH}/{{number}}", Page.PLANS, plan_draft.show),
    Entry(f"{plans.PATH}/{{number}}/dua-vao", Page.PLANS, plan_draft.taking_over),
    Entry(f"{plans.PATH}/{{number}}/phieu", Page.PLANS, plan_draft.opinion_sheet),
    Entry(f"{plans.PATH}/{{number}}/viec", Page.PLANS, plan_cells.show),
    Entry("/bao-cao", Page.REPORTS, reports.show),
    Entry("/bao-cao/y-kien", Page.REPORTS, opinions.show, personal=True),
    Entry(reports.DOSSIER, Page.REPORTS, report_sheets.dossier_page, personal=True),
    Entry(OF_AGENCIES, Page.OWN_REPORTS, agency_reports.show),
    Entry(f"{OF_AGENCIES}/{{agency}}/{{key}}", Page.AGENCY_REPORT, agency_reports.show_one),
    Entry(f"{OF_AGENCIES}/{{agency}}/{{key}}/so/{{number}}/{{figure}}", Page.AGENCY_REPORT, report_figures.show),
    Entry(f"{OF_AGENCIES}/{{agency}}/{{key}}/tep/{{number}}/{{file}}", Page.AGENCY_REPORT, report_downloads.show),
    Entry(f"{OF_AGENCIES}/{{agency}}/{{key}}/chot", Page.REPORTS, freezing.show),
    Entry("/bao-cao/{key}", Page.REPORTS, reports.show_one),
    Entry("/bao-cao/{key}/chot", Page.REPORTS, freezing.show),
    Entry("/bao-cao/{key}/so-sanh", Page.REPORTS, report_figures.compare),
    Entry("/bao-cao/{key}/so/{number}/{figure}", Page.REPORTS, report_figures.show),
    Entry("/bao-cao/{key}/nhan", Page.REPORTS, taking_in.show),
    Entry("/bao-cao/{key}/tep/{number}/{file}", Page.REPORTS, report_downloads.show),
    Entry("/can-bo", Page.PEOPLE, people.show, personal=True),
    Entry("/can-bo/thu-hoi", Page.PEOPLE, people.revoking, personal=True),
    Entry(succession.HAND_OVER, Page.PEOPLE, succession.hand_over, personal=True),
    Entry(succession.MOVE, Page.PEOPLE, succession.move, personal=True),
    Entry(further_ways.FURTHER, Page.PEOPLE, further_ways.show, personal=True),
    Entry(audit_log.LOG, Page.PEOPLE, audit_log.show, personal=True),
    Entry(people_list.MANY, Page.PEOPLE, people_list.show),
    Entry(printed_invites.PRINT, Page.PEOPLE, printed_invites.show, personal=True),
    Entry(settings.PATH, Page.SETTINGS, settings.show, personal=True),
    Entry("/tai-khoan", Page.ACCOUNT, account.show),
)


def make(desk: Desk) -> Starlette:
    """The application of one installation's screen."""
    return Starlette(
        routes=_routes(desk),
        middleware=[Middleware(Guarded, secure=desk.secure)],
        exception_handlers=requests.refusals(desk),
    )


def _routes(desk: Desk) -> list[BaseRoute]:
    return [
        # Before a work's page, whose path would be the same.
        Route(live.PATH, requests.page(desk, Entry(live.PATH, Page.TASKS, live.news), by_itself=True)),
        *(Route(each.path, requests.page(desk, each)) for each in PAGES),
        Route(tasks.COLUMNS, requests.posted(desk, tasks.keep_columns), methods=["POST"]),
        # What is done: desk/acts.py names the acts.
        Route("/lam/{act}", requests.act(desk), methods=["POST"]),
        Route("/lam-nhieu/{act}", requests.posted(desk, many.do), methods=["POST"]),
        Route(queue.NEWS, requests.page(desk, Entry(queue.NEWS, Page.QUEUE, queue.news), by_itself=True)),
        *sign_in.routes(desk),
        *leaving.routes(desk),
        *account.routes(desk),
        *inviting.routes(desk),
        *further_ways.routes(desk),
        *people_list.routes(desk),
        *printed_invites.routes(desk),
        *freezing.routes(desk),
        *taking_in.routes(desk),
        *plan_upload.routes(desk),
        *plan_changes.routes(desk),
        *plan_draft.routes(desk),
        *plan_cells.routes(desk),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
