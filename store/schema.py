"""Which revision of the schema a database has, and which ones this program knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError

from plan.errors import NhacViecError
from store.engine import Store

VERSIONS = Path(__file__).parent / "migrations" / "versions"
# The revisions in their order, from the names of the steps: asking Alembic would take longer than all else at a start.
REVISIONS = tuple(sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py")))
HEAD = REVISIONS[-1]


class SchemaError(NhacViecError):
    """A database whose schema this program cannot use."""


def revision(store: Store) -> str | None:
    """The revision of a database; None for an empty one.

    Raises SchemaError for the database of something else, for one that cannot keep our record as it must be kept, and
    for one that does not answer.
    """
    with _connected(store) as connection:
        if why := store.kind.unfit(connection):
            raise SchemaError(why)
        tables = inspect(connection).get_table_names()
        if "alembic_version" not in tables:
            if tables:
                raise SchemaError(f"the database holds tables of another program ({tables[0]}); name another one")
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None


@contextmanager
def _connected(store: Store) -> Iterator[Connection]:
    try:
        connection = store.reader.connect()
    except OperationalError as error:
        why = f"the database does not answer ({error.orig}): is DATABASE_URL right, and does its server run?"
        raise SchemaError(why) from error
    with connection:
        yield connection


def refuse_newer(have: str | None) -> None:
    """Raises SchemaError when the revision is not one of ours: a newer program made it."""
    if have is not None and have not in REVISIONS:
        raise SchemaError(
            f"the database has schema revision {have}, and this program knows revisions up to {HEAD}: run the newer "
            "program, or restore the backup that it made before the upgrade "
            "(DATABASE.before-…-to-….db beside the database, with `nhacviec restore FILE --to PATH`)"
        )
