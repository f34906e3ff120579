"""One update, whole: who said it, what it says, whether they may, and the effect; all in the caller's transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.answers import albums, answer
from bot.answers.heard import answers
from bot.commands import BY_VERB, THOSE_WHO_CONFIRM, VERBS, Command
from bot.decide import plan_file, plan_import, review
from bot.door import chat_changes, letters, may, replies
from bot.door.before import Before
from bot.people import papers, start, strangers
from bot.turn import Turn, identify
from bot.which import order, owed
from channels.abilities import Abilities
from channels.base import ChatKind, Incoming, What
from plan.people import Role
from progress.submit import keep_files
from store import deliveries, rates, submissions
from words import courtesies, grammar, short_words, verdicts
from words.grammar import UNKNOWN
from words.office import Office
from words.reach import parted
from words.render import clip

SAID = (What.MESSAGE, What.PRESS, What.EDITED)
Do = Callable[[], None]
DAY_S = 86_400.0
OF_STRANGERS = 120
# So many letters of a message are read and kept whatever somebody wrote before: an answer needs no more.
CUT_TO = 200
# Of a command that there is not so many letters are said again.
LONGEST_COMMAND = 40


@dataclass(frozen=True)
class Heard:
    """What somebody said: its words, the `command` they name, or that they are `expected` by a question instead.

    `before` is what came of the same message before, `is_repeated` whether it said the same.
    """

    turn: Turn
    words: grammar.Phrase
    command: Command | None
    expected: bool
    before: Before | None = None
    is_repeated: bool = False


def handle(
    session: Session,
    office: Office,
    incoming: Incoming,
    now: datetime,
    limits: Abilities,
    before: Before | None = None,
) -> Turn:
    """Does what an update asks for; everything it causes, answers included, is in this transaction.

    `before` is what came of the same message before.
    """
    turn = Turn(session, office, incoming, now, limits)
    chat_changes.note_name(turn)
    if incoming.what not in SAID:
        chat_changes.note(turn)
    elif incoming.addressed:
        identify(turn)
        if may.be_believed(turn):
            _prove_arrival(turn)
        cut = _within_share(turn)
        _keep_files(turn)
        if not letters.spelled_out_or_asked(turn):
            is_repeated = before is not None and before.is_same(turn.incoming)
            heard = replace(hear(turn), before=before, is_repeated=is_repeated)
            next(do for step in STEPS if (do := step(heard)) is not None)()
        papers.warn_in_group(turn)
        if cut:
            turn.answer(turn.text("error.too_much_text", thousands=office.letters_per_day // 1000, kept=CUT_TO))
    if incoming.topic is not None:
        deliveries.put_into_topic(session, incoming.channel, incoming.chat, incoming.topic, now)
    return turn


def said_before(heard: Heard) -> Do | None:
    """A message that came before: nothing where it says the same, a word where it had its effect already."""
    turn, before = heard.turn, heard.before
    if heard.is_repeated:
        return _nothing
    if not turn.roles:
        # What came of it is nothing to tell somebody who has no role, or has none any more.
        return None
    if turn.incoming.what is What.EDITED and submissions.by_source(turn.session, turn.source) is not None:
        return lambda: turn.answer(turn.text("done.edited"))
    return (lambda: turn.answer(turn.text("error.acted"))) if before is not None and before.acted else None


def plan_document(heard: Heard) -> Do | None:
    """A document that is to become a plan: no evidence, and not kept before it is read."""
    return (lambda: plan_import.take(heard.turn)) if plan_import.is_document(heard.turn, VERBS) else None


def courtesy(heard: Heard) -> Do | None:
    """Thanks and "đã rõ" in a group: they say nothing that is to be recorded, and are no reason to ask everybody."""
    turn = heard.turn
    said = turn.incoming.chat_kind is ChatKind.GROUP and not turn.files and heard.command is None and not heard.expected
    return _nothing if said and courtesies.is_one(turn.incoming.text) else None


def not_allowed(heard: Heard) -> Do | None:
    """What this person may not say here; a group hears of it only where a command was meant."""
    turn = heard.turn
    no = may.refusal(turn, heard.command or BY_VERB["help"])
    if no is None:
        return None
    spoken_to = turn.incoming.chat_kind is ChatKind.PRIVATE or heard.command is not None
    return (lambda: strangers.answer(turn, no)) if spoken_to else _nothing


def button_of_another(heard: Heard) -> Do | None:
    """A button in a group that stands under a message to another person."""
    turn = heard.turn
    row = deliveries.get(turn.session, turn.incoming.delivery) if turn.incoming.delivery else None
    theirs = row is not None and row.person_id not in (None, turn.person_id_or_none)
    return (lambda: strangers.answer(turn, turn.text("access.not_yours"))) if theirs else None


def passed_on(heard: Heard) -> Do | None:
    """Somebody else's words, passed on: no words of who passes them on. Its files are asked about like any."""
    turn = heard.turn
    if not turn.incoming.forwarded or not turn.incoming.text.strip() or not turn.roles:
        return None
    return (lambda: _take_files(heard)) if turn.files else (lambda: turn.answer(turn.text("error.forwarded")))


