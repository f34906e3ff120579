"""Does what a turn's words or button meant, and posts what came of it."""

from bot.questions.about_answers import Correction, Extension, NotOurs, Reason, Withdrawal
from bot.questions.base import OpenQuestion
from bot.questions.to_deciders import Refusal
from bot.questions.to_deciders import Return as WhyReturned
from bot.turn import Turn
from progress.acts import values
from progress.acts.do import do
from progress.acts.values import Actor, AnyAct, Notice, Outcome, Scene, ToAdmins, ToOfficers
from store.people_tables import Address
from store.types import DeliveryKind


def carry_out(turn: Turn, act: AnyAct) -> Outcome:
    """Does an act; its replies go to this chat, a question that they put is remembered, others hear their notices."""
    outcome = do(scene_of(turn), act)
    turn.about = outcome.about or turn.about
    if outcome.waits is not None:
        turn.ask(_question(outcome.waits))
    # The same message again is passed over; an answer to a question that an edit made idle is not.
    if not (outcome.repeated and act.said.source == turn.source):
        for message in outcome.replies:
            if outcome.aside:
                turn.hint(message.markup, buttons=message.buttons)
            else:
                turn.post(message)
    for notice in outcome.notices:
        _tell(turn, notice)
    return outcome


def scene_of(turn: Turn) -> Scene:
    """Who acts, and where; what comes of an answer is confirmed to the chat in which it was given."""
    assert turn.person is not None
    assert turn.address is not None
    incoming = turn.incoming
    here = Address(
        person_id=turn.person_id,
        channel=incoming.channel,
        user=incoming.user,
        chat=incoming.chat,
        linked_at=turn.address.linked_at,
    )
    actor = Actor(turn.person_id, turn.person.name, turn.roles, turn.agencies, here)
    return Scene(turn.session, turn.office, actor, turn.now)


def _question(act: AnyAct) -> OpenQuestion:
    """What an act waits for."""
    match act:
        case values.Blocked():
            return Reason(obligation=act.obligation)
        case values.Extend():
            return Extension.of(act.said, obligation=act.obligation, wanted=act.wanted, reason=act.reason)
        case values.NotOurs():
            return NotOurs.of(act.said, obligation=act.obligation)
        case values.Withdraw():
            return Withdrawal.of(act.said, obligation=act.obligation)
        case values.Correct():
            return Correction.of(act.said, obligation=act.obligation)
        case values.Return():
            return WhyReturned(submission=act.submission)
        case values.Refuse():
            return Refusal(request=act.request)
        case _:
            raise TypeError(f"{type(act).__name__} waits for nothing")


def _tell(turn: Turn, notice: Notice) -> None:
    match notice:
        case ToAdmins():
            turn.tell_admins(
                notice.text,
                notice.why,
                subject=notice.subject,
                buttons=notice.buttons,
                about=notice.about,
                myself=notice.asked,
            )
        case ToOfficers():
            turn.tell_officers(
                notice.agency, notice.also, notice.text, notice.why, subject=notice.subject, about=notice.about
            )
        case _:
            turn.tell(
                notice.person_id,
                notice.text,
                why=notice.why,
                subject=notice.subject,
                kind=DeliveryKind.ANSWER,
                about=notice.about,
            )
