"""Puts a notice into the chats of the officers whose agencies a decision concerns, each told once."""

from collections.abc import Callable, Collection, Sequence

from bot.turn import Turn
from plan.people import Role
from store import people
from store.people_tables import Address
from store.postings import Identity, notice, to_person


def officers(
    turn: Turn, agencies: Collection[str], text: Callable[[Sequence[str]], str], why: str, *, identity: Identity
) -> list[str]:
    """One notice for each officer who can be reached; gives the agencies none of whose officers can be.

    `text` is asked for with the person's own agencies among those concerned.
    """
    found: dict[int, tuple[Address, list[str]]] = {}
    for person, address, membership in people.reachable(turn.session, Role.OFFICER):
        if membership.agency_id in agencies and person.id is not None:
            found.setdefault(person.id, (address, []))[1].append(membership.agency_id)
    for person_id, (address, own) in found.items():
        turn.send(to_person(address), notice(identity.to(person_id), text(own), why))
    told = {agency for _, own in found.values() for agency in own}
    return [agency for agency in turn.office.in_order(agencies) if agency not in told]
