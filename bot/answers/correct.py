"""Takes back or corrects an answer: alone within ten minutes, later as a request to the admins."""

from bot import reference
from bot.answers import requests
from bot.decide import grant
from bot.questions.about_answers import Correction, Withdrawal
from bot.turn import Turn
from bot.which import owed
from plan.status import ANSWERED
from progress import requests as life
from progress import submit
from progress.items import code_of
from progress.submit import LASTING, Said
from store import obligations, submissions
from store.tables import Obligation, Submission
from store.types import RequestKind
from words import grammar


def undo(turn: Turn, rest: str) -> None:
    """/undo, its button, or /undo 2b: takes back what was said by mistake; after ten minutes an admin is asked."""
    meant = reference.read(turn.office, rest)
    if grammar.number(rest) is None and (meant.code is not None or meant.obligation is not None):
        found = owed.find_or_ask(turn, "undo", meant)
        if found is not None:
            undo_of(turn, found[0], found[1])
        return
    turn.spent = True
    submission = _to_undo(turn, rest)
    row = obligations.get(turn.session, submission.obligation_id) if submission else None
    if submission is None or row is None:
        turn.hint(turn.text("undo.nothing"))
        return
    _undo(turn, row, submission, owed.said_now(turn, "" if grammar.number(rest) else rest))


def undo_of(turn: Turn, row: Obligation, said: Said) -> None:
    """The same for the obligation that was named."""
    submission = submissions.standing_of(turn.session, row.id or 0)
    if submission is None or row.state not in ANSWERED:
        turn.answer(turn.text("request.no_answer", code=code_of(turn.office, row)))
        return
    _undo(turn, row, submission, said)


def _undo(turn: Turn, row: Obligation, submission: Submission, said: Said) -> None:
    turn.about = row.id
    code, agency = code_of(turn.office, row), turn.office.agency_name(row.agency_id)
    if row.kind in LASTING or row.state not in ANSWERED:
        turn.answer(turn.text("undo.too_late", compiler=turn.office.compiler_name))
        return
    mine = submission.person_id == turn.person_id
    if mine and submit.undo(turn.session, submission, row, turn.person_id, turn.now):
        turn.answer(turn.text("undo.done", code=code, agency=agency))
        return
    if requests.waits_and_says_so(turn, row, RequestKind.WITHDRAWAL):
        return
    if not said.note:
        compiler = turn.office.compiler_name
        question = turn.text("request.why_withdrawn", code=code, at=submission.at, compiler=compiler)
        turn.ask(Withdrawal.of(said, obligation=row.id))
        turn.answer(question)
        return
    _ask(turn, row, submission, said, RequestKind.WITHDRAWAL)


def _ask(turn: Turn, row: Obligation, submission: Submission, said: Said, kind: RequestKind) -> None:
    request = life.ask(turn.session, turn.office, row, said, kind, said.note, turn.now, submission_id=submission.id)
    turn.answer(
        turn.text(
            f"request.asked_{kind}",
            reference=f"R{request.id}",
            code=code_of(turn.office, row),
            agency=turn.office.agency_name(row.agency_id),
            compiler=turn.office.compiler_name,
            reason=said.note,
        )
    )
    grant.tell_admins(turn, request, row)


def _to_undo(turn: Turn, rest: str) -> Submission | None:
    if (number := grammar.number(rest)) is not None:
        found = submissions.get(turn.session, number)
    else:
        found = submissions.latest_of(turn.session, turn.person_id)
    if found is None or found.person_id != turn.person_id or found.withdrawn_at is not None:
        return None
    return found


def correct(turn: Turn, row: Obligation, said: Said) -> None:
    """/correct 2b nội dung mới: other words for the answer that stands."""
    code, agency = code_of(turn.office, row), turn.office.agency_name(row.agency_id)
    submission = submissions.standing_of(turn.session, row.id or 0)
    if submission is None or row.state not in ANSWERED:
        turn.answer(turn.text("request.no_answer", code=code))
        return
    if requests.waits_and_says_so(turn, row, RequestKind.CORRECTION):
        return
    if not said.note:
        question = turn.text("request.what_instead", code=code, at=submission.at, before=submission.note)
        turn.ask(Correction.of(said, obligation=row.id))
        turn.answer(question)
        return
    # What counts is when the person said it, not when a slow line brought it.
    if submission.person_id == turn.person_id and said.at <= submission.recorded_at + submit.UNDO:
        before = submission.note
        submit.correct(turn.session, submission, row, said.note, turn.person_id, said.at, turn.now, via=said.via)
        turn.answer(turn.text("request.corrected", code=code, agency=agency, before=before, words=said.note))
        return
    _ask(turn, row, submission, said, RequestKind.CORRECTION)
