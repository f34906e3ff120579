"""/judge: whether lateness counts that was the service's own, or is in question."""

import re

from bot import reference
from bot.carry_out import carry_out
from bot.decide import two_steps
from bot.questions.wishes import JudgeWish
from bot.turn import Turn
from bot.which.owed import said_now
from plan.status import ANSWERED, Judgement
from progress.acts import decisions as acts
from store import obligations
from words.codes import fold

VERDICT = re.compile(r"^(dung|qua)(?: han)?\s+(tat ?ca(?!\S)\s*)?")
VERDICTS = {"dung": Judgement.IN_TIME, "qua": Judgement.LATE}


def judge(turn: Turn, rest: str) -> bool:
    """/tinhhan dung tatca căn cứ …, or the buttons under the notice: "/judge qua #57"."""
    folded = fold(rest)
    match = VERDICT.match(folded) if len(folded) == len(rest) else None
    meant = reference.read(turn.office, rest[match.end() :] if match else "")
    if match is None or (not match[2] and meant.obligation is None):
        turn.answer(turn.text("flag.how"))
        return False
    wish = JudgeWish(verdict=VERDICTS[match[1]], obligation=None if match[2] else meant.obligation)
    return weigh(turn, wish, meant.text if match[2] else meant.words)


def weigh(turn: Turn, wish: JudgeWish, basis: str) -> bool:
    """Judges what waits for it, or asks for the basis; whether nothing of it waits any more."""
    rows = [
        row for row in obligations.flagged(turn.session) if row.state in ANSWERED and wish.obligation in (None, row.id)
    ]
    if not rows:
        turn.answer(turn.text("flag.none"))
        return True
    if not (basis := two_steps.basis_in(basis)):
        two_steps.ask_basis(turn, wish)
        return False
    ids = tuple(row.id for row in rows if row.id is not None)
    carry_out(turn, acts.Judge(said_now(turn, basis), ids, wish.verdict))
    return True
