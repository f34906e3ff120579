"""What an admin was shown and is asked to confirm: exactly that is done at the yes."""

import hashlib
import json
from datetime import date, datetime
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict

from bot.questions.base import Goes, OpenQuestion, WaitsFor
from plan.model import Kind
from plan.status import Judgement


class Decision(OpenQuestion):
    """What would be done. `token` stands on the button, so that it confirms nothing that was shown later."""

    stored_as: ClassVar[str] = "decision"
    waits_for: ClassVar[WaitsFor] = WaitsFor.YES
    goes: ClassVar[Goes] = Goes.SHOWN
    verb: str
    token: str = ""

    def signed(self) -> Self:
        """The decision with its token."""
        content = json.dumps(self.to_json(), sort_keys=True).encode()
        return self.model_copy(update={"token": hashlib.sha256(content).hexdigest()[:6]})


class SetDate(Decision):
    """The obligations `rows` get a date."""

    shows: ClassVar[str] = "dating.ask"
    verb: Literal["setdate"] = "setdate"
    rows: tuple[int, ...]
    due: date
    basis: str
    code: str


class RecordEvent(Decision):
    """What starts a deadline happened on a day (local); `due` where it was named and is not counted."""

    shows: ClassVar[str] = "happened.ask"
    verb: Literal["happened"] = "happened"
    rows: tuple[int, ...]
    on: date
    due: date | None
    basis: str
    code: str


class SetAside(Decision):
    """The obligations `rows` are suspended, ended or taken up again."""

    shows: ClassVar[str] = "ending.ask"
    verb: Literal["suspend", "end", "resume"]
    rows: tuple[int, ...]
    basis: str
    code: str
    title: str


class Transfer(Decision):
    """The obligations `rows` become the agency's that takes them."""

    shows: ClassVar[str] = "ending.ask_transfer"
    verb: Literal["transfer"] = "transfer"
    rows: tuple[int, ...]
    taker: str
    basis: str
    code: str
    title: str


class Paper(Decision):
    """The obligations `rows` were handed in on paper on a day."""

    shows: ClassVar[str] = "paper.ask"
    verb: Literal["paper"] = "paper"
    rows: tuple[int, ...]
    day: date
    basis: str


class Judging(Decision):
    """The lateness of the obligations `rows` counts, or does not."""

    shows: ClassVar[str] = "flag.ask"
    verb: Literal["judge"] = "judge"
    rows: tuple[int, ...]
    verdict: Judgement
    basis: str


class Assignment(Decision):
    """Agencies get new work."""

    shows: ClassVar[str] = "assign.ask"
    verb: Literal["assign"] = "assign"
    agencies: tuple[str, ...]
    due: date
    title: str
    basis: str


class GivenWork(BaseModel):
    """One work of a conclusion."""

    model_config = ConfigDict(frozen=True)
    title: str
    agencies: tuple[str, ...]
    due: date
    basis: str


class MeetingWork(Decision):
    """Agencies get all the work of a meeting's conclusion."""

    shows: ClassVar[str] = "conclusion.ask"
    verb: Literal["assign"] = "assign"
    work: tuple[GivenWork, ...]


class OfficeDay(Decision):
    """A day off or a make-up day is set, or taken back; `kind` is "off" or "work"."""

    shows: ClassVar[str] = "day_off.ask"
    verb: Literal["dayoff", "workday"]
    day: date
    kind: Literal["off", "work"]
    reason: str
    undo: bool


class Adoption(Decision):
    """A draft becomes the plan that serves, with the steps that were `seen`."""

    shows: ClassVar[str] = "amend.ask"
    verb: Literal["plan"] = "plan"
    draft: int
    seen: str


class TakingOver(Decision):
    """A document that was read becomes a plan that is followed, as it was `seen`."""

    shows: ClassVar[str] = "plan_import.look_again"
    verb: Literal["plan"] = "plan"
    document: int
    seen: str


class PuttingRight(Decision):
    """A milestone's time that was read wrongly becomes what the document says."""

    shows: ClassVar[str] = "put_right.ask"
    verb: Literal["putright"] = "putright"
    plan: str
    milestone: str
    due: date | None
    kind: Kind
    why: str


class PuttingFieldRight(Decision):
    """The words, the leads or the rhythm of work that were read wrongly become what the document says."""

    shows: ClassVar[str] = "put_right.ask_field"
    verb: Literal["putright"] = "putright"
    plan: str
    code: str
    work: str
    was: dict[str, Any]
    becomes: dict[str, Any]
    why: str


class Issuing(Decision):
    """A period's figures are frozen as they were known at a moment (UTC); `corrects` is the issue before's number,
    `early` the local day to which they are frozen while the period runs."""

    shows: ClassVar[str] = "report.ask"
    verb: Literal["report"] = "report"
    key: str
    scope: tuple[str, ...]
    known_at: datetime
    corrects: int | None
    reason: str
    early: date | None = None
