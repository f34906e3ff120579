"""Who may say what, and where; the default is no."""

from bot.commands import ADMINS, BY_VERB, PRIVATELY_ADMINS, READERS, THOSE_WHO_CONFIRM, Command
from bot.people import strangers
from bot.turn import Turn
from channels.base import ChatKind
from plan.people import Role
from store import group_chats


def refusal(turn: Turn, command: Command) -> str | None:
    """Why this person may not say this here, in words; None when they may."""
    place = turn.incoming.chat_kind
    if command.roles is None and place in command.places:
        return None
    if turn.person is None or not turn.roles:
        return strangers.no_role(turn)
    if place not in command.places:
        return turn.text("group.private_only" if place is ChatKind.PRIVATE else "group.in_private")
    bound = place is ChatKind.PRIVATE or command.verb == "link" or _bound(turn)
    if not bound:
        return turn.text("group.not_linked")
    roles = command.roles
    if place is ChatKind.PRIVATE and command.verb in PRIVATELY_ADMINS:
        roles = READERS
    if roles is not None and not roles & turn.roles:
        return turn.text("access.denied", who=_whose(turn, roles))
    return None


def _whose(turn: Turn, roles: frozenset[Role]) -> str:
    """Whom a command is for, in words."""
    if roles in (READERS, THOSE_WHO_CONFIRM):
        return ", ".join(turn.text(f"role.{each}") for each in (Role.HEAD, Role.ADMIN))
    return turn.text(f"role.{Role.ADMIN if roles == ADMINS else Role.OFFICER}")


def be_believed(turn: Turn) -> bool:
    """Whether what this person does tells us that a message arrived: in their own chat, or where they may speak."""
    return turn.incoming.chat_kind is ChatKind.PRIVATE or refusal(turn, BY_VERB["help"]) is None


def _bound(turn: Turn) -> bool:
    return group_chats.linked(turn.session, turn.incoming.channel, turn.incoming.chat) is not None
