"""Questions to admins and heads that wait for words: a reason, a reply, a remark, who ruled."""

from typing import ClassVar

from bot.questions.about_answers import WithFiles
from bot.questions.base import Goes, OpenQuestion, WaitsFor


class Granting(WithFiles):
    """Who ruled that a cause is confirmed, in which post and by which document; `words` are what was said of it."""

    stored_as: ClassVar[str] = "granting"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    request: int
    words: str = ""


class Refusal(WithFiles):
    """Why a request is refused; of a cause who ruled so too, `words` being what was said of it."""

    stored_as: ClassVar[str] = "refusal"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    request: int
    words: str = ""


class Return(WithFiles):
    """Why an answer is given back."""

    stored_as: ClassVar[str] = "return"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    submission: int


class Deciding(OpenQuestion):
    """Whether an answer is confirmed or given back, of which the `words` that were sent with `files` said neither.

    Words that name the decision answer it; others are no reason, unless they reply to it.
    """

    stored_as: ClassVar[str] = "deciding"
    waits_for: ClassVar[WaitsFor] = WaitsFor.CHOICE
    goes: ClassVar[Goes] = Goes.ON
    submission: int
    words: str
    files: tuple[int, ...] = ()


class Reply(WithFiles):
    """What an agency is told about what blocks it."""

    stored_as: ClassVar[str] = "reply"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    obligation: int


class CommentReply(WithFiles):
    """What is answered to what somebody says about a proof sheet."""

    stored_as: ClassVar[str] = "comment_reply"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    opinion: int


class InquiryReply(WithFiles):
    """What is answered to a question that was forwarded."""

    stored_as: ClassVar[str] = "inquiry_reply"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    inquiry: int


class Remark(OpenQuestion):
    """What is to be added to a proof sheet."""

    stored_as: ClassVar[str] = "remark"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.NOWHERE
    obligation: int


class RemarkWords(OpenQuestion):
    """Of which obligation a remark is; its words wait for the press."""

    stored_as: ClassVar[str] = "remark_words"
    waits_for: ClassVar[WaitsFor] = WaitsFor.PRESS
    goes: ClassVar[Goes] = Goes.ON
    words: str


DecidesWithFiles = Granting | Refusal | Return | Reply | CommentReply | InquiryReply
DECIDES_WITH_FILES = (Granting, Refusal, Return, Reply, CommentReply, InquiryReply)
