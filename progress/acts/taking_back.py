"""An answer is taken back or corrected: alone within ten minutes, later as a request to the admins."""

from dataclasses import replace

from plan.status import ANSWERED
from progress import requests as life
from progress import submit
from progress.acts import asking
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.acts.values import Correct, Undo, Withdraw
from progress.items import code_of
from progress.submit import LASTING, Statement
from store import duty, obligations, submissions
from store.answer_tables import Submission
from store.tables import Obligation
from store.types import RequestKind
from words.message import say


def undo(scene: Scene, act: Undo) -> Outcome:
    """Takes one's own answer back."""
    submission = submissions.get(scene.session, act.submission) if act.submission is not None else None
    row = obligations.get(scene.session, submission.obligation_id) if submission else None
    mine = submission is not None and duty.is_same_hand(scene.session, submission.person_id, scene.actor.person_id)
    if submission is None or row is None or not mine or submission.withdrawn_at is not None:
        return Outcome((say(scene.office.text("undo.nothing")),), is_over=True, aside=True)
    return replace(_take_back(scene, Withdraw(act.said, row.id or 0), row, submission), about=row.id, is_over=True)


def withdraw(scene: Scene, act: Withdraw, row: Obligation) -> Outcome:
    """The same of the answer that stands for an obligation."""
    submission = submissions.standing_of(scene.session, row.id or 0)
    if submission is None or row.state not in ANSWERED:
        return _no_answer(scene, row)
    return _take_back(scene, act, row, submission)


def _take_back(scene: Scene, act: Withdraw, row: Obligation, submission: Submission) -> Outcome:
    session, office, said = scene.session, scene.office, act.said
    code, agency = code_of(office, row), office.agency_name(row.agency_id)
    if row.kind in LASTING or row.state not in ANSWERED:
        return Outcome((say(office.text("undo.too_late", compiler=office.compiler_name)),))
    mine = duty.is_same_hand(session, submission.person_id, scene.actor.person_id)
    if mine and submit.undo(session, submission, row, scene.actor.person_id, scene.now):
        return Outcome((say(office.text("undo.done", code=code, agency=agency)),))
    if (waits := asking.waiting(scene, row, RequestKind.WITHDRAWAL)) is not None:
        return waits
    if not said.note:
        text = office.text("request.why_withdrawn", code=code, at=submission.at, compiler=office.compiler_name)
        return Outcome((say(text),), waits=act)
    return _ask(scene, said, row, submission, RequestKind.WITHDRAWAL)


def correct(scene: Scene, act: Correct, row: Obligation) -> Outcome:
    """Other words for the answer that stands."""
    office, said = scene.office, act.said
    code, agency = code_of(office, row), office.agency_name(row.agency_id)
    submission = submissions.standing_of(scene.session, row.id or 0)
    if submission is None or row.state not in ANSWERED:
        return _no_answer(scene, row)
    if (waits := asking.waiting(scene, row, RequestKind.CORRECTION)) is not None:
        return waits
    if not said.note:
        text = office.text("request.what_instead", code=code, at=submission.at, before=submission.note)
        return Outcome((say(text),), waits=act)
    # What counts is when the person said it, not when a slow line brought it.
    mine = duty.is_same_hand(scene.session, submission.person_id, scene.actor.person_id)
    if mine and said.at <= submission.recorded_at + submit.UNDO:
        before = submission.note
        submit.correct(scene.session, submission, row, said, scene.now)
        text = office.text("request.corrected", code=code, agency=agency, before=before, words=said.note)
        return Outcome((say(text),))
    return _ask(scene, said, row, submission, RequestKind.CORRECTION)


def _ask(scene: Scene, said: Statement, row: Obligation, submission: Submission, kind: RequestKind) -> Outcome:
    asked = life.Asked(kind, said.note, submission_id=submission.id)
    request = life.ask(scene.session, scene.office, row, said, asked, scene.now)
    return asking.asked(scene, request, row)


def _no_answer(scene: Scene, row: Obligation) -> Outcome:
    return Outcome((say(scene.office.text("request.no_answer", code=code_of(scene.office, row))),))
