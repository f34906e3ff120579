"""The days that an admin laid over the office's calendar, and which deadlines moved with those to come."""

from dataclasses import dataclass
from datetime import date, datetime

from starlette.responses import Response

from desk.desk import Asked
from desk.page import render
from progress.acts import office_day
from progress.acts.decisions import SetOfficeDay
from progress.acts.scene import Scene
from progress.submit import Statement
from store import current_office, people
from store.plan_tables import OfficeDay

# What a day moved is reckoned over all open work, one day after the other.
RECKONED = 12


@dataclass(frozen=True)
class Day:
    """A day off or a working one: who set it, why, and the work whose deadline it moves."""

    day: date
    kind: str
    basis: str
    by: str
    at: datetime
    works: tuple[str, ...]
    is_reckoned: bool


def show(asked: Asked) -> Response:
    """Every day that is set, the newest first."""
    rows = sorted(current_office.days(asked.session).values(), key=lambda row: row.day, reverse=True)
    today = asked.office.today(asked.now)
    ahead = {row.day for row in sorted(rows, key=lambda row: row.day) if row.day >= today}
    reckoned = set(sorted(ahead)[:RECKONED])
    return render(asked, "plan_days.html", days=[_day(asked, row, is_ahead=row.day in reckoned) for row in rows])


def _day(asked: Asked, row: OfficeDay, *, is_ahead: bool) -> Day:
    return Day(
        day=row.day,
        kind=row.kind,
        basis=row.basis or row.name,
        by=people.named(asked.session, asked.office.agency_short, row.set_by) if row.set_by else "",
        at=row.set_at,
        works=_moved_by(asked, row) if is_ahead else (),
        is_reckoned=is_ahead,
    )


def _moved_by(asked: Asked, row: OfficeDay) -> tuple[str, ...]:
    """What would move back without the day is what moved with it."""
    scene = Scene(asked.session, asked.office, asked.viewer.actor, asked.now)
    said = Statement(asked.viewer.person_id, asked.now, "", "")
    without = SetOfficeDay(said, row.day, "off" if row.kind == "off" else "work", undo=True)
    return office_day.works(asked.office, office_day.moved(scene, office_day.calendar_after(scene, without)))
