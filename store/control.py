"""The control record: the workers of an installation, and which of them has which office until when.

It holds nothing of any office. On one machine it is a file beside the offices; where workers stand on several it is a
database of its own on a server. Who looks at it has it alone to the end of a unit (store.engine), so that all decide
one after the other by what stands there. Its instants are the server's, whose clock counts for these leases alone; a
file has the machine's. An office's seat is had under an epoch, which grows with every change of hands.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, Connection, Integer, MetaData, Table, Text, delete, insert, select, update

from store.engine import Store
from store.types import UtcDateTime

# For so long an office stays with a worker that says nothing; one that lives renews it when RENEWED has passed.
LASTS, RENEWED = timedelta(seconds=30), timedelta(seconds=10)
# What is told of a worker that went without a word is kept for so long.
KEPT = timedelta(hours=1)
NOBODY = ""
# What every office costs, in people: polls, beats and looks. The rest of its work grows with those who have a role.
EACH = 10

_RECORD = MetaData()
_WORKER = Table(
    "worker",
    _RECORD,
    Column("name", Text, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("seen", UtcDateTime, nullable=False),
    Column("version", Text, nullable=False),
    Column("revision", Text, nullable=False),
    # The offices of its folder, as JSON.
    Column("offices", Text, nullable=False),
    Column("leaving", Boolean, nullable=False),
)
_SEAT = Table(
    "seat",
    _RECORD,
    Column("office", Text, primary_key=True),
    Column("worker", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("leaving", Boolean, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("revision", Text, nullable=False),
    Column("trouble", Text, nullable=False),
)


@dataclass(frozen=True)
class Worker:
    """A worker (`app.identity.own`), when it was seen last, the newest schema it knows, the offices it can serve."""

    name: str
    since: datetime
    seen: datetime
    version: str
    revision: str
    offices: frozenset[str]
    leaving: bool = False

    def is_alive(self, now: datetime) -> bool:
        """Whether it said so within LASTS; what seems to come from the future is from before a clock was set back."""
        return now - LASTS < self.seen <= now + LASTS


@dataclass(frozen=True)
class Note:
    """What the worker of an office says of it: how much work it is (EACH and its people), its database's revision (""
    before it was seen), and why it cannot be served."""

    weight: int = EACH
    revision: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Seat:
    """Who has an office (NOBODY: it is free), under which epoch and until when; `leaving`: it is being given back."""

    office: str
    worker: str
    epoch: int
    until: datetime
    leaving: bool = False
    note: Note = field(default_factory=Note)

    def is_held(self, now: datetime) -> bool:
        """Whether its lease runs; one that ends further away than it lasts is from before a clock was set back."""
        return self.worker != NOBODY and now < self.until <= now + LASTS


class Turn(NamedTuple):
    """The record for its user alone, and the instant of the record's clock."""

    connection: Connection
    now: datetime


class Control:
    """The control record at an address; `clock` is the machine's, for a record that has no clock of its own."""

    def __init__(self, url: str, clock: Callable[[], datetime]) -> None:
        self.store, self._clock = Store(url), clock

    def make(self) -> None:
        """Makes the tables that are not there."""
        with self.store.unit() as session:
            _RECORD.create_all(session.connection())

    @contextmanager
    def unit(self) -> Iterator[Turn]:
        """The record for its user alone; committed at the end."""
        with self.store.unit() as session:
            connection = session.connection()
            yield Turn(connection, self.store.kind.moment(connection) or self._clock())

    def close(self) -> None:
        """Lets go of every connection."""
        self.store.close()


def workers(turn: Turn) -> list[Worker]:
    """All that are known, by name."""
    rows = turn.connection.execute(select(_WORKER).order_by(_WORKER.c.name)).mappings()
    return [Worker(**{**row, "offices": frozenset(json.loads(row["offices"]))}) for row in rows]


def seats(turn: Turn) -> dict[str, Seat]:
    """All seats, by office."""
    rows = turn.connection.execute(select(_SEAT).order_by(_SEAT.c.office)).all()
    return {
        row.office: Seat(
            row.office, row.worker, row.epoch, row.until, row.leaving, Note(row.weight, row.revision, row.trouble)
        )
        for row in rows
    }


