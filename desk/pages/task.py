"""One obligation: its text as printed, how its dates came about, all that happened, and what may be done."""

from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from desk.access import Page, may_see
from desk.desk import Asked
from desk.page import render
from desk.pages import evidence, letters, task_acts
from desk.queue import of_work
from plan.status import IN_THE_PLAN, State
from progress import waiting
from progress.items import code_of, item_of, period
from reports.archive import proof
from reports.story import dates_explained
from store import assignees, contributions, listing, obligations, people
from store.tables import Obligation
from words.message import plain


@dataclass(frozen=True)
class Sibling:
    """Another obligation of the same agency in the same task."""

    id: int
    code: str
    due: date | None
    state: str


@dataclass(frozen=True)
class Added:
    """What a coordinating agency added to the task."""

    agency: str
    at: str
    words: str


def show(asked: Asked) -> Response:
    """The page of an obligation that the viewer may see."""
    row = asked.work(asked.number("number"))
    office, item = asked.office, item_of(asked.office, row)
    made = proof.build(asked.session, office, row.id or 0, asked.now)
    scene = asked.scene
    cards = [of_work.card(asked, each, row) for each in waiting.about(scene, row)] if _reads_queue(asked) else []
    return render(
        asked,
        "task.html",
        row=row,
        item=item,
        proof=made,
        time=office.lateness(row, office.today(asked.now)),
        dates=_dates(asked, row),
        files=evidence.shown(asked, row),
        siblings=_siblings(asked, row),
        contributions=_contributions(asked, row),
        assignee=_assignee(asked, row),
        mark=_mark(asked, row),
        letters=letters.offered(asked, [row.agency_id]) if _is_late(asked, row) else [],
        cards=cards,
        forms=task_acts.offered(scene, row, {form.act for each in cards for form in each.forms}),
    )


def _is_late(asked: Asked, row: Obligation) -> bool:
    return row.state == State.OPEN and asked.office.lateness(row, asked.office.today(asked.now)).is_late


def _reads_queue(asked: Asked) -> bool:
    """What waits for others is no business of an agency's officers."""
    return may_see(asked.viewer, Page.QUEUE)


def _dates(asked: Asked, row: Obligation) -> list[tuple[str, bool]]:
    """How each date of the task was computed, a line an occurrence; whether it is the one of this obligation."""
    item = item_of(asked.office, row)
    if item is None:
        return []
    found = dates_explained.dates(asked.office, asked.office.plans[row.plan_id], item.task, [row])
    return [(plain(line), bool(here)) for lines in found for line, here in lines]


def _siblings(asked: Asked, row: Obligation) -> list[Sibling]:
    office = asked.office
    rows = obligations.of_agencies(asked.session, [row.agency_id], states=IN_THE_PLAN, task=row.task)
    return [
        Sibling(
            each.id or 0,
            f"{code_of(office, each)} ({plain(period(office, each.occurrence))})"
            if each.occurrence
            else code_of(office, each),
            each.due,
            asked.t(f"state.{each.state}", at=each.done_at),
        )
        for each in rows
        if each.plan_id == row.plan_id and each.id != row.id
    ]


def _assignee(asked: Asked, row: Obligation) -> str:
    found = assignees.of(asked.session, assignees.key_of(row))
    person = people.get(asked.session, found.person_id or 0) if found is not None else None
    return person.name if person is not None else ""


def _mark(asked: Asked, row: Obligation) -> str:
    """By which an open page learns that something happened; "" for what the list does not have."""
    if row.state not in IN_THE_PLAN or item_of(asked.office, row) is None:
        return ""
    found = assignees.of(asked.session, assignees.key_of(row))
    number = row.id or 0
    return listing.marks(asked.session, [(number, found.person_id if found is not None else None)])[number]


def _contributions(asked: Asked, row: Obligation) -> list[Added]:
    office = asked.office
    return [
        Added(office.agency_short(each.agency_id), asked.t("desk_task.moment", at=each.at), each.note)
        for each in contributions.of_task(asked.session, row.plan_id, row.task)
    ]
