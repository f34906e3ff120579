"""What an admin sets aside and takes up again: suspended, ended, resumed, transferred, each with its basis."""

from typing import Literal

from bot import reference
from bot.carry_out import carry_out, scene_of
from bot.decide import two_steps
from bot.questions.decisions import SetAside, Transfer
from bot.questions.wishes import SetAsideWish, TransferWish
from bot.turn import Turn
from bot.which import scope
from bot.which.owed import said_now
from plan.status import State
from progress.acts import decisions as acts
from progress.acts.setting_aside import MOVES, owes
from progress.acts.telling import names_of

TITLE = 90
Verb = Literal["suspend", "end", "resume"]


def suspend(turn: Turn, rest: str) -> None:
    """/tamhoan 2b [sondung] lý do, căn cứ."""
    two_steps.in_two_steps(turn, "suspend", rest, lambda turn, rest: _show(turn, "suspend", rest), SetAside, _do)


def end(turn: Turn, rest: str) -> None:
    """/ketthuc 2b [sondung] căn cứ: the work is not gone on with."""
    two_steps.in_two_steps(turn, "end", rest, lambda turn, rest: _show(turn, "end", rest), SetAside, _do)


def resume(turn: Turn, rest: str) -> None:
    """/tieptuc 2b [sondung] căn cứ: what was set aside is open again, with its date."""
    two_steps.in_two_steps(turn, "resume", rest, lambda turn, rest: _show(turn, "resume", rest), SetAside, _do)


def _show(turn: Turn, verb: Verb, rest: str) -> None:
    found = scope.find_or_ask(turn, verb, rest, "ending.how")
    if found is not None:
        weigh(turn, SetAsideWish(verb=verb, covered=found.covered), found.rest)


def weigh(turn: Turn, wish: SetAsideWish, basis: str) -> None:
    """Shows what would be set aside or taken up again, or asks for its basis; what cannot be done is said."""
    found, verb = scope.again(turn, wish.covered), wish.verb
    if found is None:
        turn.answer(turn.text("ending.how"))
        return
    rows = scope.rows(turn, found, sorted(MOVES[verb][1]))
    if not rows:
        _say_how_it_stands(turn, found)
    elif not (basis := two_steps.basis_in(basis)):
        two_steps.ask_basis(turn, wish)
    else:
        title = found.task.short(TITLE)
        decision = SetAside(verb=verb, rows=scope.ids(rows), basis=basis, code=found.code, title=title)
        text = turn.text(
            SetAside.shows,
            act=turn.text(f"ending.{verb}"),
            code=found.code,
            title=title,
            agencies=names_of(turn.office, rows),
            count=len(rows),
            basis=basis,
            means=turn.text(f"ending.{verb}_means"),
        )
        two_steps.propose(turn, decision, text)


def _say_how_it_stands(turn: Turn, found: scope.Scope) -> None:
    """Nothing stands as it would have to: how it does stand."""
    rows = scope.rows(turn, found, [state for state in State if state is not State.RETIRED])
    states: dict[str, list[str]] = {}
    for row in rows:
        state = turn.text(f"state.{row.state}", at=row.done_at)
        states.setdefault(state, []).append(turn.office.agency_short(row.agency_id))
    turn.answer(turn.text("ending.none", code=found.code, states=list(states.items())))


def _do(turn: Turn, shown: SetAside) -> None:
    said = said_now(turn, shown.basis)
    carry_out(turn, acts.SetAside(said, shown.rows, shown.code, shown.title, shown.verb))


def transfer(turn: Turn, rest: str) -> None:
    """/chuyen 2b sondung tuphap căn cứ: the first agency's work becomes the second one's, with its date."""
    two_steps.in_two_steps(turn, "transfer", rest, _show_transfer, Transfer, _do_transfer)


def _show_transfer(turn: Turn, rest: str) -> None:
    found = scope.find_or_ask(turn, "transfer", rest, "ending.how_transfer")
    if found is None:
        return
    # "sondung, tuphap" names both at once.
    if len(found.agencies) == 2:
        (giver, taker), after = found.agencies, found.rest
    else:
        hit = reference.first_body(turn.office, found.rest)
        if len(found.agencies) != 1 or hit is None or len(hit[0]) != 1:
            turn.answer(turn.text("ending.how_transfer"))
            return
        giver, taker, after = found.agencies[0], hit[0][0], hit[1]
    weigh_transfer(turn, TransferWish(covered=found.covered, giver=giver, taker=taker), after)


def weigh_transfer(turn: Turn, wish: TransferWish, basis: str) -> None:
    """Shows what would become the other agency's, or asks for its basis; what cannot be done is said."""
    found, giver, taker = scope.again(turn, wish.covered), wish.giver, wish.taker
    if found is None:
        turn.answer(turn.text("ending.how_transfer"))
        return
    rows = [row for row in scope.rows(turn, found, [State.OPEN]) if row.agency_id == giver]
    if not rows:
        _say_how_it_stands(turn, found)
    elif giver == taker or any(owes(scene_of(turn), row, taker) for row in rows):
        turn.answer(turn.text("ending.owes_already", code=found.code, agency=turn.office.agency_name(taker)))
    elif not (basis := two_steps.basis_in(basis)):
        two_steps.ask_basis(turn, wish)
    else:
        title = found.task.short(TITLE)
        decision = Transfer(rows=scope.ids(rows), taker=taker, basis=basis, code=found.code, title=title)
        text = turn.text(
            Transfer.shows,
            code=found.code,
            title=title,
            giver=turn.office.agency_name(giver),
            taker=turn.office.agency_name(taker),
            count=len(rows),
            basis=basis,
        )
        two_steps.propose(turn, decision, text)


def _do_transfer(turn: Turn, shown: Transfer) -> None:
    said = said_now(turn, shown.basis)
    carry_out(turn, acts.Transfer(said, shown.rows, shown.code, shown.title, shown.taker))
