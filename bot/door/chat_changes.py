"""What happens to a chat itself: closed or opened to us, a group that we joined, left, or that has a new id."""

from bot.people import strangers
from bot.turn import Turn
from channels.base import What
from store import deliveries, people


def note(turn: Turn) -> None:
    """Keeps where people and groups can be reached now."""
    session, incoming, now = turn.session, turn.incoming, turn.now
    match incoming.what:
        case What.BLOCKED:
            people.mark_unreachable(session, incoming.channel, incoming.chat, "closed by the person", now)
        case What.UNBLOCKED:
            people.mark_reachable(session, incoming.channel, incoming.user)
        case What.REMOVED:
            people.unbind_group(session, incoming.channel, incoming.chat, now)
        case What.MIGRATED:
            people.move_group(session, incoming.channel, incoming.chat, incoming.text)
            deliveries.move_chat(session, incoming.channel, incoming.chat, incoming.text)
        case What.ADDED:
            strangers.greet(turn, turn.text("group.hello"))
        case _:
            return
