"""Moves an office from one database into another: all of it, compared row by row, or nothing.

The order is that of its own safety. Both databases are ours alone to the end. The old one says that it was moved before
the new one is there, so that a power cut between the two leaves one that asks, and never two that serve.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app import installation, wiring
from store import moving, serving, settings
from store.engine import OF_DATABASE, Store
from store.engines import kind_of
from store.engines.sqlite import sqlite_path
from store.moving import Carried, MoveError

SAYS_MOVED = (serving.HELD, serving.CODES)


@dataclass(frozen=True)
class Moved:
    """What was carried, table by table, and the epoch under which the new database serves."""

    tables: list[Carried]
    epoch: int


def move(source: str, goal: str, now: datetime) -> Moved:
    """Carries the record of one address into the empty database at another.

    Raises MoveError where the goal holds something or one of the two does not become as the other, ServedError where
    somebody has one of them open, SchemaError, NoDatabaseError; nothing was moved then.
    """
    old_kind, new_kind = kind_of(source), kind_of(goal)
    if _is_same(source, goal):
        raise MoveError("both addresses name the same database: name an empty one to move into")
    wiring.refuse_missing(source)
    if wiring.revision_of(source) is None:
        raise MoveError("there is no record in the database that is to be moved: is its address right?")
    # Before its schema is touched: a service that runs is not to meet another one under it.
    with old_kind.alone(source):
        pass
    wiring.migrate(source)
    wiring.migrate(goal)
    with old_kind.alone(source) as old, new_kind.alone(goal) as new:
        if not moving.is_empty(new):
            raise MoveError("the database to move into holds a record already: name an empty one")
        tables = moving.carry(old, new, new_kind)
        with Session(new) as there, Session(old) as here:
            before = {name: settings.get(here, name) for name in SAYS_MOVED}
            known = moving.hand_over(there, here, new_kind.place(new), now, come_from=old.dialect.name)
        cut = moving.commit(old, new)
    if cut is not None and not _stands(goal, known):
        _take_back(source, before)
        raise MoveError(f"the new database refused the record ({cut}): nothing was moved") from cut
    installation.stand_beside(goal, known)
    return Moved(tables, known[1])


def _stands(goal: str, known: tuple[str, int]) -> bool:
    """Whether the record came to stand at the goal after all: its installation's id and epoch are its key."""
    store = Store(goal)
    try:
        with store.look() as session:
            return serving.identity(session) == known
    except OF_DATABASE as error:
        raise MoveError(
            f"the connection was lost at the last step, and the new database does not answer ({error}): the old one "
            "says that it was moved. When the server runs again, look with `nhacviec doctor` which of the two "
            "holds the record, and say `nhacviec serve` there"
        ) from error
    finally:
        store.close()


def _take_back(source: str, before: dict[str, str | None]) -> None:
    """The old database serves as it did."""
    store = Store(source)
    with store.unit() as session:
        for name, value in before.items():
            if value is None:
                settings.drop(session, name)
            else:
                settings.put(session, name, value)
    store.close()


def _is_same(source: str, goal: str) -> bool:
    here, there = sqlite_path(source), sqlite_path(goal)
    if here is not None and there is not None:
        return here.resolve() == there.resolve()
    return source == goal
