"""What a question asked for comes in the next message, as it is, even when it begins like a command."""

from dataclasses import replace

from bot import reference
from bot.answers import acts, clarify, inquire, leave, reported
from bot.carry_out import carry_out
from bot.commands import BY_VERB
from bot.decide import assign, blockage, grant, judge, office_days, paper, plan_import, review, set_aside, set_date
from bot.door import may
from bot.people import strangers
from bot.questions.about_answers import (
    HOLDS_FILES,
    Comment,
    Correction,
    Extension,
    Forwarding,
    HoldsFiles,
    NotOurs,
    Reason,
    WhatWasMeant,
    WhyLate,
    WhyTakenOut,
    Withdrawal,
)
from bot.questions.base import OpenQuestion, WaitsFor
from bot.questions.to_deciders import (
    DECIDES_WITH_FILES,
    CommentReply,
    DecidesWithFiles,
    Deciding,
    Granting,
    InquiryReply,
    Refusal,
    Remark,
    Reply,
    Return,
)
from bot.questions.wishes import (
    AnyWish,
    AssignWish,
    Basis,
    JudgeWish,
    OfficeDayWish,
    PaperWish,
    PlanQuestion,
    SetAsideWish,
    SetDateWish,
    TransferWish,
)
from bot.turn import Turn
from bot.which import owed
from progress import placing
from progress.about_files import about
from progress.acts import values
from progress.items import code_of
from store import deliveries, loose, obligations
from store.types import DeliveryKind
from words import grammar, short_words, verdicts

# What a reply to a notice answers.
NOTICES = (blockage.replied_notice, blockage.replied_inquiry, review.replied_notice, grant.replied_notice)
# Questions whose answer may come with photos and files; of these the first say which work they are about.
ABOUT_WORK = (*HOLDS_FILES, Reply)
HOLDS = (*HOLDS_FILES, *DECIDES_WITH_FILES)


def is_expected(turn: Turn, verb: str | None, rest: str) -> bool:
    """Whether a message without a slash answers a question; "xong 2b" goes past most."""
    if turn.person is None:
        return False
    text = turn.incoming.text.strip()
    question = turn.open_question() if not _replies_to_another(turn) else None
    if question is None and reported.is_name(turn, verb):
        return True
    if question is not None and _leaves(question, text):
        return True
    if isinstance(question, Deciding):
        return bool(turn.incoming.reply_to and text) or verdicts.decides_alone(text)
    if isinstance(question, Forwarding):
        return inquire.is_of(turn, question) and not text if turn.files else short_words.sends(text)
    if question is not None and _is_said_elsewhere(turn, verb, rest):
        return False
    if question is not None and question.waits_for is WaitsFor.BASIS:
        return True
    if turn.files and (question is not None or not text):
        return question is not None and question.takes_files
    if not text:
        return False
    if isinstance(question, WhatWasMeant):
        return clarify.meaning_of(turn, question) is not None
    if any(each(turn) is not None for each in NOTICES):
        return True
    return question is not None and question.waits_for is WaitsFor.WORDS


def _leaves(question: OpenQuestion, text: str) -> bool:
    return short_words.leaves(text, slip_is_reason=question.slip_is_reason)


