"""/leave, its button, "thôi" and "bấm nhầm": the open question is left, and nothing of it is recorded."""

import re

from bot.carry_out import carry_out
from bot.questions.about_answers import Keeps, WhatWasMeant
from bot.turn import Turn
from bot.which import owed
from progress import placing
from progress.acts.scene import Meaning
from progress.acts.values import Clarify
from store import loose
from words.codes import fold

WORD = re.compile(r"[^\W_]+")
LEAVES = frozenset({"huy", "thoi", "bo", "nham", "khong", "ko", "cancel", "no"})
# What may stand beside these and changes nothing.
BESIDE = frozenset(
    {
        "a",
        "da",
        "em",
        "anh",
        "chi",
        "nhe",
        "qua",
        "di",
        "bam",
        "gui",
        "bao",
        "ghi",
        "can",
        "nua",
        "roi",
        "go",
        "lai",
        "dau",
    }
)
MOST = 5


def is_meant(text: str) -> bool:
    """Whether a text says nothing but that a question is to be left: hủy, thôi, bỏ, nhầm, không."""
    words = WORD.findall(fold(text))
    return 0 < len(words) <= MOST and bool(LEAVES & set(words)) and set(words) <= LEAVES | BESIDE


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
    if isinstance(question, Keeps) and question.files:
        left = loose.by_ids(turn.session, turn.person_id, question.files)
        loose.leave(turn.session, left, turn.now)
        files = placing.in_words(turn.office, left)
    turn.answer(turn.text("leave.left", files=files))
    return True
