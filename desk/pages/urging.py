"""Đôn đốc: what is late and can be urged, whom nobody reaches, what goes out in the next thirty days."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from starlette.responses import Response

from desk import list_links
from desk.desk import Asked
from desk.lists.tabs import Tab
from desk.page import render
from desk.pages import letters
from plan.joint import members
from progress import recipients
from progress.acts.decisions import Way
from progress.items import item_of, label, when
from progress.reminded import coming
from progress.urging import Wanted, of_agency, of_late
from store import audit, listing, obligations
from store.tables import Obligation

AHEAD = timedelta(days=30)
TITLE = 90
WHICH, AGENCY = "viec", "don-vi"
MOST = list_links.MOST_URGED


@dataclass(frozen=True)
class Told:
    """How often it was spoken of: by the service itself, by a message of somebody's, by voice, by a letter."""

    reminded: int = 0
    by_message: int = 0
    by_voice: int = 0
    by_letter: int = 0

    def __add__(self, other: "Told") -> "Told":
        return Told(
            self.reminded + other.reminded,
            self.by_message + other.by_message,
            self.by_voice + other.by_voice,
            self.by_letter + other.by_letter,
        )


@dataclass(frozen=True)
class Line:
    """One obligation that can be urged."""

    id: int
    path: str
    code: str
    title: str
    when: str
    due: date | None
    told: Told = Told()


@dataclass(frozen=True)
class Group:
    """An agency with what it can be urged about; `reached` says whether somebody would hear it."""

    agency: str
    name: str
    path: str
    reached: bool
    lines: tuple[Line, ...]
    told: Told
    letters: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Day:
    """What goes out on one day: for each agency its name and how many results its officers hear of."""

    day: date
    agencies: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many results in all."""
        return sum(count for _, count in self.agencies)


def show(asked: Asked) -> Response:
    """The page; `don-vi` names one agency, of which what is near is shown too."""
    office = asked.office
    known = office.owing()
    agency = asked.query.get(AGENCY, "")
    agency = agency if agency in known else ""
    wanted = _wanted(asked, agency)
    nobody = recipients.uncovered(asked.session, office, obligations.owing(asked.session), asked.now)
    times = _times(asked, wanted)
    return render(
        asked,
        "urging.html",
        agency=agency,
        agencies=[(each, office.agency_short(each)) for each in known],
        groups=[_group(asked, each, wanted, nobody, times) for each in office.in_order(wanted.rows)],
        nobody=[(each, office.agency_short(each)) for each in office.in_order(nobody)],
        days=_days(asked, nobody),
        may=asked.viewer.is_admin,
    )


def _wanted(asked: Asked, agency: str) -> Wanted:
    if agency:
        return of_agency(asked.session, asked.office, agency, asked.now)
    return of_late(asked.session, asked.office, asked.now)


def _times(asked: Asked, wanted: Wanted) -> dict[int, Told]:
    """How often each was spoken of until now: messages that left, and what was noted by hand."""
    numbers = [row.id or 0 for rows in wanted.rows.values() for row in rows]
    by_hand = Counter((each.subject, each.action) for each in audit.of_actions(asked.session, audit.URGED.values()))
    return {
        number: Told(
            beside.reminded,
            beside.urged,
            sum(by_hand[f"obligation:{number}", audit.URGED[way]] for way in (Way.PHONE, Way.MEETING)),
            by_hand[f"obligation:{number}", audit.URGED[Way.LETTER]],
        )
        for number, beside in listing.beside(asked.session, numbers).items()
    }


def _group(asked: Asked, agency: str, wanted: Wanted, nobody: set[str], times: Mapping[int, Told]) -> Group:
    found = [line for row in wanted.rows[agency] if (line := line_of(asked, row)) is not None]
    lines = [replace(line, told=times.get(line.id, Told())) for line in found]
    return Group(
        agency=agency,
        name=asked.office.agency_name(agency),
        path=list_links.of_list(tab=Tab.OVERDUE, agency=agency),
        reached=agency not in nobody,
        lines=tuple(lines),
        told=sum((line.told for line in lines), Told()),
        letters=tuple(letters.offered(asked, [agency]))
        if any(_is_late(asked, row) for row in wanted.rows[agency])
        else (),
    )


def _is_late(asked: Asked, row: Obligation) -> bool:
    return asked.office.lateness(row, asked.office.today(asked.now)).is_late


def line_of(asked: Asked, row: Obligation) -> Line | None:
    """An obligation as a line; None for one that no plan knows any more."""
    item = item_of(asked.office, row)
    if item is None:
        return None
    return Line(
        id=row.id or 0,
        path=list_links.of_task(row.id or 0),
        code=label(item),
        title=item.task.short(TITLE),
        when=when(asked.office, item, asked.office.today(asked.now)),
        due=row.due,
    )


def _days(asked: Asked, nobody: set[str]) -> list[Day]:
    """The days on which something goes out: to an agency of which nobody is reached nothing does."""
    office, today = asked.office, asked.office.today(asked.now)
    days = [
        Day(
            each.day,
            tuple(
                (office.agency_short(agency), len(rows))
                for agency, rows in each.rows.items()
                if not nobody.issuperset(members(agency))
            ),
        )
        for each in coming(asked.session, office, today, today + AHEAD)
    ]
    return [each for each in days if each.agencies]
