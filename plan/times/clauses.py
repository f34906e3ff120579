"""Reads one clause of a time: finds what stands in it, and says what it gives or why it has to be asked about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from plan.milestone import Kind
from plan.times import dates, lists, recurring, relative, rhythm
from plan.times.dates import TAKEN, Form, Stretch
from plan.times.deadlines import deadline
from plan.times.lists import Ranged
from plan.times.relative import Waits
from plan.times.rules import Recurrence, Trigger, Unit
from plan.times.spelling import Spelled
from plan.times.values import ONGOING, UNDATED, Basis, Choice, Doubtful, Time, Why, on

CONSTANT = re.compile(r"\bthuong xuyen\b|\blien tuc\b|\bhang ngay\b")
NO_DATE = re.compile(
    r"\btien do\b|\bduoc giao\b|\bkip thoi\b|\btheo (?:tung )?(?:thoi gian |thoi han |dung )?"
    r"(?:quy_? dinh|ke hoach|yeu cau|chi dao|huong dan|lo trinh|thuc te|nhu cau)\b"
)
OPEN_END = re.compile(
    r"(?:\bva |, ?|- ?)?(?:cac|nhung) nam (?:tiep theo|tiep sau|ke tiep|sau|toi_?|tiep)\b|\btro_? di\b"
)
SCHOOL = re.compile(r"\b(?:nam hoc|hoc ky|hoc ki)\b")
SCHOOL_YEAR = re.compile(r"\bnam hoc 20\d\d ?[/-] ?(20\d\d)")
LUNAR = re.compile(
    r"\bam lich\b|\bram thang\b|\bm[uo]ng \d{1,2}(?: thang |/)\d{1,2}(?! ?,? ?(?:nam|/) ?20)"
    r"|\b(?:thang|ngay) (?:gieng|chap)\b|\b(?:truoc|sau|dip|den|trong) tet\b|\btet nguyen dan\b"
)
EXPECTED = re.compile(r"\b(?:du kien|khoang|tuy_? (?:thoi|tinh|theo)|uoc|co the)\b")
WHICH = re.compile(r"\b(?:trong|cuoi|dau|giua|het) (?:quy|thang|tuan|ky)\b(?! ?[#\d]| bao cao)")
START_OF_RANGE = re.compile(r"\btu (?:ngay )?\d{1,2}(?: (?=#)| ?- ?(?=#)| den (?:het )?(?:ngay )?(?=#))")
OF_A_WEEK = re.compile(r"\btuan\b|\bchu nhat\b|\bthu (?:hai|ba|tu_?|nam_?|sau_?|bay|[2-7])\b")
# What a report or a meeting is about: «sơ kết 6 tháng», «tổng kết 5 năm».
TOPIC = re.compile(r"\b(?:so ket|tong ket|bao cao|danh gia|ket qua) \d{1,2} (?:thang|nam)\b")
# Beside another time it only says that there may be more.
BESIDES = re.compile(
    r"(?:\bva |\bhoac |, ?)(?:bao cao )?(?:dot xuat|(?=khi co))(?: ?(?:khi co|theo) (?:yeu cau|phat sinh)[^;,#]*)?"
)
FROM_EVENT = re.compile(r"\b(?:ke )?tu (?:nay|khi|ngay|thoi diem)[^;,#]*(?=#)")
DASHED = re.compile(r"(?<=#) ?-+ ?(?=#)")
# What is left of words that were understood must not look like a time any more.
SUSPECT = re.compile(
    r"\d ?[/.-] ?\d|\b(?:thang|quy|ngay|tuan|nam|t|q) ?\d|\b\d+ (?:ngay|thang|tuan|nam|quy|gio)\b|\b20\d\d\b"
    r"|\d ?#|# ?\d|#_|_#|[/-] ?#|# ?[/]|\b(?:dau|giua|cuoi) (?:thang|quy|nam|tuan)\b|\bquy [ivxl]+\b"
    r"|\b(?:truoc|sau)\b(?! mat| tien| do\b)|# ?,? ?hoac\b|\bhoac(?: [a-z_]+)? ?#"
    r"|(?:thang|tuan|quy|nam)_? (?:sau|toi_?|ke tiep|tiep theo|truoc)\b|\bthang (?:sau|tu)\?|\bngay cuoi\b"
    r"|\bden nay\b|\bcac (?:thang|quy|tuan|ngay)\b|\bngay ?[._]"
    # What stands before a date and makes it that of something else: a session, a term of office, a holiday.
    r"|\b(?:ky hop|phien hop|dai hoi|hoi nghi|nhiem ky|dip|chao mung|ky niem|so lieu|chot)"
    r"(?: tinh)?(?: ngay)? ?#|\b(?:khong|tru_?|ngoai_?|thay vi|qua han|som hon) ?#|\btruoc day\b|\b(?:dau|giua) ?#"
    r"|\bngay (?:lam viec )?(?:dau|cuoi)\b|\b(?:hang|moi) ?#"
    r"|(?<!\bky )(?<!doan )(?<!muc )(?<!dot )(?<!cap )(?<!phan )\b(?:ii|iii|iv)\b"
)


@dataclass(frozen=True)
class Clause:
    """What was found in a clause: `rest` is its text with `dates.TAKEN` where it was understood."""

    words: Spelled
    dates: tuple[Ranged, ...]
    recurs: rhythm.Recurs
    waits: tuple[Waits, ...]
    constant: bool
    open_end: bool
    school: bool
    rest: str

    @property
    def firm(self) -> tuple[Ranged, ...]:
        """The stretches that are more than a year in a title."""
        return tuple(each for each in self.dates if not each.stretch.loose)

    @property
    def has_time(self) -> bool:
        """Whether anything in it gives a time."""
        return bool(self.firm or self.recurs or self.waits or self.constant or self.recurs.days)

    def taken(self) -> Sequence[tuple[int, int]]:
        """The places of what gives a time."""
        return [match.span() for match in re.finditer(TAKEN + "+", self.rest)]


def find(words: Spelled, basis: Basis) -> Clause:
    """Everything of time in a clause, in the order in which one rule may take words from the next."""
    waits, text = relative.find_offsets(words, words.text)
    constant, text = _mark(CONSTANT, text)
    stretches, text = dates.find(text)
    text = START_OF_RANGE.sub(lambda match: TAKEN * len(match[0]), text)
    if stretches and "den" in stretches[0].said:
        text = FROM_EVENT.sub(lambda match: TAKEN * len(match[0]), text, count=1)
    text = DASHED.sub(lambda match: TAKEN * len(match[0]), text)
    open_end, text = _mark(OPEN_END, text)
    days, text = recurring.find_days(text)
    often, text = recurring.find_often(text)
    weekdays, text = recurring.find_weekdays(text) if any(each.every == "week" for each in often) else ([], text)
    if stretches or often or days or constant:
        text = BESIDES.sub(lambda match: TAKEN * len(match[0]), text)
    events, text = relative.find_events(words, text)
    ranged = tuple(lists.ranges(stretches, words.text, basis))
    daily = any(each.daily for each in often)
    recurs = rhythm.Recurs(tuple(each for each in often if not each.daily), tuple(days), tuple(weekdays), ranged)
    school = bool(SCHOOL.search(text))
    return Clause(words, ranged, recurs, (*waits, *events), constant or daily, open_end, school, text)


def find_safely(words: Spelled, basis: Basis) -> Clause | None:
    """The same; None where the stretches themselves have to be asked about."""
    try:
        return find(words, basis)
    except Doubtful:
        return None


def _mark(pattern: re.Pattern[str], text: str) -> tuple[bool, str]:
    return bool(pattern.search(text)), pattern.sub(lambda match: TAKEN * len(match[0]), text)


def read(clause: Clause, basis: Basis) -> list[Time]:
    """The times of a clause, each with the clause's words; empty where it has none. Raises Doubtful."""
    if LUNAR.search(clause.words.text):
        raise Doubtful(Why.LUNAR, _still(clause, basis))
    if school := SCHOOL_YEAR.search(clause.words.text):
        year = int(school[1])
        raise Doubtful(Why.SCHOOL, [Choice((each,)) for each in _held([date(year, 5, 31), date(year, 6, 30)], basis)])
    times = _times(clause, basis)
    if not times:
        return _without_date(clause, basis)
    if clause.open_end and any(time.kind is Kind.DATED for time in times):
        due = times[-1].due
        yearly = Choice((Time(Kind.PERIODIC, every="year"),))
        raise Doubtful(Why.OPEN_END, (yearly, ONGOING, *((on(due),) if due else ())))
    dated = any(time.due for time in times)
    if dated and EXPECTED.search(clause.rest):
        raise Doubtful(Why.EXPECTED, (Choice(tuple(times)), UNDATED))
    rest = TOPIC.sub(" ", clause.rest)
    if SUSPECT.search(rest) or (clause.recurs and OF_A_WEEK.search(clause.rest)):
        raise Doubtful(Why.UNCLEAR, (Choice(tuple(times)), UNDATED))
    return [replace(time, words=clause.words.words(0, len(clause.words.text))) for time in times]


