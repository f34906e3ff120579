"""What may happen to a sandbox's database only: example people, a moved clock. An office's record is refused."""

from pathlib import Path
from typing import Any

from sqlalchemy import inspect
from sqlmodel import func, select

from plan.errors import NhacViecError
from store import schema, settings
from store.engine import Store
from store.engines.sqlite import sqlite_path
from store.people_tables import Person
from store.plan_tables import PlanRow
from store.tables import Inbox


class SandboxError(NhacViecError):
    """A database that holds an office's record, where a sandbox's or an empty one is needed."""


def refuse_an_office(url: str) -> None:
    """Raises SandboxError when a database holds anything and is not marked as a sandbox's; changes nothing.

    Asked before the schema is brought up to date: a database that is refused is left exactly as it was.
    """
    store = Store(url)
    try:
        if schema.revision(store) is None or is_sandbox(store):
            return
        held = _held(store)
    finally:
        store.close()
    if held:
        raise SandboxError(
            f"DATABASE_URL holds an office's record ({held}): a sandbox would put example people into it and move its "
            "clock. Leave DATABASE_URL out, or name a file that does not exist yet"
        )


def is_sandbox(store: Store) -> bool:
    """Whether a database is marked as a sandbox's."""
    with store.look() as session:
        return settings.get(session, settings.SANDBOX) is not None


def mark(store: Store) -> None:
    """Marks a database as a sandbox's, before the first example person is in it."""
    with store.unit() as session:
        if settings.get(session, settings.SANDBOX) is None:
            settings.put(session, settings.SANDBOX, settings.SANDBOX_EMPTY)


def wipe(url: str) -> None:
    """Removes the SQLite file of a sandbox, which nobody may have open, with what its log holds.

    Raises SandboxError, and removes nothing, for an office's record and for a database that is no file.
    """
    refuse_an_office(url)
    path = sqlite_path(url)
    if path is None:
        raise SandboxError("DATABASE_URL is no SQLite file: make an empty database for the sandbox instead")
    for each in (path, *(Path(f"{path}{end}") for end in ("-wal", "-shm", "-journal"))):
        each.unlink(missing_ok=True)


def _held(store: Store) -> str:
    """What an older or newer schema of ours may hold, in words; empty when nothing is kept."""
    tables: dict[str, Any] = {"people": Person, "plans": PlanRow, "updates": Inbox}
    with store.reader.connect() as connection:
        names = set(inspect(connection).get_table_names())
    with store.look() as session:
        counts = {
            what: session.exec(select(func.count()).select_from(table)).one()
            for what, table in tables.items()
            if table.__tablename__ in names
        }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
