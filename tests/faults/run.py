"""What all parts of one run share: the office's database, the platform with its ledger, the processes, the clock."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlmodel import Session

from app import settings as app_settings
from app import wiring
from app.clock import machine_now
from delivery.fitting import fitted
from sandbox.telegram_api.server import Server
from store import gaps, settings
from tests.faults.ground import Ground, OnSqlite
from tests.faults.ledger import MARK, Arrival, Update
from tests.faults.line import Faults, Line
from tests.faults.processes import NAMES, Process
from tests.faults.scale import Scale
from tests.faults.sides import Side
from words.message import Message, plain

# The morning of the plan's first reminders.
FIRST_MOMENT = datetime(2020, 1, 2, 0, 30, 30, tzinfo=UTC)
ADMINS = (901, 902)
GROUP = -4000
PATIENCE_S = 90.0
UNSETTLED = "state IN ('due', 'in_doubt', 'sending')"


@dataclass(frozen=True)
class Act:
    """Something a phone did that the platform took: `token` is in its words, `files` are the SHA-256 of its photos."""

    kind: str
    chat: str
    token: str
    update: Update
    message_id: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trouble:
    """A stretch in which a process could not write to the database, in monotonic seconds; `who` "" is both."""

    kind: str
    who: str
    begun: float
    ended: float


@dataclass(frozen=True)
class Away:
    """A stretch in which nobody polled, in monotonic seconds, and on the service's clock, by which it was minutes."""

    begun: float
    ended: float
    since: datetime
    until: datetime