def album_picture(heard: Heard) -> Do | None:
    """A picture without words of its own, in an album."""
    return (lambda: albums.take_picture(heard.turn)) if albums.is_picture(heard.turn) else None


def expected_words(heard: Heard) -> Do | None:
    """What a question asked for."""
    return (lambda: replies.take(heard.turn)) if heard.expected else None


def command(heard: Heard) -> Do | None:
    """What names a command."""
    found = heard.command
    return (lambda: _run(heard.turn, found, heard.words.rest)) if found is not None else None


def command_of_others(heard: Heard) -> Do | None:
    """A command in a group that may be another bot's."""
    return _nothing if heard.words.slash and heard.turn.incoming.chat_kind is ChatKind.GROUP else None


def unknown_command(heard: Heard) -> Do | None:
    """A command that there is not: no words about work; where a code is named it is read without its slash before."""
    turn, words = heard.turn, heard.words
    if words.verb != UNKNOWN or turn.incoming.what is What.PRESS or turn.files:
        return None
    named = clip(words.rest.split(maxsplit=1)[0], LONGEST_COMMAND) if words.rest else ""
    return lambda: turn.answer(turn.text("error.no_command", words=named))


def plain_words(heard: Heard) -> Do:
    """Everything else; thanks in one's own chat are returned."""
    turn = heard.turn
    if turn.incoming.what is not What.PRESS and not turn.files and courtesies.is_one(turn.incoming.text):
        return lambda: turn.answer(turn.text("error.courtesy"))
    if plan_file.may_be_plan(turn):
        return lambda: _document_of_admin(turn)
    return lambda: answer.plain(turn, heard.words.rest)


def _document_of_admin(turn: Turn) -> None:
    """It may be evidence of the own agency's work, or the new plan: neither is taken for granted."""
    if turn.agencies:
        answer.plain(turn, "")
    plan_file.ask(turn)


# The first step that knows what to do decides; deciding changes nothing. What was recorded once is never read anew, so
# an edit comes first; nobody learns anything before it is seen whether they may; words that were asked for are taken
# before a command that they happen to begin with; and what nobody claimed is read as plain words.
STEPS: tuple[Callable[[Heard], Do | None], ...] = (
    said_before,
    not_allowed,
    plan_document,
    courtesy,
    button_of_another,
    passed_on,
    album_picture,
    expected_words,
    command,
    command_of_others,
    unknown_command,
    plain_words,
)


def _run(turn: Turn, found: Command, rest: str) -> None:
    """Runs a command; the button that said it is spent where what it offered is over.

    What a button confirms is over however it ended: it was shown once, and is shown anew by its command.
    """
    is_press = turn.incoming.what is What.PRESS
    if found.verb in order.CODE_AND_MORE and not is_press:
        rest = order.code_first(turn.office, rest)
    over = found.run(turn, rest) is True or grammar.confirms(rest)
    turn.spent = over and is_press


