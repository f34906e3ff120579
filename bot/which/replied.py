"""What the message is about that somebody replies to."""

from bot.turn import Turn
from store import deliveries, memory, obligations, submissions
from store.tables import Obligation


def replied_to(turn: Turn) -> list[Obligation]:
    """What of the person's own agencies the message was about; nothing where this is no reply."""
    incoming = turn.incoming
    if not incoming.reply_to:
        return []
    row = deliveries.by_message(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    if row is None or row.id is None:
        return []
    if row.submission_id is not None:
        submission = submissions.get(turn.session, row.submission_id)
        found = [obligations.get(turn.session, submission.obligation_id)] if submission else []
    elif row.obligation_id is not None:
        found = [obligations.get(turn.session, row.obligation_id)]
    else:
        found = [obligations.get(turn.session, each.obligation_id) for each in memory.of_delivery(turn.session, row.id)]
    return [each for each in found if each is not None and each.agency_id in turn.agencies]
