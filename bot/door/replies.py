"""What a question asked for comes in the next message, as it is, even when it begins like a command."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.answers import answer, correct, requests
from bot.decide import blockage, grant, review
from bot.papers import proof
from bot.turn import Turn
from bot.which import owed, reference
from store import obligations
from store.tables import Obligation

About = Callable[[Turn, Obligation, dict[str, Any], str], None]


def _reason(turn: Turn, row: Obligation, _data: dict[str, Any], text: str) -> None:
    answer.act(turn, "blocked", row, owed.said_now(turn, text))


# Asked of those who owe: the obligation must still be theirs.
OF_OFFICERS: Mapping[str, About] = {
    "reason": _reason,
    "extension": requests.extend_on,
    "not_ours": requests.not_ours_on,
    "withdrawal": correct.undo_on,
    "correction": correct.correct_on,
}
OF_ADMINS: Mapping[str, Callable[[Turn, dict[str, Any], str], None]] = {
    "refusal": grant.refuse_on,
    "reply": blockage.reply_on,
    "return": review.reason_on,
    "remark": proof.remark_on,
}


def expects(turn: Turn, verb: str | None, rest: str) -> bool:
    """Whether a message without a command answers a question; "xong 2b" never does, except about what blocks."""
    if turn.person is None or turn.files or not turn.incoming.text.strip():
        return False
    if blockage.replied_notice(turn) is not None or review.replied_notice(turn) is not None:
        return True
    question = turn.question(*OF_OFFICERS, *OF_ADMINS)
    if question is None:
        return False
    return question.kind == "reason" or verb != "done" or reference.read(turn.office, rest).code is None


def take(turn: Turn) -> None:
    """Gives the words to what asked for them; a reply to a notice says itself what it answers."""
    if (blocked := blockage.replied_notice(turn)) is not None:
        blockage.reply_on(turn, {"obligation": blocked}, turn.incoming.text.strip())
        return
    if (waiting := review.replied_notice(turn)) is not None:
        review.reply_on(turn, {"submission": waiting}, turn.incoming.text.strip())
        return
    question = turn.question(*OF_OFFICERS, *OF_ADMINS)
    assert question is not None
    kind, data, text = question.kind, dict(question.data), turn.incoming.text.strip()
    turn.settle_question()
    if kind in OF_ADMINS:
        OF_ADMINS[kind](turn, data, text)
        return
    row = obligations.get(turn.session, int(data["obligation"]))
    if row is None or row.agency_id not in turn.agencies:
        turn.answer(turn.text("ask.foreign"))
        return
    turn.about = row.id
    OF_OFFICERS[kind](turn, row, data, text)
