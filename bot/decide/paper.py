"""/paper: the true day of what came on paper."""

from bot.carry_out import carry_out
from bot.decide import two_steps
from bot.questions.decisions import Paper
from bot.questions.wishes import PaperWish
from bot.turn import Turn
from bot.which import scope
from bot.which.owed import said_now
from plan.status import OPEN_OR_ANSWERED
from progress.acts import decisions as acts
from progress.acts.on_paper import moment
from progress.choose import in_order
from progress.items import code_of
from progress.submit import LASTING
from store.tables import Obligation
from words.dates import read_day


def paper(turn: Turn, rest: str) -> None:
    """/giayto 2b sondung 28/01/2020 căn cứ …."""
    two_steps.in_two_steps(turn, "paper", rest, _show, Paper, _do)


def _show(turn: Turn, rest: str) -> None:
    found = scope.find_or_ask(turn, "paper", rest, "paper.how")
    if found is None:
        return
    typed, _, told = found.rest.partition(" ")
    day = read_day(typed.strip(",;"), turn.office.today(turn.now).replace(month=1, day=1))
    if day is None or not found.agencies:
        turn.answer(turn.text("paper.how"))
    else:
        weigh(turn, PaperWish(covered=found.covered, day=day), told)


def weigh(turn: Turn, wish: PaperWish, basis: str) -> None:
    """Shows what would be recorded, or asks for its basis; what cannot be done is said."""
    found, day = scope.again(turn, wish.covered), wish.day
    if found is None:
        turn.answer(turn.text("paper.how"))
    elif day > turn.office.today(turn.now):
        turn.answer(turn.text("paper.future", due=day))
    elif not (rows := _earliest(turn, found)):
        turn.answer(turn.text("paper.none", code=found.code))
    elif not (basis := two_steps.basis_in(basis)):
        two_steps.ask_basis(turn, wish)
    else:
        at = moment(turn.office, day, turn.now)
        text = turn.text(
            Paper.shows,
            code=code_of(turn.office, rows[0]),
            rows=[(turn.office.agency_short(row.agency_id), row.done_at) for row in rows],
            at=at,
            in_time=turn.office.in_time(rows[0].due, at),
            basis=basis,
        )
        two_steps.propose(turn, Paper(rows=scope.ids(rows), day=day, basis=basis), text)


def _earliest(turn: Turn, found: scope.Scope) -> list[Obligation]:
    """The earliest result of each agency named: paper of a task without a milestone's number means its first one."""
    rows = [row for row in scope.rows(turn, found, OPEN_OR_ANSWERED) if row.kind not in LASTING]
    first: dict[str, Obligation] = {}
    for row in in_order(turn.office, rows, turn.now):
        first.setdefault(row.agency_id, row)
    return list(first.values())


def _do(turn: Turn, shown: Paper) -> None:
    carry_out(turn, acts.RecordPaper(said_now(turn, shown.basis), shown.rows, shown.day))
