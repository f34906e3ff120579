"""Several stretches of time in a clause: a range (its end counts), a list, a choice, or one that bounds the others."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from plan.milestone import Kind
from plan.times.dates import Form, Stretch
from plan.times.deadlines import deadline, same_year
from plan.times.rules import Recurrence
from plan.times.values import UNDATED, Basis, Choice, Doubtful, Time, Why, on

AND = re.compile(r"^[ ,;()/&]*(?:\bva\b)?[ ,]*$")
DASH = re.compile(r"^ ?-+ ?$")
FROM_NOW = re.compile(r"\btu (?:nay|khi|ngay_? ky\w*|ngay|ngay ban hanh)\b[^,;]*$")
SEVERAL_MONTHS = 3


@dataclass(frozen=True)
class Ranged:
    """A stretch that counts, and the one with which it begins where two make a range."""

    stretch: Stretch
    begin: Stretch | None = None
    joined: bool = False
    either: bool = False
    also: bool = False


def ranges(stretches: Sequence[Stretch], text: str, basis: Basis) -> list[Ranged]:
    """The stretches of a clause, of two that make a range the end; each knows whether «và» or a comma joins it to the
    one before, or «hoặc»."""
    found: list[Ranged] = []
    for stretch in stretches:
        before = found[-1] if found else None
        gap = text[before.stretch.end : stretch.start] if before else ""
        if before and before.begin is None and _is_range(before.stretch, gap, stretch):
            found[-1] = replace(before, stretch=_end(before.stretch, stretch, basis), begin=before.stretch)
        elif before is None and "den" in stretch.said and FROM_NOW.search(text[: stretch.start]):
            found.append(Ranged(stretch, stretch))
        else:
            either = "hoac" in gap.split() or "hoac" in stretch.said or (before is not None and before.either)
            joined = before is not None and bool(AND.match(gap))
            found.append(Ranged(stretch, joined=joined, either=either, also="va" in gap.split()))
    return found


def _is_range(first: Stretch, gap: str, second: Stretch) -> bool:
    if DASH.match(gap) or gap.strip() == "den":
        return True
    return "den" in second.said and (not gap.strip(" ,") or "tu" in first.said)


def _end(first: Stretch, second: Stretch, basis: Basis) -> Stretch:
    """The end of a range with its year: that of its beginning, or the next one where it lies before it."""
    if second.year is None and first.year is not None:
        return replace(second, year=first.year + (second.last < first.first))
    if second.year is None and not second.later and second.last < first.first:
        known = {basis.signed.year, basis.year if basis.year is not None else basis.signed.year}
        raise Doubtful(Why.YEAR, list(_ends(second, sorted(known | {year + 1 for year in known}), basis))[:2])
    if second.year is not None and first.year is not None and first.year > second.year:
        raise Doubtful(Why.SEVERAL)
    return second


def _ends(stretch: Stretch, years: Sequence[int], basis: Basis) -> Iterator[Choice]:
    for year in years:
        with suppress(ValueError, OverflowError):
            if basis.holds(due := stretch.days(year)[1]):
                yield on(due)


def read(found: Sequence[Ranged], basis: Basis, *, school: bool = False) -> list[Time]:
    """The times of a clause that holds nothing but stretches; raises Doubtful."""
    found = bounded(found)
    if len(found) == 1:
        return [one(found[0], basis, school=school)]
    yearless = [each.stretch.year is None for each in found]
    filled = same_year([each.stretch for each in found])
    found = inherited([replace(each, stretch=stretch) for each, stretch in zip(found, filled, strict=True)])
    if _in_each_quarter(found):
        return [_months(found)]
    # From the last one on: of «giữa tháng 6, đầu tháng 7» it is the end that is asked about.
    days = [
        replace(one(each, basis, school=school), plain=False, filled=bare)
        for each, bare in reversed(list(zip(found, yearless, strict=True)))
    ][::-1]
    dues = [each.due for each in days if each.due is not None]
    if len(set(dues)) == 1:
        # «Quý III (tháng 9/2026)» says the same twice.
        return days[-1:]
    forms = {each.stretch.form for each in found}
    if any(each.either for each in found):
        raise Doubtful(Why.EITHER, _each_alone(dues))
    if any(not each.joined for each in found[1:]) or len(forms) > 1 or dues != sorted(set(dues)):
        raise Doubtful(Why.SEVERAL, [*_each_alone(dues)[:2], on(*dues)])
    if forms == {Form.DAY}:
        return days
    if forms == {Form.MONTH} and _apart(found):
        return days
    raise Doubtful(Why.ONE_OR_EACH, (on(dues[-1]), on(*dues)))


def one(ranged: Ranged, basis: Basis, *, school: bool = False) -> Time:
    """The time of one stretch or range; raises Doubtful."""
    time = deadline(ranged.stretch, basis, ranged=ranged.begin is not None, school=school)
    begin = ranged.begin
    if begin is None or begin is ranged.stretch or time.due is None:
        return time
    year = begin.year if begin.year is not None else time.due.year - (begin.first > ranged.stretch.last)
    try:
        first = begin.days(year)[0]
    except (ValueError, OverflowError):
        raise Doubtful(Why.NO_SUCH_DAY, (on(time.due), UNDATED)) from None
    if first > time.due:
        raise Doubtful(Why.SEVERAL, (on(time.due), UNDATED))
    return replace(time, start=first)


def bounded(found: Sequence[Ranged]) -> list[Ranged]:
    """Without the years and quarters that only bound what stands beside them («trong năm 2026, trước ngày 30/6»)."""
    firm = [each for each in found if not each.stretch.loose] or list(found)
    years = [each for each in firm if each.stretch.form is Form.YEAR and each.begin is None]
    inner = [each for each in firm if each not in years]
    if inner and len(years) == 1 and not any(each.either for each in firm):
        year = years[0].stretch.year
        told = [each.stretch.year for each in inner if each.stretch.year is not None]
        if year is None or all(each == year for each in told):
            return [
                replace(
                    each, stretch=replace(each.stretch, year=each.stretch.year or year), joined=n > 0 and each.joined
                )
                for n, each in enumerate(inner)
            ]
    if len(firm) == 2 and not firm[1].either and not firm[1].also:
        outer, day = sorted(firm, key=lambda each: each.stretch.form is Form.DAY)
        if day.stretch.form is Form.DAY and outer.stretch.form in (Form.MONTH, Form.QUARTER, Form.MONTHS):
            inside = outer.stretch.first <= day.stretch.last <= outer.stretch.last
            same = None in (outer.stretch.year, day.stretch.year) or outer.stretch.year == day.stretch.year
            if inside and same:
                year = day.stretch.year or outer.stretch.year
                return [replace(day, stretch=replace(day.stretch, year=year))]
    return firm


def inherited(found: Sequence[Ranged]) -> list[Ranged]:
    """«trước 15/7 và 15/01»: what stands before the first of a list holds for all of it."""
    result: list[Ranged] = []
    for each in found:
        before = result[-1].stretch.said if result else frozenset()
        if each.joined and "truoc" in before and each.stretch.said <= {"ngay"}:
            each = replace(each, stretch=replace(each.stretch, said=each.stretch.said | {"truoc"}))
        result.append(each)
    return result


def _each_alone(dues: Sequence[date]) -> list[Choice]:
    return [on(due) for due in sorted(set(dues))[:3]]


def _in_each_quarter(found: Sequence[Ranged]) -> bool:
    """Whether it is a list of months of any year: «tháng 3, 6, 9, 12»."""
    plain = all(each.joined or n == 0 for n, each in enumerate(found)) and not any(each.either for each in found)
    months = {each.stretch.form for each in found} == {Form.MONTH}
    bare = all(each.stretch.year is None and each.begin is None and not each.stretch.said for each in found)
    valid = all(1 <= each.stretch.last[0] <= 12 for each in found)
    return plain and months and bare and valid and len(found) >= SEVERAL_MONTHS and _apart(found)


def _apart(found: Sequence[Ranged]) -> bool:
    months = [each.stretch.last[0] for each in found]
    return all(second - first > 1 for first, second in pairwise(months))


def _months(found: Sequence[Ranged]) -> Time:
    return Time(Kind.PERIODIC, rule=Recurrence(every="year", months=tuple(each.stretch.last[0] for each in found)))
