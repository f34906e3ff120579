"""Who looks at a page: read anew for each request, so that a role that ended ends everything with it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from plan.people import Role
from progress.acts.scene import Actor
from progress.reading_rights import READ_ALL
from progress.roles import held
from store import addresses, people
from store.postings import Destination, to_person

# Somebody who can be reached on no channel hears nothing in a chat; what they do is shown on the page.
NOWHERE = "desk"


@dataclass(frozen=True)
class Viewer:
    """Somebody who is signed in: `agencies` are those for which they answer today, `session` their session's number.

    `here` is their own chat, where what a page puts off for them is said.
    """

    person_id: int
    name: str
    roles: frozenset[Role]
    agencies: tuple[str, ...]
    session: int
    here: Destination
    language: str | None = None

    @property
    def reads_all(self) -> bool:
        """Whether the whole office is theirs to read."""
        return not READ_ALL.isdisjoint(self.roles)

    @property
    def is_admin(self) -> bool:
        """Whether they decide for the office."""
        return Role.ADMIN in self.roles

    @property
    def actor(self) -> Actor:
        """The same person as who acts."""
        return Actor(self.person_id, self.name, self.roles, self.agencies, self.here)


def viewer_of(session: Session, person_id: int, number: int, today: date, channel: str) -> Viewer | None:
    """The person behind a session on a local day; None where no role is left."""
    person = people.get(session, person_id)
    roles, agencies = held(session, person_id, today)
    if person is None or person.erased_at is not None or not roles:
        return None
    address = addresses.reached_at(session, person_id, channel)
    here = to_person(address) if address is not None else Destination(NOWHERE, "", person_id)
    return Viewer(person_id, person.name, roles, agencies, number, here, person.language)
