"""Puts together what recurs: how often, on which day, and in which months of the year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from plan.milestone import Kind
from plan.times import lists
from plan.times.dates import Form, Stretch
from plan.times.lists import Ranged, inherited
from plan.times.recurring import DayOf, Often
from plan.times.rules import WHOLE_MONTH, Every, Recurrence, Weekday
from plan.times.values import UNDATED, YEARS_AHEAD, Basis, Choice, Doubtful, Time, Why

QUARTER_MONTHS = {1: (1, 4, 7, 10), 2: (2, 5, 8, 11), 3: (3, 6, 9, 12)}
PART = {"dau", "giua", "cuoi"}
OFFICIAL: frozenset[Every] = frozenset({"quarter", "half", "year"})


@dataclass(frozen=True)
class Recurs:
    """What of a clause recurs: its rhythms, the days of its periods, weekdays, and the dates that stand beside them."""

    often: tuple[Often, ...] = ()
    days: tuple[DayOf, ...] = ()
    weekdays: tuple[tuple[Weekday, bool], ...] = ()
    dates: tuple[Ranged, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.often) or any(day.every for day in self.days) or any(day.which for day in self.days)


def read(found: Recurs, basis: Basis) -> list[Time]:
    """The periodic times of a clause; raises Doubtful where the rhythm or its day is not clear."""
    if any(each.every is None and not each.daily for each in found.often):
        raise Doubtful(Why.RHYTHM, _rhythms(found))
    if any(each.interval > 1 for each in found.often):
        return _every_few_years(found)
    start, dates = _bounds(found.dates, basis)
    everys = _everys(found)
    if dates:
        times = _on_dates(found, everys, dates, basis)
    elif found.days:
        times = [_time(rule) for rule in _on_days(found, everys)]
    elif found.weekdays:
        times = _on_weekday(found, everys)
    else:
        times = list(_plain(everys))
    return [replace(time, start=time.start or start) for time in times]


def _everys(found: Recurs) -> frozenset[Every]:
    printed = {each.every for each in found.often if each.every and not each.bare}
    implied = {day.every for day in found.days if day.every}
    return frozenset(printed | implied)


def _plain(everys: frozenset[Every]) -> Iterator[Time]:
    """Rhythms without a day of their own: quarters, half-years and years follow the plan's reporting days."""
    if "week" in everys:
        yield _time(Recurrence(every="week"))
    if "month" in everys:
        yield _time(Recurrence(every="month"))
    if "quarter" in everys or not everys:
        yield _time("period")
    elif "half" in everys:
        yield _time(Recurrence(every="half"))
    elif "year" in everys:
        yield _time("year")


def _time(rule: Recurrence | Literal["period", "year"]) -> Time:
    if isinstance(rule, Recurrence):
        return Time(Kind.PERIODIC, rule=rule)
    return Time(Kind.PERIODIC, every=rule)


def _every_few_years(found: Recurs) -> list[Time]:
    if len(found.often) > 1 or found.dates or found.days:
        raise Doubtful(Why.RHYTHM, _rhythms(found))
    return [_time(Recurrence(every="year", interval=found.often[0].interval))]


def _bounds(dates: Sequence[Ranged], basis: Basis) -> tuple[date | None, list[Ranged]]:
    """The day on which a year beside a rhythm lets it begin («hằng tháng trong năm 2026»), and the other dates."""
    # «định kỳ cuối năm» is a day of every year.
    years = [each for each in dates if each.stretch.form is Form.YEAR and not PART & each.stretch.said]
    years += [each for each in dates if each not in years and (_whole_year(each) or _beginning(each))]
    others = [each for each in dates if each not in years]
    firm = [(each.begin or each.stretch, each.stretch) for each in years if not each.stretch.loose]
    begins = [date(first.year or last.year or basis.signed.year, *first.first) for first, last in firm]
    begin = min(begins, default=basis.signed)
    if begin.year > basis.signed.year + YEARS_AHEAD:
        raise Doubtful(Why.FAR, (UNDATED,))
    if begin > basis.signed and any(last.bare and not last.said for _, last in firm):
        # A bare year beside a rhythm may be where it ends.
        raise Doubtful(Why.SEVERAL, (Choice((_time("year"),)), UNDATED))
    return begin if begin > basis.signed else None, others


def _whole_year(ranged: Ranged) -> bool:
    """Whether it is a range until the end of a year, which only bounds a rhythm: «từ tháng 4 đến tháng 12/2026»."""
    return ranged.begin is not None and ranged.stretch.last == (12, 31) and "truoc" not in ranged.stretch.said


def _beginning(ranged: Ranged) -> bool:
    """Whether it only says when a rhythm begins: «hằng tháng từ tháng 3/2026»."""
    return ranged.begin is None and bool({"tu", "ke"} & ranged.stretch.said) and ranged.stretch.form is not Form.DAY


