"""/undo, its button, or /undo 2b: takes back what was said by mistake; after ten minutes an admin is asked."""

from bot import reference
from bot.answers import leave
from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which import owed
from progress.acts.values import TakeBack, Undo, Withdraw
from progress.items import code_of
from progress.submit import LASTING, undo_until
from store import deliveries, obligations, submissions
from store.answer_tables import Submission
from words import grammar
from words.message import Button


def take_back(turn: Turn, rest: str) -> bool:
    """/takeback #57, S12, R3, Y4 or H5, its button: what went to somebody was a mistake."""
    meant = reference.read(turn.office, rest)
    numbers = (meant.obligation, meant.submission, meant.request, meant.opinion, meant.inquiry)
    act = TakeBack(owed.said_now(turn, ""), *numbers)
    return carry_out(turn, act).is_over


def undo(turn: Turn, rest: str) -> bool:
    """The answer of a number, as its button names it, of an obligation that is named, or else the person's newest."""
    meant, number = reference.read(turn.office, rest), grammar.number(rest)
    if number is None and (meant.code is not None or meant.obligation is not None):
        found = owed.find_or_ask(turn, "undo", meant)
        return found is not None and carry_out(turn, Withdraw(found[1], found[0].id or 0)).is_over
    latest = submissions.latest_of(turn.session, turn.person_id) if number is None else None
    last_said = latest is not None and _is_last_said(turn, latest)
    if number is None and not rest and not last_said and turn.open_question() is not None:
        # Said to leave a question: what was answered before it stays.
        return leave.leave(turn)
    if latest is not None:
        if not rest and not last_said:
            return _ask(turn, latest)
        return carry_out(turn, Undo(owed.said_now(turn, rest), latest.id)).is_over
    return carry_out(turn, Undo(owed.said_now(turn, ""), number)).is_over


def _is_last_said(turn: Turn, latest: Submission) -> bool:
    """Whether the chat's newest message is the confirmation of an answer, so that nothing else can be meant."""
    newest = deliveries.newest_to(turn.session, turn.incoming.channel, turn.incoming.chat)
    return newest is not None and newest.submission_id == latest.id


def _ask(turn: Turn, latest: Submission) -> bool:
    """Names the answer that would be taken back, and does nothing before the press; an older one is asked about with a
    reason in any case."""
    row = obligations.get(turn.session, latest.obligation_id)
    if row is None or row.kind in LASTING or turn.now > undo_until(latest.recorded_at, latest.via):
        return carry_out(turn, Undo(owed.said_now(turn, ""), latest.id)).is_over
    code = code_of(turn.office, row)
    text = turn.text(
        "undo.which",
        code=code,
        agency=turn.office.agency_name(row.agency_id),
        at=latest.at,
        note=latest.note,
        files=len(submissions.files_of(turn.session, latest.id or 0)),
    )
    press = Button(
        turn.text("button.undo_code", code=code), f"/undo {latest.id}", turn.text("button.undo_code_typed", code=code)
    )
    turn.answer(text, buttons=[[press]])
    return False
