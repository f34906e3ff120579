"""What goes wrong around the service: kills, a locked database, a full disk, a clock that jumps."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Event, Lock, Thread

from tests.faults.run import Away, Run, Trouble

# Longer than the service waits for a lock (store.engine.BUSY_MS).
LONG_LOCK_S = (16.0, 17.5)
SOON_S = 0.02
PATIENCE_S = 4.0
BACK_S = 30.0


class Weather:
    """Each kind of trouble is a thread with draws of its own; all end when `over` is set."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.over = Event()
        # A process that is held down is nobody else's to start.
        self._down = Lock()
        self._threads: list[Thread] = []

    def begin(self) -> None:
        """Lets it begin."""
        scale = self.run.scale
        self._every("kills", scale.kill_every, self._kill)
        self._every("locks", scale.lock_every, lambda random: self._lock(random.uniform(0.05, 0.9)))
        if scale.long_lock_every:
            self._every("long locks", scale.long_lock_every, lambda random: self._lock(random.uniform(*LONG_LOCK_S)))
        # The disk of a server is not that of the processes: it is the server that goes away.
        gone = self._restart_server if self.run.ground.restarts else self._fill_disk
        self._every("disk", scale.disk_every, gone)
        self._every("days", scale.day_every, lambda _random: self._next_morning(), steady=True)
        self._every("wobbles", scale.wobble_every, self._wobble)
        if scale.away_every:
            self._every("away", scale.away_every, self._stay_away)

    def end(self) -> None:
        """Ends all of it and waits for what is under way."""
        self.over.set()
        for thread in self._threads:
            thread.join()

    def _every(self, name: str, mean: float, work: Callable[[Random], None], *, steady: bool = False) -> None:
        random = self.run.random(name)

        def loop() -> None:
            while not self._pause(mean if steady else random.expovariate(1 / mean)):
                try:
                    work(random)
                except Exception as error:
                    self.run.notes.append(f"the harness itself, {name}: {type(error).__name__}: {error}")
                    raise

        thread = Thread(target=loop, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _pause(self, seconds: float) -> bool:
        return self.over.wait(seconds)

    def _kill(self, random: Random) -> None:
        with self._down:
            self._kill_one(random)

    def _kill_one(self, random: Random) -> None:
        self._look_after()
        if self._ahead():
            return
        process = self.run.processes[random.choice(list(self.run.processes))]
        how = random.choices(["before the answer", "after the answer", "any moment", "SIGTERM"], [34, 25, 36, 5])[0]
        after = None if how == "before the answer" else random.uniform(0, SOON_S)
        if how == "SIGTERM":
            self.run.figures[f"SIGTERM {process.name}"] += 1
            # Before it can hear a SIGTERM it ends as any program does.
            if (status := process.restart()) not in (0, -signal.SIGTERM):
                self.run.notes.append(f"{process.name} ended with {status} after SIGTERM")
        elif how == "any moment":
            self.run.figures[f"kills {process.name}"] += 1
            process.kill()
        else:
            self._kill_inside(process.name, after)

    def _ahead(self) -> bool:
        """Whether kills are ahead of sends: on a slow machine nothing but restarts would be seen otherwise."""
        scale = self.run.scale
        return self.run.kills * scale.sends > (self.run.accepted + scale.wave) * scale.kills

    def _kill_inside(self, name: str, after: float | None) -> None:
        process, line, struck = self.run.processes[name], self.run.lines[name], Event()

        def hit() -> None:
            process.hit()
            struck.set()

        line.strike(after, hit)
        if not struck.wait(PATIENCE_S):
            line.spare()
            if not struck.wait(0.1):
                return
        self.run.figures[f"kills {name}"] += 1
        self.run.figures["kills at an accepted message"] += 1
        process.revive()

    def _look_after(self) -> None:
        """A process that ended by itself (a disk that is full while it starts) is started again, and counted."""
        for process in self.run.processes.values():
            status = process.ended()
            if status is not None:
                self.run.figures["ended by themselves"] += 1
                self.run.notes.append(f"{process.name} ended by itself with {status}")
                process.revive()

    def _lock(self, seconds: float) -> None:
        with self.run.writing, self.run.ground.held():
            begun = time.monotonic()
            self._pause(seconds)
        ended = time.monotonic()
        long = ended - begun > 15
        self.run.figures["locked longer than the service waits" if long else "locked for less than a second"] += 1
        self.run.troubles.append(Trouble("lock", "", begun, ended))

    def _fill_disk(self, random: Random) -> None:
        names = random.choices([["bot"], ["scheduler"], ["bot", "scheduler"]], [35, 35, 30])[0]
        begun = time.monotonic()
        for name in names:
            self.run.processes[name].starve(True)
        self._pause(random.uniform(0.5, 3.0))
        for name in names:
            self.run.processes[name].starve(False)
            self.run.troubles.append(Trouble("disk", name, begun, time.monotonic()))
        self.run.figures["disk-full periods"] += 1

    def _restart_server(self, random: Random) -> None:
        with self.run.writing:
            begun = time.monotonic()
            how = self.run.ground.restart(random)
        self.run.figures[f"server restarted: {how}"] += 1
        self.run.troubles.append(Trouble("server", "", begun, time.monotonic()))

    def _next_morning(self) -> None:
        jump(self.run, lambda now: morning_after(self.run, now))

    def _wobble(self, random: Random) -> None:
        for by in (timedelta(hours=-2), timedelta(hours=2)):
            jump(self.run, lambda now, by=by: now + by)  # type: ignore[misc]
            self._pause(random.uniform(0.5, 2.0))

    def _stay_away(self, random: Random) -> None:
        """The bot is down for minutes of the clock in which people write; other jumps wait until it polls again."""
        bot = self.run.processes["bot"]
        with self._down, self.run.writing, bot.lock:
            bot.hit()
            since, begun = self.run.now(), time.monotonic()
            self._pause(random.uniform(0.5, 2.0))
            self.run.move(self.run.now() + timedelta(minutes=random.randint(3, 30)), polled=False)
            self._pause(random.uniform(0.5, 2.0))
            self.run.figures["kills bot"] += 1
            bot.revive()
            until = time.monotonic() + BACK_S
            while self.run.heard_at() <= since and time.monotonic() < until:
                time.sleep(0.05)
            self.run.away.append(Away(begun, time.monotonic(), since, self.run.now()))
            self.run.figures["times nobody polled"] += 1


def jump(run: Run, to: Callable[[datetime], datetime]) -> None:
    """Moves the clock; what people sent is received first, for the platform drops what is a day old."""
    until = time.monotonic() + 10
    while run.platform.pending_updates() and time.monotonic() < until:
        time.sleep(0.05)
    # Nobody says anything between the look and the move: it would be a day old at once.
    with run.writing, run.platform.lock:
        now = run.now()
        moment = to(now)
        said = [run.platform.told_at[each["update_id"]] for each in run.platform.pending_updates()]
        if said and moment - min(said) > timedelta(hours=23):
            return
        by = moment - now
        run.move(moment)
    run.moves.append((time.monotonic(), by))
    run.figures["clock jumps forward" if by > timedelta(0) else "clock jumps back"] += 1


def morning_after(run: Run, moment: datetime) -> datetime:
    """The next time that it is half past seven, some seconds later."""
    local = run.office.local(moment)
    first = run.office.windows[0][0]
    day = local.date() if local.time() < first else local.date() + timedelta(days=1)
    return datetime.combine(day, first, run.office.zone).astimezone(UTC) + timedelta(seconds=5)
