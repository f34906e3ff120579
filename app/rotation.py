"""Which backups are made, and which are let go: pure, over moments and names."""

import re
from collections.abc import Callable, Collection, Hashable
from datetime import date, datetime, time, timedelta
from itertools import islice

NAME = re.compile(r"nhacviec-(\d{8}T\d{6})\.(?:db|dump)(?:\.age)?", re.ASCII)
STAMP = "%Y%m%dT%H%M%S"


def name_of(moment: datetime, *, encrypted: bool, dump: bool = False) -> str:
    """The name of a daily backup, a server's `dump` or the copy of a file; `moment` is local."""
    return f"nhacviec-{moment:{STAMP}}.{'dump' if dump else 'db'}{'.age' if encrypted else ''}"


def moment_of(name: str) -> datetime | None:
    """The local moment in a name of ours, without a zone; None for any other name."""
    match = NAME.fullmatch(name)
    try:
        return datetime.strptime(match[1], STAMP) if match else None  # noqa: DTZ007 -- local, as in the name
    except ValueError:
        return None


def is_due(made: Collection[datetime], now: datetime, at: time) -> bool:
    """Whether no backup was made since the last time of day `at`; all local. One that was missed is due at once."""
    last = datetime.combine(now.date(), at)
    if last > now:
        last -= timedelta(days=1)
    return not any(last <= each <= now for each in made)


def surplus(made: Collection[datetime], keep: tuple[int, int, int]) -> set[datetime]:
    """Those to delete: kept are the newest of each of the last days, ISO weeks and months, and the newest of all."""
    newest_first = sorted(set(made), reverse=True)
    kept = set(newest_first[:1])
    for count, period in zip(keep, PERIODS, strict=True):
        firsts: dict[Hashable, datetime] = {}
        for moment in newest_first:
            firsts.setdefault(period(moment.date()), moment)
        kept.update(islice(firsts.values(), count))
    return set(made) - kept


PERIODS: tuple[Callable[[date], Hashable], ...] = (
    lambda day: day,
    lambda day: tuple(day.isocalendar())[:2],
    lambda day: (day.year, day.month),
)
