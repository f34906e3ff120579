"""/taken and /reply: an admin takes up what blocks an agency, and answers it, also by replying to the notice."""

from bot import reference
from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which import readable
from bot.which.owed import said_now
from plan.people import Role
from progress.acts.answers import BLOCKED_NOTICE
from progress.acts.values import AnswerBlock, AnswerComment, TakeUp
from store import deliveries
from store.types import DeliveryKind


def taken(turn: Turn, rest: str) -> None:
    """/taken 2b sondung, or the button: the agency hears who looks after it."""
    found = _find_or_ask(turn, "taken", rest)
    if found is not None:
        carry_out(turn, TakeUp(said_now(turn, ""), found[0]))


def reply(turn: Turn, rest: str) -> None:
    """/reply 2b sondung lời trả lời, /reply Y4 to an opinion, or the button; the words may come in the next message."""
    meant = reference.read(turn.office, rest)
    if meant.opinion is not None:
        carry_out(turn, AnswerComment(said_now(turn, meant.words), meant.opinion))
        return
    found = _find_or_ask(turn, "reply", rest)
    if found is not None:
        carry_out(turn, AnswerBlock(said_now(turn, found[1]), found[0]))


def replied_notice(turn: Turn) -> int | None:
    """The obligation whose notice an admin replies to."""
    incoming = turn.incoming
    if not incoming.reply_to or Role.ADMIN not in turn.roles:
        return None
    row = deliveries.by_message(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    if row is None or row.kind != DeliveryKind.NOTICE or row.occasion != BLOCKED_NOTICE:
        return None
    return row.obligation_id


def _find_or_ask(turn: Turn, verb: str, rest: str) -> tuple[int, str] | None:
    """The obligation that is meant and the words after it; None when it was asked or refused here."""
    found = readable.find_or_ask(turn, verb, reference.read(turn.office, rest), single=True)
    return (found.rows[0].id or 0, found.rest) if found is not None else None
