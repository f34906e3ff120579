"""A message that names a document: which answer it completes."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.answers import heard
from bot.turn import Turn
from bot.which import owed
from bot.which.replied import replied_to
from plan.status import ANSWERED
from progress import product
from progress.items import item_of
from progress.submit import Statement
from store import submissions
from store.answer_tables import Submission
from store.tables import Obligation

ASKED_FOR = timedelta(days=1)


def completed_or_asked(turn: Turn, text: str, act: Callable[[Turn, str, Obligation, Statement], object]) -> bool:
    """Adds the document that a text names to the answer that wants it, or asks to which; False where none does."""
    rows = _meant(turn, text)
    said = owed.said_now(turn, text)
    if len(rows) > 1:
        owed.ask(turn, "done", said, turn.text("product.which"), options=rows)
    elif rows:
        act(turn, "done", rows[0], said)
    return bool(rows)


def _meant(turn: Turn, text: str) -> Sequence[Obligation]:
    """The answered obligations whose document a text names.

    A reply means what it replies to. Otherwise it is the person's answers of the last day that still want a number,
    of the task that the text names, where it names one.
    """
    if not product.is_named(text):
        return ()
    if replied := replied_to(turn):
        return replied if len(replied) == 1 and replied[0].state in ANSWERED else ()
    recent = submissions.recent_of(turn.session, turn.person_id, turn.incoming.sent_at - ASKED_FOR)
    # "KH 05/KH-UBND" begins with the kind of the document, not with the duty "kh".
    typed = {each.code for each in heard.answers(turn) if each.code and each.code[:1].isdigit()}
    return [row for submission, row in recent if _wants(turn, submission, row) and (not typed or typed == {row.task})]


def _wants(turn: Turn, submission: Submission, row: Obligation) -> bool:
    item = item_of(turn.office, row)
    same_day = turn.office.today(submission.at) == turn.office.today(turn.incoming.sent_at)
    if item is None or row.agency_id not in turn.agencies or not (row.state in ANSWERED or same_day):
        return False
    return product.is_missing(item, submission)
