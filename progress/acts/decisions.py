"""What an admin decides, as values: about obligations that were shown, about new work, days and plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from plan.milestone import Kind
from plan.status import Judgement
from progress.acts.scene import Act
from progress.urging import Wanted


@dataclass(frozen=True)
class OnObligations(Act):
    """An admin's decision about obligations that were shown; those that stand otherwise by now are left as they are.

    The words are its basis.
    """

    rows: tuple[int, ...]


@dataclass(frozen=True)
class SetDate(OnObligations):
    """They get a date (local); `code` names the work as the admin did: a task, or one milestone of it."""

    code: str
    due: date


@dataclass(frozen=True)
class RecordEvent(OnObligations):
    """What starts their deadlines happened on a day (local); `due` where it is named and not counted by the rule.

    An officer says it of the own agency's work, where that has no day yet; `by_admin` of any.
    """

    code: str
    on: date
    due: date | None
    by_admin: bool


@dataclass(frozen=True)
class SetAside(OnObligations):
    """They are suspended, ended, or taken up again."""

    code: str
    title: str
    verb: Literal["suspend", "end", "resume"]


@dataclass(frozen=True)
class Transfer(OnObligations):
    """They become another agency's, with their dates."""

    code: str
    title: str
    taker: str


class Delivered(StrEnum):
    """How something was handed in that did not come through the chat."""

    PAPER = "paper"
    MAIL = "mail"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class RecordPaper(OnObligations):
    """They were handed in on paper, or by another way beside the chat, on a day (local).

    `at` is the moment (UTC) where it is known; without one it counts from the day's close. `open_only` leaves an answer
    that is there as it is.
    """

    day: date
    at: datetime | None = None
    way: Delivered = Delivered.PAPER
    open_only: bool = False


@dataclass(frozen=True)
class Judge(OnObligations):
    """Whether lateness counts of answers whose moment is in question."""

    verdict: Judgement


@dataclass(frozen=True)
class Assign(Act):
    """Agencies get new work, due on a day (local); the words are its basis."""

    agencies: tuple[str, ...]
    due: date
    title: str


@dataclass(frozen=True)
class Work:
    """One work that is given: agencies by their ids, due on a day (local), by its own basis."""

    agencies: tuple[str, ...]
    due: date
    title: str
    basis: str


@dataclass(frozen=True)
class AssignAll(Act):
    """Agencies get all the work of a meeting's conclusion."""

    work: tuple[Work, ...]


@dataclass(frozen=True)
class SetOfficeDay(Act):
    """A day (local) is off or a working one in this office; an `undo` makes it again what the calendar says."""

    day: date
    kind: Literal["off", "work"]
    undo: bool


@dataclass(frozen=True)
class BeginPlan(Act):
    """What was past due when a plan was switched on is reminded about, or closed as history."""

    plan: str
    how: Literal["today", "history"]


@dataclass(frozen=True)
class AdoptPlan(Act):
    """A draft becomes the plan that serves, with exactly the steps that were `seen` (their SHA-256)."""

    draft: int
    seen: str


@dataclass(frozen=True)
class PutFieldRight(Act):
    """The words, the leads or the rhythm of work were read wrongly when its plan was taken over.

    `work` is the identity of a milestone of the task `code`; `was` and `becomes` are its fields as a plan file holds
    them. The words say why, and are kept.
    """

    plan: str
    code: str
    work: str
    was: Mapping[str, Any]
    becomes: Mapping[str, Any]


@dataclass(frozen=True)
class PutRight(Act):
    """A milestone's time was read wrongly when its plan was taken over: it has been `due` (local) from the beginning.

    None is no day of its own, and `kind` says what it is instead. The words say why, and are kept.
    """

    plan: str
    milestone: str
    due: date | None
    kind: Kind


@dataclass(frozen=True)
class TakeOver(Act):
    """The plan of a document that was read is followed, as it was `seen` (its SHA-256)."""

    document: int
    seen: str


@dataclass(frozen=True)
class Urge(Act):
    """Officers are urged about what is `wanted`; `named` is how the admin named it."""

    named: str
    wanted: Wanted


@dataclass(frozen=True)
class UrgeShown(OnObligations):
    """Officers are urged about obligations that were shown and chosen; what is answered by now is left out."""


class Way(StrEnum):
    """By which way somebody urged who did not send a message."""

    PHONE = "phone"
    MEETING = "meeting"
    LETTER = "letter"


@dataclass(frozen=True)
class NoteUrging(OnObligations):
    """Somebody spoke or wrote to their agencies about them on a local `day`, which the bot knows nothing of otherwise.

    The words say with whom and what came of it, or the letter's number.
    """

    way: Way
    day: date


Decision = (
    SetDate
    | SetAside
    | Transfer
    | RecordPaper
    | Judge
    | Assign
    | AssignAll
    | SetOfficeDay
    | BeginPlan
    | AdoptPlan
    | TakeOver
    | PutFieldRight
    | PutRight
    | Urge
    | UrgeShown
    | NoteUrging
)
