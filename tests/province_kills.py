"""A worker killed again and again in a province's morning, and the server restarted under all of them; or each worker
ended and a newer version begun in its place.

Half past seven comes with its digests; from then on every officer of every office is told something numbered, in turn,
so that there is always something on its way. It is judged from the outside: by the platform's ledger against what was
posted and what the outboxes say, and by the control record.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event, Thread

from app import offices
from app.clock import machine_now
from app.offices import Place
from store import control
from store.control import Control
from store.engine import OF_DATABASE, Store
from store.postings import Identity
from store.types import DeliveryKind, DeliveryState
from tests.outbox import posted
from tests.province_ledger import Rows
from tests.province_parts import Ground, chats, outbox, token_of
from tests.province_platform import figures, lines
from tests.province_workers import Worker

# How often the control record is looked at; how long what is under way may take at the end; a posting is tried again.
LOOK_S, DRAINS_S, AGAIN_S = 0.5, 300.0, 1.0
# For so long a kill waits for a message on its way.
AIMS_S = 5.0
OPEN = {DeliveryState.DUE, DeliveryState.SENDING, DeliveryState.IN_DOUBT}


@dataclass(frozen=True)
class Plan:
    """How long it lasts, how often a worker is killed, how often the server is restarted in it, how many messages are
    posted in a second for all offices together, what the dice begin with; and where a newer version of the program is,
    which takes the place of the workers, one after the other, instead of the kills."""

    seconds: float
    kill_every: float
    restarts: int
    rate: float
    seed: int
    newer: Path | None


class Stream:
    """Posts to every officer of one office after the other, at a rate, until it is ended; `numbers` by office, each of
    which has its turn every `round_s` seconds."""

    def __init__(self, places: Sequence[Place], by: timedelta, rate: float) -> None:
        self._reached = {place: chats(place) for place in places}
        self.round_s = sum(map(len, self._reached.values())) / rate
        self._by, self._rate, self._end = by, rate, Event()
        self._numbering = count(1)
        self.numbers: dict[str, set[int]] = {place.name: set() for place in places}
        self._thread = Thread(target=self._run)
        self._thread.start()

    def end(self) -> None:
        """What was begun is posted still."""
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        stores = {place: Store(place.settings().database_url) for place in self._reached}
        while not self._end.is_set():
            for place, reached in self._reached.items():
                due = time.monotonic() + len(reached) / self._rate
                numbers = [next(self._numbering) for _ in reached]
                # What may have been committed is not posted twice: it has an identity.
                while not self._post(stores[place], dict(zip(numbers, reached, strict=True))):
                    time.sleep(AGAIN_S)
                self.numbers[place.name].update(numbers)
                if self._end.wait(max(0.0, due - time.monotonic())):
                    break
        for store in stores.values():
            store.close()

    def _post(self, store: Store, numbers: Mapping[int, str]) -> bool:
        now = machine_now() + self._by
        try:
            with store.unit() as session:
                for number, chat in numbers.items():
                    words, same = f"Tin số {number}.", Identity("bench", of=number)
                    posted(session, chat, words, now, DeliveryKind.NOTICE, identity=same)
        except OF_DATABASE:
            return False
        return True


@dataclass
class Hands:
    """Who has each office by the control record: the longest times in which one was nobody's, while it answered."""

    record: Control
    names: Sequence[str]
    workers: Sequence[Worker]
    since: dict[str, float] = field(default_factory=dict)
    longest: dict[str, float] = field(default_factory=dict)
    changes: int = 0
    unanswered: int = 0
    _epochs: dict[str, int] = field(default_factory=dict)

    def look(self) -> None:
        """Notes what stands there now; a worker that has ended has nothing, whatever its lease says."""
        try:
            with self.record.unit() as turn:
                seats, now = control.seats(turn), turn.now
        except OF_DATABASE:
            self.unanswered += 1
            return
        at = time.monotonic()
        for name in self.names:
            seat = seats.get(name)
            if seat is not None and seat.is_held(now) and any(each.is_named(seat.worker) for each in self.workers):
                self.changes += name in self._epochs and self._epochs[name] != seat.epoch
                self._epochs[name] = seat.epoch
                if name in self.since:
                    self.longest[name] = max(self.longest.get(name, 0.0), at - self.since.pop(name))
            else:
                self.since.setdefault(name, at)


@dataclass
class Morning:
    """A run under way: its workers, and what was done to them; `newer` is the program of those that begin, if any."""

    ground: Ground
    workers: list[Worker]
    dice: random.Random
    hands: Hands
    newer: Path | None
    kills: int = 0
    exchanged: int = 0
    restarts: Counter[str] = field(default_factory=Counter)
    ended_alone: int = 0

    def kill(self) -> None:
        """One of the workers, drawn, while the platform has a message and has not answered it yet; another begins in
        its place."""
        victim = self.dice.randrange(len(self.workers))
        before, until = figures(self.ground.api)["taken"], time.monotonic() + AIMS_S
        while figures(self.ground.api)["taken"] == before and time.monotonic() < until:
            time.sleep(0.01)
        self.workers[victim].kill()
        self.kills += 1
        self._begin(victim)

    def exchange(self) -> None:
        """The next of the workers is ended in order, and a newer one begins in its place."""
        oldest = self.exchanged % len(self.workers)
        self.workers[oldest].ask_to_end()
        while not self.workers[oldest].has_ended:
            self.hands.look()
            time.sleep(LOOK_S)
        self.exchanged += 1
        self._begin(oldest)

    def restart(self) -> None:
        """The server goes away under everybody: in order, and the next time as a crash does."""
        server = self.ground.server
        assert server is not None
        is_crash = self.restarts.total() % 2 == 1
        server.end(crash=is_crash)
        self.restarts["crash" if is_crash else "in order"] += 1
        server.start()

    def look(self) -> None:
        """A worker that ended without being asked to is begun again, as systemd does."""
        for number, each in enumerate(self.workers):
            if each.has_ended:
                self.ended_alone += 1
                self._begin(number)

    def _begin(self, number: int) -> None:
        log = len(self.workers) + self.kills + self.exchanged + self.ended_alone
        self.workers[number] = self.ground.begin(log, self.newer)


