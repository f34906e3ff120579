"""`move`: an office goes from one database into another."""

from typing import Annotated

import typer

from app import moving
from app.clock import machine_now
from app.moving import Moved
from cli.output import say
from store.engines.sqlite import sqlite_path


def move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The address of the database that serves now.")],
    goal: Annotated[str, typer.Argument(metavar="TO", help="The address of an empty one: sqlite:///FILE or another.")],
) -> None:
    """Carries the whole record into another, empty database; refused while it is served, all of it or nothing."""
    tell(moving.move(source, goal, machine_now()), source, goal)
    say("Set DATABASE_URL to the new address, and start the service.")


def tell(done: Moved, source: str, goal: str) -> None:
    """What was carried, and what is no part of the record."""
    wide = max(len(each.table) for each in done.tables)
    for each in done.tables:
        print(f"{each.table:<{wide}} {each.rows:>8} {each.sha256}")  # noqa: T201 -- for scripts: rich would fold it
    rows = sum(each.rows for each in done.tables)
    say(f"{len(done.tables)} tables with {rows} rows were moved; each is there as it is here, by its SHA-256")
    say("the old database says that it was moved: a service that is started on it sends no reminders and asks first")
    if sqlite_path(source) is not None and sqlite_path(goal) is None:
        say(
            "keys stand beside the old file and are no part of the record: name FILE.screen-key as DESK_KEY_FILE, and "
            "keep FILE.seal-key for the backups made before; typed invites and links that are open are made anew"
        )
    elif sqlite_path(goal) is not None and sqlite_path(source) is None:
        say("typed invites and links that are open are made anew: beside a file their key is another one")