def _on_dates(found: Recurs, everys: frozenset[Every], dates: Sequence[Ranged], basis: Basis) -> list[Time]:
    """Dates of a year that recur: «15/6 và 01/12 hằng năm»."""
    dates = inherited(dates)
    stretches = [each.stretch for each in dates]
    for stretch in stretches:
        _refuse_vague(stretch, found)
    printed = [stretch.year for stretch in stretches if stretch.year is not None]
    if found.days or not everys <= OFFICIAL or any(each.either for each in dates):
        raise Doubtful(Why.RHYTHM, _rhythms(found))
    if printed and (len(stretches) > 1 or everys != {"year"}):
        # «Quý I năm 2020 ban hành Kế hoạch định kỳ theo quy định»: one day, a rhythm, or both.
        dated, rhythm = tuple(lists.read(dates, basis)), tuple(_plain(everys))
        raise Doubtful(Why.SEVERAL, (Choice((*dated, *rhythm)), Choice(dated), Choice(rhythm)))
    rules = list(dict.fromkeys(_merged([_yearly(stretch) for stretch in stretches])))
    start = date(printed[0], 1, 1) if printed else None
    if start and not basis.signed.year <= start.year <= basis.signed.year + YEARS_AHEAD:
        raise Doubtful(Why.FAR, (UNDATED,))
    return [replace(_time(rule), start=start) for rule in rules]


def _refuse_vague(stretch: Stretch, found: Recurs) -> None:
    vague = {"dau", "giua", "sau", "khoang", "du"} & stretch.said or {"truoc", "het"} <= stretch.said
    if stretch.form is Form.WEEK or vague:
        raise Doubtful(Why.RHYTHM, _rhythms(found))
    try:
        # A leap year: what it does not have no year has.
        stretch.days(2024)
    except ValueError:
        raise Doubtful(Why.NO_SUCH_DAY, _rhythms(found)) from None


def _yearly(stretch: Stretch) -> Recurrence:
    before = "truoc" in stretch.said
    if stretch.form is Form.DAY:
        month, day = stretch.last
        return Recurrence(every="year", months=(month,), day=day, before=before, following=bool(stretch.later))
    # Before a month or a quarter is the end of the month before it.
    month = (stretch.first[0] - 2) % 12 + 1 if before else stretch.last[0]
    return Recurrence(every="year", months=(month,), day=WHOLE_MONTH, following=bool(stretch.later))


def _merged(rules: Sequence[Recurrence]) -> list[Recurrence]:
    """Rules that differ by their month alone are one: «tháng 3, 6, 9, 12»."""
    bare = {rule.model_copy(update={"months": ()}) for rule in rules}
    if len(bare) > 1:
        return list(rules)
    return [
        rules[0].model_copy(update={"months": tuple(dict.fromkeys(month for rule in rules for month in rule.months))})
    ]


def _on_days(found: Recurs, everys: frozenset[Every]) -> Iterator[Recurrence]:
    """Days of a period: «ngày 05 hằng tháng», «ngày 10 của tháng cuối quý»."""
    for day in found.days:
        every: Every | None = "month" if day.every == "month" else None
        if day.which is not None and not everys - OFFICIAL:
            every = "half" if everys == {"half"} and not day.every else "quarter"
        if everys - OFFICIAL - {"month"} or (every is None and everys != {"month"}):
            raise Doubtful(Why.RHYTHM, _days_of_quarters(found))
        every = every or "month"
        if every == "month" and everys != {"month"}:
            raise Doubtful(Why.RHYTHM, _rhythms(found))
        months = QUARTER_MONTHS[day.which or 3] if every == "quarter" else (6, 12) if every == "half" else ()
        if every == "half" and day.which != 3:
            raise Doubtful(Why.RHYTHM, _rhythms(found))
        yield Recurrence(every=every, months=months, day=day.day, following=day.following, before=day.before)


def _on_weekday(found: Recurs, everys: frozenset[Every]) -> list[Time]:
    if everys != {"week"} or len(found.weekdays) > 1:
        raise Doubtful(Why.RHYTHM, _rhythms(found))
    weekday, before = found.weekdays[0]
    return [_time(Recurrence(every="week", weekday=weekday, before=before))]


def _rhythms(found: Recurs) -> tuple[Choice, ...]:
    """The rhythms that stand in the words, one an answer; without any the plan's reporting days."""
    times = list(_plain(_everys(found))) if _everys(found) else [_time("period"), _time("year")]
    few = [_time(Recurrence(every="year", interval=each.interval)) for each in found.often if each.interval > 1]
    return (*(Choice((time,)) for time in dict.fromkeys([*few, *times])), UNDATED)[:3]


def _days_of_quarters(found: Recurs) -> tuple[Choice, ...]:
    day = found.days[0]
    rules = [
        Recurrence(every="quarter", months=QUARTER_MONTHS[3], day=day.day, before=day.before),
        Recurrence(every="quarter", months=QUARTER_MONTHS[1], day=day.day, before=day.before, following=True),
    ]
    return (*(Choice((_time(rule),)) for rule in rules), Choice((_time("period"),)))
