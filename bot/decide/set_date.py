"""/setdate: an admin gives undated milestones a date, with its basis."""

from datetime import date
from typing import Any

from bot import notify
from bot.decide import two_steps
from bot.turn import Turn
from bot.which import scope
from plan.model import Kind
from plan.status import ANSWERED, EventKind, State
from store import obligations
from store.postings import Identity
from store.tables import Obligation
from words.dates import read_day

STATES = (State.OPEN, *sorted(ANSWERED))
TITLE = 90


def setdate(turn: Turn, rest: str) -> None:
    """/datngay 1b [sondung] 30/06/2020 căn cứ …: for all agencies that owe it, or for those named."""
    two_steps.in_two_steps(turn, "setdate", rest, _show, _do)


def _show(turn: Turn, rest: str) -> None:
    found = scope.read(turn, "setdate", rest, "dating.how")
    if found is None:
        return
    typed, _, basis = found.rest.partition(" ")
    due = read_day(typed.strip(",;"), turn.office.today(turn.now))
    if due is None:
        turn.answer(turn.text("dating.how"))
        return
    rows = [row for row in scope.rows(turn, found, STATES) if row.kind == Kind.UNDATED]
    if not rows:
        turn.answer(turn.text("dating.has_one", code=found.code))
    elif turn.office.calendar.late_after(due) < turn.office.today(turn.now):
        turn.answer(turn.text("dating.past", due=due))
    elif not (basis := two_steps.basis_in(basis)):
        two_steps.ask_basis(turn, "setdate", found.said)
    else:
        _propose(turn, found, rows, due, basis)


def _propose(turn: Turn, found: scope.Scope, rows: list[Obligation], due: date, basis: str) -> None:
    data = {"rows": [row.id for row in rows], "due": due.isoformat(), "basis": basis, "code": found.code}
    text = turn.text(
        "dating.ask",
        code=found.code,
        title=found.task.short(TITLE),
        agencies=scope.names(turn, rows),
        count=len({row.agency_id for row in rows}),
        basis=basis,
        first=_first_step(turn, due),
        **_days(turn, due),
    )
    two_steps.propose(turn, "setdate", data, text)


def _days(turn: Turn, due: date) -> dict[str, date]:
    calendar = turn.office.calendar
    return {"due": due, "anchor": calendar.anchor(due), "late_after": calendar.late_after(due)}


def _first_step(turn: Turn, due: date) -> date:
    """The first day on which the ladder can speak."""
    calendar, today = turn.office.calendar, turn.office.today(turn.now)
    steps = [calendar.shift(calendar.anchor(due), -step) for step in turn.office.ladder]
    ahead = [step for step in steps if step >= today]
    missed = len(ahead) < len(steps)
    return calendar.on_or_after(today) if missed or not ahead else min(ahead)


def _do(turn: Turn, data: dict[str, Any]) -> None:
    due, basis, code = date.fromisoformat(data["due"]), str(data["basis"]), str(data["code"])
    rows = scope.of_ids(turn, data["rows"], lambda row: row.state in STATES and row.due != due)
    for row in rows:
        obligations.record(
            turn.session,
            row,
            EventKind.DATED,
            turn.now,
            turn.now,
            via=turn.via,
            person_id=turn.person_id,
            due=due,
            note=basis,
        )
    agencies = {row.agency_id for row in rows if row.state == State.OPEN}
    untold = notify.officers(
        turn,
        agencies,
        lambda own: turn.text(
            "dating.notice", code=code, agencies=scope.short_names(turn.office, own), basis=basis, **_days(turn, due)
        ),
        "a date was set",
        identity=Identity("dated", turn.source),
    )
    turn.answer(
        turn.text("dating.done", code=code, count=len(rows), due=due),
        turn.text("ending.untold", agencies=scope.short_names(turn.office, untold)) if untold else "",
    )
