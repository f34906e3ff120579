"""Questions to those who owe, and what was said before they were put: its own moment counts, not the answer's."""

import hashlib
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator

from bot.questions.base import Goes, OpenQuestion, WaitsFor
from progress.submit import Statement


class Keeps(OpenQuestion):
    """A question that keeps what was said: `at` its moment (UTC), `files` the rows of its evidence."""

    at: datetime
    source: str
    via: str
    note: str
    album: str | None
    files: tuple[int, ...]

    @classmethod
    def of(cls, said: Statement, **more: Any) -> Self:
        """The question, keeping what was said."""
        kept = {name: getattr(said, name) for name in Keeps.model_fields}
        return cls(**kept, **more)

    def with_files(self, files: tuple[int, ...], album: str | None) -> Self:
        """The same, with files that came since, and the album that they are of."""
        whole = tuple(dict.fromkeys((*self.files, *files)))
        return self.model_copy(update={"files": whole, "album": self.album or album})

    def said(self, person_id: int, note: str | None = None) -> Statement:
        """What was said then, with a `note` in the place of its own where one is given."""
        words = self.note if note is None else note
        return Statement(person_id, self.at, self.source, self.via, words, self.album, self.files)


class WithFiles(OpenQuestion):
    """A question whose words may come with photos and files; `files` are the rows of those that came before them."""

    takes_files: ClassVar[bool] = True
    files: tuple[int, ...] = ()

    def with_files(self, files: tuple[int, ...], _album: str | None) -> Self:
        """The same, with files that came since."""
        return self.model_copy(update={"files": tuple(dict.fromkeys((*self.files, *files)))})


class Target(Keeps):
    """Which obligation is meant; `verb` is what was said about it, `code` the task where only the agency is asked."""

    stored_as: ClassVar[str] = "target"
    waits_for: ClassVar[WaitsFor] = WaitsFor.CODE
    goes: ClassVar[Goes] = Goes.ON
    verb: str
    code: str = ""


class Forwarding(Keeps):
    """Whether a question goes to the compiling agency; `code` is what it is about, `agency` whose it is."""

    stored_as: ClassVar[str] = "forwarding"
    waits_for: ClassVar[WaitsFor] = WaitsFor.YES
    goes: ClassVar[Goes] = Goes.SHOWN
    has_way_out: ClassVar[bool] = False
    code: str
    agency: str

    @property
    def token(self) -> str:
        """What the button of this question bears, so that an older one sends nothing that came after it."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:6]


class WhatWasMeant(OpenQuestion):
    """What words mean that were kept: the rows `unclear`. What is not answered stays in the admins' queue."""

    stored_as: ClassVar[str] = "meaning"
    waits_for: ClassVar[WaitsFor] = WaitsFor.CHOICE
    goes: ClassVar[Goes] = Goes.ON
    has_way_out: ClassVar[bool] = False
    unclear: tuple[int, ...]


class Reason(WithFiles):
    """What blocks an obligation: the answer's own moment counts."""

    stored_as: ClassVar[str] = "reason"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    obligation: int


class WhyLate(WithFiles):
    """Why something is late."""

    stored_as: ClassVar[str] = "cause"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    obligation: int


class Comment(WithFiles):
    """What is to be said about a proof sheet."""

    stored_as: ClassVar[str] = "comment"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    obligation: int


class CommentWords(OpenQuestion):
    """Of which obligation's sheet it is; its words and files wait for the press."""

    stored_as: ClassVar[str] = "comment_words"
    waits_for: ClassVar[WaitsFor] = WaitsFor.PRESS
    goes: ClassVar[Goes] = Goes.ON
    words: str
    files: tuple[int, ...] = ()


class Extension(Keeps):
    """The day that is asked for, or why; whichever was said already is here."""

    stored_as: ClassVar[str] = "extension"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    takes_files: ClassVar[bool] = True
    obligation: int
    # Kept as "" for no day by earlier versions.
    wanted: Annotated[date | None, BeforeValidator(lambda value: value or None)] = None
    reason: str = ""


class NotOurs(Keeps):
    """Why work is not the agency's."""

    stored_as: ClassVar[str] = "not_ours"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    takes_files: ClassVar[bool] = True
    obligation: int


class Withdrawal(Keeps):
    """Why an answer is to be taken back late."""

    stored_as: ClassVar[str] = "withdrawal"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    slip_is_reason: ClassVar[bool] = True
    takes_files: ClassVar[bool] = True
    obligation: int


class Correction(Keeps):
    """The words that are to stand in the place of an answer's."""

    stored_as: ClassVar[str] = "correction"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.QUOTED
    obligation: int


class WhyTakenOut(OpenQuestion):
    """Why a file is taken out: it cannot be brought back."""

    stored_as: ClassVar[str] = "take_out"
    waits_for: ClassVar[WaitsFor] = WaitsFor.WORDS
    goes: ClassVar[Goes] = Goes.SHOWN
    slip_is_reason: ClassVar[bool] = True
    file: int


HoldsFiles = Reason | WhyLate | Comment | Extension | NotOurs | Withdrawal
HOLDS_FILES = (Reason, WhyLate, Comment, Extension, NotOurs, Withdrawal)
