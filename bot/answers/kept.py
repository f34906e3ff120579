"""What waits for a code, whatever was asked or said meanwhile, and the code that comes for it."""

from collections.abc import Sequence

from bot.questions.about_answers import Target
from bot.turn import Turn
from bot.which import owed
from progress import placing
from progress.items import code_of
from progress.submit import Statement
from store import loose
from store.answer_tables import Evidence
from store.tables import Obligation
from words.grammar import SLASH
from words.message import Button


def of_question(turn: Turn) -> Statement | None:
    """What the open question keeps, where files of it belong to no answer yet."""
    question = turn.question(Target)
    if question is None or question.verb not in owed.ANSWERING or not question.files:
        return None
    kept = question.said(turn.person_id)
    return kept if loose.by_ids(turn.session, turn.person_id, kept.files) else None


def elsewhere(turn: Turn) -> Statement | None:
    """The files that wait for a code although no question in this chat says so, as if they had been sent here."""
    files = placing.waiting_for_code(turn.session, turn.person_id, turn.now)
    if not files:
        return None
    last = files[-1]
    ids = tuple(each.id for each in files if each.id is not None)
    source = last.source.rpartition("#")[0]
    return Statement(turn.person_id, last.sent_at, source, turn.via, _words(files), last.album, ids)


def _words(files: Sequence[Evidence]) -> str:
    """What stood under files; what named a command was no word about them."""
    return "\n".join(dict.fromkeys(each.caption for each in files if each.caption and not SLASH.match(each.caption)))


def is_of_another_day(turn: Turn, kept: Statement) -> bool:
    """Whether what is kept came on an earlier day of the office than this message."""
    return bool(kept.files) and turn.office.today(kept.at) != turn.office.today(turn.incoming.sent_at)


def ask_whether(turn: Turn, row: Obligation, kept: Statement) -> None:
    """A bare code on a later day may be a look at the task: whether it is the answer for what is kept is asked."""
    turn.ask(Target.of(kept, verb="say"))
    files = loose.by_ids(turn.session, turn.person_id, kept.files)
    code = code_of(turn.office, row)
    text = turn.text("ask.old_files", files=placing.in_words(turn.office, files), at=files[0].sent_at, code=code)
    buttons = [
        [Button(turn.text("ask.old_files_yes", code=code), f"/pick #{row.id}")],
        [Button(turn.text("ask.old_files_no", code=code), f"/detail {code}")],
    ]
    turn.answer(text, buttons=buttons)
