"""`audit`: show the entries, and verify that none was changed."""

import re
from typing import Annotated

import typer

from app import settings, wiring
from cli.output import console, print_json, print_table
from plan.errors import NhacViecError
from store import audit, decisions

# A shorter one would be in any chain by chance.
KEPT_HEAD = re.compile(r"[0-9a-f]{12,64}")
app = typer.Typer(no_args_is_help=True)


@app.command()
def verify(
    head: Annotated[str, typer.Option(help="A head that was kept elsewhere, or its first 12 signs.")] = "",
) -> None:
    """Walks along the chain of the audit; ends with 1 at the first entry that was changed, cut off or put in."""
    kept = head.strip().lower()
    if kept and not KEPT_HEAD.fullmatch(kept):
        raise NhacViecError(f"'{head}' is no head: give the 12 to 64 signs (0-9, a-f) of the message that was kept")
    service = wiring.open_existing(settings.read(), migrated=False)
    with service.store.look() as session:
        found = audit.verify(session, kept or None)
        why = found.why or decisions.verify(session)
    service.store.close()
    if why:
        where = f" at entry {found.broken_at}" if found.why else ""
        console(stderr=True).print(f"NOT SOUND{where}: {why}", style="red", markup=False)
        raise typer.Exit(1)
    console().print(f"sound: {found.entries} entries, head {found.head}", markup=False, highlight=False, soft_wrap=True)


@app.command()
def show(
    since: Annotated[int, typer.Option(help="Only entries after this number.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Stable JSON for programs.")] = False,
) -> None:
    """Lists the entries; people are named by their number."""
    service = wiring.open_existing(settings.read(), migrated=False)
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
