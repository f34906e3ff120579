"""SQLAlchemy's dialect for psycopg, of which all engines on like servers count as one: a statement is compiled once for
all offices of a process, not once for each reader and writer of each.
"""

from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.util import LRUCache

NAME = "postgresql+nhacviec"
# Of every engine of this process. A compiled statement is kept under its dialect ("SQL Compilation Caching").
COMPILED: LRUCache[Any, Any] = LRUCache(1000)

LEARNED = (
    "server_version_info",
    "default_schema_name",
    "max_identifier_length",
    "_backslash_escapes",
    "_has_native_hstore",
)


class Alike(PGDialect_psycopg):
    """What a dialect learns with its first connection is all in which one can differ from another of this process."""

    # The statements of a dialect are kept as those of the class that it is made of.
    supports_statement_cache = True

    def _learned(self) -> tuple[Any, ...]:
        return tuple(getattr(self, each, None) for each in LEARNED)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike) and self._learned() == other._learned()

    def __hash__(self) -> int:
        return hash(self._learned())


registry.register(NAME.replace("+", "."), __name__, Alike.__name__)
