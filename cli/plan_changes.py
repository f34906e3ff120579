"""`plan diff`, `plan adopt`: what an amended plan changes, and making it the one that serves."""

from pathlib import Path
from typing import Annotated

import typer

from app import settings, wiring
from cli import plan_imports, told_results
from cli.output import console, print_json
from cli.plan_steps import show
from plan import loader
from plan.amendment import Op, amend
from plan.amendment_parts import Left
from progress.acts import adopting
from store import addresses, deliveries, plan_drafts
from store.plan_drafts import Adopter
from store.postings import notice, to_person

MACHINE = Adopter(None, "cli")


def diff(
    old: Path,
    new: Path,
    json: Annotated[bool, typer.Option("--json", help="Stable JSON instead of a table.")] = False,
) -> None:
    """Shows what a plan's file changes against another: added, withdrawn, renumbered, reworded, dates, leads."""
    found = amend(loader.load(old), loader.load(new))
    if json:
        print_json([vars(step) | {"op": str(step.op)} for step in found.steps])
    else:
        show(found)


def adopt(
    draft: Annotated[
        int | None, typer.Argument(help="The draft of an imported document; else the plan's file.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Adopt without asking.")] = False,
    leave: Annotated[
        list[str] | None,
        typer.Option(
            "--leave", help="A code, or a kind (add, withdraw, renumber, reword, deadline, lead, succeed), left as is."
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="The admin (P1) in whose name results that the document tells are kept.")
    ] = None,
) -> None:
    """Adopts what the plan's file says now, or the draft of an imported document, after showing what changes.

    Officers whose work an amended file touches are told once.
    """
    service = wiring.open_existing(settings.read())
    wiring.sync(service)
    if draft is not None:
        plan_imports.adopt(service, draft, yes=yes, by=by)
        return
    with service.store.unit() as session:
        drafts = plan_drafts.waiting(session)
        if not drafts:
            console().print("No version of a plan waits to be adopted.", markup=False)
            return
        kinds = {str(op) for op in Op}
        left = [Left(op=each) if each in kinds else Left(code=each) for each in leave or ()]
        for each in drafts:
            if left:
                plan_drafts.leave(session, each, left)
            show(plan_drafts.amendment(session, each))
        if not yes and not typer.confirm("Adopt it?"):
            raise typer.Exit(1)
        now, office = service.clock(), service.live.of(session)
        person = told_results.admin(session, by) if by is not None else None
        for each in drafts:
            found, notices, untold = adopting.adopted(session, office, each, MACHINE, now)
            for told in notices:
                address = addresses.reached_at(session, told.person_id, "")
                if address is not None:
                    posting = notice(told.identity.to(told.person_id), told.text, told.why)
                    deliveries.post(session, to_person(address), posting, now)
            nobody = f"; nobody reaches {', '.join(untold)}" if untold else ""
            console().print(f"{found.plan.label} is adopted{nobody}.", markup=False)
            told_results.keep_of_change(session, office, each, found.plan, now, person)
