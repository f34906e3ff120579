"""Carries an office's whole record from one database into another, row by row, and proves that both hold the same.

What is compared is no dump of either database: each row becomes one line that says the same on every kind of it
(an instant in UTC, a file by its SHA-256, JSON by its own letters), in the order of its key.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    LargeBinary,
    Row,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import DataError, DBAPIError, StatementError
from sqlmodel import Session

from plan.errors import NhacViecError
from store import all_tables, audit, serving, settings
from store.audit_actions import Action
from store.engines import Kind
from store.serving import Why
from store.tables import Lease

# Rows that are in the memory at a time; of a table with files one.
AT_ONCE = 500


class MoveError(NhacViecError):
    """A record that was not moved: the goal is as it was, and the old one goes on serving."""


@dataclass(frozen=True)
class Carried:
    """One table on both sides: its rows, and the SHA-256 of their lines in the order of the key."""

    table: str
    rows: int
    sha256: str


def carry(old: Connection, new: Connection, kind: Kind) -> list[Carried]:
    """Copies every table into the empty ones of a goal of `kind`, reads it there again and compares.

    Nothing is committed, and no more than `AT_ONCE` rows are in the memory. Raises MoveError.
    """
    found = []
    for table in all_tables.in_order():
        source = hashlib.sha256()
        count = 0
        into = insert(table).values({each.name: _given(each, kind) for each in table.columns})
        for rows in _rows(old, table):
            try:
                new.execute(into, [dict(zip(table.columns.keys(), row, strict=True)) for row in rows])
            except (DataError, StatementError) as error:
                why = f"a row of {table.name} cannot be kept there ({error.orig}): nothing was moved"
                raise MoveError(why) from error
            source.update(_lines(rows))
            count += len(rows)
        found.append(Carried(table.name, count, source.hexdigest()))
        if (there := facts_of(new, table)) != found[-1]:
            raise MoveError(
                f"{table.name} is not there as it is here: {there.rows} rows of {count}, SHA-256 {there.sha256[:12]}… "
                f"and {found[-1].sha256[:12]}…: nothing was moved"
            )
    kind.count_on(new)
    return found


def facts_of(connection: Connection, table: Table) -> Carried:
    """How many rows a table has, and the SHA-256 of their lines."""
    digest, count = hashlib.sha256(), 0
    for rows in _rows(connection, table):
        digest.update(_lines(rows))
        count += len(rows)
    return Carried(table.name, count, digest.hexdigest())


def is_empty(connection: Connection) -> bool:
    """Whether no table holds a row: what a move that failed leaves is as good as new."""
    asked = (select(1).select_from(each).limit(1) for each in all_tables.in_order())
    return all(connection.execute(each).first() is None for each in asked)


def hand_over(new: Session, old: Session, place: str, now: datetime, *, come_from: str) -> tuple[str, int]:
    """The goal is the office from now on, under a new epoch, at a place (`store.engines.Kind.place`); the old one is
    marked as moved and asks before it serves. Gives the installation's id and epoch.

    Leases are of processes that have ended. Neither is committed.
    """
    installation, epoch = serving.identity(old) or serving.drawn()
    new.connection().execute(delete(Lease))
    for key in (serving.CHOSEN, serving.UNSEALED, serving.PLACE):
        settings.drop(new, key)
    if place:
        settings.put(new, serving.PLACE, place)
    serving.put_identity(new, installation, epoch + 1)
    audit.record(new, Action.INSTALLATION_MOVED, "database", now, via="cli", epoch=epoch + 1, come_from=come_from)
    new.flush()
    serving.hold(old, Why.MOVED, now)
    return installation, epoch + 1


def commit(old: Connection, new: Connection) -> DBAPIError | None:
    """Commits the old one, that says that it was moved, and then the new one; gives the error after which nobody knows
    whether that stands."""
    old.commit()
    try:
        new.commit()
    except DBAPIError as error:
        return error
    return None


def _rows(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    at_once = 1 if any(isinstance(each.type, LargeBinary) for each in table.columns) else AT_ONCE
    asked = select(*[_read(each) for each in table.columns]).order_by(*table.primary_key.columns)
    streamed = {"stream_results": True, "max_row_buffer": at_once}
    with connection.execute(asked, execution_options=streamed) as result:
        yield from result.partitions(at_once)


def _read(column: Column[Any]) -> Any:
    """JSON as it is written there: what Python makes of it would be written otherwise."""
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column


def _given(column: Column[Any], kind: Kind) -> Any:
    if isinstance(column.type, JSON):
        return kind.as_json(bindparam(column.name, type_=Text()))
    return bindparam(column.name, type_=column.type)


def _lines(rows: Sequence[Row[Any]]) -> bytes:
    return b"".join(f"{json.dumps([_word(each) for each in row])}\n".encode() for row in rows)


def _word(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return f"{len(value)} bytes, SHA-256 {hashlib.sha256(value).hexdigest()}"
    return value