def _replies_to_another(turn: Turn) -> bool:
    """Whether a message replies to another one than the question's: then it is about that."""
    incoming = turn.incoming
    if not incoming.reply_to:
        return False
    row = deliveries.by_message(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    return row is None or row.kind != DeliveryKind.ANSWER or row.created_at != turn.asked_at()


def _is_said_elsewhere(turn: Turn, verb: str | None, rest: str) -> bool:
    """Whether it is a command in words ("việc"), a verb with its code ("xong 2b"), or a code and nothing else.

    A question yields to each; a code is no reason for anything.
    """
    if verb is None:
        named = reference.read(turn.office, turn.incoming.text.strip())
        return named.code is not None and not named.words
    return grammar.is_alone(turn.incoming.text) or reference.read(turn.office, rest).code is not None


def take(turn: Turn) -> None:
    """Gives the words to what asked for them; a reply to a notice says itself what it answers."""
    text = turn.incoming.text.strip()
    question = turn.open_question() if not _replies_to_another(turn) else None
    if question is not None and _leaves(question, text):
        leave.leave(turn)
    elif question is None and reported.is_name(turn, None):
        reported.record(turn, text, None)
    elif text and (blocked := blockage.replied_notice(turn)) is not None:
        carry_out(turn, values.AnswerBlock(owed.said_now(turn, text), blocked))
    elif text and (inquiry := blockage.replied_inquiry(turn)) is not None:
        carry_out(turn, values.AnswerInquiry(owed.said_now(turn, text), inquiry))
    elif isinstance(question, Forwarding):
        inquire.send_or_hold(turn, question)
    elif text and (waiting := review.replied_notice(turn)) is not None:
        review.reply_on(turn, waiting, text)
    elif text and (request := grant.replied_notice(turn)) is not None:
        grant.reply_on(turn, request, text)
    elif isinstance(question, HOLDS) and turn.files and (not text or short_words.says_nothing(text)):
        _hold_files(turn, question)
    elif question is not None and not isinstance(question, Deciding) and short_words.says_nothing(text):
        turn.answer(turn.text("leave.more_words"))
    elif question is not None:
        turn.settle_question()
        _answer(turn, question, text)


def _hold_files(turn: Turn, question: HoldsFiles | DecidesWithFiles) -> None:
    """Photos and files without words wait with the question for its words."""
    whole = question.with_files(turn.files, turn.album)
    turn.ask(whole)
    files = loose.by_ids(turn.session, turn.person_id, whole.files)
    row = obligations.get(turn.session, question.obligation) if isinstance(question, ABOUT_WORK) else None
    named = {"files": placing.in_words(turn.office, files), "code": code_of(turn.office, row) if row else ""}
    turn.answer(turn.text("evidence.held_for_words", **named), about(turn.session, turn.office, files))


def _answer(turn: Turn, question: OpenQuestion, text: str) -> None:
    said = owed.said_now(turn, text)
    if isinstance(question, HOLDS):
        question = question.with_files(turn.files, turn.album)
        said = replace(said, files=question.files)
    match question:
        case PlanQuestion():
            plan_import.reply(turn, question, text)
        case Basis():
            _basis(turn, question, text)
        case WhatWasMeant():
            meant = clarify.meaning_of(turn, question)
            assert meant is not None
            carry_out(turn, meant)
        case Granting():
            carry_out(turn, values.Grant(said, question.request, question.words))
        case Refusal():
            carry_out(turn, values.Refuse(said, question.request, question.words))
        case CommentReply():
            carry_out(turn, values.AnswerComment(said, question.opinion))
        case InquiryReply():
            carry_out(turn, values.AnswerInquiry(said, question.inquiry))
        case Return():
            carry_out(turn, values.Return(said, question.submission))
        case Deciding():
            review.decide(turn, question, said)
        case Reply():
            carry_out(turn, values.AnswerBlock(said, question.obligation))
        case Remark():
            carry_out(turn, values.Remark(said, question.obligation))
        case WhyLate():
            carry_out(turn, values.TellCause(said, question.obligation))
        case Comment():
            carry_out(turn, values.Comment(said, question.obligation))
        case Reason():
            carry_out(turn, values.Blocked(said, question.obligation))
        case Extension():
            carry_out(turn, acts.extend_on(turn, question, text))
        case NotOurs():
            carry_out(turn, values.NotOurs(question.said(turn.person_id, text), question.obligation))
        case Withdrawal():
            carry_out(turn, values.Withdraw(question.said(turn.person_id, text), question.obligation))
        case WhyTakenOut():
            carry_out(turn, values.TakeOut(said, question.file))
        case Correction():
            carry_out(turn, values.Correct(question.said(turn.person_id, text), question.obligation))


def _basis(turn: Turn, question: Basis, text: str) -> None:
    """What a decision rests on has come; who was an admin when it was asked for may be none any more."""
    command = BY_VERB[question.verb]
    if (no := may.refusal(turn, command)) is not None:
        strangers.answer(turn, no)
    elif question.wish is not None:
        _weigh(turn, question.wish, text)
    else:
        command.run(turn, f"{question.rest}{question.joined}{text}")


def _weigh(turn: Turn, wish: AnyWish, basis: str) -> None:
    match wish:
        case SetDateWish():
            set_date.weigh(turn, wish, basis)
        case SetAsideWish():
            set_aside.weigh(turn, wish, basis)
        case TransferWish():
            set_aside.weigh_transfer(turn, wish, basis)
        case PaperWish():
            paper.weigh(turn, wish, basis)
        case JudgeWish():
            judge.weigh(turn, wish, basis)
        case AssignWish():
            assign.weigh(turn, wish, basis)
        case OfficeDayWish():
            office_days.weigh(turn, wish, basis)
