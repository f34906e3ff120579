"""What a proof sheet says, one frozen value of words ready to print: its page and its document are made from it.

Moments stand in the office's time; people are named as they are called now, telephone numbers are masked.
"""

from pydantic import Field

from plan.model import Value


class ToldLine(Value):
    """One message about the obligation."""

    at: str = Field(description="when it left, or may leave")
    to: str = Field(description="the person or the group")
    through: str = Field(description="the channel")
    what: str = Field(description="the kind of message")
    why: str = Field(description="the steps of the ladder that it carried, or why else it was sent")
    state: str = Field(description="whether it left, and why not")
    answered: str = Field(description="when the agency said something after it; empty where it asked for nothing")


class StepLine(Value):
    """One thing that happened, or a remark that was added."""

    at: str = Field(description="when it counts")
    person: str = Field(description="who did it")
    what: str = Field(description="what happened, with the deadline where it set one")
    words: str = Field(description="the words that were given")
    recorded: str = Field(description="when it was recorded, where that was later")


class FileLine(Value):
    """One file of an answer, or one that came with something else."""

    name: str = Field(description="what it was called when it was sent")
    size: str = Field(description="its size; empty while that is not known")
    sha256: str = Field(description="the SHA-256 of its bytes, or why they are not here")
    sent: str = Field(description="when it was sent")
    of: str = Field(default="", description="with what it came, where it is of no answer")


class AnswerLine(Value):
    """One answer, whether it stands or not."""

    at: str = Field(description="when it was given")
    person: str = Field(description="who gave it")
    words: str = Field(description="its words")
    document: str = Field(description="the document that came out")
    standing: str = Field(description="whether it stands, was returned or taken back")
    files: tuple[FileLine, ...] = Field(description="its files")


class RequestLine(Value):
    """Something that was asked for, and what an admin decided."""

    reference: str = Field(description="its number, as R12")
    at: str = Field(description="when it was asked")
    person: str = Field(description="who asked")
    what: str = Field(description="what for, with the day that was wanted")
    reason: str = Field(description="the reason that was given")
    decision: str = Field(description="what was decided, by whom, when and why")


class OpinionLine(Value):
    """What somebody said about the sheet of their own agency's work, and the answer."""

    at: str = Field(description="when it was said")
    person: str = Field(description="who said it")
    words: str = Field(description="its words")
    answer: str = Field(description="who answered what when, or the last day for the answer")


class Proof(Value):
    """One obligation's whole story."""

    code: str = Field(description="the task's code, with its milestone where it has several, and its period")
    title: str = Field(description="the task in the words of the plan")
    plan: str = Field(description="the plan's name")
    basis: str = Field(description="the decision that gave it")
    agency: str = Field(description="who owes it")
    compiler: str = Field(description="the agency that compiles")
    lead: str = Field(description="chủ trì, as printed")
    coordinating: str = Field(description="phối hợp, as printed")
    product: str = Field(description="sản phẩm, as printed")
    printed: str = Field(description="the words that give its time")
    dates: tuple[str, ...] = Field(description="how the deadline came about, a line for each step")
    state: str = Field(description="how it stands now, whether late and through which cause")
    told: tuple[ToldLine, ...] = Field(description="every message about it that is still kept")
    steps: tuple[StepLine, ...] = Field(description="what happened, the oldest first")
    answers: tuple[AnswerLine, ...] = Field(description="every answer, also those returned or taken back")
    beside: tuple[FileLine, ...] = Field(description="files that came with progress, requests or opinions")
    requests: tuple[RequestLine, ...] = Field(description="what was asked for and decided")
    remarks: tuple[StepLine, ...] = Field(description="what an admin added later")
    opinions: tuple[OpinionLine, ...] = Field(description="what those who answer for it said of it, with the answers")
    made: str = Field(description="when the sheet was made")
