"""What an evidence file is asked for, and what it holds."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from plan.errors import NhacViecError
from reports.archive.told_pages import ToldLine

EVER = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


class SelectionError(NhacViecError):
    """What was asked for does not exist; the message says what does."""


@dataclass(frozen=True)
class Selection:
    """Answers of a reporting period (2020-Q1), a task (2b) or an agency's id; several together narrow it down."""

    period: str | None = None
    task: str | None = None
    agency: str | None = None


@dataclass(frozen=True)
class File:
    """One file of an answer: where it stands in the zip, and why it does not (`missing`, otherwise empty).

    `acts` says that opening it may run something.
    """

    path: str
    name: str
    sent_at: datetime
    size: int
    sha256: str
    missing: str = ""
    acts: bool = False


@dataclass(frozen=True)
class Answer:
    """What somebody reported, a coordinating agency added, or files came with that are of no answer (`of`: with what).

    `ended` says how it lost its force, if it did; `bare` that it came without a file though something had arisen.
    """

    code: str
    title: str
    agency: str
    person: str
    at: datetime
    words: str
    document: str
    files: tuple[File, ...]
    ended: str = ""
    bare: bool = False
    of: str = ""


@dataclass(frozen=True)
class Owed:
    """An obligation that has fallen due and has no answer; `returned_days` are the working days since one that was in
    time was returned."""

    code: str
    title: str
    agency: str
    due: date
    returned_days: int | None


@dataclass(frozen=True)
class Contents:
    """All of it, in the order of the plan; `known_at` is the newest moment in it (UTC), None where there is nothing."""

    selection: Selection
    answers: tuple[Answer, ...] = ()
    contributions: tuple[Answer, ...] = ()
    withdrawn: tuple[Answer, ...] = ()
    beside: tuple[Answer, ...] = ()
    owed: tuple[Owed, ...] = ()
    told: tuple[ToldLine, ...] = ()
    known_at: datetime | None = None

    @property
    def given(self) -> tuple[Answer, ...]:
        """All whose files stand in the zip."""
        return (*self.answers, *self.contributions, *self.beside)

    @property
    def files(self) -> tuple[File, ...]:
        """Every file that stands in the zip."""
        return tuple(file for each in self.given for file in each.files if not file.missing)

    @property
    def absent(self) -> tuple[File, ...]:
        """Every file that belongs into it and whose bytes cannot be had."""
        return tuple(file for each in self.given for file in each.files if file.missing)

    def without(self, missing: dict[str, str]) -> "Contents":
        """The same where the files at some paths turned out to be missing, each with why."""

        def told(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
            return tuple(
                replace(
                    each,
                    files=tuple(replace(file, missing=missing.get(file.path, file.missing)) for file in each.files),
                )
                for each in answers
            )

        return replace(
            self, answers=told(self.answers), contributions=told(self.contributions), beside=told(self.beside)
        )
