"""The sentences of a report that its rows give: what was done, what is late, what hinders, what is asked for."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from plan.causes import Cause
from plan.model import Kind
from reports.figures.boxes import APART, DONE, Box
from reports.figures.by_milestone import IN_TEXT, NOTE, TOLD_IN_TEXT, Gathered, Teller, gathered, spoken
from reports.figures.record import PlanName, Record, Row
from words.render import clip, written_day

# So many periods of what recurs are told in a sentence.
PERIODS = 4
# So much of the printed words tells a milestone from another one of its task.
PRINTED = 40
FEW = 3
UNFINISHED = (Box.NEAR, Box.OPEN, Box.ONGOING, Box.EVENT, Box.UNDATED, Box.UNCONFIRMED, *sorted(APART))

day = written_day


def following(value: date) -> date:
    """The next local day."""
    return value + timedelta(days=1)


def about(plan: PlanName) -> str:
    """What a decision is about, as it follows «về việc»: its title to the end of the plan's name."""
    place = plan.title.casefold().find(plan.name.casefold())
    return small(plan.title[: place + len(plan.name)] if place >= 0 else plan.title)


def subject(names: str, period: str) -> str:
    """What a report is about: «Kế hoạch … năm 2020, quý I/2020», and not «… năm 2020, năm 2020»."""
    return names if names.casefold().endswith(period.casefold()) else f"{names}, {period}"


def small(title: str) -> str:
    """A title as it follows «về việc»: with a small first letter, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def is_alone(record: Record) -> bool:
    """Whether all is of one agency, which its own report need not name in every sentence."""
    return len(record.scope) == 1 and len({row.agency for row in record.rows}) <= 1


class Narrator:
    """Tells one part of a report, a line for each milestone: a task's title stands where it is first spoken of."""

    def __init__(self, tell: Teller, *, alone: bool) -> None:
        self._tell, self._alone = tell, alone
        self._spoken: set[tuple[str, str]] = set()
        self._tasks: set[tuple[str, str]] = set()

    def results(self, works: Sequence[Gathered]) -> tuple[str, ...]:
        """What was done, task by task."""
        return tuple(self._line("result", work, self._result) for work in works if work.of(*DONE))

    def _result(self, rows: Sequence[Row], *, among_periods: bool) -> str:
        done = Gathered(tuple(rows)).of(*DONE)
        # Who is done of several, and with which document, stands in the annex.
        told = "" if not self._alone and (among_periods or len(rows) > 1) else self._told(done)
        return self._tell("result_of", done=len(done), total=_several(rows), told=told) if done else ""

    def going(self, works: Sequence[Gathered]) -> tuple[str, ...]:
        """What is under way, where the agencies told something of it or their answer waits."""
        return tuple(self._line("going", work, self._going) for work in works if any(map(_goes_on, work.rows)))

    def _going(self, rows: Sequence[Row], *, among_periods: bool) -> str:
        told = [row for row in rows if _goes_on(row)]
        if among_periods and len(told) > TOLD_IN_TEXT:
            return self._tell("going_of", count=len(told))
        return self._told(told)

    def late(self, works: Sequence[Gathered]) -> tuple[str, ...]:
        """What is late, and whose it is."""
        return tuple(self._line("late", work, self._late) for work in works if work.of(Box.OVERDUE))

    def _late(self, rows: Sequence[Row], *, among_periods: bool) -> str:
        late = Gathered(tuple(rows)).of(Box.OVERDUE)
        # The names of many, with how long they are late, are told where all that is late is.
        named = len(late) <= (TOLD_IN_TEXT if among_periods else FEW)
        return self._tell(
            "late_of", several=_several(late), who=self._who(late) if named else "", alone=self._alone,
            dues=sorted({row.due for row in late if row.due is not None}),
        ) if late else ""  # fmt: skip

    def _line(self, key: str, work: Gathered, tell: Callable[..., str]) -> str:
        """A sentence about a milestone; what recurs is told by period, the last first, where something is to tell."""
        periods = gathered(work.rows)
        title = self._title(work.first, period=len(periods) == 1)
        if len(periods) == 1:
            told = tell(work.rows, among_periods=False)
        else:
            each = [(group.first.period, tell(group.rows, among_periods=True)) for group in periods]
            if each[0][1] and len({words for _, words in each}) == 1:
                told = self._tell("all_periods", told=each[0][1], count=len(each))
                return self._tell(key, code=work.first.code, title=title, told=told)
            found = [self._tell("of_period", period=period, told=words) for period, words in each if words]
            more = [self._tell("more_periods", count=len(found) - PERIODS)] if len(found) > PERIODS else []
            told = "; ".join([*found[-PERIODS:], *more])
        return self._tell(key, code=work.first.code, title=title, told=told)

    def late_long(self, works: Sequence[Gathered]) -> tuple[str, ...]:
        """What is late and how long, the longest first."""
        found = [Gathered(rows) for work in works if (rows := work.of(Box.OVERDUE))]
        return tuple(self._late_long(group) for group in sorted(found, key=lambda group: -max(_days(group))))

    def _late_long(self, group: Gathered) -> str:
        rows, days = sorted(group.rows, key=lambda row: row.days or 0), _days(group)
        bodies = len({row.agency for row in rows})
        periods = list(dict.fromkeys(row.period for row in group.rows if row.period))
        return self._tell(
            "late_long", code=group.first.code, title=self._title(group.first, period=False),
            periods=periods[-PERIODS:], more=max(0, len(periods) - PERIODS), count=len(rows),
            bodies=0 if self._alone or bodies == 1 else bodies, least=min(days), most=max(days), who=self._who(rows),
        )  # fmt: skip

    def blocked(self, works: Sequence[Gathered]) -> tuple[str, ...]:
        """What hinders or did in this window, by task; agencies that said the same together."""
        return tuple(
            self._tell(
                "blocked", code=work.first.code, title=self._title(work.first, period=False),
                told=self._obstacles(rows),
            )
            for work in works
            if (rows := [row for row in work.rows if is_hindered(row) or row.overcome])
        )  # fmt: skip

    def _obstacles(self, rows: Sequence[Row]) -> str:
        said: dict[tuple[str, str], list[Row]] = {}
        shown = spoken(rows, IN_TEXT)
        for row in shown:
            over = "" if is_hindered(row) else "done" if row.box in DONE else "open"
            said.setdefault((clip(row.blocked or row.overcome, NOTE).rstrip("."), over), []).append(row)
        told = [
            self._tell("obstacle", who=self._who(same), note=note, over=over) for (note, over), same in said.items()
        ]
        more = [self._tell("more_in_annex", count=len(rows) - len(shown))] if len(rows) > len(shown) else []
        return "; ".join([*told, *more])

    def _title(self, row: Row, *, period: bool) -> str:
        key = (row.plan, row.code + (row.occurrence if period else ""))
        if key in self._spoken:
            return ""
        self._spoken.add(key)
        task = (row.plan, row.task)
        if task in self._tasks:
            # Its title was said with the milestone before: what sets this one apart is when it is due, as printed.
            return self._tell("title", title=clip(row.printed, PRINTED), period=row.period if period else "")
        self._tasks.add(task)
        return self._tell.title(row, period=period)

    def _who(self, rows: Sequence[Row]) -> str:
        if self._alone:
            return ""
        once = {row.agency: row for row in rows}
        return self._tell.named(list(once.values()), IN_TEXT, bare=True)

    def _told(self, rows: Sequence[Row]) -> str:
        if self._alone:
            return "; ".join(each for row in rows for each in (self._tell.details(row) or [self._tell.state(row)]))
        return self._tell.named(rows, TOLD_IN_TEXT)


