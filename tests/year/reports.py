"""What the played year's reports must be: what plain SQL counts too, and what was frozen at the time."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing

from reports.figures import issued, period
from reports.figures.record import Record
from tests.reports import by_sql
from tests.year.play import Year

KEYS = ("2020-Q1", "2020-H1", "2020-Q3", "2020-Y")
DUTIES = ("bc", "kh", "th", "kp")
FROZEN = "2020-Q1"


def made(year: Year, key: str) -> Record:
    """A period's record as it is made after the year is over."""
    office, now = year.world.service.current(), year.world.now
    with year.world.service.store.look() as session:
        return period.make(session, office, period.window(office, key, now), known_at=now)


def wrong(year: Year, keys: Sequence[str] = KEYS, frozen: str = FROZEN) -> Iterator[str]:
    """Each report whose figures are not those of the second count, or no longer those that were `frozen`."""
    office = year.world.service.current()
    days_off = {day for run in office.calendar.off for day in run}
    for key in keys:
        record = made(year, key)
        for periodic, count in ((False, record.dated), (True, record.periodic)):
            with closing(sqlite3.connect(year.world.database)) as connection:
                counted = by_sql.count(
                    connection,
                    record.window.as_of,
                    days_off,
                    plans=tuple(office.plans),
                    known_at=year.world.now,
                    duties=DUTIES,
                    periodic=periodic,
                )
            if (found := count.model_dump(exclude={"rate"})) != counted:
                yield f"{key}: {found}, but plain SQL counts {counted}"
        if key == frozen:
            yield from _differs(year, record)


def _differs(year: Year, now: Record) -> Iterator[str]:
    with year.world.service.store.look() as session:
        held = issued.latest(session, FROZEN)
    if held is None:
        yield f"{FROZEN} was not frozen"
    elif figures_of(held[1]) != figures_of(now):
        yield f"{FROZEN} made again has other figures than what was frozen"


def figures_of(record: Record) -> Mapping[str, object]:
    """All that is counted, and the box of each row; a storm that was not known of then moves last days in the rows."""
    kept = ("dated", "periodic", "before", "sections", "agencies", "groups", "tasks", "ongoing_tasks", "undated_tasks",
            "unconfirmed_tasks", "between", "uncounted")  # fmt: skip
    return {name: getattr(record, name) for name in kept} | {"boxes": {row.id: row.box for row in record.rows}}
