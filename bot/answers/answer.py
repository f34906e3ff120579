"""What is said about one obligation: a command, a caption, a reply, a button and plain words meet here."""

from collections.abc import Callable
from dataclasses import replace

from bot import reference
from bot.answers import acts, contribution, heard, inquire, kept, lone, on_behalf, products, reported, several
from bot.carry_out import carry_out
from bot.questions.about_answers import Target
from bot.reading import tasks
from bot.reference import Reference
from bot.turn import Turn
from bot.which import owed, own_agency
from bot.which.replied import replied_to
from channels.base import What
from plan.people import Role
from progress.choose import in_order
from progress.submit import Statement
from store import obligations
from store.tables import Obligation
from words.nothing import nothing_arose
from words.reading import Answer, Said

# What photos and files may come with besides an answer.
WITH_FILES = frozenset({"progress", "blocked", "cause", "extend", "notours"})


def about(verb: str) -> Callable[[Turn, str], bool]:
    """The command of what is said about one obligation: /done 2b [note], /extend 2b 15/02 lý do."""

    def run(turn: Turn, rest: str) -> bool:
        return _act_on(turn, verb, rest)

    return run


def _act_on(turn: Turn, verb: str, rest: str) -> bool:
    meant = reference.read(turn.office, rest)
    if verb == "done" and turn.incoming.what is not What.PRESS:
        found = heard.answers(turn)
        if inquire.is_one(turn, found):
            inquire.offer(turn, rest, found)
            return False
        if len(found) > 1:
            return several.answer_all(turn, found)
        if meant.code is None and meant.obligation is None:
            meant = _with_its_code(turn, found[0], rest) or meant
            if _is_alone(turn, meant) and lone.is_understood(turn, found[0].reading, turn.incoming.text.strip()):
                return False
    if verb in on_behalf.VERBS and on_behalf.is_meant(turn, meant):
        theirs = on_behalf.find_or_say(turn, verb, meant)
        return theirs is not None and act(turn, verb, *theirs)
    if verb in owed.ANSWERING and nothing_arose(meant.words):
        verb = "nothing"
    return _on_own(turn, verb, meant)


def _is_alone(turn: Turn, meant: Reference) -> bool:
    """Whether plain words name no code, come with nothing and reply to nothing."""
    about = meant.code or meant.wanted or turn.files or turn.incoming.reply_to or turn.question(Target)
    return not about and not heard.is_command(turn)


def _with_its_code(turn: Turn, found: Answer, words: str) -> Reference | None:
    """What a text is about whose code does not come first: "em xong 2b rồi"."""
    if found.code is None:
        return None
    named = reference.read(turn.office, reference.labelled(found.code, found.milestone))
    return replace(named, text=words, words=words, rest=words)


def _on_own(turn: Turn, verb: str, meant: Reference) -> bool:
    if not turn.agencies:
        turn.answer(turn.text("behalf.how" if Role.ADMIN in turn.roles else "error.no_agency"))
        return False
    if (waiting := _code_for_kept(turn, verb, meant)) is not None:
        _with_code(turn, verb, meant, waiting)
        return False
    found = owed.find_or_ask(turn, verb, meant, contribution.record_if_coordinating)
    return found is not None and act(turn, verb, found[0], _with_files_asked_about(turn, verb, found[1]))


def _with_files_asked_about(turn: Turn, verb: str, said: Statement) -> Statement:
    """With the files of which this person was just asked what they are for, where they answer by such a command."""
    before = kept.of_question(turn) if verb in WITH_FILES else None
    if before is None:
        return said
    turn.settle_question()
    return replace(said, files=(*before.files, *said.files))


def _code_for_kept(turn: Turn, verb: str, meant: Reference) -> Statement | None:
    """A photo came without a code, and now "/done 2b" comes without a photo: they belong together."""
    if verb != "done" or turn.files or turn.incoming.reply_to or meant.obligation:
        return None
    return kept.of_question(turn)


