"""What somebody may answer for today: their roles, and the agencies, in another's place too."""

from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from plan.people import Role
from store import absences, people


class Held(NamedTuple):
    """Somebody's roles and the agencies for which they answer on a local day."""

    roles: frozenset[Role]
    agencies: tuple[str, ...]


def held(session: Session, person_id: int, today: date) -> Held:
    """The roles and agencies of a person; who stands in for an officer answers as one, for that time."""
    roles = frozenset(Role(each.role) for each in people.memberships(session, person_id))
    own = people.agencies_of(session, person_id)
    agencies = tuple(absences.agencies_for(session, person_id, today))
    return Held(roles | {Role.OFFICER} if len(agencies) > len(own) else roles, agencies)
