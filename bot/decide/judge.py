"""/judge: whether lateness counts that was the service's own, or is in question."""

import re

from bot import notify, reference
from bot.decide import two_steps
from bot.questions.wishes import JudgeWish
from bot.turn import Turn
from plan.status import ANSWERED, EventKind, Judgement
from progress.items import code_of
from store import audit, obligations
from store.obligations import NewEvent
from store.postings import Identity
from store.tables import Obligation
from words.codes import fold

VERDICT = re.compile(r"^(dung|qua)(?: han)?\s+(tat ?ca(?!\S)\s*)?")
VERDICTS = {"dung": Judgement.IN_TIME, "qua": Judgement.LATE}


def judge(turn: Turn, rest: str) -> None:
    """/tinhhan dung tatca căn cứ …, or the buttons under the notice: "/judge qua #57"."""
    folded = fold(rest)
    match = VERDICT.match(folded) if len(folded) == len(rest) else None
    meant = reference.read(turn.office, rest[match.end() :] if match else "")
    if match is None or (not match[2] and meant.obligation is None):
        turn.answer(turn.text("flag.how"))
        return
    wish = JudgeWish(verdict=VERDICTS[match[1]], obligation=None if match[2] else meant.obligation)
    weigh(turn, wish, meant.text if match[2] else meant.words)


def weigh(turn: Turn, wish: JudgeWish, basis: str) -> None:
    """Judges what waits for it, or asks for the basis."""
    rows = [
        row for row in obligations.flagged(turn.session) if row.state in ANSWERED and wish.obligation in (None, row.id)
    ]
    if not rows:
        turn.answer(turn.text("flag.none"))
    elif not (basis := two_steps.basis_in(basis)):
        two_steps.ask_basis(turn, wish)
    else:
        _judge(turn, rows, wish.verdict, basis)


def _judge(turn: Turn, rows: list[Obligation], verdict: Judgement, basis: str) -> None:
    for row in rows:
        # The judgement is the note's first word.
        obligations.record(
            turn.session,
            row,
            NewEvent(EventKind.JUDGED, turn.now, via=turn.via, person_id=turn.person_id, note=f"{verdict} {basis}"),
            turn.now,
        )
        notify.officers(
            turn,
            [row.agency_id],
            lambda _own, row=row: turn.text(  # type: ignore[misc]
                "flag.notice",
                code=code_of(turn.office, row),
                agency=turn.office.agency_short(row.agency_id),
                compiler=turn.office.compiler_name,
                in_time=verdict is Judgement.IN_TIME,
                basis=basis,
            ),
            "lateness was judged",
            identity=Identity("judged", f"{row.id}:{turn.source}"),
        )
    audit.record(
        turn.session,
        "lateness.judged",
        f"obligations:{','.join(str(row.id) for row in rows)}",
        turn.now,
        via=turn.via,
        actor=turn.person_id,
        verdict=str(verdict),
        basis=basis,
    )
    turn.answer(turn.text("flag.done", word=turn.text(f"flag.{verdict}"), count=len(rows), basis=basis))