def _take_files(heard: Heard) -> None:
    """Takes the files as if they had come without words."""
    turn, question = heard.turn, heard.turn.open_question()
    turn.incoming = replace(turn.incoming, text="")
    if heard.expected and question is not None and question.takes_files:
        replies.take(turn)
    elif albums.is_picture(turn):
        albums.take_picture(turn)
    else:
        answer.plain(turn, "")


def _nothing() -> None:
    """Silence."""


def hear(turn: Turn) -> Heard:
    """What was said, and whether a question waits for it; changes nothing but that a slash before a code goes.

    Of somebody without a role only so much is read as a command with an invite's code has.
    """
    text = turn.incoming.text if turn.roles else parted(turn.incoming.text, OF_STRANGERS)[0]
    words = grammar.read(text, VERBS)
    if words.verb == UNKNOWN and turn.incoming.chat_kind is ChatKind.PRIVATE and _is_about_work(turn, words.rest):
        # "/2b xong" is "2b xong", and of "/hoanthnah 2b" nobody knows what it says of 2b.
        text = words.rest
        turn.incoming = replace(turn.incoming, text=text)
        words = grammar.read(text, VERBS)
    if not words.slash and short_words.perhaps_agrees(text) and start.is_offered(turn):
        words = grammar.Phrase("agree", text)
    elif not words.slash and (code := start.typed_code(turn, text)) is not None:
        words = grammar.Phrase("start", code)
    elif not words.slash and _may_decide(turn) and review.said_alone(turn, text):
        words = grammar.Phrase("confirm" if verdicts.read(text) is verdicts.Verdict.CONFIRM else "return", "")
    if not words.slash and words.verb == "assignee" and not _may_decide(turn):
        # Of anybody else "phân công 2b cho …" is progress, and must not be lost to a refusal.
        words = grammar.Phrase(None, text)
    plain = not words.slash and turn.incoming.what is What.MESSAGE
    expected = plain and replies.is_expected(turn, words.verb, words.rest)
    return Heard(turn, words, None if expected else BY_VERB.get(words.verb or ""), expected)


def _is_about_work(turn: Turn, text: str) -> bool:
    """Whether what stands behind a slash is a code or a day, or names a code further on."""
    return bool(turn.roles) and (text[:1].isdigit() or any(each.code for each in answers(turn)))


def _may_decide(turn: Turn) -> bool:
    return not THOSE_WHO_CONFIRM.isdisjoint(turn.roles)


def _within_share(turn: Turn) -> bool:
    """Cuts the words of somebody who wrote their share of a day already; whether it did. An answer still counts."""
    text, most = turn.incoming.text, turn.office.letters_per_day
    if turn.person is None or len(text) <= CUT_TO:
        return False
    share = rates.Limit(DAY_S / most, most)
    if rates.allow(turn.session, f"letters:{turn.person_id}", share, turn.now, places=len(text)):
        return False
    turn.incoming = replace(turn.incoming, text=clip(text, CUT_TO))
    return True


def _keep_files(turn: Turn) -> None:
    """Keeps what was sent before anybody asks what it is for."""
    incoming = turn.incoming
    if plan_import.is_document(turn, VERBS):
        return
    if turn.person is None or not (turn.agencies or Role.ADMIN in turn.roles):
        return
    said = owed.said_now(turn, incoming.text)
    turn.files = keep_files(turn.session, turn.office, incoming, said, turn.limits, turn.now)


def _prove_arrival(turn: Turn) -> None:
    """A press or a reply settles the doubt about the message it is on."""
    incoming = turn.incoming
    if incoming.what is What.PRESS and incoming.delivery and incoming.message_id:
        row = deliveries.get(turn.session, incoming.delivery)
        here = row is not None and (row.channel, row.chat) == (incoming.channel, incoming.chat)
        # What a press bears anybody may write: under another person's message it proves nothing.
        if row is not None and here and row.person_id in (None, turn.person_id_or_none):
            deliveries.arrived(turn.session, incoming.delivery, incoming.message_id, turn.now)
    elif incoming.reply_to and turn.person is not None:
        deliveries.arrived_unseen(turn.session, incoming.channel, incoming.chat, incoming.reply_to, turn.now)
