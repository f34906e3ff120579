"""What an admin wants to decide, as it was read, while its plan or its basis is still asked for."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.questions.base import Goes, OpenQuestion, WaitsFor
from bot.reference import Reference
from plan.status import Judgement


class Covered(BaseModel):
    """A task of a plan, or its milestone of a `number`, of the `agencies` that were named; none of them means all."""

    model_config = ConfigDict(frozen=True)
    plan: str
    task: str
    number: int | None = None
    agencies: tuple[str, ...] = ()


class Wish(BaseModel):
    """One command's wish; `verb` says which."""

    model_config = ConfigDict(frozen=True)


class SetDateWish(Wish):
    """A date for what has none."""

    verb: Literal["setdate"] = "setdate"
    covered: Covered
    due: date


class SetAsideWish(Wish):
    """To suspend, to end, or to take up again."""

    verb: Literal["suspend", "end", "resume"]
    covered: Covered


class TransferWish(Wish):
    """One agency's work becomes another's."""

    verb: Literal["transfer"] = "transfer"
    covered: Covered
    giver: str
    taker: str


class PaperWish(Wish):
    """What came on paper on a day."""

    verb: Literal["paper"] = "paper"
    covered: Covered
    day: date


class JudgeWish(Wish):
    """Whether lateness counts: of one obligation, or of all that waits for it."""

    verb: Literal["judge"] = "judge"
    verdict: Judgement
    # All that is open, where no obligation is named; otherwise all that is answered.
    is_open: bool = False
    obligation: int | None


class AssignWish(Wish):
    """New work for agencies."""

    verb: Literal["assign"] = "assign"
    agencies: tuple[str, ...]
    due: date
    title: str


class OfficeDayWish(Wish):
    """A day off or a make-up day."""

    verb: Literal["dayoff", "workday"]
    day: date
    undo: bool = False


AnyWish = SetDateWish | SetAsideWish | TransferWish | PaperWish | JudgeWish | AssignWish | OfficeDayWish


class PlanQuestion(OpenQuestion):
    """A question of a document that is to become a plan, which written words answer; `key` is the draft's own."""

    stored_as: ClassVar[str] = "plan_question"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.NOWHERE
    has_way_out: ClassVar[bool] = False
    document: int
    key: str


class Basis(OpenQuestion):
    """What a decision rests on. Earlier versions kept the words of the command: `rest`, and what goes after it."""

    stored_as: ClassVar[str] = "basis"
    waits_for: ClassVar[WaitsFor] = WaitsFor.BASIS
    goes: ClassVar[Goes] = Goes.ON
    verb: str
    wish: Annotated[AnyWish, Field(discriminator="verb")] | None = None
    rest: str = ""
    joined: str = " "


class WhichPlan(OpenQuestion):
    """Which plan a code is of; what was said besides it waits for the press. `rest` is how earlier versions kept it."""

    stored_as: ClassVar[str] = "plan"
    waits_for: ClassVar[WaitsFor] = WaitsFor.PRESS
    goes: ClassVar[Goes] = Goes.ON
    verb: str
    meant: Reference | None = None
    rest: str = ""
