"""What is said about one obligation: a command, a caption, a reply, a button and plain words meet here."""

from collections.abc import Callable
from dataclasses import replace

from bot import reference
from bot.answers import acts, contribution, on_behalf, products
from bot.carry_out import carry_out
from bot.questions.about_answers import Target
from bot.reading import tasks
from bot.reference import Reference
from bot.turn import Turn
from bot.which import owed
from plan.people import Role
from progress.choose import in_order
from progress.submit import Statement
from store import obligations, submissions
from store.tables import Obligation
from words.message import Button
from words.nothing import nothing_arose


def about(verb: str) -> Callable[[Turn, str], bool]:
    """The command of what is said about one obligation: /done 2b [note], /extend 2b 15/02 lý do."""

    def run(turn: Turn, rest: str) -> bool:
        return _act_on(turn, verb, rest)

    return run


def _act_on(turn: Turn, verb: str, rest: str) -> bool:
    meant = reference.read(turn.office, rest)
    if verb == "done" and on_behalf.is_meant(turn, meant):
        return _done_on_behalf(turn, meant)
    if verb == "done" and nothing_arose(meant.words):
        verb = "nothing"
    if not turn.agencies:
        turn.answer(turn.text("behalf.how" if Role.ADMIN in turn.roles else "error.no_agency"))
        return False
    if (waiting := _code_for_kept(turn, verb, meant)) is not None:
        _with_code(turn, verb, meant, waiting)
        return False
    found = owed.find_or_ask(turn, verb, meant, contribution.record_if_coordinating)
    return found is not None and act(turn, verb, *found)


def _done_on_behalf(turn: Turn, meant: Reference) -> bool:
    found = on_behalf.find_or_say(turn, meant)
    return found is not None and act(turn, "done", *found)


def _code_for_kept(turn: Turn, verb: str, meant: Reference) -> Statement | None:
    """A photo came without a code, and now "/done 2b" comes without a photo: they belong together."""
    question = turn.question(Target)
    if verb != "done" or question is None or turn.files or turn.incoming.reply_to or meant.obligation:
        return None
    kept = question.said(turn.person_id)
    loose = submissions.loose_files(turn.session, turn.person_id, kept.files) if kept.files else []
    return kept if loose and question.verb == "done" else None


def _with_code(turn: Turn, verb: str, meant: Reference, kept: Statement) -> None:
    found = owed.find_or_ask(turn, verb, meant, contribution.record_if_coordinating)
    if found is None:
        # A question was put anew; what was kept goes on with it.
        if (question := turn.question(Target)) is not None:
            note = " ".join(filter(None, (kept.note, question.note)))
            turn.ask(Target.of(replace(kept, note=note), verb=question.verb))
        return
    row, said = found
    turn.settle_question()
    note = " ".join(filter(None, (kept.note, said.note)))
    act(turn, verb, row, _completed(turn, replace(kept, note=note)))


def _completed(turn: Turn, kept: Statement) -> Statement:
    """What was kept until it is known what it is for, which is now."""
    return kept.completed(turn.incoming.sent_at, turn.office)


def act(turn: Turn, verb: str, row: Obligation, said: Statement) -> bool:
    """Does what was said about one obligation; True where what was offered is over."""
    return carry_out(turn, acts.read(turn, verb, row.id or 0, said)).is_over


def pick(turn: Turn, rest: str) -> bool:
    """A button under a question: /pick #57, or /pick progress #57."""
    verb, _, named = rest.rpartition(" ")
    question = turn.question(Target)
    chosen = reference.read(turn.office, named).obligation
    if question is None or chosen is None:
        turn.hint(turn.text("ask.answered"))
        return True
    row = obligations.get(turn.session, chosen)
    if row is None or row.agency_id not in turn.agencies:
        turn.hint(turn.text("ask.foreign"))
        return True
    turn.settle_question()
    act(turn, verb or question.verb, row, _completed(turn, question.said(turn.person_id)))
    return True


def plain(turn: Turn, text: str) -> None:
    """A text that names no command: a code that was asked for, a reply to a reminder, files alone."""
    if products.completed_or_asked(turn, text, act):
        return
    meant = reference.read(turn.office, text)
    if (question := turn.question(Target)) and not turn.files and (meant.code or meant.wanted):
        _with_code(turn, question.verb, meant, question.said(turn.person_id))
    elif turn.files:
        _act_on(turn, "done", text)
    elif turn.incoming.reply_to and (found := owed.replied_to(turn)):
        _ask_what(turn, in_order(turn.office, found, turn.now), text)
    elif meant.wanted.isdigit():
        _act_on(turn, "done", text)
    elif meant.code is not None and not meant.words:
        tasks.detail(turn, text)
    else:
        turn.answer(turn.text("error.not_understood"))


def _ask_what(turn: Turn, found: list[Obligation], text: str) -> None:
    """A reply in plain words to a reminder: what about it? The words are kept."""
    said = owed.said_now(turn, text)
    if len(found) > 1:
        owed.ask(turn, "progress", said, turn.text("ask.which"), options=found)
        return
    row = found[0]
    verbs = ("done", "progress", "blocked")
    buttons = [[Button(turn.text(f"button.{verb}"), f"/pick {verb} #{row.id}") for verb in verbs]]
    owed.ask(turn, "progress", said, turn.text("ask.what", code=row.task), buttons=buttons)
