"""Turns a stretch of time into the last day in time, or says why it is not certain which day that is."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from plan.milestone import Kind
from plan.times.dates import Form, Stretch
from plan.times.values import UNDATED, Basis, Choice, Doubtful, Time, Why, on

DAY = timedelta(days=1)
# A date that passed in the months before the signing may be a slip; one further back is next year's.
LONG_AGO = timedelta(days=180)
# The days that the beginning or the middle of a stretch may end on, as (months after its first, day).
PARTS = {
    (Form.DAY, "dau"): ((0, 1), (0, 31)),
    (Form.DAY, "giua"): ((0, 15), (0, 31)),
    (Form.MONTH, "dau"): ((0, 5), (0, 10)),
    (Form.MONTH, "giua"): ((0, 15), (0, 20)),
    (Form.QUARTER, "dau"): ((0, 15), (0, 31)),
    (Form.QUARTER, "giua"): ((1, 15), (1, 31)),
    (Form.MONTHS, "dau"): ((0, 31), (1, 31)),
    (Form.MONTHS, "giua"): ((2, 31), (3, 31)),
    (Form.YEAR, "dau"): ((0, 31), (2, 31)),
    (Form.YEAR, "giua"): ((5, 31), (6, 31)),
}
AUTUMN = 10
"""From October on plans of the coming year are signed beside those of the running one."""


def deadline(stretch: Stretch, basis: Basis, *, ranged: bool = False, school: bool = False) -> Time:
    """The time of one stretch; `ranged` says that another one before it is the beginning. Raises Doubtful."""
    year = _year(stretch, basis, school)
    try:
        first, last = stretch.days(year)
        due = _last_day(stretch, first, last, basis.eve)
    except (ValueError, OverflowError):
        raise Doubtful(Why.NO_SUCH_DAY, _near(stretch, year, basis)) from None
    _refuse_vague(stretch, first, last, ranged=ranged)
    if due < basis.signed:
        raise Doubtful(Why.PAST, (*_possible([_moved(due, basis.signed.year + n) for n in (0, 1)], basis), UNDATED))
    if not basis.holds(due):
        raise Doubtful(Why.FAR, (*_possible([_moved(due, basis.year or basis.signed.year)], basis), UNDATED))
    plain = stretch.year is not None and not stretch.bare and not {"cuoi", "den"} & stretch.said
    plain = plain and (stretch.form is not Form.YEAR or "trong" in stretch.said or stretch.start == 0)
    return Time(Kind.DATED, due, filled=stretch.year is None, plain=plain and not ranged)


def _last_day(stretch: Stretch, first: date, last: date, eve: bool) -> date:
    if "truoc" not in stretch.said:
        return last
    return first - DAY if eve or stretch.form is not Form.DAY else first


def _refuse_vague(stretch: Stretch, first: date, last: date, *, ranged: bool) -> None:
    """Raises Doubtful where the words before a stretch leave its day open."""
    said = stretch.said
    if {"khoang", "du"} & said:
        raise Doubtful(Why.EXPECTED, (on(last), UNDATED))
    if {"sau", "som"} & said or ({"tu", "ke", "tinh"} & said and not (ranged or "nay" in said)):
        raise Doubtful(Why.START, (on(date(last.year, 12, 31)), Choice((Time(Kind.ONGOING, start=first),)), UNDATED))
    if {"truoc", "het"} <= said:
        raise Doubtful(Why.BEFORE_END, (on(last), on(first - DAY)))
    if stretch.form is Form.WEEK:
        friday = last - timedelta(days=(last.weekday() - 4) % 7)
        raise Doubtful(Why.WEEK, dict.fromkeys((on(friday), on(last))))
    if {"dau", "giua"} & said:
        raise Doubtful(Why.PART, _parts(stretch, first))
    plain = not {"het", "cuoi", "truoc"} & said
    if "den" in said and plain and not ranged and stretch.form is not Form.DAY:
        raise Doubtful(Why.EDGE, (on(last), on(first - DAY)))


def _parts(stretch: Stretch, first: date) -> Iterator[Choice]:
    """The days that «đầu» or «giữa» may mean."""
    for months, day in PARTS[stretch.form, "dau" if "dau" in stretch.said else "giua"]:
        month = first.month + months
        yield on(date(first.year, month, min(day, monthrange(first.year, month)[1])))


def _year(stretch: Stretch, basis: Basis, school: bool) -> int:
    if stretch.year is not None:
        return stretch.year
    known = basis.year if basis.year is not None else basis.signed.year
    this = known + stretch.later
    try:
        now, following = (_last_day(stretch, *stretch.days(year), basis.eve) for year in (this, this + 1))
    except (ValueError, OverflowError):
        return this
    if now >= basis.signed:
        if basis.year is None and basis.signed.month >= AUTUMN:
            raise Doubtful(Why.YEAR, _possible([now, following], basis))
        return this
    if school or (basis.year is None and basis.signed - now > LONG_AGO):
        return this + 1
    raise Doubtful(Why.YEAR, (*_possible([following], basis), UNDATED))


def _possible(days: Sequence[date], basis: Basis) -> tuple[Choice, ...]:
    return tuple(on(day) for day in dict.fromkeys(days) if basis.holds(day))


def _moved(day: date, year: int) -> date:
    """The same day of another year; of the 29th of February the 28th."""
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _near(stretch: Stretch, year: int, basis: Basis) -> tuple[Choice, ...]:
    """Days that may be meant by one that does not exist: of 31/6 the 30th of June and the 1st of July."""
    month, day = stretch.last
    found: list[date] = []
    if 1 <= month <= 12 and day <= 31 and date.min.year < year < date.max.year:
        after = date(year + month // 12, month % 12 + 1, 1)
        found = [after - DAY, after]
    elif 1 <= day <= 12 and 1 <= month <= 31 and date.min.year <= year <= date.max.year:
        # Written the American way round.
        found = [date(year, day, min(month, 28))] if month <= 28 else []
    return (*_possible(found, basis), UNDATED)


def same_year(stretches: Sequence[Stretch]) -> list[Stretch]:
    """A list with the year of its last one given to those before it that have none: «15/6 và 15/12/2026»."""
    filled: list[Stretch] = []
    for stretch in reversed(stretches):
        later = filled[-1] if filled else None
        if later and later.year is not None and stretch.year is None and not stretch.later:
            back = stretch.last > later.last
            stretch = replace(stretch, year=later.year - back)
        filled.append(stretch)
    return filled[::-1]
