"""The sentences of a report that its rows give: what was done, what is late, what hinders, what is asked for."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from plan.model import Kind
from reports.figures.by_milestone import IN_TEXT, NOTE, TOLD_IN_TEXT, Gathered, Teller, gathered
from reports.figures.record import PlanName, Record, Row
from reports.figures.summary import APART, DONE, Box
from words.render import clip, written_day

UNFINISHED = (Box.NEAR, Box.OPEN, Box.ONGOING, Box.EVENT, Box.UNDATED, Box.UNCONFIRMED, *sorted(APART))

day = written_day


def following(value: date) -> date:
    """The next local day."""
    return value + timedelta(days=1)


def about(plan: PlanName) -> str:
    """What a decision is about, as it follows «về việc»: its title to the end of the plan's name."""
    place = plan.title.casefold().find(plan.name.casefold())
    return small(plan.title[: place + len(plan.name)] if place >= 0 else plan.title)


def small(title: str) -> str:
    """A title as it follows «về việc»: with a small first letter, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def is_alone(record: Record) -> bool:
    """Whether all is of one agency, which its own report need not name in every sentence."""
    return len(record.scope) == 1 and len({row.agency for row in record.rows}) <= 1


class Narrator:
    """Tells one part of a report: a task's title stands where it is first spoken of there."""

    def __init__(self, tell: Teller, *, alone: bool) -> None:
        self._tell, self._alone = tell, alone
        self._spoken: set[tuple[str, str]] = set()

    def results(self, groups: Sequence[Gathered]) -> tuple[str, ...]:
        """What was done, task by task."""
        return tuple(
            self._tell(
                "result", code=group.first.code, title=self._title(group), done=len(done), total=_several(group.rows),
                told=self._told(done),
            )
            for group in groups
            if (done := group.of(*DONE))
        )  # fmt: skip

    def going(self, groups: Sequence[Gathered]) -> tuple[str, ...]:
        """What is under way, where the agencies told something of it or their answer waits."""
        return tuple(
            self._tell("going", code=group.first.code, title=self._title(group), told=self._told(told))
            for group in groups
            if (told := [row for row in group.of(*UNFINISHED) if row.progress or row.box in APART])
        )

    def late(self, groups: Sequence[Gathered]) -> tuple[str, ...]:
        """What is late, and whose it is."""
        return tuple(
            self._tell(
                "late", code=group.first.code, title=self._title(group), several=_several(rows), who=self._who(rows),
                due=rows[0].due,
            )
            for group in groups
            if (rows := group.of(Box.OVERDUE))
        )  # fmt: skip

    def late_long(self, groups: Sequence[Gathered]) -> tuple[str, ...]:
        """What is late and how long, the longest first."""
        found = [Gathered(rows) for group in groups if (rows := group.of(Box.OVERDUE))]
        return tuple(self._late_long(group) for group in sorted(found, key=lambda group: -max(_days(group))))

    def _late_long(self, group: Gathered) -> str:
        rows, days = sorted(group.rows, key=lambda row: row.days or 0), _days(group)
        least, most = min(days), max(days)
        return self._tell(
            "late_long", code=group.first.code, title=self._title(group), several=_several(rows),
            least=least if least != most else 0, most=most, who=self._who(rows),
        )  # fmt: skip

    def blocked(self, groups: Sequence[Gathered]) -> tuple[str, ...]:
        """What hinders, by task; agencies that said the same together."""
        return tuple(
            self._tell("blocked", code=group.first.code, title=self._title(group), told=self._obstacles(rows))
            for group in groups
            if (rows := [row for row in group.rows if row.blocked and row.box not in DONE])
        )

    def _obstacles(self, rows: Sequence[Row]) -> str:
        said: dict[str, list[Row]] = {}
        for row in rows[:IN_TEXT]:
            said.setdefault(clip(row.blocked, NOTE).rstrip("."), []).append(row)
        told = [self._tell("obstacle", who=self._who(same), note=note) for note, same in said.items()]
        more = [self._tell("more_in_annex", count=len(rows) - IN_TEXT)] if len(rows) > IN_TEXT else []
        return "; ".join([*told, *more])

    def _title(self, group: Gathered) -> str:
        key = (group.first.plan, group.first.code + group.first.occurrence)
        if key in self._spoken:
            return ""
        self._spoken.add(key)
        return self._tell.title(group.first)

    def _who(self, rows: Sequence[Row]) -> str:
        return "" if self._alone else self._tell.named(rows, IN_TEXT, bare=True)

    def _told(self, rows: Sequence[Row]) -> str:
        if self._alone:
            return "; ".join(each for row in rows for each in (self._tell.details(row) or [self._tell.state(row)]))
        return self._tell.named(rows, TOLD_IN_TEXT)


def between(tell: Teller, record: Record) -> str:
    """The tasks whose deadlines the figures cannot hold yet."""
    wanted = frozenset(record.between)
    groups = gathered(row for row in record.rows if row.id in wanted)
    return ", ".join(tell("between", code=group.first.code, count=len(group.rows)) for group in groups)


def proposals(tell: Teller, record: Record, to: str) -> tuple[str, ...]:
    """What the answers ask of others: obstacles to be removed, dates to be given, answers to be decided; `to` whom."""
    hindered = [row for row in record.rows if row.blocked and row.box not in DONE]
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
