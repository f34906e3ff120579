"""A worker killed again and again in a province's morning, and the server restarted under all of them.

Half past seven comes with its digests; from then on every officer of every office is told something numbered, in turn,
so that there is always something on its way. It is judged from the outside: by the platform's ledger against what was
posted and what the outboxes say, and by the control record.
"""

import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

from app import identity, offices
from app.clock import machine_now
from app.offices import Place
from store import control
from store.control import Control
from store.engine import OF_DATABASE, Store
from store.postings import Identity
from store.types import DeliveryKind, DeliveryState
from tests.outbox import posted
from tests.postgresql import Server
from tests.province_parts import begin, chats, outbox, token_of
from tests.province_platform import lines

# How often the control record is looked at; how long what is under way may take at the end; a posting is tried again.
LOOK_S, DRAINS_S, AGAIN_S = 0.5, 300.0, 1.0
OPEN = {DeliveryState.DUE, DeliveryState.SENDING, DeliveryState.IN_DOUBT}


@dataclass(frozen=True)
class Plan:
    """How long it lasts, how often a worker is killed, how often the server is restarted in it, how many messages are
    posted in a second for all offices together, how many workers there are, and what the dice begin with."""

    seconds: float
    kill_every: float
    restarts: int
    rate: float
    workers: int
    seed: int = 7


class Stream:
    """Posts to every officer of one office after the other, at a rate, until it is ended; `numbers` by office."""

    def __init__(self, places: Sequence[Place], by: timedelta, rate: float) -> None:
        self._reached = {place: chats(place) for place in places}
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
            if seat is not None and seat.is_held(now) and not identity.ended(seat.worker):
                self.changes += name in self._epochs and self._epochs[name] != seat.epoch
                self._epochs[name] = seat.epoch
                if name in self.since:
                    self.longest[name] = max(self.longest.get(name, 0.0), at - self.since.pop(name))
            else:
                self.since.setdefault(name, at)


@dataclass
class Morning:
    """A run under way: its workers, and what was done to them."""

    start: Callable[[int], subprocess.Popen[bytes]]
    workers: list[subprocess.Popen[bytes]]
    server: Server | None
    dice: random.Random
    kills: int = 0
    restarts: Counter[str] = field(default_factory=Counter)
    ended_alone: int = 0

    def kill(self) -> None:
        """One of the workers, drawn; another begins in its place."""
        victim = self.dice.randrange(len(self.workers))
        self.workers[victim].kill()
        self.workers[victim].wait()
        self.kills += 1
        self._begin(victim)

    def restart(self) -> None:
        """The server goes away under everybody: in order, and the next time as a crash does."""
        assert self.server is not None
        is_crash = self.restarts.total() % 2 == 1
        self.server.end(crash=is_crash)
        self.restarts["crash" if is_crash else "in order"] += 1
        self.server.start()

    def look(self) -> None:
        """A worker that ended without being asked to is begun again, as systemd does."""
        for number, each in enumerate(self.workers):
            if each.poll() is not None:
                self.ended_alone += 1
                self._begin(number)

    def _begin(self, number: int) -> None:
        self.workers[number] = self.start(len(self.workers) + self.kills + self.ended_alone)


def run(root: Path, api: str, plan: Plan, workers: list[subprocess.Popen[bytes]], by: timedelta,
        control_url: str, server: Server | None) -> bool:  # fmt: skip
    """From half past seven on, of workers that have begun; prints the table, and gives whether all is as promised."""
    places = list(offices.all_in(root))
    hands = Hands(Control(control_url, lambda: machine_now() + by), [each.name for each in places])
    morning = Morning(lambda number: begin(root, by, number, control_url), workers, server, random.Random(plan.seed))
    stream = Stream(places, by, plan.rate)
    began = time.monotonic()
    strokes = sorted(_strokes(plan, morning, is_server=server is not None), key=lambda each: each[0])
    while (passed := time.monotonic() - began) < plan.seconds:
        while strokes and strokes[0][0] <= passed:
            strokes.pop(0)[1]()
        morning.look()
        hands.look()
        time.sleep(LOOK_S)
    stream.end()
    drained = _drain(places, hands, morning)
    for each in morning.workers:
        each.send_signal(signal.SIGTERM)
    ended = [each.wait(120) for each in morning.workers]
    hands.record.close()
    known = lines(api)
    rows = Rows(known, {place.name: token_of(place) for place in places}, {p.name: outbox(p) for p in places})
    wrong = [*rows.wrong(stream.numbers), *([] if drained else ["something was still on its way at the end"])]
    print("| what | figure |\n|---|---|")
    for what, figure in _table(plan, morning, hands, rows, ended):
        print(f"| {what} | {figure} |")
    print(f"| **lost in silence** | **{rows.lost(stream.numbers)}** |")
    print("\n".join(wrong))
    return not wrong


