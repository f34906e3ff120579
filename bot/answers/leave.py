"""/leave, its button, "thôi" and "bấm nhầm": the open question is left, and nothing of it is recorded."""

from collections.abc import Sequence

from bot.carry_out import carry_out
from bot.questions.about_answers import Forwarding, Keeps, WhatWasMeant, WithFiles
from bot.turn import Turn
from bot.which import owed
from progress import placing
from progress.acts.scene import Meaning
from progress.acts.values import Clarify
from progress.submit import loose_files
from store import loose
from store.answer_tables import Evidence


def leave(turn: Turn, _rest: str = "") -> bool:
    """Leaves the open question; what was sent with it stays kept."""
    question = turn.open_question()
    if question is None:
        turn.hint(turn.text("leave.nothing"))
        return True
    turn.settle_question()
    if isinstance(question, WhatWasMeant):
        return carry_out(turn, Clarify(owed.said_now(turn, ""), question.unclear, Meaning.NOTHING)).is_over
    files = ""
    if isinstance(question, Keeps | WithFiles) and question.files:
        left = _kept_with(turn, question)
        loose.leave(turn.session, left, turn.now)
        files = placing.in_words(turn.office, left)
    key = "inquiry.not_sent" if isinstance(question, Forwarding) else "leave.left"
    turn.answer(turn.text(key, files=files))
    return True


def _kept_with(turn: Turn, question: Keeps | WithFiles) -> Sequence[Evidence]:
    """The files that a question keeps, an album's other pictures with them."""
    if isinstance(question, Keeps):
        return loose_files(turn.session, question.said(turn.person_id))
    return loose.by_ids(turn.session, turn.person_id, question.files)
