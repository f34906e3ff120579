"""/judge: whether lateness counts that was the service's own, or is in question."""

import re

from bot import reference
from bot.carry_out import carry_out
from bot.decide import two_steps
from bot.questions.decisions import Judging
from bot.questions.wishes import JudgeWish
from bot.turn import Turn
from bot.which.owed import said_now
from plan.status import ANSWERED, Judgement
from progress.acts import decisions as acts
from progress.acts import judging
from progress.items import code_of
from store import obligations
from store.tables import Obligation
from words.codes import fold

# All that is answered, or all that is open still: they are judged by different things, so never both at once.
VERDICT = re.compile(r"^(dung|qua)(?: han)?\s+((?:tat ?ca ?)?(chua ?bao)(?!\S)\s*|tat ?ca(?!\S)\s*)?")
ALL_FIRST = re.compile(r"^tat ?ca\s+(dung|qua)(?: han)?(?!\S)\s*")
VERDICTS = {"dung": Judgement.IN_TIME, "qua": Judgement.LATE}


def judge(turn: Turn, rest: str) -> bool:
    """/tinhhan dung tatca căn cứ …, or the buttons under the notice: "/judge qua #57"; of what is open /tinhhan qua
    chuabao căn cứ …; shown first, done at the yes."""
    return two_steps.in_two_steps(turn, "judge", rest, _show, Judging, _do)


def _show(turn: Turn, rest: str) -> None:
    folded = fold(rest)
    if len(folded) == len(rest) and (swapped := ALL_FIRST.match(folded)):
        rest = f"{swapped[1]} tatca {rest[swapped.end() :]}"
        folded = fold(rest)
    match = VERDICT.match(folded) if len(folded) == len(rest) else None
    meant = reference.read(turn.office, rest[match.end() :] if match else "")
    if match is None or (not match[2] and meant.obligation is None):
        turn.answer(turn.text("flag.how"))
        return
    wish = JudgeWish(
        verdict=VERDICTS[match[1]], obligation=None if match[2] else meant.obligation, is_open=match[3] is not None
    )
    weigh(turn, wish, meant.text if match[2] else meant.words)


def weigh(turn: Turn, wish: JudgeWish, basis: str) -> None:
    """Shows how what waits for it would be judged, or asks for the basis."""
    rows = [row for row in obligations.flagged(turn.session) if _is_meant(wish, row)]
    if not rows:
        turn.answer(turn.text("flag.none"))
    elif not (basis := two_steps.basis_in(basis)):
        two_steps.ask_basis(turn, wish)
    else:
        ids = tuple(row.id for row in rows if row.id is not None)
        found = [
            (
                code_of(turn.office, row),
                turn.office.agency_name(row.agency_id),
                row.done_at,
                judging.date_of(turn.office, row, wish.verdict, turn.office.today(turn.now)),
            )
            for row in rows
        ]
        text = turn.text(Judging.shows, word=turn.text(f"flag.{wish.verdict}"), rows=found, basis=basis)
        two_steps.propose(turn, Judging(rows=ids, verdict=wish.verdict, basis=basis), text)


def _is_meant(wish: JudgeWish, row: Obligation) -> bool:
    if wish.obligation is not None:
        return row.id == wish.obligation
    return (row.state not in ANSWERED) is wish.is_open


def _do(turn: Turn, shown: Judging) -> None:
    carry_out(turn, acts.Judge(said_now(turn, shown.basis), shown.rows, shown.verdict))
