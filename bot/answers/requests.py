"""Officers ask for what an admin decides: a later deadline, and work that is not theirs."""

from datetime import date

from bot.decide import grant
from bot.questions.about_answers import Extension, NotOurs
from bot.turn import Turn
from plan.status import State
from progress import requests as life
from progress.items import code_of
from progress.submit import Said
from store import requests
from store.tables import Obligation
from store.types import RequestKind
from words import codes, dates


def extend(turn: Turn, row: Obligation, said: Said) -> None:
    """/extend 2b 15/02 lý do: asks the admins for a later deadline."""
    found = dates.find_day(said.note, turn.office.today(turn.now))
    _extend(turn, row, said, found.day, found.typed, found.rest)


def extend_on(turn: Turn, row: Obligation, asked: Extension, text: str) -> None:
    """The day or the reason that was missing has come."""
    said = asked.said(turn.person_id)
    if asked.wanted is not None:
        # A day in the reason is part of the reason.
        _extend(turn, row, said, asked.wanted, "", " ".join(filter(None, (asked.reason, text))))
        return
    found = dates.find_day(codes.normalise(text), turn.office.today(turn.now))
    reason = " ".join(filter(None, (asked.reason, found.rest)))
    _extend(turn, row, said, found.day, found.typed, reason)


def _extend(turn: Turn, row: Obligation, said: Said, wanted: date | None, typed: str, reason: str) -> None:
    if not _may_ask_or_say(turn, row, RequestKind.EXTENSION):
        return
    code, text = code_of(turn.office, row), turn.text
    if row.due is None:
        turn.answer(text("request.undated", code=code))
        return
    if wanted is None:
        key = "request.no_such_day" if typed else "request.which_day"
        question = text(key, code=code, due=row.due, typed=typed, reason=reason)
        _ask(turn, row, said, question, reason=reason)
        return
    if (wish := life.judge(row.due, wanted, turn.office.today(turn.now))) is not life.Wish.FINE:
        question = text(f"request.wish_{wish}", code=code, due=row.due, wanted=wanted)
        _ask(turn, row, said, question, reason=reason)
        return
    if not reason:
        question = text("request.why_longer", code=code, wanted=wanted)
        _ask(turn, row, said, question, wanted=wanted)
        return
    request = life.ask(turn.session, turn.office, row, said, RequestKind.EXTENSION, reason, turn.now, wanted=wanted)
    turn.answer(
        text(
            "request.asked_extension",
            reference=f"R{request.id}",
            code=code,
            agency=turn.office.agency_name(row.agency_id),
            compiler=turn.office.compiler_name,
            due=row.due,
            wanted=wanted,
            reason=reason,
            late=request.late,
            days=life.PAUSE_DAYS,
        )
    )
    grant.tell_admins(turn, request, row)


def _ask(turn: Turn, row: Obligation, said: Said, text: str, *, wanted: date | None = None, reason: str = "") -> None:
    """Asks for what is still missing and keeps the rest; the next message answers it (bot/door/replies.py)."""
    turn.ask(Extension.of(said, obligation=row.id, wanted=wanted, reason=reason))
    turn.answer(text)


def not_ours(turn: Turn, row: Obligation, said: Said) -> None:
    """/notours 2h lý do: asks the admins to take the work from the agency."""
    if not _may_ask_or_say(turn, row, RequestKind.NOT_OURS):
        return
    code, text = code_of(turn.office, row), turn.text
    if not said.note:
        turn.ask(NotOurs.of(said, obligation=row.id))
        turn.answer(text("request.why_not_ours", code=code))
        return
    request = life.ask(turn.session, turn.office, row, said, RequestKind.NOT_OURS, said.note, turn.now)
    turn.answer(
        text(
            "request.asked_not_ours",
            reference=f"R{request.id}",
            code=code,
            agency=turn.office.agency_name(row.agency_id),
            compiler=turn.office.compiler_name,
            reason=said.note,
            days=life.PAUSE_DAYS,
        )
    )
    grant.tell_admins(turn, request, row)


def _may_ask_or_say(turn: Turn, row: Obligation, kind: RequestKind) -> bool:
    """Says why not, where something of the kind waits already or the work is done."""
    if waits_and_says_so(turn, row, kind):
        return False
    if row.state != State.OPEN:
        agency = turn.office.agency_name(row.agency_id)
        turn.answer(turn.text("progress.done_already", code=code_of(turn.office, row), agency=agency))
        return False
    return True


def waits_and_says_so(turn: Turn, row: Obligation, kind: RequestKind) -> bool:
    """Says so where a request of the kind waits already."""
    waiting = requests.waiting(turn.session, row.id or 0, kind)
    if waiting is not None:
        turn.answer(
            turn.text(
                "request.waits",
                reference=f"R{waiting.id}",
                what=turn.text(f"request.kind_{waiting.kind}"),
                code=code_of(turn.office, row),
                at=waiting.asked_at,
                compiler=turn.office.compiler_name,
            )
        )
    return waiting is not None
