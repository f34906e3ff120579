"""Who acts, where and when, and what every act has in common."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from plan.people import Role
from progress.submit import Statement
from store.postings import Destination
from words.office import Office


class Meaning(StrEnum):
    """What words that were kept can turn out to mean."""

    DONE = "done"
    HANDED_IN = "handed_in"
    FOR_SIGNATURE = "for_signature"
    PROGRESS = "progress"
    BLOCKED = "blocked"
    EXTEND = "extend"
    WITHDRAW = "withdraw"  # the answer that stands was a mistake
    NOTHING = "none"  # it is not to be recorded


@dataclass(frozen=True)
class Actor:
    """Who acts: `agencies` are those for which they answer today, in somebody's place too; what comes of an answer is
    confirmed to `here`."""

    person_id: int
    name: str
    roles: frozenset[Role]
    agencies: tuple[str, ...]
    here: Destination

    @property
    def known(self) -> int | None:
        """The person; None for somebody at the machine, who bears the number 0."""
        return self.person_id or None


@dataclass(frozen=True)
class Scene:
    """Where an act takes place: who acts, in which office and transaction, and the moment at which it is done (UTC)."""

    session: Session
    office: Office
    actor: Actor
    now: datetime
    # Several things are said at once: an answer is confirmed with the others, in one message.
    together: bool = False


@dataclass(frozen=True)
class Act:
    """Something somebody does: `said` holds who, when, by which way, with which words and files."""

    said: Statement


@dataclass(frozen=True)
class OnObligation(Act):
    """An act about one obligation."""

    obligation: int
