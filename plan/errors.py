"""The errors of the whole program, each with what the operator can do about it.

    NhacViecError            every error that this program raises on purpose
    ├── PlanError            a plan file is refused; `faults` holds every fault at once
    ├── WordsUnreadable      the printed words of a milestone give no single time
    ├── CalendarError        the table of days off is refused; `faults` as above
    ├── TemplateError        a document's template is refused; `faults` as above
    ├── ForbiddenMoveError   plan.status: an event that cannot happen to an obligation in its state
    ├── CatalogueError       words.catalogue: a file of sentences is broken
    ├── ButtonError          channels.buttons: the data of a button cannot be written or read
    ├── UnknownDatabaseError store.engines: a kind of database that we do not know, or without its driver
    ├── SchemaError          store.schema: the database is newer than the program, another program's, or not fit for us
    ├── InDoubtError         store.engine: a COMMIT was cut; look at what stands before doing it again
    ├── BackupError          store.engines.backup: a copy of the database was not made, or must not be believed
    └── ChannelError         channels.base: a channel did not take a message; says whether to try again
        └── FileGoneError    channels.base: a file can no longer be fetched

The last nine live beside what raises them, so that each folder reads alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass


class NhacViecError(Exception):
    """Base of every error that this program raises on purpose."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: its place as `tasks[3].lead[0]` ("" for the whole file), what is wrong, what to do."""

    place: str
    what: str
    do: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.what}. {self.do}"


class _FaultsError(NhacViecError):
    """Carries every fault of one file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class PlanError(_FaultsError):
    """A plan file that is refused whole; nothing of it was taken over."""


class CalendarError(_FaultsError):
    """A table of days off that is refused whole."""


class WordsUnreadable(NhacViecError):  # noqa: N818 - it says what happened better than with a suffix
    """The printed words give no single time; `printed` are the words, `why` the reason, `do` the way out."""

    def __init__(self, printed: str, why: str, do: str) -> None:
        self.printed, self.why, self.do = printed, why, do
        super().__init__(f"«{printed}»: {why}. {do}")


class TemplateError(_FaultsError):
    """A document's template that is refused, before anything is made of it."""
