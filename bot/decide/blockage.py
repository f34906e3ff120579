"""/taken and /reply: an admin takes up what blocks an agency, and answers it, also by replying to the notice."""

from bot import reference
from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which import readable
from bot.which.owed import said_now
from plan.people import Role
from progress.acts.answers import BLOCKED_NOTICE
from progress.acts.inquiring import OCCASION
from progress.acts.values import AnswerBlock, AnswerComment, AnswerInquiry, TakeUp
from store import deliveries, inquiries
from store.postings import Identity
from store.tables import Delivery
from store.types import DeliveryKind


def taken(turn: Turn, rest: str) -> None:
    """/taken 2b sondung, or the button: the agency hears who looks after it."""
    found = _find_or_ask(turn, "taken", rest)
    if found is not None:
        carry_out(turn, TakeUp(said_now(turn, ""), found[0]))


def reply(turn: Turn, rest: str) -> None:
    """/reply 2b sondung lời trả lời, /reply Y4 to an opinion, H5 to a question, or the button; the words may come in
    the next message."""
    meant = reference.read(turn.office, rest)
    if meant.inquiry is not None:
        carry_out(turn, AnswerInquiry(said_now(turn, meant.words), meant.inquiry))
        return
    if meant.opinion is not None:
        carry_out(turn, AnswerComment(said_now(turn, meant.words), meant.opinion))
        return
    found = _find_or_ask(turn, "reply", rest)
    if found is not None:
        carry_out(turn, AnswerBlock(said_now(turn, found[1]), found[0]))


def replied_notice(turn: Turn) -> int | None:
    """The obligation whose notice an admin replies to."""
    row = notice_replied_to(turn, BLOCKED_NOTICE)
    return row.obligation_id if row is not None else None


def replied_inquiry(turn: Turn) -> int | None:
    """The question whose notice an admin replies to: of those of who caused the notice the one that it was made for."""
    row = notice_replied_to(turn, OCCASION)
    if row is None or row.caused_by is None:
        return None
    for each in inquiries.of_person(turn.session, row.caused_by):
        told = deliveries.by_identity(turn.session, Identity(OCCASION, each.id).to(row.person_id))
        if told is not None and told.id in (row.id, row.first_id):
            return each.id
    return None


def notice_replied_to(turn: Turn, occasion: str) -> Delivery | None:
    """The notice to admins of an occasion that an admin replies to; None for any other message."""
    incoming = turn.incoming
    if not incoming.reply_to or Role.ADMIN not in turn.roles:
        return None
    row = deliveries.by_message(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    return row if row is not None and (row.kind, row.occasion) == (DeliveryKind.NOTICE, occasion) else None


def _find_or_ask(turn: Turn, verb: str, rest: str) -> tuple[int, str] | None:
    """The obligation that is meant and the words after it; None when it was asked or refused here."""
    found = readable.find_or_ask(turn, verb, reference.read(turn.office, rest), single=True)
    return (found.rows[0].id or 0, found.rest) if found is not None else None