def _held(days: Sequence[date], basis: Basis) -> list[Time]:
    return [Time(Kind.DATED, day) for day in days if basis.holds(day)]


def _still(clause: Clause, basis: Basis) -> tuple[Choice, ...]:
    """What the same words give without what makes them doubtful, as one of the answers."""
    try:
        times = tuple(_times(clause, basis))
    except Doubtful:
        times = ()
    return (*((Choice(times),) if times else ()), UNDATED)


def _times(clause: Clause, basis: Basis) -> list[Time]:
    kinds = [bool(clause.waits), bool(clause.recurs), clause.constant]
    firm = [each for each in clause.firm if each.stretch.form is not Form.YEAR or each.begin]
    if clause.waits:
        return _waiting(clause, firm, basis)
    times: list[Time] = []
    if clause.constant:
        if firm and not (len(firm) == 1 and not {"den", "tu"} & firm[0].stretch.said and firm[0].begin is None):
            raise Doubtful(Why.SEVERAL, (ONGOING, *_deadlines(firm, basis)))
        times.append(Time(Kind.ONGOING))
        if firm and not clause.recurs:
            times.insert(0, lists.read(firm, basis, school=clause.school)[0])
    if clause.recurs:
        times += rhythm.read(clause.recurs, basis)
    elif clause.recurs.days:
        raise Doubtful(Why.RHYTHM, (Choice((_monthly(clause),)), UNDATED))
    if not any(kinds) and clause.firm:
        times = lists.read(clause.dates, basis, school=clause.school)
    return times


