"""Puts a notice into the chats of the officers whose agencies a decision concerns, each told once."""

from collections.abc import Callable, Collection, Sequence

from bot.turn import Turn
from plan.people import Role
from store import deliveries, people
from store.people_tables import Address
from store.types import DeliveryKind
from words.message import Message, say


def officers(
    turn: Turn, agencies: Collection[str], text: Callable[[Sequence[str]], str], why: str, *, subject: str
) -> list[str]:
    """One notice for each officer who can be reached; gives the agencies none of whose officers can be.

    `text` is asked for with the person's own agencies among those concerned.
    """
    found: dict[int, tuple[Address, list[str]]] = {}
    for person, address, membership in people.reachable(turn.session, Role.OFFICER):
        if membership.agency_id in agencies and person.id is not None:
            found.setdefault(person.id, (address, []))[1].append(membership.agency_id)
    for person_id, (address, own) in found.items():
        notice(turn, person_id, address, say(text(own)), why, subject=f"{subject}:{person_id}")
    told = {agency for _, own in found.values() for agency in own}
    return [agency for agency in turn.office.in_order(agencies) if agency not in told]


def notice(turn: Turn, person_id: int, address: Address, message: Message, why: str, *, subject: str) -> None:
    """One notice to one person, once for a subject."""
    deliveries.post(
        turn.session,
        DeliveryKind.NOTICE,
        address.channel,
        address.chat,
        message,
        why,
        turn.now,
        limit=turn.limits.text,
        person_id=person_id,
        subject=subject,
    )
