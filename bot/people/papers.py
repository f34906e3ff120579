"""Papers of citizens do not belong in a chat: who may send some there is told before, and who sent a picture after."""

from bot.turn import Turn
from channels.base import ChatKind
from store import rates
from store.rates import Limit

ONCE_A_MONTH = Limit(30 * 24 * 3600.0)


def before(turn: Turn) -> str:
    """What is said before anything was sent, where it would lie open; "" elsewhere."""
    return turn.text("papers.before") if turn.limits.open_files else ""


def warn_in_group(turn: Turn) -> None:
    """Says in a group what does not belong there, once a person and month, to who sent a picture or file."""
    sent = turn.incoming.chat_kind is ChatKind.GROUP and bool(turn.incoming.files)
    if sent and turn.roles and rates.allow(turn.session, f"papers:{turn.person_id}", ONCE_A_MONTH, turn.now):
        turn.answer(turn.text("papers.in_group"))
