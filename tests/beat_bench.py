"""`python -m tests.beat_bench`: what a beat costs with 30,000 obligations of 300 agencies, beside the same work done by
a job for each reminder, and beside the raw query of its index.

Milliseconds are those of a processor (`time.process_time`), the least of three where a thing can be done again.
"""

import gc
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import func, select

from app.office_settings import office_of
from app.settings import ROOT, read
from plan.people import Role
from plan.status import State
from plan.workdays import load_calendar
from progress import reminded
from reports.figures.summary import build
from scheduler.tick import tick
from store import audit, obligations, people, settings
from store.engine import Store
from store.types import metadata
from tests import large
from words.catalogue import Catalogue
from words.office import Office

# 8:00 in Hanoi: of what is dated the first falls due on the 28th of January, later than any ladder looks in December.
# The 21st is the first day on which it is spoken of: earlier steps are spared, for all said that they know. In June
# half of what fell due in five months is late, and some is near.
NOTHING_NEAR = datetime(2019, 12, 2, 1, tzinfo=UTC)
MORNING = datetime(2020, 1, 21, 1, tzinfo=UTC)
JUNE = datetime(2020, 6, 16, 1, tzinfo=UTC)
# Half of them due that morning: a step for each of the 300 agencies.
JOBS = 600
# Agencies of which the figures are counted once more: those of a province together.
MANY = 1000
RAW = "SELECT count(*) FROM obligation WHERE state = 'open' AND kind = 'dated' AND due < ?"


def rows(text: Catalogue) -> Iterator[tuple[str, str]]:
    """A line for each thing."""
    plan = large.plan()
    office = replace(large.office(text, plan), calendar=load_calendar(ROOT / "data" / "days_vn.toml"))
    with tempfile.TemporaryDirectory() as folder:
        store = large.fill(Path(folder), plan)
        _link(store, office)
        # As the service does once it has loaded everything (cli/supervised.py).
        gc.collect()
        gc.freeze()
        yield from _beats(store, office)
        yield from _figures(store, office)
        yield from _raw(Path(folder), office)
        yield from _jobs(Path(folder))
        store.close()
        gc.unfreeze()


def figures_of_many(text: Catalogue) -> Iterator[tuple[str, str]]:
    """The figures of MANY agencies with 100 tasks each and six events of each."""
    plan = large.plan(MANY)
    office = large.office(text, plan)
    with tempfile.TemporaryDirectory() as folder:
        store = large.fill(Path(folder), plan)
        gc.collect()
        gc.freeze()
        with store.look() as session:
            now = cpu(lambda: build(session, office, JUNE))
        yield "figures of 100,000 obligations, ms: now, by what stands", f"{now:.0f}"
        store.close()
        gc.unfreeze()


def _link(store: Store, office: Office) -> None:
    """An officer for each agency, and an admin; nobody is told of their coming."""
    with store.unit() as session:
        for agency in (*office.owing(), "admin"):
            person = people.link(session, "telegram", agency, agency, agency, "notice", large.SYNCED)
            role, of = (Role.ADMIN, "xa0") if agency == "admin" else (Role.OFFICER, agency)
            people.join(session, person.id or 0, of, role, large.SYNCED)
        settings.put(session, settings.PEOPLE_TOLD, str(audit.head(session)[0]))


def _beats(store: Store, office: Office) -> Iterator[tuple[str, str]]:
    for name, now in (
        ("nothing near", NOTHING_NEAR),
        ("the first morning", MORNING),
        ("a day in June, nothing of it said before", JUNE),
        ("the day after", JUNE + timedelta(days=1)),
    ):
        before = _said(store)
        first = cpu(partial(tick, store, office, now), 1)
        into = {each: count for each, count in _said(store).items() if count != before.get(each)}
        steps, made = sum(into.values()) - sum(before.get(each, 0) for each in into), len(into.keys() - before.keys())
        following = cpu(partial(tick, store, office, now))
        # What waits takes up what falls due meanwhile: nothing is sent here, so those of January are those of June.
        what = f"{steps:,} steps into {len(into):,} messages, {made:,} of them made for it"
        yield f"a beat, ms: {name}", f"{first:,.0f} ({what}), the next {following:.1f}"
    due, late = _open(store, office, JUNE)
    yield "of 30,000 obligations open in June / late", f"{due:,} / {late:,}"


