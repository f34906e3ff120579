"""What happens to a chat itself: closed or opened to us, a group that we joined, left, or that has a new id or name."""

from bot.people import mail, strangers
from bot.turn import Turn
from channels.base import ChatKind, What
from delivery import rights, route
from store import addresses, deliveries, group_chats, people
from store.postings import Identity, Posting, to_person
from store.types import DeliveryKind, DeliveryState
from words.faults import Fault, kept
from words.message import say


def note(turn: Turn) -> None:
    """Keeps where people and groups can be reached now; the admins hear of a group that took us out."""
    session, incoming, now = turn.session, turn.incoming, turn.now
    match incoming.what:
        case What.BLOCKED:
            addresses.mark_unreachable(session, incoming.channel, incoming.chat, Fault.CLOSED, now)
            _send_elsewhere(turn)
        case What.UNBLOCKED:
            addresses.mark_reachable(session, incoming.channel, incoming.user)
        case What.REMOVED:
            rights.take_leave(session, turn.office, incoming.channel, incoming.chat, now, incoming.user_name)
        case What.MIGRATED:
            group_chats.move(session, incoming.channel, incoming.chat, incoming.text)
            deliveries.move_chat(session, incoming.channel, incoming.chat, incoming.text)
        case What.ADDED:
            strangers.greet(turn, turn.text("group.hello"))
        case What.IN_CHANNEL:
            strangers.greet(turn, turn.text("group.no_channel"))
        case What.UNSHOWN:
            _cannot_be_read(turn)
        case What.STRAY:
            mail.keep_stray(turn)
        case What.GIVEN_BACK:
            _send_elsewhere(turn)
            mail.keep_given_back(turn)
        case What.ANONYMOUS:
            strangers.greet(turn, turn.text("group.anonymous"))
        case _:
            return


def _send_elsewhere(turn: Turn) -> None:
    """What a server gave back goes by another way, and where its address is closed what waits for it too."""
    session, incoming = turn.session, turn.incoming
    row = deliveries.get(session, incoming.delivery) if incoming.delivery else None
    if row is None or (row.channel, row.chat) != (incoming.channel, incoming.chat):
        return
    why = kept(Fault.CLOSED if incoming.what is What.BLOCKED else Fault.REFUSED, incoming.text)
    if row.state == DeliveryState.SENT:
        route.came_back(session, row, why, turn.now)
    if incoming.what is What.BLOCKED:
        route.closed(session, incoming.channel, incoming.chat, why, turn.now)


def _cannot_be_read(turn: Turn) -> None:
    """A voice, a sticker, a document where the platform hands none over, a letter in which nothing is the writer's own:
    said once a day, to who has a role here."""
    known = people.by_user(turn.session, turn.incoming.channel, turn.incoming.user)
    if known is None or not people.memberships(turn.session, known[0].id or 0):
        return
    office = turn.office.speaking(known[0].language)
    identity = Identity("unshown", day=office.today(turn.now), person_id=known[0].id)
    if turn.limits.letters:
        text = office.text("error.empty_letter")
    else:
        text = office.text("error.unshown", compiler=office.compiler_name, public=bool(office.public_url))
    turn.send(to_person(known[1]), Posting(DeliveryKind.ANSWER, "what was sent cannot be read", identity, say(text)))


def note_name(turn: Turn) -> None:
    """Keeps the name of a group as whatever is said in it shows it; the admins hear of a new one."""
    incoming = turn.incoming
    if incoming.chat_kind is ChatKind.GROUP and incoming.what not in (What.MIGRATED, What.REMOVED):
        rights.take_name(turn.session, turn.office, incoming.channel, incoming.chat, incoming.chat_title, turn.now)
