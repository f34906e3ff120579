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


class Goes(StrEnum):
    """What becomes of an answer before somebody else reads it: the rule for each question that is put.

    A question has one of these, and `tests/journeys/test_what_goes_out.py` puts each that is quoted.
    """

    NOWHERE = "nowhere"  # nobody else is told
    ON = "on"  # it leads to an act or a question that has its own rule
    QUOTED = "quoted"  # at once: the confirmation quotes it, says to whom it went, and takes it back for ten minutes
    SHOWN = "shown"  # all that will be done stands above, and nothing is done before the answer to that


class OpenQuestion(BaseModel):
    """A question put to one person in one chat, where one at most is open.

    It is left when the next question takes its place, when `stands` is over, and by /leave or "thôi". It yields to a
    command, to a verb with its code and to a reply to another message, and stays open then. `shows` is the sentence
    that says what will be done, for what shows it first.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    stored_as: ClassVar[str]
    waits_for: ClassVar[WaitsFor]
    goes: ClassVar[Goes]
    stands: ClassVar[timedelta] = timedelta(days=2)
    shows: ClassVar[str] = ""
    # Whether its message gets a button that leaves it; one that keeps what was said whatever comes has its own.
    has_way_out: ClassVar[bool] = True
    # Whether it asks why something is taken back: that it was a slip is the answer then, and leaves nothing.
    slip_is_reason: ClassVar[bool] = False
    # Whether photos and files may come with its answer, or before its words: `files` of the question keeps those.
    takes_files: ClassVar[bool] = False

    def to_json(self) -> dict[str, Any]:
        """The question as it is kept."""
        return self.model_dump(mode="json")
