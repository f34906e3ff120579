"""Examples that hold now: work that is still open, an undated task, agencies of the plan, days ahead."""

from datetime import date
from typing import Any

from bot.turn import Turn
from plan.model import Kind
from progress.choose import RECURRING, in_order
from progress.reading_rights import READ_ALL
from store import obligations
from store.tables import Obligation
from words.office import Office
from words.samples import ANY_AGENCY, ANY_CODE


def values(turn: Turn) -> dict[str, Any]:
    """What examples are made of.

    Codes, each "" for none: `code` open work of the reader (of anybody for an admin), `lasting` what comes again,
    `late` what is overdue, `undated` what has no date yet, `waiting` what waits for an event. `agency`, `other`: ids.
    `soon`, `day`: local days ahead.
    """
    office, today = turn.office, turn.office.today(turn.now)
    everybody = bool(READ_ALL & turn.roles)
    rows = in_order(
        office, obligations.of_agencies(turn.session, office.owing() if everybody else turn.agencies), turn.now
    )
    dated = [row for row in rows if row.due is not None and row.kind not in RECURRING]
    late = [row for row in rows if office.lateness(row, today).is_late]
    code = _code(dated) or _code(rows) or _of_plan(office)
    agencies = [row.agency_id for row in rows if row.task == code] or list(office.owing()) or [ANY_AGENCY]
    # An agency that is not the compiler's own reads more naturally.
    agency = agencies[-1] if everybody else agencies[0]
    others = [each for each in office.owing() if each != agency]
    return {
        "code": code,
        "late": _code(late),
        "lasting": _code([row for row in rows if row.kind in RECURRING]),
        "undated": _code([row for row in rows if row.kind == Kind.UNDATED and row.due is None]),
        "waiting": _code([row for row in rows if row.kind == Kind.EVENT]),
        "agency": agency,
        "other": others[0] if others else ANY_AGENCY,
        "soon": _ahead(turn, today, 10),
        "day": _ahead(turn, today, 60),
    }


def _code(rows: list[Obligation]) -> str:
    return rows[0].task if rows else ""


def _of_plan(office: Office) -> str:
    """A code of the office's own plan, where nothing is open: of work with a day, if there is any."""
    tasks = office.newest.tasks if office.newest is not None else ()
    dated = [task for task in tasks if any(each.kind is Kind.DATED for each in task.milestones)]
    return next((task.code for task in (*dated, *tasks)), ANY_CODE)


def _ahead(turn: Turn, today: date, days: int) -> date:
    """A working day so many of them ahead."""
    return turn.office.calendar.shift(today, days)