def _with_code(turn: Turn, verb: str, meant: Reference, before: Statement, *, bare: bool = False) -> None:
    """What was kept is about what is named now; `bare` where nothing but a code was said."""
    found = owed.find_or_ask(turn, verb, meant, contribution.record_if_coordinating)
    if found is None:
        # A question was put anew; what was kept goes on with it.
        if (question := turn.question(Target)) is not None:
            note = " ".join(filter(None, (before.note, question.note)))
            files = tuple(dict.fromkeys((*before.files, *question.files)))
            turn.ask(Target.of(replace(before, note=note, files=files), verb=question.verb))
        return
    row, said = found
    if bare and kept.is_of_another_day(turn, before):
        kept.ask_whether(turn, row, before)
        return
    turn.settle_question()
    note = " ".join(filter(None, (before.note, said.note)))
    act(turn, verb, row, _completed(turn, replace(before, note=note)))


def _completed(turn: Turn, before: Statement) -> Statement:
    """What was kept until it is known what it is for, which is now."""
    return before.completed(turn.incoming.sent_at, turn.office)


def act(turn: Turn, verb: str, row: Obligation, said: Statement) -> bool:
    """Does what was said about one obligation; True where what was offered is over."""
    if verb in owed.ANSWERING:
        return carry_out(turn, acts.read_words(turn, row, said, told=verb == "done")).is_over
    return carry_out(turn, acts.read(turn, verb, row.id or 0, said)).is_over


def pick(turn: Turn, rest: str) -> bool:
    """A button under a question: /pick #57, or /pick progress #57."""
    if reported.is_choice(rest):
        return reported.pick(turn, rest)
    verb, _, named = rest.rpartition(" ")
    question = turn.question(Target)
    chosen = reference.read(turn.office, named).obligation
    if question is None or chosen is None:
        turn.hint(turn.text("ask.answered"))
        return True
    row = obligations.get(turn.session, chosen)
    if row is None or not (row.agency_id in turn.agencies or on_behalf.may_pick(turn, verb or question.verb)):
        turn.hint(turn.text("ask.foreign"))
        return True
    turn.settle_question()
    act(turn, verb or question.verb, row, _completed(turn, question.said(turn.person_id)))
    return True


def plain(turn: Turn, text: str) -> None:
    """A text that names no command: a code that was asked for, what is said about one, a reply, files alone."""
    if products.completed_or_asked(turn, text, act):
        return
    meant, found = reference.read(turn.office, text), heard.answers(turn)
    bare = found[0].reading.says is Said.BARE
    question = turn.question(Target) if not turn.files else None
    if question and question.code and (own := own_agency.alone(turn, text)):
        of_it = replace(reference.read(turn.office, question.code), agencies=(own,))
        _with_code(turn, question.verb, of_it, question.said(turn.person_id))
    elif question and (meant.code or meant.wanted):
        of_files = bool(question.files) and question.verb in owed.ANSWERING
        _with_code(turn, question.verb, meant, question.said(turn.person_id), bare=bare and of_files)
    elif inquire.is_one(turn, found):
        inquire.offer(turn, text, found)
    elif len(found) > 1:
        several.answer_all(turn, found)
    elif turn.files:
        _act_on(turn, "say", text)
    elif bare and found[0].code and not turn.incoming.reply_to and (before := kept.elsewhere(turn)) is not None:
        _with_code(turn, "say", meant, before, bare=True)
    elif found[0].code is not None:
        _say_about(turn, meant, found[0], text)
    elif rows := replied_to(turn):
        _ask_what(turn, in_order(turn.office, rows, turn.now), text)
    elif meant.wanted.isdigit():
        _act_on(turn, "done", text)
    elif not lone.is_understood(turn, found[0].reading, text):
        turn.not_understood()


def _say_about(turn: Turn, meant: Reference, found: Answer, text: str) -> None:
    """What is said about one code, wherever it stands; a bare code asks what it is, and a question is no answer."""
    if found.reading.says is Said.BARE:
        tasks.detail(turn, reference.labelled(found.code or "", found.milestone))
    elif found.reading.says is Said.ASKS:
        turn.not_understood()
    else:
        _on_own(turn, "say", meant if meant.code else _with_its_code(turn, found, text) or meant)


def _ask_what(turn: Turn, found: list[Obligation], text: str) -> None:
    """A reply in plain words to a reminder: about one task it is read, about several it is asked which."""
    said = owed.said_now(turn, text)
    if len(found) > 1:
        owed.ask(turn, "say", said, turn.text("ask.which"), options=found)
    else:
        act(turn, "say", found[0], said)
