"""The sentences of a report that its rows give: what was done, what is late, what hinders, what is asked for."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from reports.gathered import DONE, IN_TEXT, NOTE, Gathered, Teller, gathered
from reports.record import Record, Row
from reports.summary import Box
from words.render import clip, written_day

ANSWERED = (Box.WAITING, Box.UNPROVEN, Box.RETURNED, Box.FLAGGED)
UNFINISHED = (Box.NEAR, Box.OPEN, Box.ONGOING, Box.EVENT, Box.UNDATED, Box.UNCONFIRMED, *ANSWERED)

day = written_day


def following(value: date) -> date:
    """The next local day."""
    return value + timedelta(days=1)


def small(title: str) -> str:
    """A title as it follows «về việc»: with a small first letter, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def results(tell: Teller, groups: Sequence[Gathered], *, alone: bool) -> tuple[str, ...]:
    """What was done, task by task; `alone` where all is of one agency, which is not named."""
    found = []
    for group in groups:
        if done := group.of(*DONE):
            told = _told(tell, done, alone=alone)
            found.append(
                tell("result", code=group.first.code, title=tell.title(group.first), done=len(done),
                     total=len(group.rows), told=told)
            )  # fmt: skip
    return tuple(found)


def going(tell: Teller, groups: Sequence[Gathered], *, alone: bool) -> tuple[str, ...]:
    """What is under way, where the agencies told something of it."""
    found = []
    for group in groups:
        told = [row for row in group.of(*UNFINISHED) if row.progress or row.box in ANSWERED]
        if told:
            said = _told(tell, told, alone=alone)
            found.append(tell("going", code=group.first.code, title=tell.title(group.first), told=said))
    return tuple(found)


def late_of(tell: Teller, groups: Sequence[Gathered], *, alone: bool) -> tuple[str, ...]:
    """What is late in a section, and whose it is."""
    found = []
    for group in groups:
        if rows := group.of(Box.OVERDUE):
            row = group.first
            who = "" if alone else tell.named(rows, IN_TEXT, bare=True)
            found.append(tell("late", code=row.code, title=tell.title(row), count=len(rows), who=who, due=rows[0].due))
    return tuple(found)


def late(tell: Teller, record: Record) -> tuple[str, ...]:
    """What is late and how long, the longest first."""
    groups = [Gathered(rows) for group in gathered(record.rows) if (rows := group.of(Box.OVERDUE))]
    found = []
    for group in sorted(groups, key=_latest):
        rows = sorted(group.rows, key=lambda row: row.days or 0)
        days = [-(row.days or 0) for row in rows]
        found.append(
            tell("late_long", code=rows[0].code, title=tell.title(rows[0]), count=len(rows), least=min(days),
                 most=max(days), who=tell.named(rows, IN_TEXT, bare=True))
        )  # fmt: skip
    return tuple(found)


def blocked(tell: Teller, record: Record) -> tuple[str, ...]:
    """What hinders, by task; agencies that said the same together."""
    found = []
    for group in gathered(row for row in record.rows if row.blocked and row.box not in DONE):
        said: dict[str, list[Row]] = {}
        for row in group.rows:
            said.setdefault(clip(row.blocked, NOTE).rstrip("."), []).append(row)
        told = "; ".join(
            tell("obstacle", who=tell.named(rows, IN_TEXT, bare=True), note=note) for note, rows in said.items()
        )
        found.append(tell("blocked", code=group.first.code, title=tell.title(group.first), told=told))
    return tuple(found)


def between(tell: Teller, record: Record) -> tuple[str, ...]:
    """The deadlines that the figures cannot hold yet, task by task."""
    wanted = frozenset(record.between)
    return tuple(
        tell("between", code=group.first.code, title=tell.title(group.first), count=len(group.rows),
             who=tell.named(group.rows, IN_TEXT, bare=True), due=group.first.due)
        for group in gathered(row for row in record.rows if row.id in wanted)
    )  # fmt: skip


def proposals(tell: Teller, record: Record, to: str) -> tuple[str, ...]:
    """What the answers ask of others: obstacles to be removed, answers to be decided, dates to be given; `to` whom."""
    found = []
    hindered = _codes(row for row in record.rows if row.blocked and row.box not in DONE)
    if hindered:
        found.append(tell("ask_obstacles", to=to, codes=hindered))
    undated = _codes(row for row in record.rows if row.box is Box.UNCONFIRMED)
    if undated:
        found.append(tell("ask_dates", to=to, codes=undated))
    waiting = [row for row in record.rows if row.box in ANSWERED]
    if waiting:
        found.append(tell("ask_decisions", count=len(waiting), codes=_codes(waiting)))
    late_ones = [row for row in record.rows if row.box is Box.OVERDUE]
    if late_ones:
        bodies = len({row.agency for row in late_ones})
        found.append(tell("ask_late", count=len(late_ones), bodies=bodies, codes=_codes(late_ones)))
    return tuple(found)


def _codes(rows: Iterable[Row]) -> str:
    return ", ".join(dict.fromkeys(row.code for row in rows))


def _told(tell: Teller, rows: Sequence[Row], *, alone: bool) -> str:
    if alone:
        return "; ".join(each for row in rows for each in (tell.details(row) or [tell.state(row)]))
    return tell.named(rows, IN_TEXT)


def _latest(group: Gathered) -> int:
    return min(row.days or 0 for row in group.rows)
