"""The errors of the whole program, each with what the operator can do about it.

    NhacViecError               every error that this program raises on purpose
    ├── PlanError               a plan file is refused; `faults` holds every fault at once
    ├── CalendarError           the table of days off is refused; `faults` as above
    ├── TemplateError           a document's template is refused; `faults` as above
    ├── WordsUnreadable         the printed words of a milestone give no single time
    ├── ForbiddenMoveError      plan.status: an event that cannot happen to an obligation in its state
    ├── CatalogueError          words.catalogue: a file of sentences is broken
    ├── UnknownDatabaseError    store.engines: a kind of database that we do not know, or without its driver
    ├── SchemaError             store.schema: the database is newer than the program, another program's, or unfit
    ├── InDoubtError            store.engine: a COMMIT was cut; look at what stands before doing it again
    ├── StaleEpochError         store.fence: another worker has the office since; nothing was written
    ├── ServedError             store.engines: another program has the database open that must be ours alone
    ├── MoveError               store.moving: a record was not moved into another database; nothing of it was
    ├── NoAnswerError           store.heartbeat: the database does not answer, or holds no settings
    ├── SandboxError            store.sandboxed: an office's record where a sandbox's database is needed
    ├── BackupError             store.engines.copies: a copy was not made, or must not be believed
    ├── RefusedError            intake.errors: a document cannot be read, or must not be kept; says why in a sentence
    ├── SheetFaultsError        intake.own_sheet.faults: the plan's own sheet came back with faults; all of them at once
    ├── UnknownPlanError        progress.revising: the sheet of a plan that is not followed here
    ├── StaleSheetError         progress.revising: the plan changed after its sheet went out; says what changed
    ├── BombError               files.unfold: an archive that holds far more than it should
    ├── ButtonError             channels.telegram.buttons: the data of a button cannot be written or read
    ├── UnreadableError         channels.errors: an update is not built as its platform says
    ├── ChannelError            channels.errors: a channel did not take a message; says whether to try again
    │   ├── FileGoneError       channels.errors: a file can no longer be fetched
    │   ├── NotArrivedError     channels.errors: what came for a file is not the file
    │   ├── NotHeldError        channels.errors: this process does not hold the channel that is meant
    │   ├── RivalError          channels.errors: another program receives the messages that are ours
    │   └── ZaloError           channels.zalo.errors: an answer of that platform that is no success
    ├── NotKeptError            progress.evidence: the bytes of a file are not here
    ├── WindowOpenError         reports.figures.issued: a period that still runs cannot be frozen
    ├── ReasonMissingError      reports.figures.issued: a period that was issued before is corrected with a reason
    ├── NothingToSendError      reports.attachments.attach: what was to be attached is not there any more
    ├── NoObligationError       reports.archive.proof: there is no such obligation to prove
    ├── SelectionError          reports.archive.dossier_values: a dossier is asked of what the office does not have
    ├── SettingsError           app.settings: settings that cannot be used; all faults at once
    ├── NoKeyError              app.key_files: what a key in a file of its own is for can be neither made nor read
    ├── NoDatabaseError         app.wiring: there is no database where a command wants to read one
    ├── OfficeError             app.offices: an office that is not there, or cannot be made
    ├── ClosedError             app.rooms: an office whose pages are not served now, with why
    ├── PeopleFileError         intake.excel.people_list: a list of people that cannot be read
    ├── UnreadableFileError     cli.reading: a document that `plan read` refuses
    ├── DraftAnswerError        cli.plan_imports: an answer that answers nothing, or one that is missing
    ├── EventError              cli.plan_events: an event or a successor that no plan knows, or no day
    ├── NoSuchDraftError        cli.plan_imports: no draft of a document bears the number, or several wait
    ├── NoAdminError            cli.told_results: who is to answer for results is no admin
    ├── CorrectionError         cli.plan_corrections: there is nothing to correct
    ├── ConclusionError         cli.conclusions: lines of a meeting's conclusion are not plain; all of them at once
    ├── ReportError             cli.papers: a report or letter that cannot be made as it was asked for
    └── OutputError             cli.archive: a file cannot be written

Those with a module live beside what raises them, so that each folder reads alone. A test compares the tree with them.
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