def _said(store: Store) -> dict[int, int]:
    """How many steps have gone into each message."""
    gone = metadata.tables["reminder"].c.delivery_id
    with store.look() as session:
        query = select(gone, func.count()).where(gone.is_not(None)).group_by(gone)
        return {row[0]: row[1] for row in session.connection().execute(query)}


def _open(store: Store, office: Office, now: datetime) -> tuple[int, int]:
    """How much is open, and how much of it is late on a day."""
    with store.look() as session:
        rows = obligations.all_of(session, states=(State.OPEN,))
        return len(rows), sum(office.lateness(row, office.today(now)).is_late for row in rows)


def _figures(store: Store, office: Office) -> Iterator[tuple[str, str]]:
    with store.look() as session:
        now = cpu(lambda: build(session, office, JUNE + timedelta(days=2)))
        past = cpu(lambda: build(session, office, large.SYNCED + timedelta(days=2)), 1)
    yield "figures of 30,000 obligations, ms: now, by what stands", f"{now:.0f}"
    yield "the same of a past day after which all moved, by replay", f"{past:.0f}"


def _raw(folder: Path, office: Office) -> Iterator[tuple[str, str]]:
    """The index alone, without any of our code."""
    found = sqlite3.connect(folder / "large.db")
    for name, now in (("nothing near", NOTHING_NEAR), ("in June", JUNE)):
        before = reminded.horizon(office, office.today(now)).before.isoformat()
        count = found.execute(RAW, (before,)).fetchone()[0]
        taken = cpu(lambda before=before: found.execute(RAW, (before,)).fetchone())  # type: ignore[misc]
        yield f"the raw query of what is near, ms: {name}", f"{taken:.2f} ({count:,} found)"
    found.close()


def _jobs(folder: Path) -> Iterator[tuple[str, str]]:
    """A job for each reminder, in APScheduler's own store: what they cost to keep, and to take when they are due."""
    scheduler = BackgroundScheduler(timezone="UTC")
    kept = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
    kept.start(scheduler, "kept")

    def keep() -> None:
        for number in range(JOBS):
            kept.add_job(_job(scheduler, number, MORNING + timedelta(days=number % 2)))

    def take() -> None:
        for job in kept.get_due_jobs(MORNING):
            kept.remove_job(job.id)

    yield f"a job for each reminder, ms: {JOBS:,} kept", f"{cpu(keep, 1):,.0f}"
    nothing = cpu(lambda: kept.get_due_jobs(NOTHING_NEAR))
    yield f"the same: {JOBS // 2:,} taken when due / none found due", f"{cpu(take, 1):,.0f} / {nothing:.1f}"
    kept.shutdown()


def _job(scheduler: BackgroundScheduler, number: int, at: datetime) -> Job:
    what = {"func": _reminds, "args": (number,), "kwargs": {}, "trigger": DateTrigger(at), "next_run_time": at}
    how = {"executor": "default", "misfire_grace_time": None, "coalesce": True, "max_instances": 1, "name": "reminds"}
    return Job(scheduler, f"{number}", **what, **how)


def _reminds(_number: int) -> None:
    """What a job would do."""


def cpu(work: Callable[[], object], times: int = 3) -> float:
    """The milliseconds of a processor that work takes, the least of some times."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best * 1000


def main() -> None:
    """Prints the table."""
    for name, figure in rows(office_of(read(_env_file=None)).text):
        print(f"{name:<64}{figure}", flush=True)


if __name__ == "__main__":
    main()
