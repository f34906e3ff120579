"""Takes an answer "done" once: the submission, its event and its confirmation in one transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from channels.abilities import Abilities
from channels.base import FileRef, Incoming
from plan.model import Kind
from plan.status import ANSWERED, EventKind
from progress import moments, product, review
from store import deliveries, loose, obligations, requests, submissions
from store.answer_tables import Evidence, Submission
from store.obligations import NewEvent
from store.postings import Destination, Identity, Posting
from store.tables import Obligation
from store.types import DeliveryKind, EvidenceState
from words.office import Office
from words.render import OFFICE_ZONE

UNDO = timedelta(minutes=10)
# What came by a link may have been pressed by somebody else: who it was given to has a day to take it back.
BY_LINK, UNDO_BY_LINK = "link:form", timedelta(days=1)
ALBUM_GATHERS = timedelta(seconds=2)
OVER_FILES, OVER_BYTES, OVER_ALL = "files per day", "bytes per day", "bytes in all"
LASTING = (Kind.ONGOING, Kind.EVENT)


@dataclass(frozen=True)
class Statement:
    """An answer as it came: `at` is the moment that it counts from (UTC), `source` its identity.

    `began` is when its words and files came, where what they are for was said on a later day only. `way` and
    `handed_on` (local) are by which way and when it was handed in elsewhere, as it was told.
    """

    person_id: int
    at: datetime
    source: str
    via: str
    note: str = ""
    album: str | None = None
    files: tuple[int, ...] = ()
    nothing_arose: bool = False
    began: datetime | None = None
    way: str = ""
    handed_on: date | None = None

    def completed(self, at: datetime, office: Office) -> "Statement":
        """The same, now that what it is for was said at `at` (UTC): on the same local day its own moment counts."""
        return self if office.today(at) == office.today(self.at) else replace(self, at=at, began=self.at)


def keep_files(
    session: Session, office: Office, incoming: Incoming, said: Statement, can: Abilities, now: datetime
) -> tuple[int, ...]:
    """Keeps the identity of what was sent, before anybody asks what it is for; gives the rows' ids.

    A file above the platform's limit, or above what one person may send in a day or in all, is kept as such: its name
    and size are a record, its bytes are not fetched.
    """
    kept = []
    for number, file in enumerate(incoming.files):
        state, why = _admit(session, office, file, said, can)
        row = submissions.keep_file(
            session,
            Evidence(
                source=f"{said.source}#{number}",
                person_id=said.person_id,
                channel=incoming.channel,
                file_id=file.file_id,
                unique_id=file.unique_id,
                kind=file.kind,
                name=file.name,
                mime=file.mime,
                size=file.size,
                album=said.album,
                caption=said.note,
                sent_at=said.at,
                not_before=now,
                state=state,
                error=why,
            ),
        )
        assert row.id is not None
        kept.append(row.id)
    return tuple(kept)


def _admit(
    session: Session, office: Office, file: FileRef, said: Statement, can: Abilities
) -> tuple[EvidenceState, str]:
    """Whether a file's bytes will be fetched, and why not."""
    if file.size is not None and file.size > can.fetch:
        return EvidenceState.TOO_BIG, ""
    # A size that nobody said counts once the bytes are here.
    why = over_quota(session, office, said, file.size or 0)
    return (EvidenceState.REFUSED, why) if why else (EvidenceState.WAITING, "")


def over_quota(session: Session, office: Office, said: Statement, size: int) -> str:
    """Why a person may send no file of so many bytes any more, that day or in all; empty where they may."""
    files, so_far = submissions.sent_between(session, said.person_id, *office.day_of(said.at))
    if files >= office.files_per_day:
        return OVER_FILES
    if so_far + size > office.bytes_per_day:
        return OVER_BYTES
    return OVER_ALL if submissions.sent_in_all(session, said.person_id) + size > office.bytes_per_person else ""


def submit(
    session: Session,
    office: Office,
    said: Statement,
    obligation: Obligation,
    to: Destination,
    now: datetime,
    *,
    on_behalf: bool = False,
    confirmed: bool = True,
) -> Submission:
    """Records that an obligation is done as of the message's own moment, and puts the confirmation into the outbox.

    What the milestone and the installation ask for first (a file, the head, the review) it waits for. The same message
    again gives the submission that is there. Not `confirmed` where the caller says it itself, with others.

    Raises ForbiddenMoveError when it is not open.
    """
    found = submissions.by_source(session, said.source)
    if found is not None:
        return found
    assert obligation.id is not None
    submission = submissions.add(session, _answer(said, obligation.id, now, on_behalf=on_behalf))
    product.keep(submission, said.note, said.at.astimezone(OFFICE_ZONE).date())
    attach(session, said, submission)
    review.carry_files(session, obligation, submission)
    review.carry_document(session, obligation, submission)
    # What was asked about it before is settled by the answer.
    requests.void(session, obligation.id, now)
    # Ongoing work is never "done" before its year ends: an answer to it is a line of progress with its evidence.
    lasting = obligation.kind in LASTING
    kind = EventKind.PROGRESSED if lasting else EventKind.SUBMITTED
    event = NewEvent(kind, said.at, via=said.via, person_id=said.person_id, note=said.note, submission_id=submission.id)
    obligations.record(session, obligation, event, now)
    if not lasting:
        review.take_up(session, office, obligation, submission, now)
    if confirmed:
        _confirm(session, said, submission, to, now)
    return submission


