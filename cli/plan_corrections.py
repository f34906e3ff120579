"""`plan putright`: a time that was read wrongly when a plan was taken over is put right, without the chat."""

from datetime import date
from typing import Annotated

import typer

from app import settings, wiring
from cli.output import console
from plan.errors import NhacViecError
from plan.model import Kind
from progress.acts.decisions import PutRight
from progress.acts.putting_right import Putter, corrected
from progress.submit import Statement
from store import deliveries, people
from store.postings import notice, to_person

WITHOUT_A_DAY = {"ongoing": Kind.ONGOING, "undated": Kind.UNDATED}


class CorrectionError(NhacViecError):
    """There is nothing to correct: no such milestone, a periodic one, or it says so already."""


def put_right(
    milestone: Annotated[str, typer.Argument(help="The milestone as the plan prints it: 2b.1.")],
    right: Annotated[str, typer.Argument(help="The right day, 2020-01-30; or ongoing, undated.")],
    why: Annotated[str, typer.Option("--why", help="Why it was read wrongly; it is kept.")],
    plan: Annotated[str, typer.Option(help="The plan's id; the newest one where none is given.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Correct without asking.")] = False,
) -> None:
    """Puts a misread deadline right, from the beginning: no extension, and nobody is late because of it.

    Officers who owe the work are told once.
    """
    service = wiring.open_service(settings.read())
    wiring.sync(service)
    kind, due = _read(right)
    now = service.clock()
    with service.store.unit() as session:
        office = service.live.of(session)
        found = office.plans.get(plan) if plan else office.newest
        if found is None:
            raise CorrectionError(f"No plan {plan} is followed." if plan else "No plan is followed yet.")
        printed = next(
            (each.printed for task in found.all_tasks for each in task.milestones if each.id == milestone), ""
        )
        console().print(f"{milestone}: «{printed}» is {due or kind}", markup=False, highlight=False)
        if not yes and not typer.confirm("Correct it?"):
            raise typer.Exit(1)
        said = Statement(0, now, f"cli:{milestone}", "cli", why)
        done = corrected(session, office, PutRight(said, found.id, milestone, due, kind), Putter(None, "cli", why), now)
        if done is None:
            raise CorrectionError(f"There is nothing to correct at {milestone} of {found.id}.")
        rows, notices, untold = done
        for told in notices:
            address = people.reached_at(session, told.person_id, "")
            if address is not None:
                posting = notice(told.identity.to(told.person_id), told.text, told.why)
                deliveries.post(session, to_person(address), posting, now)
        nobody = f"; nobody reaches {', '.join(untold)}" if untold else ""
        console().print(f"{milestone} is corrected for {len(rows)} results{nobody}.", markup=False, highlight=False)


def _read(right: str) -> tuple[Kind, date | None]:
    if right in WITHOUT_A_DAY:
        return WITHOUT_A_DAY[right], None
    try:
        return Kind.DATED, date.fromisoformat(right)
    except ValueError as error:
        raise typer.BadParameter("write the day as 2020-01-30, or ongoing, or undated") from error
