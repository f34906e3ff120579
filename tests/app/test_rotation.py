"""Which backups are made and which are let go."""

# ruff: noqa: DTZ001 -- local moments, as in the names

from collections.abc import Callable, Hashable
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.rotation import is_due, moment_of, name_of, surplus

MOMENTS = st.datetimes(datetime(2019, 12, 1), datetime(2021, 2, 1)).map(lambda each: each.replace(microsecond=0))
KEEP = st.tuples(st.integers(0, 10), st.integers(0, 6), st.integers(0, 14))
AT = time(2, 0)


@given(st.sets(MOMENTS, max_size=60), KEEP)
def test_the_newest_stays_and_one_of_each_day_week_and_month(made: set[datetime], keep: tuple[int, int, int]) -> None:
    left = made - surplus(made, keep)
    assert left <= made
    if not made:
        return
    assert max(made) in left
    periods: tuple[Callable[[date], Hashable], ...] = (
        lambda day: day,
        lambda day: day.isocalendar()[:2],
        lambda day: (day.year, day.month),
    )
    for count, period in zip(keep, periods, strict=True):
        newest: dict[Hashable, datetime] = {}
        for each in sorted(made):
            newest[period(each.date())] = each
        assert set(sorted(newest.values(), reverse=True)[:count]) <= left
    assert len(left) <= max(1, sum(keep))


@given(st.sets(MOMENTS, max_size=60), KEEP)
def test_rotating_twice_deletes_nothing_more(made: set[datetime], keep: tuple[int, int, int]) -> None:
    left = made - surplus(made, keep)
    assert surplus(left, keep) == set()


def test_a_year_of_nights_leaves_seven_days_four_weeks_and_twelve_months() -> None:
    kept: set[datetime] = set()
    for number in range(400):
        kept.add(datetime(2020, 1, 1, 2) + timedelta(days=number))
        kept -= surplus(kept, (7, 4, 12))
    days = sorted(each.date() for each in kept)
    assert days[-7:] == [date(2021, 1, 28) + timedelta(days=each) for each in range(7)]
    assert {(day.year, day.month) for day in days} == {(2020, month) for month in range(3, 13)} | {(2021, 1), (2021, 2)}
    assert len(days) < 23


@given(MOMENTS, st.booleans())
def test_a_name_says_its_moment(moment: datetime, encrypted: bool) -> None:
    assert moment_of(name_of(moment, encrypted=encrypted)) == moment


@given(st.text())
def test_other_names_are_not_ours(name: str) -> None:
    assert moment_of(name) is None
    for strange in (
        "nhacviec-20200101T020000.db.json",
        "nhacviec-20201301T020000.db",
        "my-nhacviec-20200101T020000.db",
    ):
        assert moment_of(strange) is None


def test_a_backup_is_due_at_its_time_and_a_missed_one_at_the_next_chance() -> None:
    night = datetime(2020, 1, 2, 2, 0, 5)
    assert not is_due([night], datetime(2020, 1, 3, 1, 59), AT)
    assert is_due([night], datetime(2020, 1, 3, 2, 0), AT)
    assert is_due([night], datetime(2020, 1, 3, 9, 0), AT)
    assert is_due([], datetime(2020, 1, 3, 1, 0), AT)
    assert not is_due([datetime(2020, 1, 3, 9, 0)], datetime(2020, 1, 3, 23, 59), AT)
    # A clock that was set back: a backup of the future does not keep today's from being made.
    assert is_due([datetime(2021, 1, 1)], datetime(2020, 1, 3, 9, 0), AT)
