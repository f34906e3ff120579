"""What an admin sets aside and takes up again: suspended, ended, resumed, transferred, each with its basis."""

from collections.abc import Mapping
from typing import Literal

from bot import notify, reference
from bot.decide import two_steps
from bot.questions.decisions import SetAside, Transfer
from bot.questions.wishes import SetAsideWish, TransferWish
from bot.turn import Turn
from bot.which import scope
from plan.status import SET_ASIDE, EventKind, State
from store import obligations
from store.obligations import NewEvent
from store.postings import Identity
from store.tables import Obligation

TITLE = 90
Verb = Literal["suspend", "end", "resume"]
ACTS: Mapping[Verb, tuple[EventKind, frozenset[State]]] = {
    "suspend": (EventKind.SUSPENDED, frozenset({State.OPEN})),
    "end": (EventKind.ENDED, frozenset({State.OPEN})),
    "resume": (EventKind.RESUMED, SET_ASIDE),
}


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
    rows = scope.rows(turn, found, sorted(ACTS[verb][1]))
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
            agencies=scope.names(turn, rows),
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
    verb, basis, code = shown.verb, shown.basis, shown.code
    kind, states = ACTS[verb]
    rows = scope.of_ids(turn, shown.rows, lambda row: row.state in states)
    for row in rows:
        took = _taker(turn, row) if row.state == State.TRANSFERRED else None
        obligations.record(
            turn.session, row, NewEvent(kind, turn.now, via=turn.via, person_id=turn.person_id, note=basis), turn.now
        )
        if took is not None:
            _give_back(turn, took, row, code, shown.title, basis)
    _tell_and_answer(turn, verb, rows, code, shown.title, basis)


def _taker(turn: Turn, row: Obligation) -> Obligation | None:
    """What the agency to which a result was transferred still owes of it; None where it has answered, or left it."""
    events = obligations.events_of(turn.session, row.id or 0)
    last = next(event for event in reversed(events) if event.kind == EventKind.TRANSFERRED)
    took = obligations.same_for(turn.session, row, last.note.partition(":")[0])
    return took if took is not None and took.state == State.OPEN else None


def _give_back(turn: Turn, took: Obligation, row: Obligation, code: str, title: str, basis: str) -> None:
    """A result is owed by one agency: with the first one again, and no more with the one that took it."""
    _record_transfer(turn, took, row.agency_id, basis)
    notify.officers(
        turn,
        [took.agency_id],
        lambda _own: turn.text(
            "ending.notice_transfer",
            code=code,
            title=title,
            basis=basis,
            ours=False,
            due=row.due,
            giver=turn.office.agency_short(took.agency_id),
            taker=turn.office.agency_name(row.agency_id),
        ),
        "an admin's decision: resume what was transferred",
        identity=Identity("given-back", f"{took.id}:{turn.source}"),
    )


def _record_transfer(turn: Turn, row: Obligation, taker: str, basis: str) -> None:
    # `_taker` reads to whom it went.
    note = f"{taker}: {basis}"
    obligations.record(
        turn.session,
        row,
        NewEvent(EventKind.TRANSFERRED, turn.now, via=turn.via, person_id=turn.person_id, note=note),
        turn.now,
    )


def _tell_and_answer(turn: Turn, verb: str, rows: list[Obligation], code: str, title: str, basis: str) -> None:
    act, means = turn.text(f"ending.{verb}"), turn.text(f"ending.{verb}_means")
    untold = notify.officers(
        turn,
        {row.agency_id for row in rows},
        lambda own: turn.text(
            "ending.notice",
            act=act,
            code=code,
            title=title,
            agencies=scope.short_names(turn.office, own),
            basis=basis,
            means=means,
        ),
        f"an admin's decision: {verb}",
        identity=Identity(verb, turn.source),
    )
    turn.answer(
        turn.text("ending.done", act=act, code=code, count=len(rows), agencies=scope.names(turn, rows))
        if rows
        else turn.text("ending.answered"),
        turn.text("ending.untold", agencies=scope.short_names(turn.office, untold)) if untold else "",
    )


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
    elif giver == taker or any(_owes(turn, row, taker) for row in rows):
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


def _owes(turn: Turn, row: Obligation, agency: str) -> bool:
    """Whether an agency has the same milestone already, and not as something that was set aside or left the plan."""
    other = obligations.same_for(turn.session, row, agency)
    return other is not None and other.state not in (State.RETIRED, *SET_ASIDE)


def _do_transfer(turn: Turn, shown: Transfer) -> None:
    basis, code, taker = shown.basis, shown.code, shown.taker
    rows = scope.of_ids(turn, shown.rows, lambda row: row.state == State.OPEN and not _owes(turn, row, taker))
    for row in rows:
        _record_transfer(turn, row, taker, basis)
        obligations.take_over(
            turn.session, row, taker, turn.now, via=turn.via, person_id=turn.person_id, note=f"{row.agency_id}: {basis}"
        )
    givers = {row.agency_id for row in rows}
    names = {"giver": ", ".join(scope.short_names(turn.office, givers)), "taker": turn.office.agency_name(taker)}
    untold = notify.officers(
        turn,
        {*givers, taker} if rows else (),
        lambda own: turn.text(
            "ending.notice_transfer",
            code=code,
            title=shown.title,
            basis=basis,
            ours=taker in own,
            due=rows[0].due,
            **names,
        ),
        "an admin's decision: transfer",
        identity=Identity("transfer", turn.source),
    )
    turn.answer(
        turn.text("ending.done_transfer", code=code, count=len(rows), **names)
        if rows
        else turn.text("ending.answered"),
        turn.text("ending.untold", agencies=scope.short_names(turn.office, untold)) if untold else "",
    )
