"""One whole run: the town, the load under faults, the drain, the verdict."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from tests.faults import drain, report, town, verdict
from tests.faults.ground import Ground, OnSqlite
from tests.faults.load import Load
from tests.faults.run import UNSETTLED, Run
from tests.faults.scale import Scale
from tests.faults.sides import Side
from tests.faults.telegram_side import OnTelegram
from tests.faults.weather import Weather

PROGRESS_S = 30.0


@dataclass(frozen=True)
class Result:
    """What a run gave: its table, what was broken, and what else was seen."""

    table: str
    broken: tuple[str, ...]
    notes: tuple[str, ...]


def whole(
    folder: Path,
    seed: int,
    scale: Scale,
    tell: Callable[[str], None],
    side: Callable[[Run], Side] = OnTelegram,
    ground: Callable[[Path], Ground] = OnSqlite,
) -> Result:
    """Runs it in `folder`; `tell` gets a line now and then."""
    run = Run(folder, seed, scale, side, ground)
    heard = town.listeners(run)
    with run:
        people = town.settle(run, heard)
        tell(f"seed {seed}: {len(people.officers)} officers, {len(heard)} listeners; the faults begin")
        run.begun = time.monotonic()
        _storm(run, Load(run, people), tell)
        tell(f"{report.progress(run)}; the faults end")
        if not drain.drain(run):
            run.notes.append(f"left after the drain: {drain.left(run)}")
        seconds = time.monotonic() - run.begun
        tell(f"everything is still after {seconds:.0f} s; comparing")
        judged = verdict.judge(run)
    return Result(report.table(run, judged, seconds), tuple(judged.broken), tuple(run.notes))


def _storm(run: Run, load: Load, tell: Callable[[str], None]) -> None:
    over, weather = Event(), Weather(run)
    pause = run.random("pauses")
    threads = [
        Thread(target=_loop, args=(run, over, load.act, lambda: pause.expovariate(run.scale.acts)), name="phones"),
        Thread(target=_loop, args=(run, over, load.broadcast, lambda: 0.2), name="broadcasts"),
        Thread(target=_loop, args=(run, over, lambda: _watch(run), lambda: 1.0), name="watch"),
    ]
    run.faults.on = True
    for thread in threads:
        thread.start()
    weather.begin()
    told = run.begun
    while not _enough(run) and not any("harness" in note for note in run.notes):
        time.sleep(0.2)
        if time.monotonic() - told > PROGRESS_S:
            told = time.monotonic()
            tell(report.progress(run))
    weather.end()
    over.set()
    for thread in threads:
        thread.join()
    run.faults.on = False


def _enough(run: Run) -> bool:
    seconds = time.monotonic() - run.begun
    if seconds > run.scale.most_s:
        return True
    return seconds >= run.scale.seconds and run.kills >= run.scale.kills and run.accepted >= run.scale.sends


def _loop(run: Run, over: Event, work: Callable[[], None], wait: Callable[[], float]) -> None:
    while not over.wait(wait()):
        try:
            work()
        except Exception as error:
            run.notes.append(f"the harness itself: {type(error).__name__}: {error}")
            raise


def _watch(run: Run) -> None:
    doubtful = run.count(f"SELECT count(*) FROM delivery WHERE {UNSETTLED} AND state = 'in_doubt'")
    run.most_in_doubt = max(run.most_in_doubt, doubtful)
