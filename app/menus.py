"""The menus of commands that a platform shows."""

import logging
from collections.abc import Sequence

from app.wiring import Service
from bot.commands import menu
from channels.base import Channel, ChatKind
from channels.errors import ChannelError
from plan.people import Role
from store import people, settings

log = logging.getLogger(__name__)


async def introduce(service: Service, channel: Channel) -> None:
    """Asks a platform who we are, keeps the name for invites, and sets the menus of private chats and groups.

    Where nothing comes back nobody can be invited, and no name is kept.
    """
    name = await channel.open()
    with service.store.unit() as session:
        settings.put_bot_name(session, channel.name, "" if channel.abilities.one_way else name)
    if not channel.abilities.menu:
        return
    text = service.office.text
    menus: dict[ChatKind | str, Sequence[tuple[str, str]]] = {
        ChatKind.PRIVATE: [(each, text(key)) for each, key in menu("private")],
        ChatKind.GROUP: [(each, text(key)) for each, key in menu("group")],
    }
    await channel.show_menus(menus)


async def show_admin_menu(service: Service, channel: Channel) -> bool:
    """Shows one admin or leader who has not seen it yet the menu of that role; False when there is none.

    A chat that does not take it is noted all the same: a menu is no reason to ask for ever.
    """
    if not channel.abilities.menu:
        return False
    menus = {place: [(each, service.office.text(key)) for each, key in menu(place)] for place in ("admin", "leader")}
    versions = {place: ",".join(name for name, _ in commands) for place, commands in menus.items()}
    with service.store.look() as session:
        leaders = [
            address
            for person, address, _ in people.reachable(session, Role.LEADER)
            if all(each.role == Role.LEADER for each in people.memberships(session, person.id or 0))
        ]
        chats = {address.chat: "leader" for address in leaders if address.channel == channel.name}
        chats |= {address.chat: "admin" for _, address in people.admins(session) if address.channel == channel.name}
        unseen = [
            (chat, place)
            for chat, place in chats.items()
            if settings.get(session, f"menu:{channel.name}:{chat}") != versions[place]
        ]
    if not unseen:
        return False
    chat, place = unseen[0]
    try:
        await channel.show_menus({chat: menus[place]})
    except ChannelError as error:
        if not error.permanent:
            raise
        log.warning("a menu was refused: %s", error)
    with service.store.unit() as session:
        settings.put(session, f"menu:{channel.name}:{chat}", versions[place])
    return True
