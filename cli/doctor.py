"""`doctor`: is this installation fit to remind people?"""

import asyncio

import typer

from app import checks, office_settings, settings
from cli.output import print_table

MARKS = {True: "ok", None: "note", False: "FAULT"}


def doctor() -> None:
    """Checks token, database, plan, calendar, people, clock and disk; ends with 1 when something is at fault."""
    chosen = settings.read()
    found, english = asyncio.run(checks.examine(chosen)), office_settings.catalogue_of(chosen).speaking("en")
    lines = [(each.name, MARKS[each.ok], each.said(english)) for each in found]
    print_table("nhacviec doctor", ("check", "", "what"), lines)
    if any(each.ok is False for each in found):
        raise typer.Exit(1)
