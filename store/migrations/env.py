"""Runs the migrations against the database that the caller names, in one transaction.

Two processes may start at once: the second waits until it is the only writer, and then finds nothing left to do.
"""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from store import all_tables as all_tables
from store.engines import kind_of
from store.types import metadata


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration must not change when our own types do: it names the database's."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return "sa.DateTime(timezone=True)" if isinstance(item.impl, sa.DateTime) else "sa.String()"
    return False


url = context.config.attributes["url"]
engine = kind_of(url).open_for_migration(url)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=plain_types,
        transactional_ddl=True,
        # SQLite keeps no difference between these types.
        compare_type=connection.dialect.name != "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
