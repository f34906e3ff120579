"""Which offices a worker takes and which it gives back, so that all have as much to do; decided alike by every worker.

Each office that nobody has goes to the one with the least, the heaviest first; nobody waits for a turn, because each
works out for all whose it is. One is given back only where its next worker has then less than this one has now, by half
of the office's own weight: giving ends, nobody's work is interrupted for little, and no office goes to and fro.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from store.control import NOBODY, Seat, Worker


@dataclass(frozen=True)
class Shares:
    """Offices that one worker takes now, and those that it ends to give them back."""

    take: tuple[Seat, ...]
    give: frozenset[str]


def can_serve(worker: Worker, seat: Seat) -> bool:
    """Whether a worker may take an office: it is in its folder, and no newer program has changed its schema."""
    return not worker.leaving and seat.office in worker.offices and seat.note.revision <= worker.revision


def share(own: str, workers: Collection[Worker], seats: Iterable[Seat]) -> Shares:
    """What a worker has to do about these seats; `workers` are those that live, a seat of anybody else is NOBODY's."""
    loads = {each.name: 0 for each in workers}
    kept, free = [], []
    known = {each.name: each for each in workers}
    for seat in sorted(seats, key=lambda each: (-each.note.weight, each.office)):
        if seat.worker in known and not seat.leaving and can_serve(known[seat.worker], seat):
            loads[seat.worker] += seat.note.weight
            kept.append(seat)
        else:
            free.append(seat)
    take, give = [], set()
    for seat in free:
        if seat.worker == own:
            give.add(seat.office)
        least = _least(workers, loads, seat)
        if least is not None:
            loads[least] += seat.note.weight
        if least == own and seat.worker == NOBODY:
            take.append(seat)
    for seat in kept:
        if seat.worker != own:
            continue
        least = _least([each for each in workers if each.name != own], loads, seat)
        weight = seat.note.weight
        if least is not None and loads[least] + weight + weight / 2 <= loads[own]:
            loads[own] -= weight
            loads[least] += weight
            give.add(seat.office)
    return Shares(tuple(take), frozenset(give))


def _least(workers: Collection[Worker], loads: Mapping[str, int], seat: Seat) -> str | None:
    able = [each.name for each in workers if can_serve(each, seat)]
    return min(able, key=lambda name: (loads[name], name), default=None)
