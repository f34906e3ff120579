"""The first page: what this week asks for, what is late, what waits, whom nobody reaches, who has handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from desk import list_links
from desk.desk import Asked
from desk.lists.tabs import Tab
from desk.page import render
from plan.joint import concerns
from plan.status import WAITING
from progress import board, recipients
from progress.handed_in import HandedIn, handed_in
from progress.items import Item, item_of, label, period, when
from progress.this_week import SPOKEN_OF, Heading, grouped, last_day
from reports.figures.period import nearest
from store import obligations
from words.message import plain

# The page is one sheet of paper: what a heading has more of stands in the list behind it.
SHOWN, TITLE = 8, 90
# Where the list of tasks shows the same; what is due this week is a part of what is near.
FILTERS = {
    Heading.LATE: Tab.OVERDUE,
    Heading.RETURNED: Tab.RETURNED,
    Heading.WEEK: Tab.NEAR,
    Heading.WAITING: Tab.WAITING,
    Heading.BLOCKED: Tab.BLOCKED,
}


@dataclass(frozen=True)
class Owner:
    """An agency on a line, and where its obligation is looked at."""

    name: str
    path: str


@dataclass(frozen=True)
class Line:
    """One result that stands the same at all its `owners`; `when` is how it stands, in words."""

    code: str
    title: str
    due: date | None
    when: str
    owners: tuple[Owner, ...]


@dataclass(frozen=True)
class Part:
    """A heading with its first lines; `count` is how many there are, `more` how many of them stand in the list only."""

    name: str
    path: str
    lines: tuple[Line, ...]
    count: int
    more: int


@dataclass(frozen=True)
class Reports:
    """The reports of one period; `missing` are the agencies that have not handed in, `path` is where more is said of
    them and `urge` where they are urged, empty for who may not."""

    period: str
    there: int
    total: int
    missing: tuple[str, ...]
    path: str
    urge: str


@dataclass(frozen=True)
class Away:
    """Somebody who is away today; `stand_in` is empty where nobody stands in."""

    name: str
    agency: str
    last: date
    stand_in: str


def show(asked: Asked) -> Response:
    """The page of today, for the viewer's part of the office."""
    office, today = asked.office, asked.office.today(asked.now)
    found = grouped(office, _items(asked), today)
    parts = [_part(asked, heading, items) for heading, items in found.items()]
    reports = _reports(asked)
    nobody = _nobody(asked)
    return render(
        asked,
        "today.html",
        today=today,
        last=last_day(office, today),
        parts=parts,
        reports=reports,
        nobody=nobody,
        away=_away(asked),
        copied_text=as_text(asked, parts, reports, nobody),
    )


def as_text(asked: Asked, parts: Sequence[Part], reports: Reports, nobody: Sequence[str]) -> str:
    """The page as plain text that can be put into any chat."""
    lines = [asked.t("desk.today_copy", today=asked.office.today(asked.now), office=asked.office.compiler_name)]
    for part in parts:
        if part.count:
            lines += ["", asked.t(f"desk.today_{part.name}", count=part.count)]
            lines += [
                asked.t(
                    "desk.today_copy_line",
                    code=each.code,
                    when=each.when,
                    title=each.title,
                    agencies=[owner.name for owner in each.owners],
                )
                for each in part.lines
            ]
            lines += [asked.t("desk.today_more", count=part.more)] if part.more else []
    if reports.total:
        lines += ["", asked.t("desk.today_reports", **vars(reports)), _missing(asked, reports)]
    lines += ["", asked.t("desk.today_nobody", count=len(nobody)), ", ".join(nobody)] if nobody else []
    return plain("\n".join(lines)).strip()


def _missing(asked: Asked, reports: Reports) -> str:
    return asked.t("desk.today_missing", agencies=list(reports.missing))


def _items(asked: Asked) -> list[Item]:
    """What the viewer may see of what can be spoken of."""
    if asked.viewer.reads_all:
        rows = obligations.all_of(asked.session, states=SPOKEN_OF)
    else:
        rows = obligations.of_agencies(asked.session, asked.viewer.agencies, states=SPOKEN_OF)
    return [item for row in rows if (item := item_of(asked.office, row))]


def _part(asked: Asked, heading: Heading, items: Sequence[Item]) -> Part:
    lines = _lines(asked, items)
    shown = lines[:SHOWN]
    more = len(items) - sum(len(each.owners) for each in shown)
    return Part(heading.value, list_links.of_list(tab=FILTERS[heading]), tuple(shown), len(items), more)


def _lines(asked: Asked, items: Sequence[Item]) -> list[Line]:
    """One line for what many agencies owe alike: a meeting goes through the tasks, not through 23 rows of one."""
    office, today = asked.office, asked.office.today(asked.now)
    found: dict[tuple[str, str, str, date | None, str], list[Item]] = {}
    for item in items:
        row = item.row
        state = asked.t(f"state.{row.state}", at=row.done_at)
        how = state if row.state in WAITING else when(office, item, today)
        found.setdefault((row.plan_id, row.milestone, row.occurrence, row.due, how), []).append(item)
    return [
        Line(
            code=label(alike[0]),
            title=alike[0].task.short(TITLE),
            due=key[3],
            when=key[4],
            owners=tuple(_owner(asked, each) for each in alike),
        )
        for key, alike in found.items()
    ]


def _owner(asked: Asked, item: Item) -> Owner:
    return Owner(asked.office.agency_short(item.row.agency_id), list_links.of_task(item.row.id or 0))


def _reports(asked: Asked) -> Reports:
    """Who has handed in for the period whose reports are written now."""
    window = nearest(asked.office, asked.now)
    found = _mine(asked, handed_in(asked.session, window.key))
    missing = dict.fromkeys(row.agency_id for row in found.missing)
    return Reports(
        period=plain(period(asked.office, window.key)),
        there=len(found.there),
        total=len(found.there) + len(found.missing),
        missing=tuple(asked.office.agency_short(each) for each in asked.office.in_order(missing)),
        path=f"/bao-cao/{window.key}" if asked.viewer.reads_all else "",
        urge=list_links.of_urging(row.id or 0 for row in found.missing) if asked.viewer.is_admin else "",
    )


def _mine(asked: Asked, found: HandedIn) -> HandedIn:
    """Of the reports those that the viewer may see."""
    if asked.viewer.reads_all:
        return found
    mine = asked.viewer.agencies
    return HandedIn(
        tuple(row for row in found.there if concerns(row.agency_id, mine)),
        tuple(row for row in found.missing if concerns(row.agency_id, mine)),
    )


def _nobody(asked: Asked) -> list[str]:
    """The agencies that owe something and hear nothing; for who reads the whole office."""
    if not asked.viewer.reads_all:
        return []
    found = recipients.uncovered(asked.session, asked.office, obligations.owing(asked.session), asked.now)
    return [asked.office.agency_short(each) for each in asked.office.in_order(found)]


def _away(asked: Asked) -> list[Away]:
    """Who is away today, in the viewer's part of the office."""
    linked = board.board(asked.session, asked.office, asked.now).linked
    return [
        Away(
            each.person.name,
            asked.office.agency_short(agency),
            each.absence.last,
            each.stand_in.name if each.stand_in else "",
        )
        for agency in asked.office.in_order(linked)
        for each in linked[agency]
        if each.absence is not None and (asked.viewer.reads_all or agency in asked.viewer.agencies)
    ]
