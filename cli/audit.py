"""`audit`: show the entries, and verify that none was changed."""

from typing import Annotated

import typer

from app import settings, wiring
from cli.output import console, print_json, print_table
from store import audit

app = typer.Typer(no_args_is_help=True)


@app.command()
def verify(
    head: Annotated[str, typer.Option(help="A head that was kept elsewhere, or its first 12 signs.")] = "",
) -> None:
    """Walks along the chain of the audit; ends with 1 at the first entry that was changed, cut off or put in."""
    service = wiring.open_service(settings.read(), migrated=False)
    with service.store.look() as session:
        found = audit.verify(session, head.lower() or None)
    service.store.close()
    if found.why:
        console(stderr=True).print(f"NOT SOUND at entry {found.broken_at}: {found.why}", style="red", markup=False)
        raise typer.Exit(1)
    console().print(f"sound: {found.entries} entries, head {found.head}", markup=False, highlight=False, soft_wrap=True)


@app.command()
def show(
    since: Annotated[int, typer.Option(help="Only entries after this number.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Stable JSON for programs.")] = False,
) -> None:
    """Lists the entries; people are named by their number."""
    service = wiring.open_service(settings.read(), migrated=False)
    zone = service.office.zone
    with service.store.look() as session:
        found = [each.model_dump() for each in audit.entries(session, since)]
    service.store.close()
    rows = [{**each, "at": each["at"].astimezone(zone).isoformat(timespec="seconds")} for each in found]
    if as_json:
        print_json(rows)
        return
    columns = ("id", "at", "actor", "via", "action", "subject", "detail")
    print_table("audit", columns, [[each[name] for name in columns] for each in rows])