def add(turn: Turn, offices: Collection[str]) -> None:
    """Makes the seats of offices that have none, free."""
    if offices:
        free = {"worker": NOBODY, "epoch": 0, "until": turn.now, "leaving": False}
        note = {"weight": EACH, "revision": "", "trouble": ""}
        turn.connection.execute(insert(_SEAT), [{"office": each, **free, **note} for each in sorted(offices)])


def remove(turn: Turn, office: str) -> None:
    """Forgets an office's seat: whoever comes under its name is another one."""
    turn.connection.execute(delete(_SEAT).where(_SEAT.c.office == office))


def come(turn: Turn, worker: Worker) -> None:
    """A worker says that it lives, and forgets those that have not said so for KEPT."""
    values: dict[str, Any] = {
        "seen": worker.seen,
        "version": worker.version,
        "revision": worker.revision,
        "offices": json.dumps(sorted(worker.offices)),
        "leaving": worker.leaving,
    }
    if not turn.connection.execute(update(_WORKER).where(_WORKER.c.name == worker.name).values(values)).rowcount:
        turn.connection.execute(insert(_WORKER).values(name=worker.name, since=worker.since, **values))
    turn.connection.execute(delete(_WORKER).where(_WORKER.c.seen < worker.seen - KEPT))


def go(turn: Turn, worker: str) -> None:
    """A worker is there no more; what it had is free."""
    turn.connection.execute(delete(_WORKER).where(_WORKER.c.name == worker))
    turn.connection.execute(update(_SEAT).where(_SEAT.c.worker == worker).values(worker=NOBODY, leaving=False))


def take(turn: Turn, seat: Seat, worker: str) -> Seat:
    """Gives an office, which who looked at it in this unit knows free, to a worker; the seat as it is then, under a
    new epoch."""
    values: dict[str, Any] = {"worker": worker, "epoch": seat.epoch + 1, "until": turn.now + LASTS, "leaving": False}
    turn.connection.execute(update(_SEAT).where(_SEAT.c.office == seat.office).values(values))
    return replace(seat, **values)


def forget_note(turn: Turn, office: str) -> None:
    """Whatever was noted of an office may be otherwise now: whoever takes it looks."""
    turn.connection.execute(update(_SEAT).where(_SEAT.c.office == office).values(revision="", trouble=""))


def lift(turn: Turn, office: str, worker: str, above: int) -> int | None:
    """A higher epoch than `above` for an office whose own record knows one: of another control record, or of one that
    is gone. None where the worker does not have it any more."""
    own = (_SEAT.c.office == office) & (_SEAT.c.worker == worker)
    done = turn.connection.execute(update(_SEAT).where(own).values(epoch=above + 1))
    return above + 1 if done.rowcount else None


def renew(turn: Turn, held: Iterable[tuple[Seat, Note]]) -> None:
    """Keeps offices with the worker that has them, and what that says of each; writes nothing too soon for nothing."""
    until, kept = turn.now + LASTS, []
    for seat, note in held:
        if note != seat.note:
            said = {"weight": note.weight, "revision": note.revision, "trouble": note.trouble}
            turn.connection.execute(update(_SEAT).where(_SEAT.c.office == seat.office).values(until=until, **said))
        elif not turn.now < seat.until - (LASTS - RENEWED) <= turn.now + RENEWED:
            kept.append(seat.office)
    if kept:
        turn.connection.execute(update(_SEAT).where(_SEAT.c.office.in_(sorted(kept))).values(until=until))


def leave(turn: Turn, offices: Collection[str]) -> None:
    """Marks offices that their worker ends, to give them back."""
    turn.connection.execute(update(_SEAT).where(_SEAT.c.office.in_(sorted(offices))).values(leaving=True))


def let_go(turn: Turn, offices: Collection[str]) -> None:
    """Offices that have ended in order are free for whoever comes first."""
    free = {"worker": NOBODY, "until": turn.now, "leaving": False}
    turn.connection.execute(update(_SEAT).where(_SEAT.c.office.in_(sorted(offices))).values(free))
