"""`plan export`: a plan as it serves, as JSON that `plan check` reads, or as the sheet that an office edits."""

from pathlib import Path
from typing import Annotated

import typer

from app import settings, wiring
from app.wiring import Service
from cli.archive import OutputError
from cli.output import console, print_json
from cli.plan_imports import NoSuchDraftError
from plan.amendment import unmarked
from plan.model import Plan
from reports.tables import plan_sheet
from store import plans
from words.office import Office


def export(
    plan: Annotated[str, typer.Argument(help="The plan's id; the newest one where none is given.")] = "",
    _json: Annotated[bool, typer.Option("--json", help="As a plan file, which PLAN_FILE can name.")] = True,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help="Writes the sheet that an office edits into this file, and no JSON.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replaces a file that is there already.")] = False,
) -> None:
    """Prints a plan as it serves, as the JSON that `plan check` reads, or writes it as a sheet to edit."""
    service = wiring.open_existing(settings.read())
    office = service.current()
    found = office.plans.get(plan) if plan else office.newest
    if found is None:
        raise NoSuchDraftError(f"No plan {plan} is followed." if plan else "No plan is followed yet.")
    if xlsx is not None:
        _write_sheet(service, office, found, xlsx, force=force)
        return
    print_json(unmarked(found).model_dump(mode="json", exclude_defaults=True))


def _write_sheet(service: Service, office: Office, plan: Plan, out: Path, *, force: bool) -> None:
    if out.exists() and not force:
        raise OutputError(f"{out} is there already; --force replaces it")
    with service.store.look() as session:
        row = plans.get(session, plan.id)
    if row is None:
        raise NoSuchDraftError(f"{plan.id} is not followed yet: whoever serves the office takes it over when it begins")
    try:
        out.write_bytes(plan_sheet.xlsx(office, plan, row.digest, service.clock()))
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror}") from error
    console().print(str(out), markup=False, highlight=False)
