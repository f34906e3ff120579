"""The days that an admin laid over the office's calendar, which deadlines moved with those to come, and setting one."""

from dataclasses import dataclass
from datetime import date, datetime

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk.desk import Asked
from desk.page import render
from desk.pages.plans import DAYS
from progress.acts import office_day
from progress.acts.decisions import SetOfficeDay
from progress.shifts import Shift
from progress.submit import Statement
from store import current_office, people
from store.plan_tables import OfficeDay
from words.dates import sent_day
from words.message import say
from words.names import one_line

LOOK = f"{DAYS}/xem"
# A basis is a document's number and what it is about.
LONGEST = 300
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
    days = [_day(asked, row, is_ahead=row.day in reckoned) for row in rows]
    return render(asked, "plan_days.html", days=days, today=today, look=LOOK, may=asked.viewer.is_admin)


def look(asked: Asked) -> Response:
    """What would move with the day that the address names, and the form for it, or why it cannot be.

    Raises HTTPException(404) for who may not, and for an address that no form of ours makes.
    """
    kind, undo = asked.query.get("loai", ""), asked.query.get("bo") == "1"
    basis = one_line(asked.query.get("ly-do", ""), LONGEST).strip()
    day = sent_day(asked.query.get("ngay", ""))
    if not asked.viewer.is_admin or kind not in ("off", "work") or (day is not None and not undo and not basis):
        raise HTTPException(404)
    no = asked.t("desk_plan.day_unread") if day is None else None
    found: list[Shift] = []
    if day is not None:
        said = Statement(asked.viewer.person_id, asked.now, "", "", basis)
        act = SetOfficeDay(said, day, "off" if kind == "off" else "work", undo)
        no = office_day.refusal(asked.scene, act)
        found = office_day.moved(asked.scene, office_day.calendar_after(asked.scene, act)) if no is None else []
    items = [say(line) for line in office_day.lines(asked.office, found)]
    return render(
        asked,
        "plan_day.html",
        kind="undone" if undo else kind,
        of=kind,
        day=day,
        basis=basis,
        undo=undo,
        no=no,
        count=len(found),
        items=items,
        way_back=DAYS,
    )


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
    scene = asked.scene
    said = Statement(asked.viewer.person_id, asked.now, "", "")
    without = SetOfficeDay(said, row.day, "off" if row.kind == "off" else "work", undo=True)
    return office_day.works(asked.office, office_day.moved(scene, office_day.calendar_after(scene, without)))
