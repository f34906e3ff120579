"""`plan happened`, `plan succeed`: the day of an event from which deadlines count, and what comes after an agency."""

from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session

from app import settings, wiring
from app.wiring import Service
from cli.output import console
from plan.agencies import Agency
from plan.errors import NhacViecError
from plan.milestone import milestone_number
from plan.model import Plan
from progress import happenings
from progress.happenings import Happened
from store import current_office, obligations, plan_drafts, plan_sync
from store.tables import Obligation
from words.dates import read_day
from words.office import Office


class EventError(NhacViecError):
    """What was named of an event or of an agency's successor is not in the plans, or is no day."""


def happened(
    code: Annotated[str, typer.Argument(help="The code of the task, or of its milestone: 8a, 8a.2.")],
    on: Annotated[str, typer.Argument(help="The day on which it happened: 15/03/2026.")],
    agency: Annotated[str, typer.Option(help="The id of one agency; else all that owe it.")] = "",
    due: Annotated[str, typer.Option(help="The deadline, where the document gives no number of days.")] = "",
    basis: Annotated[str, typer.Option(help="What it rests on.")] = "",
) -> None:
    """Records the day of what starts a deadline: the work that waits for it gets its own day, and reminders."""
    service = _service()
    now = service.clock()
    with service.store.unit() as session:
        office = service.live.of(session)
        today = office.today(now)
        told = Happened(_day(on, today), _day(due, today) if due else None, basis or f"{on}", "cli", None)
        rows = [row for row in _rows(session, office, code) if agency in ("", row.agency_id)]
        made = happenings.record(session, office, rows, told, now)
        if not made:
            raise EventError(f"Nothing of {code} waits for an event whose deadline can be counted; give it as --due.")
        console().print(f"{code}: {len(made)} results are due {made[0].due:%d/%m/%Y}.", markup=False)


def succeed(
    old: Annotated[str, typer.Argument(help="The id of the agency that ends.")],
    new: Annotated[list[str], typer.Argument(help="The ids of what comes after it; the first takes its open work.")],
    until: Annotated[str, typer.Option(help="The last day of the old one: 30/06/2026.")],
    name: Annotated[str, typer.Option(help="The name of the first one, where no plan names it yet.")] = "",
    basis: Annotated[str, typer.Option(help="The document that it rests on.")] = "",
) -> None:
    """Says what comes after an agency: from the next day its open work and its people are the successor's."""
    service = _service()
    now = service.clock()
    with service.store.unit() as session:
        office = service.live.of(session)
        last = _day(until, office.today(now))
        changed = 0
        for plan in office.plans.values():
            serves = plan_drafts.adopted(session, plan.id)
            if serves is None or current_office.is_assigned(plan.id) or not _knows(serves, old):
                continue
            if plan.id in service.office.plans:
                raise EventError(
                    f"{plan.id} stands in a file: give {old} until and successors there, then `nhacviec plan adopt`."
                )
            made = _succeeded(serves, old, new, last, (name, basis))
            plan_sync.sync(session, made, office.calendar, now, office.today(now))
            changed += 1
        if not changed:
            raise EventError(f"No plan has the agency {old}.")
        current_office.changed(session)
    console().print(f"{old} ends on {last:%d/%m/%Y}; after it comes {', '.join(new)}.", markup=False)


def _succeeded(plan: Plan, old: str, new: list[str], until: date, told: tuple[str, str]) -> Plan:
    """The plan in which an agency ends and others come after it; the first of them is made where it is new."""
    name, basis = told
    agencies = [
        each.model_copy(update={"until": until, "successors": tuple(new)}) if each.id == old else each
        for each in plan.agencies
    ]
    for successor in new:
        if not _knows(plan, successor):
            if not name or successor != new[0]:
                raise EventError(f"No plan names {successor}: give its --name, or add it to the plan's file.")
            agencies.append(Agency(id=successor, name=name, short=name, basis=basis or name, since=until))
    made = plan.model_copy(update={"agencies": tuple(agencies)})
    # What was built by hand is checked as a file is.
    return Plan.model_validate(made.model_dump())


def _knows(plan: Plan, agency: str) -> bool:
    return any(each.id == agency for each in plan.agencies)


def _rows(session: Session, office: Office, code: str) -> list[Obligation]:
    if code in office.codes():
        return list(obligations.of_task(session, code))
    task, _, number = code.rpartition(".")
    found = obligations.of_task(session, task) if task in office.codes() and number.isdigit() else ()
    return [row for row in found if milestone_number(row.milestone) == int(number)]


def _day(words: str, today: date) -> date:
    day = read_day(words, today)
    if day is None:
        raise EventError(f"«{words}» is no day; write it as 15/03/2026.")
    return day


def _service() -> Service:
    service = wiring.open_existing(settings.read())
    wiring.sync(service)
    return service