class Run:
    """One seeded run in a folder of its own. Everything that is drawn comes from `random(name)`."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        scale: Scale,
        side: Callable[[Run], Side],
        ground: Callable[[Path], Ground] = OnSqlite,
    ) -> None:
        self.folder, self.seed, self.scale = folder, seed, scale
        self.ground = ground(folder)
        self.offset = FIRST_MOMENT - machine_now()
        self.faults = Faults(self.random("faults"), scale.sending, scale.asking, frozenset(ADMINS))
        self.side = side(self)
        self.platform, self.phones = self.side.platform, self.side.phones
        self.processes: dict[str, Process] = {}
        self.lines: dict[str, Line] = {}
        self._servers: list[Server] = []
        for name in NAMES:
            line = Line(self.side.app(), name, partial(self._life, name))
            self.lines[name] = line
            self._servers.append(Server(line))
        self.side.served_at([each.url for each in self._servers])
        here: dict[str, Any] = {**self.side.settings(self._servers[0].url)}
        chosen = app_settings.read(_env_file=None, database_url=self.ground.url, send_rate="none", **here)
        self.service = wiring.open_service(chosen)
        self.store, self.office = self.service.store, self.service.office
        assert plain(self.office.text("mark.perhaps_twice")) == MARK
        # The plan was switched on the day before, so that a clock set back by hours never stands before it.
        self.move(FIRST_MOMENT - timedelta(days=1))
        wiring.sync(self.service)
        self.move(FIRST_MOMENT)
        self.ground.note_doubts()
        for server, name in zip(self._servers, NAMES, strict=True):
            self.processes[name] = Process(name, folder, self._settings(server.url), self._died)
        self.stop = threading.Event()
        self.begun = time.monotonic()
        # One writer of ours at a time: while the weather holds the database, the load waits here and not in SQLite.
        self.writing = threading.Lock()
        self.figures: Counter[str] = Counter()
        self.acts: list[Act] = []
        self.posted: dict[str, str] = {}
        self.undone: set[int] = set()
        self.blocked: set[str] = set()
        self.troubles: list[Trouble] = []
        self.moves: list[tuple[float, timedelta]] = []
        # When each life of a process ended, in monotonic seconds.
        self.ends: dict[tuple[str, int], float] = {}
        # What the machine's clock shows at monotonic zero, in seconds.
        self.zero = machine_now().timestamp() - time.monotonic()
        self.away: list[Away] = []
        self.gone: Mapping[Update, str] = {}
        self.notes: list[str] = []
        self.most_in_doubt = 0

    def random(self, name: str) -> Random:
        """A source of its own for each part, so that threads do not take each other's draws."""
        return Random(f"{self.seed}:{name}")

    def _settings(self, url: str) -> dict[str, str]:
        return {
            **{name.upper(): value for name, value in self.side.settings(url).items()},
            "DATABASE_URL": self.ground.url,
            "SEND_RATE": "none",
            # The clock runs through months in an hour; what is compared in the end must not be dropped for its age.
            "RETENTION_INBOX_DAYS": "4000",
            "RETENTION_OUTBOX_DAYS": "4000",
            "RETENTION_LOOSE_DAYS": "4000",
            "LOG_LEVEL": "WARNING",
        }

    def now(self) -> datetime:
        """The service's clock, which is the platform's too."""
        return machine_now() + self.offset

    def move(self, moment: datetime, *, polled: bool = True) -> None:
        """Sets the clock of everybody; the service was there all the while, so that this is no outage, but not always
        was it `polled`.
        """
        offset = moment - machine_now()
        with self.store.unit() as session:
            settings.set_clock_offset(session, offset)
            gaps.leapt(session, moment, () if polled else (self.side.name,))
        self.offset = offset

    def arrived(self, chat: str, words: str) -> Arrival:
        """The message with these words or this button, once it came to a chat."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            for arrival in list(self.platform.by_chat[chat]):
                if words in arrival.text or any(words == label for label, _ in arrival.labels):
                    return arrival
            time.sleep(0.02)
        raise AssertionError(f"{words!r} did not come to {chat}; see {self.folder}")

    @contextmanager
    def unit(self) -> Iterator[Session]:
        """A transaction of ours."""
        with self.writing, self.store.unit() as session:
            yield session

    def count(self, question: str, *values: object) -> int:
        """A number from the database, read beside everybody."""
        return int(self.ground.ask(question, *values)[0][0])

    def heard_at(self) -> datetime:
        """Until when the platform was polled, as far as is known."""
        with self.store.look() as session:
            return gaps.heard_at(session, self.side.name) or FIRST_MOMENT

    def due_now(self) -> int:
        """How many messages could leave now."""
        moment = self.now().replace(tzinfo=None).isoformat(" ")
        return self.count(f"SELECT count(*) FROM delivery WHERE {UNSETTLED} AND not_before <= ?", moment)

    @property
    def accepted(self) -> int:
        """Messages that the platform took so far."""
        return len(self.platform.arrivals)

    @property
    def kills(self) -> int:
        """Kills so far."""
        return sum(self.figures[f"kills {name}"] for name in NAMES)

    def sending(self, chat: str) -> tuple[int, ...]:
        """The rows that are being sent to a chat now: more than one while a lease of a killed one lasts.

        The platform's lock is held.
        """
        asked = f"SELECT id FROM delivery WHERE {UNSETTLED} AND state = 'sending' AND chat = ? ORDER BY id"
        return tuple(int(each) for (each,) in self.ground.ask(asked, chat))

    def _died(self, name: str, life: int) -> None:
        self.ends[name, life] = time.monotonic()

    def _life(self, name: str) -> int:
        return self.processes[name].life

    def __enter__(self) -> Run:
        for server in self._servers:
            server.__enter__()
        for process in self.processes.values():
            process.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for process in self.processes.values():
            process.hit()
        for server in self._servers:
            server.__exit__(None, None, None)
        self.ground.close()
        self.store.close()


def text_of(run: Run, body: str | None) -> str | None:
    """What a phone shows of a row's body; None where the text is made when it is sent."""
    if not body or body == "null":
        return None
    return fitted(run.office, Message.from_json(json.loads(body)), run.side.abilities)[0].plain.strip()