def run(ground: Ground, plan: Plan, workers: list[Worker]) -> bool:
    """From half past seven on, of workers that have begun; prints the table, and gives whether all is as promised."""
    places = list(offices.all_in(ground.root))
    record = Control(ground.control_url, lambda: machine_now() + ground.by)
    hands = Hands(record, [each.name for each in places], workers)
    morning = Morning(ground, workers, random.Random(plan.seed), hands, plan.newer)
    stream, began = Stream(places, ground.by, plan.rate), time.monotonic()
    strokes = sorted(_strokes(plan, morning), key=lambda each: each[0])
    while (passed := time.monotonic() - began) < plan.seconds:
        while strokes and strokes[0][0] <= passed:
            strokes.pop(0)[1]()
        morning.look()
        hands.look()
        time.sleep(LOOK_S)
    stream.end()
    drained = _drain(places, hands, morning)
    for each in morning.workers:
        each.ask_to_end()
    ended = [each.wait(120) for each in morning.workers]
    record.close()
    outboxes = {each.name: outbox(each) for each in places}
    rows = Rows(lines(ground.api), {each.name: token_of(each) for each in places}, outboxes)
    wrong = [*rows.wrong(stream.numbers), *([] if drained else ["something was still on its way at the end"])]
    print("| what | figure |\n|---|---|")
    for what, figure in _table(plan, morning, stream.round_s, rows, ended):
        print(f"| {what} | {figure} |")
    print(f"| **lost in silence** | **{rows.lost(stream.numbers)}** |")
    print("\n".join(wrong))
    return not wrong


def _strokes(plan: Plan, morning: Morning) -> Iterator[tuple[float, Callable[[], None]]]:
    """What is done when, in seconds; a restart falls between two kills."""
    if plan.newer is not None:
        for number in range(len(morning.workers)):
            yield (number + 1) / (len(morning.workers) + 1) * plan.seconds, morning.exchange
        return
    for number in range(1, int((plan.seconds - 1) // plan.kill_every) + 1):
        yield number * plan.kill_every, morning.kill
    for number in range(plan.restarts if morning.ground.server is not None else 0):
        yield (number + 1) / (plan.restarts + 1) * plan.seconds + plan.kill_every / 4, morning.restart


def _drain(places: Sequence[Place], hands: Hands, morning: Morning) -> bool:
    """Waits until nothing is on its way any more; the workers are left alone meanwhile."""
    until = time.monotonic() + DRAINS_S
    left = list(places)
    while left and time.monotonic() < until:
        left = [each for each in left if any(state in OPEN for _, state in outbox(each))]
        hands.look()
        morning.look()
        time.sleep(LOOK_S)
    return not left


def _table(plan: Plan, morning: Morning, round_s: float, rows: Rows,
           ended: Sequence[int]) -> Iterator[tuple[str, object]]:  # fmt: skip
    hands = morning.hands
    silent = {name: rows.line(name)["silent_s"] for name in rows.tokens}
    arrived, texts, marked = (rows.total(each) for each in ("arrived", "texts", "marked"))
    yield "offices, workers, seed", f"{len(rows.tokens)}, {len(morning.workers)}, {plan.seed}"
    yield "database", "PostgreSQL" if morning.ground.server is not None else "SQLite"
    yield "each worker as on a machine of its own", "yes" if morning.ground.is_apart else "no"
    yield "seconds, messages posted a second", f"{plan.seconds:.0f}, {plan.rate:g}"
    yield "workers killed (SIGKILL), each begun again", morning.kills
    if plan.newer is not None:
        yield "workers exchanged for a newer version, whose schema is another", morning.exchanged
    yield "the server was restarted under everybody", dict(morning.restarts) or 0
    yield "workers that ended by themselves", morning.ended_alone
    yield "changes of hands of an office", hands.changes
    yield (
        "an office was nobody's by the control record, at the longest",
        f"{max(hands.longest.values(), default=0):.1f} s",
    )
    yield "– looks at the record that it did not answer", hands.unanswered
    yield "nothing of an office came, at the longest", f"{max(silent.values(), default=0):.1f} s"
    yield "– where something is posted to it every", f"{round_s:.1f} s"
    yield "rows of the outboxes", dict(rows.states())
    yield "messages that the platform took, different ones among them", f"{arrived}, {texts}"
    yield "repeats, of which marked", f"{arrived - texts}, {arrived - texts - rows.total('bare_repeats')}"
    yield "marked though nothing had arrived before", marked - (arrived - texts - rows.total("bare_repeats"))
    yield "workers' exit codes at the end", list(ended)