def causes(tell: Teller, record: Record) -> tuple[str, ...]:
    """Of what is late, how much has an objective cause that is confirmed, and how much waits for that."""
    told = [row for row in record.rows if row.cause in (Cause.CONFIRMED, Cause.WAITING)]
    if not told:
        return ()
    confirmed = sum(row.cause is Cause.CONFIRMED for row in told)
    shown = spoken(told, IN_TEXT)
    named = "; ".join(f"{row.code} – {row.agency_name}: {tell.cause(row)}" for row in shown)
    more = [tell("more_causes_in_annex", count=len(told) - len(shown))] if len(told) > len(shown) else []
    words = "; ".join([named, *more])
    return (tell("causes", confirmed=confirmed, waiting=len(told) - confirmed, told=words),)


def is_hindered(row: Row) -> bool:
    """Whether something stands in the way now."""
    return bool(row.blocked) and row.box not in DONE


def _goes_on(row: Row) -> bool:
    """Whether an agency told something of what it has not done, or its answer waits."""
    told = row.progress or row.said or row.signing is not None
    return row.box in APART or (row.box in UNFINISHED and bool(told))


def between(tell: Teller, record: Record) -> str:
    """The tasks whose deadlines the figures cannot hold yet."""
    wanted = frozenset(record.between)
    groups = gathered(row for row in record.rows if row.id in wanted)
    return ", ".join(tell("between", code=group.first.code, count=len(group.rows)) for group in groups)


def proposals(tell: Teller, record: Record, to: str) -> tuple[str, ...]:
    """What the answers ask of others: obstacles to be removed, dates to be given, answers to be decided; `to` whom."""
    hindered = [row for row in record.rows if is_hindered(row)]
    unconfirmed = [row for row in record.rows if row.box is Box.UNCONFIRMED]
    waiting = [row for row in record.rows if row.box in APART]
    late = [row for row in record.rows if row.box is Box.OVERDUE]
    bodies = len({row.agency for row in late})
    found = (
        (hindered, "ask_obstacles", {"to": to}),
        (unconfirmed, "ask_dates", {"to": to}),
        (waiting, "ask_decisions", {"count": len(waiting), "reports": _reports(waiting)}),
        (late, "ask_late", {"count": len(late), "bodies": bodies, "reports": _reports(late)}),
    )
    return tuple(tell(key, codes=_codes(rows), **values) for rows, key, values in found if rows)


def _reports(rows: Iterable[Row]) -> int:
    return sum(1 for row in rows if row.kind is Kind.PERIODIC)


def _codes(rows: Iterable[Row]) -> str:
    return ", ".join(dict.fromkeys(row.code for row in rows))


def _days(group: Gathered) -> list[int]:
    return [-(row.days or 0) for row in group.rows]


def _several(rows: Sequence[Row]) -> int:
    """How many there are, 0 for a single one: that one is told in another way."""
    return len(rows) if len(rows) > 1 else 0
