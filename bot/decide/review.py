"""Heads and admins decide about answers that wait: "Xác nhận", or "Trả lại" with a reason."""

from collections.abc import Sequence
from dataclasses import replace

from bot import reference
from bot.carry_out import carry_out, post_outcome, scene_of
from bot.questions.to_deciders import Deciding
from bot.reference import Reference
from bot.turn import Turn
from bot.which.owed import said_now
from channels.base import What
from progress.acts import deciding
from progress.acts.deciding import named
from progress.acts.outcomes import Outcome
from progress.acts.values import Confirm, Return
from progress.submit import Statement
from store import deliveries
from store.answer_tables import Submission
from store.tables import Obligation
from store.types import DeliveryKind
from words import verdicts
from words.message import Button
from words.render import clip
from words.verdicts import Verdict

SHOWN = 10
# So many letters of a reason stand on its button.
SHOWN_WORDS = 24
# What the button says under words that named no decision: they are the reason.
FOR_THAT = "co"


def confirm(turn: Turn, rest: str) -> bool:
    """/confirm 2b sondung, or the button: the answer counts as done from its own moment."""
    found = _find_or_ask(turn, "confirm", reference.read(turn.office, rest))
    if found is None:
        return False
    _asked_about(turn, found[0])
    return carry_out(turn, Confirm(said_now(turn, ""), found[0])).is_over


def give_back(turn: Turn, rest: str) -> bool:
    """/return 2b sondung reason, or the button, which asks for the reason."""
    found = _find_or_ask(turn, "return", reference.read(turn.office, rest))
    if found is None:
        return False
    submission, reason = found
    said, asked = said_now(turn, reason), _asked_about(turn, submission)
    if turn.incoming.what is What.PRESS and reason == FOR_THAT:
        said = replace(said, note=asked.words if asked else "", files=asked.files if asked else ())
    return carry_out(turn, Return(said, submission)).is_over


def replied_notice(turn: Turn) -> int | None:
    """The submission whose notice to a reviewer is replied to."""
    incoming = turn.incoming
    if not incoming.reply_to or turn.person is None:
        return None
    row = deliveries.by_message(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    wanted = row is not None and row.kind == DeliveryKind.NOTICE and row.person_id == turn.person_id
    return row.submission_id if row is not None and wanted else None


def _asked_about(turn: Turn, submission: int) -> Deciding | None:
    """The question what is decided about this answer, which is answered now; None where none is open."""
    asked = turn.question(Deciding)
    if asked is None or asked.submission != submission:
        return None
    turn.settle_question()
    return asked


def reply_on(turn: Turn, submission_id: int, text: str) -> None:
    """A reply to the notice: "xác nhận", or the reason for returning it; what is neither is asked about."""
    decide(turn, Deciding(submission=submission_id, words="", files=turn.files), said_now(turn, text))


def decide(turn: Turn, question: Deciding, said: Statement) -> None:
    """What words decide about an answer; those that were sent before are the reason where these give none."""
    said = replace(said, files=tuple(dict.fromkeys((*question.files, *said.files))))
    match verdicts.read(said.note):
        case Verdict.CONFIRM:
            carry_out(turn, Confirm(said, question.submission))
        case Verdict.RETURN:
            carry_out(turn, Return(said, question.submission))
        case Verdict.RETURN_WHY:
            carry_out(turn, Return(replace(said, note=question.words), question.submission))
        case Verdict.UNCLEAR:
            kept = said.note if verdicts.is_reason(said.note) else question.words
            _ask_what(turn, question.model_copy(update={"words": kept, "files": said.files}), said.note)


def _ask_what(turn: Turn, question: Deciding, said: str) -> None:
    """Asks what is decided; who may not decide any more hears that instead."""
    scene = scene_of(turn)
    found = deciding.answer_that_waits(scene, question.submission)
    if isinstance(found, Outcome):
        post_outcome(turn, found)
        return
    turn.ask(question)
    number = f"S{question.submission}"
    turn.answer(
        turn.text("review.unclear", **named(scene, found[0]), words=said),
        buttons=[
            [
                Button(turn.text("button.confirm"), f"/confirm {number}"),
                Button(turn.text("button.return"), f"/return {number}"),
            ],
            [
                Button(
                    turn.text("review.return_for_that", words=clip(question.words, SHOWN_WORDS)),
                    f"/return {number} {FOR_THAT}",
                )
            ]
            if question.words
            else [],
        ],
    )


def said_alone(turn: Turn, text: str) -> bool:
    """Whether a message is "xác nhận" or "trả lại" and nothing else, of somebody for whom answers wait."""
    return verdicts.is_bare(text) and turn.open_question() is None and bool(waiting(turn))


def _find_or_ask(turn: Turn, verb: str, meant: Reference) -> tuple[int, str] | None:
    """The answer that is to be decided about, with what follows; None when it was asked which one."""
    if meant.submission is not None:
        return meant.submission, meant.words
    here = waiting(turn)
    if meant.code is None:
        _ask_which(turn, verb, here, turn.text("review.which"))
        return None
    same = [(row, submission) for row, submission in here if meant.covers(row)]
    if len(same) == 1:
        return same[0][1].id or 0, meant.rest
    name = turn.office.agency_name(meant.agency) if meant.agency else ""
    _ask_which(turn, verb, same, turn.text("review.none" if not same else "review.which", code=meant.code, agency=name))
    return None


def _ask_which(turn: Turn, verb: str, found: Sequence[tuple[Obligation, Submission]], text: str) -> None:
    buttons = []
    for row, submission in found[:SHOWN]:
        label = turn.text("ask.option_agency", **named(scene_of(turn), row))
        buttons.append([Button(label, f"/{verb} S{submission.id}")])
    turn.answer(text, buttons=buttons)


def waiting(turn: Turn) -> list[tuple[Obligation, Submission]]:
    """The answers that this person may decide about, each with its obligation."""
    return deciding.waiting(scene_of(turn))