def _strokes(plan: Plan, morning: Morning, *, is_server: bool) -> Iterator[tuple[float, Callable[[], None]]]:
    """What is done when, in seconds; a restart falls between two kills."""
    for number in range(1, int((plan.seconds - 1) // plan.kill_every) + 1):
        yield number * plan.kill_every, morning.kill
    for number in range(plan.restarts if is_server else 0):
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


@dataclass
class Rows:
    """The platform's lines by token, the tokens by office, and each office's outbox."""

    lines: Mapping[str, Mapping[str, Any]]
    tokens: Mapping[str, str]
    outboxes: Mapping[str, Counter[tuple[str, str]]]

    def line(self, office: str) -> Mapping[str, Any]:
        """What the platform knows of an office."""
        nothing = {"arrived": 0, "marked": 0, "texts": 0, "bare_repeats": 0, "silent_s": 0.0, "numbers": []}
        return self.lines.get(self.tokens[office], nothing)

    def total(self, name: str) -> int:
        """A count of the platform's over all offices."""
        return sum(self.line(each)[name] for each in self.tokens)

    def states(self) -> Counter[str]:
        """How the rows of all offices ended."""
        found: Counter[str] = Counter()
        for rows in self.outboxes.values():
            for (_, state), number in rows.items():
                found[state] += number
        return found

    def lost(self, posted_numbers: Mapping[str, set[int]]) -> int:
        """What was posted and never came."""
        return sum(len(numbers - set(self.line(name)["numbers"])) for name, numbers in posted_numbers.items())

    def wrong(self, posted_numbers: Mapping[str, set[int]]) -> Iterator[str]:
        """Each office of which something was lost, came again without its mark, or is not accounted for."""
        for name, rows in self.outboxes.items():
            line, sent = self.line(name), sum(rows[key] for key in rows if key[1] == DeliveryState.SENT)
            if lost := posted_numbers[name] - set(line["numbers"]):
                yield f"{name}: {len(lost)} posted and never taken: {sorted(lost)[:5]}"
            if line["bare_repeats"]:
                yield f"{name}: {line['bare_repeats']} came again without the mark"
            if line["texts"] != sent:
                yield f"{name}: {sent} sent by the outbox, {line['texts']} different ones at the platform"
            if other := {key: number for key, number in rows.items() if key[1] != DeliveryState.SENT}:
                yield f"{name}: not sent: {other}"


def _table(plan: Plan, morning: Morning, hands: Hands, rows: Rows,
           ended: Sequence[int]) -> Iterator[tuple[str, object]]:  # fmt: skip
    silent = {name: rows.line(name)["silent_s"] for name in rows.tokens}
    arrived, texts, marked = (rows.total(each) for each in ("arrived", "texts", "marked"))
    yield "offices, workers, seed", f"{len(rows.tokens)}, {plan.workers}, {plan.seed}"
    yield "database", "PostgreSQL" if morning.server is not None else "SQLite"
    yield "seconds, messages posted a second", f"{plan.seconds:.0f}, {plan.rate:g}"
    yield "workers killed (SIGKILL), each begun again", morning.kills
    yield "the server was restarted under everybody", dict(morning.restarts) or 0
    yield "workers that ended by themselves", morning.ended_alone
    yield "changes of hands of an office", hands.changes
    yield (
        "an office was nobody's by the control record, at the longest",
        f"{max(hands.longest.values(), default=0):.1f} s",
    )
    yield "– looks at the record that it did not answer", hands.unanswered
    yield "nothing of an office came, at the longest", f"{max(silent.values(), default=0):.1f} s"
    yield "rows of the outboxes", dict(rows.states())
    yield "messages that the platform took, different ones among them", f"{arrived}, {texts}"
    yield "repeats, of which marked", f"{arrived - texts}, {arrived - texts - rows.total('bare_repeats')}"
    yield "marked though nothing had arrived before", marked - (arrived - texts - rows.total("bare_repeats"))
    yield "workers' exit codes at the end", list(ended)