def _monthly(clause: Clause) -> Time:
    day = clause.recurs.days[0]
    return Time(Kind.PERIODIC, rule=Recurrence(every="month", day=day.day, before=day.before))


def _deadlines(found: Sequence[Ranged], basis: Basis) -> list[Choice]:
    choices = []
    for each in found[:2]:
        try:
            choices.append(Choice((deadline(each.stretch, basis, ranged=True),)))
        except Doubtful:
            continue
    return choices


def _waiting(clause: Clause, firm: Sequence[Ranged], basis: Basis) -> list[Time]:
    """What waits for an event; beside a date it has to be asked which of the two holds."""
    times = [_counted(waits, basis) or Time(Kind.EVENT, rule=waits.rule) for waits in clause.waits]
    recurring_ones = [waits for waits in clause.waits if waits.recurs and waits.rule.unit is Unit.YEARS]
    if recurring_ones and len(clause.waits) == 1 and 0 < (recurring_ones[0].rule.offset or 0) <= 20:
        times = [Time(Kind.PERIODIC, rule=Recurrence(every="year", interval=recurring_ones[0].rule.offset or 1))]
    if firm or len(clause.waits) > 1 or clause.recurs.days:
        raise Doubtful(Why.SEVERAL, [*(Choice((time,)) for time in times), *_deadlines(firm, basis)][:3])
    if clause.constant:
        times.insert(0, Time(Kind.ONGOING))
    if clause.recurs:
        times += rhythm.read(replace(clause.recurs, dates=()), basis)
    return times


def _counted(waits: Waits, basis: Basis) -> Time | None:
    """The day of what is counted in days, weeks or months from a date that is printed; None where none is."""
    stretches, rest = dates.find(waits.event)
    if not stretches:
        return None
    if len(stretches) > 1 or stretches[0].form is not Form.DAY or re.search("[a-z]", rest):
        raise Doubtful(Why.SEVERAL, (Choice((Time(Kind.EVENT, rule=waits.rule),)), UNDATED))
    rule = waits.rule
    begin = _printed_day(stretches[0], basis)
    if rule.unit is Unit.WORKING_DAYS:
        return Time(Kind.EVENT, rule=rule.model_copy(update={"since": begin}))
    due = after(begin, rule)
    if due is None or not basis.holds(due):
        raise Doubtful(Why.FAR, (Choice((Time(Kind.EVENT, rule=rule),)), UNDATED))
    return Time(Kind.DATED, due, start=begin)


def _printed_day(stretch: Stretch, basis: Basis) -> date:
    if stretch.year is None:
        stretch = replace(stretch, year=basis.year if basis.year is not None else basis.signed.year)
    try:
        return stretch.days(stretch.year or basis.signed.year)[0]
    except (ValueError, OverflowError):
        raise Doubtful(Why.NO_SUCH_DAY) from None


def after(begin: date, rule: Trigger) -> date | None:
    """The local day at a rule's offset from a day; None where it counts working days or would leave all dates."""
    count = rule.offset or 0
    if rule.unit is Unit.WORKING_DAYS:
        return None
    try:
        if rule.unit in (Unit.MONTHS, Unit.YEARS):
            months = begin.year * 12 + begin.month - 1 + count * (12 if rule.unit is Unit.YEARS else 1)
            last = (date(months // 12 + (months % 12 == 11), (months + 1) % 12 + 1, 1) - timedelta(days=1)).day
            return date(months // 12, months % 12 + 1, min(begin.day, last))
        return begin + timedelta(days=count * (7 if rule.unit is Unit.WEEKS else 1))
    except (ValueError, OverflowError):
        return None


def _without_date(clause: Clause, basis: Basis) -> list[Time]:
    if WHICH.search(clause.rest):
        raise Doubtful(Why.WHICH)
    if clause.school:
        year = basis.signed.year
        days = [date(year + n, 5, 31) for n in (0, 1)]
        raise Doubtful(Why.SCHOOL, [Choice((each,)) for each in _held(days, basis)])
    if SUSPECT.search(clause.rest) or EXPECTED.search(clause.rest):
        raise Doubtful(Why.UNREAD)
    if relative.SUDDEN.search(clause.rest):
        rule = Trigger(after=clause.words.words(0, len(clause.words.text)), each=True)
        return [Time(Kind.EVENT, rule=rule, words=rule.after)]
    if NO_DATE.search(clause.rest):
        return [Time(Kind.UNDATED, words=clause.words.words(0, len(clause.words.text)))]
    return []
