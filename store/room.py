"""Whether there is room for more files: a floor of free disk, and the most that the whole database may take.

Words are kept as long as the disk takes them; files can wait with the platform.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, func, select

from store.answer_tables import Evidence
from store.engines import kind_named
from store.types import EvidenceState


class Lack(StrEnum):
    """What there is too little of."""

    DISK = "disk"
    DATABASE = "database"


@dataclass(frozen=True)
class Room:
    """How it stands, in bytes: `free` on the disk, None where that cannot be known, and the `size` of the database.

    `floor` is what must stay free and `most` what the database may take.
    """

    free: int | None
    size: int
    floor: int
    most: int

    @property
    def lack(self) -> Lack | None:
        """Why files wait outside; None where there is room."""
        if self.free is not None and self.free < self.floor:
            return Lack.DISK
        return Lack.DATABASE if self.size >= self.most else None


def look(session: Session, floor: int, most: int) -> Room:
    """How much room there is now; `floor` and `most` in bytes."""
    connection = session.connection()
    kind = kind_named(connection.dialect.name)
    return Room(kind.free(connection), kind.size(connection), floor, most)


def waiting(session: Session) -> int:
    """How many files wait to be fetched."""
    return session.exec(select(func.count()).where(Evidence.state == EvidenceState.WAITING)).one()
