"""The people of an office that is fed: who has which role, and the invites that are open."""

import logging
import traceback

from plan.people import Role
from sandbox.world import World
from store import group_chats, invites, people
from store.invites import Typed
from tests.fuzz.grounds import Ground


class Trouble(logging.Handler):
    """Keeps the last traceback that was logged."""

    text = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Notes it."""
        if record.exc_info:
            self.text = "".join(traceback.format_exception(*record.exc_info))[-1500:]


def settle(world: World, ground: Ground) -> tuple[str, ...]:
    """Links everybody but the strangers, and binds the group; gives codes of invites that work."""
    store, now = world.service.store, world.now
    who, name = ground.people, ground.name
    settled = (
        (who.officer, "sondung", Role.OFFICER),
        (who.officer, "sonlong", Role.OFFICER),
        (who.jurist, "tuphap", Role.OFFICER),
        (who.head, "yte", Role.HEAD),
        (who.admin, "noivu", Role.ADMIN),
        (who.removed, "sonmua", Role.OFFICER),
    )
    typed = None if ground.abilities.invite else Typed(world.service.office.invite_key(), name)
    with store.unit() as session:
        for number, agency, role in settled:
            person = people.link(session, name, number, number, f"Người {number}", "x", now)
            assert person.id is not None
            people.join(session, person.id, agency, role, now)
            if number == who.removed:
                for each in people.memberships(session, person.id):
                    each.until = now
                    session.add(each)
            if number == who.admin:
                group_chats.bind(session, name, who.bound, "Nhóm", person.id, now)
        return tuple(invites.make(session, "sonbua", Role.OFFICER, None, now, typed=typed) for _ in range(6))
