"""A worker's place among the others: what it says of itself to the control record, and what it is to serve by it.

A control record that is away stops nobody: who has an office goes on with it, nobody can take it meanwhile, and what an
office's own record says (store/fence.py) keeps two from writing in any case.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from app import balance, identity
from app.clock import machine_now
from store import control, schema
from store.control import NOBODY, Control, Note, Seat, Turn, Worker
from store.engines.sqlite import sqlite_path


@dataclass(frozen=True)
class Orders:
    """What a worker is to do: seats that it has from now on; offices to end and give back; those that are another's."""

    take: Mapping[str, Seat]
    give: frozenset[str]
    lost: frozenset[str]


def of_this_process(url: str) -> "Seats":
    """This process as a worker, by the control record at an address."""
    return Seats(Control(url, machine_now), identity.own(), identity.program(), identity.ended)


@contextmanager
def looked_at(url: str) -> Iterator[Turn | None]:
    """The control record for who is no worker; None where nobody has made one."""
    file = sqlite_path(url)
    if file is not None and not file.exists():
        yield None
        return
    with closing(Control(url, machine_now)) as record:
        record.make()
        with record.unit() as found:
            yield found


class Seats:
    """One worker's view of the control record.

    `name` is the worker's (`app.identity.own`); `dead` says of another one that it is known to have ended, so that
    nobody waits for the end of its leases.
    """

    def __init__(self, record: Control, name: str, version: str, dead: Callable[[str], bool]) -> None:
        self.record, self.name, self.version, self.dead = record, name, version, dead
        self._is_made = False

    def look(self, offered: Mapping[str, bool], held: Mapping[str, Note], *, leaving: bool = False) -> Orders:
        """Says that this worker lives and what it serves (`held`), and gives what it is to do.

        `offered` are the offices of its folder, each with whether there is a database: where workers stand on several
        machines, a file that was served elsewhere must not be begun anew here. Raises what the database raises.
        """
        if not self._is_made:
            self.record.make()
            self._is_made = True
        with self.record.unit() as turn:
            now = turn.now
            seats = control.seats(turn)
            if new := offered.keys() - seats.keys():
                control.add(turn, new)
                seats = control.seats(turn)
            was_silent = any(each.name == self.name and not each.is_alive(now) for each in control.workers(turn))
            control.come(turn, self._self(self._can_begin(offered, seats), now, leaving=leaving))
            workers = [each for each in control.workers(turn) if each.is_alive(now) and not self._is_dead(each)]
            ended = [each.office for each in seats.values() if each.worker == self.name and each.office not in held]
            if ended:
                control.let_go(turn, ended)
            mine = {name: note for name, note in held.items() if name in seats and seats[name].worker == self.name}
            control.renew(turn, [(seats[name], note) for name, note in mine.items()])
            seats |= {name: replace(seats[name], note=note, until=now + control.LASTS) for name, note in mine.items()}
            names = {each.name for each in workers}
            # What is still being ended here is taken by nobody, and by this worker not before it has ended. Where the
            # record was away all were silent: the others are let speak first.
            found = balance.share(self.name, workers, (_standing(each, names, ended, now) for each in seats.values()))
            take = {
                each.office: control.take(turn, seats[each.office], self.name)
                for each in found.take
                if each.office not in held and not was_silent
            }
            if giving := [name for name in found.give if not seats[name].leaving]:
                control.leave(turn, giving)
        lost = frozenset(name for name in held if name not in seats or seats[name].worker != self.name)
        return Orders(take, found.give, lost)

    def lift(self, office: str, above: int) -> int | None:
        """A higher epoch than the one that an office's own record knows; None where the office is another's by now."""
        with self.record.unit() as turn:
            return control.lift(turn, office, self.name, above)

    def leave(self) -> None:
        """This worker is there no more."""
        with self.record.unit() as turn:
            control.go(turn, self.name)

    def close(self) -> None:
        """Lets go of the control record."""
        self.record.close()

    def _self(self, offices: frozenset[str], now: datetime, *, leaving: bool) -> Worker:
        return Worker(self.name, now, now, self.version, schema.HEAD, offices, leaving)

    def _is_dead(self, worker: Worker) -> bool:
        return worker.name != self.name and self.dead(worker.name)

    def _can_begin(self, offered: Mapping[str, bool], seats: Mapping[str, Seat]) -> frozenset[str]:
        is_on_one_machine = sqlite_path(self.record.store.url) is not None
        return frozenset(
            name for name, is_there in offered.items() if is_there or is_on_one_machine or not seats[name].note.revision
        )


def _standing(seat: Seat, alive: Collection[str], ended: Collection[str], now: datetime) -> Seat:
    """A seat as it counts now: one whose worker has ended, or whose lease has, is nobody's."""
    is_ours = seat.worker in alive and seat.office not in ended and seat.is_held(now)
    return seat if is_ours else replace(seat, worker=NOBODY, leaving=False)
