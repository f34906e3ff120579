"""What every open question is: a value that is kept until its answer comes."""

from datetime import timedelta
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


class WaitsFor(StrEnum):
    """What answers a question."""

    WORDS = "words"  # the next message without a slash, as it is
    BASIS = "basis"  # the same, with files or without words too
    CHOICE = "choice"  # one of the options in words, or its press
    CODE = "code"  # a code, or the press of an option
    PRESS = "press"  # the press of an option
    YES = "yes"  # a press under what was shown, or "đồng ý" after its command


class OpenQuestion(BaseModel):
    """A question put to one person in one chat, where one at most is open.

    It is left when the next question takes its place, or when `stands` is over; a command with a slash goes past it and
    leaves it open. `past_done` says whether "xong 2b" without a slash does so too. `shows` is the sentence that says
    what will be done, for what shows it first.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    stored_as: ClassVar[str]
    waits_for: ClassVar[WaitsFor]
    past_done: ClassVar[bool] = True
    stands: ClassVar[timedelta] = timedelta(days=2)
    shows: ClassVar[str] = ""

    def to_json(self) -> dict[str, Any]:
        """The question as it is kept."""
        return self.model_dump(mode="json")
