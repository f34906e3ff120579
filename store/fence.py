"""The fence around an office: which worker has it stands in its own record, and each unit of a worker looks there.

A worker that was stopped for a minute, while another one took its office over, still believes that it has it. What it
then begins is refused before it writes anything. Whoever opens the record without being a worker has no fence.
"""

from collections.abc import Callable
from typing import NamedTuple, Self

from sqlmodel import Session

from plan.errors import NhacViecError
from store import settings

MARK = "worker"
# Asked in every unit of a worker: one row by its key, and nothing is made of it.
_MARK = f"SELECT value FROM setting WHERE key = '{MARK}'"  # noqa: S608 -- a word of ours


class StaleEpochError(NhacViecError):
    """Another worker has the office since: nothing was written, and the one that asked is to end serving it."""


class Mark(NamedTuple):
    """Under which epoch which worker (`app.identity.own`) has an office."""

    epoch: int
    worker: str

    @classmethod
    def read(cls, value: str) -> Self:
        """What `str` wrote."""
        epoch, _, worker = value.partition(" ")
        return cls(int(epoch), worker)

    def __str__(self) -> str:
        return f"{self.epoch} {self.worker}"


class Fence:
    """Lets units of one worker pass while its mark stands; `lost` is told, from any thread, when another one does.

    `former` is the worker before it, if any: what that one was doing has ended or will never be kept.
    """

    def __init__(self, mark: Mark, lost: Callable[[], None], former: str = "") -> None:
        self.mark, self.former, self._lost = mark, former, lost
        self._written = str(mark)

    def check(self, session: Session) -> None:
        """Call it as the first thing of a unit, in which nobody else can write. Raises StaleEpochError."""
        found = session.connection().exec_driver_sql(_MARK).scalar()
        if found != self._written:
            self._lost()
            raise StaleEpochError(f"another worker has the office (epoch {found}): it is not served as {self.mark}")


def put_up(session: Session, mark: Mark) -> Mark | None:
    """Puts a mark into an office's record, only upwards; gives the one that stood there, which stays where it is the
    same or of no lower epoch."""
    value = settings.get(session, MARK)
    found = Mark.read(value) if value is not None else None
    if found is None or found.epoch < mark.epoch:
        settings.put(session, MARK, str(mark))
    return found
