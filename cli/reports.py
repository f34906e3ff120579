"""`summary`: the office's figures on the command line."""

from typing import Annotated, Any

import typer

from app import settings, wiring
from cli.output import print_json, print_table
from reports.figures.boxes import Box, Figures
from reports.figures.summary import build


def summary(json: Annotated[bool, typer.Option("--json", help="Stable JSON instead of tables.")] = False) -> None:
    """The summary at this moment: the boxes, by section and by agency, the overdue ones oldest first."""
    service = wiring.open_existing(settings.read())
    office = service.current()
    with service.store.look() as session:
        found = build(session, office, service.clock())
    service.store.close()
    if json:
        print_json(
            {
                "as_of": found.as_of.isoformat(),
                "tasks": found.tasks,
                "dated": _figures(found.dated),
                "periodic": _figures(found.periodic),
                "ongoing_tasks": found.ongoing_tasks,
                "undated_tasks": found.undated_tasks,
                "unconfirmed_tasks": found.unconfirmed_tasks,
                "sections": {key: _figures(each) for key, each in found.sections.items()},
                "agencies": {key: _figures(each) for key, each in found.agencies.items()},
                "overdue": [
                    {
                        "code": line.task,
                        "milestone": line.milestone,
                        "occurrence": line.occurrence,
                        "agency": line.agency,
                        "due": line.due.isoformat() if line.due else None,
                        "working_days_late": -(line.days or 0),
                    }
                    for line in found.overdue
                ],
            }
        )
        return
    moment = office.local(found.as_of)
    title = f"{', '.join(found.plan_names)}, {moment:%H:%M %d/%m/%Y}: {found.dated.total} dated obligations"
    columns = ("", "done in time", "done late", "open", "near", "overdue", "rate %")
    rows = [_row("all", found.dated), *(_row(key, each) for key, each in found.sections.items())]
    rows += [_row(office.agency_short(key), found.agencies[key]) for key in office.in_order(found.agencies)]
    print_table(title, columns, rows)
    late = [(line.task, office.agency_short(line.agency), -(line.days or 0), line.due) for line in found.overdue]
    print_table("Overdue, oldest first", ("code", "agency", "working days", "due"), late)


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "total": figures.total,
        "done_in_time": figures[Box.DONE_IN_TIME],
        "done_late": figures[Box.DONE_LATE],
        "open": figures.open,
        "near": figures[Box.NEAR],
        "overdue": figures[Box.OVERDUE],
        "closed": figures[Box.CLOSED],
        "fallen_due": figures.fallen,
        "rate_percent": figures.rate,
    }


def _row(name: str, figures: Figures) -> tuple[object, ...]:
    return (
        name,
        figures[Box.DONE_IN_TIME],
        figures[Box.DONE_LATE],
        figures.open,
        figures[Box.NEAR],
        figures[Box.OVERDUE],
        figures.rate,
    )
