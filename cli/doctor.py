"""`doctor`: is this installation fit to remind people?"""

import asyncio

import typer

from app import checks, settings
from cli.output import print_table

MARKS = {True: "ok", None: "note", False: "FAULT"}


def doctor() -> None:
    """Checks token, database, plan, calendar, people, clock and disk; ends with 1 when something is at fault."""
    found = asyncio.run(checks.examine(settings.read()))
    print_table("nhacviec doctor", ("check", "", "what"), [(each.name, MARKS[each.ok], each.text) for each in found])
    if any(each.ok is False for each in found):
        raise typer.Exit(1)
