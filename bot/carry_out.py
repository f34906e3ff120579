"""Does what a turn's words or button meant, and posts what came of it."""

from collections.abc import Sequence
from dataclasses import replace

from bot import reporting
from bot.questions.about_answers import (
    Comment,
    Correction,
    Extension,
    NotOurs,
    Reason,
    WhatWasMeant,
    WhyLate,
    WhyTakenOut,
    Withdrawal,
)
from bot.questions.base import OpenQuestion
from bot.questions.to_deciders import CommentReply, Granting, InquiryReply, Refusal, Remark, Reply
from bot.questions.to_deciders import Return as WhyReturned
from bot.turn import Turn
from progress import duty_phone
from progress.acts import values
from progress.acts.do import do
from progress.acts.outcomes import Outcome
from progress.acts.scene import Actor, Scene
from progress.acts.values import AnyAct
from progress.submit import loose_files
from store import loose


def carry_out(turn: Turn, act: AnyAct) -> Outcome:
    """Does an act; its replies go to this chat, a question that they put is remembered, others hear their notices.

    On a telephone that is shared it waits for the name of who reports it.
    """
    if duty_phone.is_asked(turn.session, turn.person, act):
        return hold(turn, (act,))
    outcome = do(scene_of(turn), act)
    # The same message again is passed over; an answer to a question that an edit made idle is not.
    again = outcome.repeated and act.said.source == turn.source
    post_outcome(turn, replace(outcome, replies=()) if again else outcome)
    return outcome


def hold(turn: Turn, acts: Sequence[AnyAct]) -> Outcome:
    """Lets acts wait for the name of who reports them; what waited before is recorded without one."""
    for outcome in reporting.give_up(turn, acts[0].said.source):
        post_outcome(turn, outcome)
    for each in acts:
        loose.note_asked(turn.session, loose_files(turn.session, each.said), turn.now)
    return reporting.hold(turn, acts)


def post_outcome(turn: Turn, outcome: Outcome) -> None:
    """Says to this chat what came of an act, remembers what it asks, and tells others."""
    turn.about = outcome.about or turn.about
    if outcome.waits is not None:
        turn.ask(_question(outcome.waits))
    for message in outcome.replies:
        if outcome.aside:
            turn.hint(message.markup, buttons=message.buttons)
        else:
            turn.post(message)
    for told in outcome.notices:
        turn.notifier.tell_of(told)


def scene_of(turn: Turn) -> Scene:
    """Who acts, and where; what comes of an answer is confirmed to the chat in which it was given."""
    assert turn.person is not None
    actor = Actor(turn.person_id, turn.person.name, turn.roles, turn.agencies, turn.here)
    return Scene(turn.session, turn.office, actor, turn.now)


def _question(act: AnyAct) -> OpenQuestion:
    """What an act waits for."""
    match act:
        case values.Clarify():
            return WhatWasMeant(unclear=act.unclear)
        case values.Blocked():
            return Reason(obligation=act.obligation, files=act.said.files)
        case values.TellCause():
            return WhyLate(obligation=act.obligation, files=act.said.files)
        case values.Comment():
            return Comment(obligation=act.obligation, files=act.said.files)
        case values.AnswerComment():
            return CommentReply(opinion=act.opinion, files=act.said.files)
        case values.AnswerInquiry():
            return InquiryReply(inquiry=act.inquiry, files=act.said.files)
        case values.Extend():
            return Extension.of(act.said, obligation=act.obligation, wanted=act.wanted, reason=act.reason)
        case values.NotOurs():
            return NotOurs.of(act.said, obligation=act.obligation)
        case values.Withdraw():
            return Withdrawal.of(act.said, obligation=act.obligation)
        case values.TakeOut():
            return WhyTakenOut(file=act.file)
        case values.Correct():
            return Correction.of(act.said, obligation=act.obligation)
        case values.Return():
            return WhyReturned(submission=act.submission, files=act.said.files)
        case values.Grant():
            return Granting(request=act.request, words=act.before, files=act.said.files)
        case values.Refuse():
            return Refusal(request=act.request, words=act.before, files=act.said.files)
        case values.AnswerBlock():
            return Reply(obligation=act.obligation, files=act.said.files)
        case values.Remark():
            return Remark(obligation=act.obligation)
        case _:
            raise TypeError(f"{type(act).__name__} waits for nothing")