def _answer(said: Statement, obligation_id: int, now: datetime, *, on_behalf: bool) -> Submission:
    return Submission(
        obligation_id=obligation_id,
        person_id=said.person_id,
        at=said.at,
        recorded_at=now,
        note=said.note,
        via=said.via,
        source=said.source,
        album=said.album,
        on_behalf=on_behalf,
        nothing_arose=said.nothing_arose,
        handed_way=said.way,
        handed_on=said.handed_on,
    )


def _confirm(session: Session, said: Statement, submission: Submission, to: Destination, now: datetime) -> None:
    posting = Posting(
        DeliveryKind.CONFIRMATION,
        f"confirms submission {submission.id}",
        Identity("confirm", submission.id),
        submission_id=submission.id,
        not_before=now + ALBUM_GATHERS if said.album else None,
    )
    deliveries.post(session, to, posting, now)


def supplement(
    session: Session, office: Office, said: Statement, submission: Submission, obligation: Obligation, now: datetime
) -> int:
    """Adds a note and files to an answer that stands, which goes on when it waited for one; how many files were new."""
    added = attach(session, said, submission)
    if said.note:
        submission.note = f"{submission.note}\n{said.note}".strip()
        if not product.keep(submission, said.note, said.at.astimezone(OFFICE_ZONE).date()):
            # What is told now is something.
            submission.nothing_arose = False
        session.add(submission)
    if obligation.state in ANSWERED and (added or said.note):
        obligations.record(
            session,
            obligation,
            NewEvent(
                EventKind.SUPPLEMENTED,
                said.at,
                via=said.via,
                person_id=said.person_id,
                note=said.note,
                submission_id=submission.id,
            ),
            now,
        )
    review.go_on_if_proven(session, office, obligation, submission, now)
    return added


def attach(session: Session, said: Statement, submission: Submission) -> int:
    """Gives the files of what was said to an answer, an album's other pictures with them; how many."""
    rows = loose_files(session, said)
    for row in rows:
        row.submission_id = submission.id
        session.add(row)
    session.flush()
    return len(rows)


def loose_files(session: Session, said: Statement) -> list[Evidence]:
    """The files that came with what was said and belong to no answer yet, an album's other pictures with them."""
    rows = list(loose.by_ids(session, said.person_id, said.files)) if said.files else []
    if said.album:
        rows += [row for row in submissions.loose_of_album(session, said.album) if row not in rows]
    return rows


def undo_until(recorded_at: datetime, via: str) -> datetime:
    """Until when its sender takes back alone what was recorded at an instant (UTC)."""
    return recorded_at + (UNDO_BY_LINK if via == BY_LINK else UNDO)


def undo(session: Session, submission: Submission, obligation: Obligation, person_id: int, now: datetime) -> bool:
    """Takes an answer back while it is new (`undo_until`); False when that is over, or after that time was ten minutes
    where somebody has decided about it. The history keeps both."""
    # What has left the plan, or was closed, keeps its answer as it stands: it may come back with it.
    late = now > undo_until(submission.recorded_at, submission.via)
    if submission.withdrawn_at is not None or late or obligation.state not in ANSWERED:
        return False
    if now > submission.recorded_at + UNDO and review.is_decided(session, submission):
        return False
    withdraw(session, submission, obligation, Statement(person_id, now, "", "undo"), now)
    return True


def withdraw(session: Session, submission: Submission, obligation: Obligation, said: Statement, now: datetime) -> None:
    """Takes an answer back, for the reason in the words; raises ForbiddenMoveError where none stands."""
    submission.withdrawn_at = now
    session.add(submission)
    requests.void(session, submission.obligation_id, now)
    by, via = said.person_id, said.via
    event = NewEvent(EventKind.WITHDRAWN, now, via=via, person_id=by, note=said.note, submission_id=submission.id)
    obligations.record(session, obligation, event, now)
    moments.no_longer(session, obligation, submission, by, via, now)


def correct(session: Session, submission: Submission, obligation: Obligation, said: Statement, now: datetime) -> None:
    """Puts other words in the place of an answer's; the history keeps both. Raises ForbiddenMoveError."""
    submission.note = said.note
    session.add(submission)
    by, via = said.person_id, said.via
    event = NewEvent(EventKind.CORRECTED, said.at, via=via, person_id=by, note=said.note, submission_id=submission.id)
    obligations.record(session, obligation, event, now)
