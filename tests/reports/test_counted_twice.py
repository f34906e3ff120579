"""The service's figures and a second count by plain SQL, over a varied history, at many moments."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from reports.figures import period
from reports.figures.record import Count
from tests.reports import by_sql
from tests.reports.book import Book, at
from tests.reports.played import STORM, STORM_SET, play_year

DUTIES = ("bc", "kh", "th", "kp")


@pytest.fixture
def played(book: Book) -> Book:
    return play_year(book)


def moments() -> Iterator[datetime]:
    """Every window's end, and days around what happened."""
    for each in ("01-15", "01-30", "01-31", "02-07", "02-10", "02-28", "03-10", "03-12", "03-14", "03-15", "03-16",
                 "03-18", "04-01", "06-14", "09-14", "09-29", "09-30", "10-01", "10-02", "12-14", "12-31"):  # fmt: skip
        yield at(2020, *map(int, each.split("-")), 23, 59, 59, 999999)
    yield at(2021, 2, 2, 8)


def by_hand(book: Book, path: Path, as_of: datetime, known_at: datetime, *, periodic: bool) -> dict[str, int]:
    days = {day for run in book.office.calendar.off for day in run}
    days |= {STORM} if known_at >= STORM_SET else set()
    with closing(sqlite3.connect(path)) as connection:
        return by_sql.count(
            connection, as_of, days, plans=tuple(book.office.plans), known_at=known_at, duties=DUTIES, periodic=periodic
        )


def as_dict(count: Count) -> dict[str, int]:
    return count.model_dump(exclude={"rate"})


@pytest.mark.parametrize(
    ("later", "every"),
    [
        (timedelta(days=4), 3),
        pytest.param(timedelta(0), 1, marks=pytest.mark.long),
        pytest.param(timedelta(minutes=2), 1, marks=pytest.mark.long),
        pytest.param(timedelta(days=4), 1, marks=pytest.mark.long),
        pytest.param(timedelta(days=400), 1, marks=pytest.mark.long),
    ],
)
def test_both_counts_agree_at_every_moment(played: Book, tmp_path: Path, later: timedelta, every: int) -> None:
    seen: set[str] = set()
    for as_of in islice(moments(), 0, None, every):
        key = f"{as_of:%Y}-Y"
        with played.store.look() as session:
            window = period.window(played.office, key, as_of).model_copy(update={"as_of": as_of})
            record = period.make(session, played.office, window, known_at=as_of + later)
        for found, periodic in ((record.dated, False), (record.periodic, True)):
            wanted = by_hand(played, tmp_path / "office.db", as_of, as_of + later, periodic=periodic)
            assert as_dict(found) == wanted, (as_of, periodic)
            seen |= {box for box, number in wanted.items() if number}
        by_agency = [sum(as_dict(part.dated)[name] for part in record.agencies) for name in as_dict(record.dated)]
        assert by_agency == list(as_dict(record.dated).values())
    assert seen >= {*by_sql.BOXES, *by_sql.CAUSES} - ({"flagged"} if later > timedelta(days=300) else set())
