"""/paper: the true day of what came on paper."""

from datetime import date, datetime

from bot import notify
from bot.decide import two_steps
from bot.questions.decisions import Paper
from bot.questions.wishes import PaperWish
from bot.turn import Turn
from bot.which import scope
from plan.status import OPEN_OR_ANSWERED, EventKind, State
from progress import submit
from progress.choose import in_order
from progress.items import code_of
from progress.submit import LASTING, Statement
from store import obligations
from store.obligations import NewEvent
from store.postings import Identity
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
        at = _moment(turn, day)
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


def _moment(turn: Turn, day: date) -> datetime:
    """When paper of a day counts as handed in (UTC): when the office closes, or now where that is still to come."""
    return min(turn.now, turn.office.closes(day))


def _do(turn: Turn, shown: Paper) -> None:
    at, basis = _moment(turn, shown.day), shown.basis
    rows = scope.of_ids(turn, shown.rows, lambda row: row.state in OPEN_OR_ANSWERED)
    handed_in = [row for row in rows if row.state == State.OPEN]
    for row in rows:
        if row in handed_in:
            _hand_in(turn, row, at, basis)
        else:
            obligations.record(
                turn.session,
                row,
                NewEvent(EventKind.RETIMED, at, via=turn.via, person_id=turn.person_id, note=basis),
                turn.now,
            )
    if not rows:
        turn.answer(turn.text("ending.answered"))
        return
    code = code_of(turn.office, rows[0])
    untold = notify.officers(
        turn,
        {row.agency_id for row in rows},
        lambda own: turn.text(
            "paper.notice",
            code=code,
            agencies=scope.short_names(turn.office, own),
            compiler=turn.office.compiler_name,
            at=at,
            in_time=turn.office.in_time(rows[0].due, at),
            basis=basis,
        ),
        "paper was recorded",
        identity=Identity("paper", turn.source),
    )
    if handed_in and len(rows) == 1 and not untold:
        # Its confirmation says the same.
        return
    turn.answer(
        turn.text("paper.done", code=code, agencies=scope.names(turn, rows), at=at),
        turn.text("ending.untold", agencies=scope.short_names(turn.office, untold)) if untold else "",
    )


def _hand_in(turn: Turn, row: Obligation, at: datetime, basis: str) -> None:
    """An answer in the agency's place, by the same path as every answer; its confirmation comes to this chat."""
    said = Statement(turn.person_id, at, f"{turn.source}:{row.id}", turn.via, basis)
    submit.submit(turn.session, turn.office, said, row, turn.here, turn.now, on_behalf=True)
