"""One file for each kind of database: beside the migrations the only places that know the SQL and habits of one."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import BindParameter, Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from plan.errors import NhacViecError


class Looked(NamedTuple):
    """How one thing about a database stands: `ok` True, False, or None for a warning."""

    name: str
    ok: bool | None
    text: str


class Commits(Protocol):
    """Tells that somebody committed, in this process or another, in some microseconds."""

    def number(self) -> int:
        """Another one than before whenever somebody has committed since, or may have; raises nothing."""

    def pass_over(self) -> None:
        """What was committed since `number` was asked last is told of to nobody."""

    def close(self) -> None:
        """Lets go of the database."""


class Kind(Protocol):
    """What each kind of database knows; a module is one."""

    def open_writer(self, url: str) -> Engine:
        """Connections whose transactions are the only ones of their office that write, from their first statement."""

    def open_reader(self, url: str) -> Engine:
        """Connections whose transactions see one moment, wait for no writer, and cannot write."""

    def open_for_migration(self, url: str) -> Engine:
        """A connection that changes the schema; a second one waits until the first has ended."""

    def upgrading(self, url: str) -> AbstractContextManager[None]:
        """Lets one process at a time keep a database and upgrade it: two may start at once. Writers go on; it ends with
        the process."""

    def commits(self, url: str) -> "Commits | None":
        """What tells that somebody committed; None where the database cannot."""

    def tell(self, connection: Connection) -> None:
        """Has this transaction told of once it is committed, where a database does not do so by itself."""

    def alone(self, url: str) -> AbstractContextManager[Connection]:
        """A transaction that keeps everybody else out to its end; rolled back unless its user commits it.

        Raises ServedError where another program has the database open.
        """

    def as_json(self, text: BindParameter[str]) -> Any:
        """What is written into a column of JSON, of the text that stands for it: to the letter."""

    def count_on(self, connection: Connection) -> None:
        """Lets the next row of each table take the number after the last, where rows came with numbers of their own."""

    def size(self, connection: Connection) -> int:
        """Bytes, evidence included."""

    def free(self, connection: Connection) -> int | None:
        """Bytes that are free on the disk of the database; None where that cannot be known from here."""

    def place(self, connection: Connection) -> str:
        """What a copy of a database made elsewhere does not share with it; empty where the database cannot know."""

    def moment(self, connection: Connection) -> datetime | None:
        """The instant by the database's own clock, now and not when its transaction began; None where it has none."""

    def unfit(self, connection: Connection) -> str:
        """Why this program cannot keep its record in a database, and what to do; empty where it can."""

    def examine(self, connection: Connection) -> Iterable[Looked]:
        """What the operator should know about the database itself."""


class UnknownDatabaseError(NhacViecError):
    """DATABASE_URL names a kind of database that this program does not know, or whose driver is not installed."""


class ServedError(NhacViecError):
    """A database that another program has open, where it must be ours alone."""


def kind_of(url: str) -> Kind:
    """The kind of database at an address. Raises UnknownDatabaseError."""
    try:
        return kind_named(make_url(url).get_backend_name())
    except ArgumentError as error:
        raise UnknownDatabaseError(
            f"{url!r} is no address: take sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
        ) from error


def name_of(url: str) -> str:
    """What a database is called on its server, or its file's path; empty where the address does not say."""
    return make_url(url).database or ""


def kind_named(name: str) -> Kind:
    """A kind of database by SQLAlchemy's name; its driver is loaded for it alone. Raises UnknownDatabaseError."""
    if name == "sqlite":
        from store.engines import sqlite

        return sqlite
    if name == "postgresql":
        from store.engines import postgresql

        return postgresql
    raise UnknownDatabaseError(f"DATABASE_URL names {name}: take sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME")
