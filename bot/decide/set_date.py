"""/setdate: an admin gives undated milestones a date, with its basis."""

from datetime import date

from bot.carry_out import carry_out
from bot.decide import two_steps
from bot.questions.decisions import SetDate
from bot.questions.wishes import SetDateWish
from bot.turn import Turn
from bot.which import examples, scope
from bot.which.owed import said_now
from plan.model import Kind
from plan.reminders import first_step
from plan.status import OPEN_OR_ANSWERED
from progress.acts import decisions as acts
from progress.acts.dating import days_of
from progress.acts.telling import names_of
from store.tables import Obligation
from words.dates import read_day

TITLE = 90


def setdate(turn: Turn, rest: str) -> None:
    """/datngay 1b [sondung] 30/06/2020 căn cứ …: for all agencies that owe it, or for those named."""
    two_steps.in_two_steps(turn, "setdate", rest, _show, SetDate, _do)


def _show(turn: Turn, rest: str) -> None:
    if not rest.strip():
        turn.answer(_how(turn))
        return
    found = scope.find_or_ask(turn, "setdate", rest, "dating.how")
    if found is None:
        return
    typed, _, basis = found.rest.partition(" ")
    due = read_day(typed.strip(",;"), turn.office.today(turn.now))
    if due is None:
        turn.answer(_how(turn))
        return
    weigh(turn, SetDateWish(covered=found.covered, due=due), basis)


def _how(turn: Turn) -> str:
    """What the command wants, with a task that has no date yet."""
    return turn.text("dating.how", **examples.values(turn))


def weigh(turn: Turn, wish: SetDateWish, basis: str) -> None:
    """Shows the date that would be set, or asks for its basis; what cannot be done is said."""
    found, due = scope.again(turn, wish.covered), wish.due
    if found is None:
        turn.answer(_how(turn))
        return
    rows = [row for row in scope.rows(turn, found, OPEN_OR_ANSWERED) if row.kind == Kind.UNDATED]
    if not rows:
        turn.answer(turn.text("dating.has_one", code=found.code))
    elif turn.office.calendar.late_after(due) < turn.office.today(turn.now):
        turn.answer(turn.text("dating.past", due=due))
    elif due > (last := turn.office.last_day(turn.office.today(turn.now))):
        turn.answer(turn.text("dating.too_far", due=due, last=last))
    elif not (basis := two_steps.basis_in(basis)):
        two_steps.ask_basis(turn, wish)
    else:
        _propose(turn, found, rows, due, basis)


def _propose(turn: Turn, found: scope.Scope, rows: list[Obligation], due: date, basis: str) -> None:
    decision = SetDate(rows=scope.ids(rows), due=due, basis=basis, code=found.code)
    text = turn.text(
        SetDate.shows,
        code=found.code,
        title=found.task.short(TITLE),
        agencies=names_of(turn.office, rows),
        count=len({row.agency_id for row in rows}),
        basis=basis,
        first=first_step(
            turn.office.calendar, found.task.milestones, turn.office.ladder, due, turn.office.today(turn.now)
        ),
        **days_of(turn.office, due),
    )
    two_steps.propose(turn, decision, text)


def _do(turn: Turn, shown: SetDate) -> None:
    carry_out(turn, acts.SetDate(said_now(turn, shown.basis), shown.rows, shown.code, shown.due))
