"""/leave, its button, "thôi" and "bấm nhầm": the open question is left, and nothing of it is recorded."""

from bot.carry_out import carry_out
from bot.questions.about_answers import Forwarding, Keeps, WhatWasMeant, WithFiles
from bot.turn import Turn
from bot.which import owed
from progress import placing
from progress.acts.scene import Meaning
from progress.acts.values import Clarify
from store import loose


def leave(turn: Turn, _rest: str = "") -> bool:
    """Leaves the open question; what was sent with it stays kept."""
    question = turn.open_question()
    if question is None:
        turn.hint(turn.text("leave.nothing"))
        return True
    turn.settle_question()
    if isinstance(question, WhatWasMeant):
        return carry_out(turn, Clarify(owed.said_now(turn, ""), question.unclear, Meaning.NOTHING)).is_over
    if isinstance(question, Forwarding):
        turn.answer(turn.text("inquiry.not_sent"))
        return True
    files = ""
    if isinstance(question, Keeps | WithFiles) and question.files:
        left = loose.by_ids(turn.session, turn.person_id, question.files)
        loose.leave(turn.session, left, turn.now)
        files = placing.in_words(turn.office, left)
    turn.answer(turn.text("leave.left", files=files))
    return True
