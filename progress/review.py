"""The way of an answer from the officer to "done": through a required file, the agency's head and the office's review.

The moment of submission counts whatever it waits for afterwards.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from channels.abilities import Abilities
from plan.joint import members
from plan.model import Kind
from plan.people import Role
from plan.status import EventKind, State
from progress import moments
from progress.acting_files import in_words as acting_in_words
from progress.items import Item, code_of, item_of, label
from store import deliveries, obligations, people, submissions
from store.answer_tables import Evidence, Submission
from store.obligations import NewEvent
from store.people_tables import Address, Person
from store.postings import Identity, Posting, to_person
from store.tables import Delivery, Obligation
from store.types import DeliveryKind, EvidenceState
from words.file_names import called
from words.message import Button, Message, say
from words.office import Office

TITLE = 100


class DecidedBy(NamedTuple):
    """Who decided or answered, and how that was said, for the record."""

    person_id: int
    via: str = "review"


def lacks_proof(session: Session, item: Item, submission: Submission) -> bool:
    """Whether the milestone requires a file and none came that is or will be here."""
    return item.milestone.evidence == "required" and not proofs(session, submission)


def proofs(session: Session, submission: Submission) -> Sequence[Evidence]:
    """The files of an answer that are kept or still to be fetched."""
    kept = (EvidenceState.WAITING, EvidenceState.STORED)
    return [file for file in submissions.files_of(session, submission.id or 0) if file.state in kept]


def take_up(session: Session, office: Office, row: Obligation, submission: Submission, now: datetime) -> None:
    """Leads a fresh answer to what it must wait for first; the row is DONE when it waits for nothing."""
    item = item_of(office, row)
    if item is None:
        return
    if lacks_proof(session, item, submission):
        _record(session, row, EventKind.HELD, submission, now, DecidedBy(submission.person_id))
        return
    _onward(session, office, item, submission, now)


def go_on_if_proven(session: Session, office: Office, row: Obligation, submission: Submission, now: datetime) -> None:
    """A file came for an answer that waited for one: it goes on."""
    item = item_of(office, row)
    if row.state != State.UNPROVEN or item is None or lacks_proof(session, item, submission):
        return
    _record(session, row, EventKind.PROVEN, submission, now, DecidedBy(submission.person_id))
    _onward(session, office, item, submission, now)


def confirm(
    session: Session, office: Office, row: Obligation, submission: Submission, by: DecidedBy, now: datetime
) -> None:
    """Confirms an answer that waits for a head or for the office; raises ForbiddenMoveError when it does not wait."""
    from_head = row.state == State.AT_HEAD
    _record(session, row, EventKind.CONFIRMED, submission, now, by)
    item = item_of(office, row)
    if from_head and item is not None and is_for_office(office, item, submission):
        _to_review(session, item, submission, now)
    elif submission.handed_on is not None:
        _retime(session, office, row, submission, by, now)


def _retime(
    session: Session, office: Office, row: Obligation, submission: Submission, by: DecidedBy, now: datetime
) -> None:
    """It came, on the day that was told: that day counts where it is before the one on which it was told."""
    assert submission.handed_on is not None
    at = office.closes(submission.handed_on)
    if row.done_at is not None and at < row.done_at:
        event = NewEvent(
            EventKind.RETIMED,
            at,
            via=by.via,
            person_id=by.person_id,
            note=submission.handed_way,
            submission_id=submission.id,
        )
        obligations.record(session, row, event, now)


def is_for_office(office: Office, item: Item, submission: Submission) -> bool:
    """Whether the office confirms it: as the installation wants it, and whatever was handed in elsewhere."""
    return submission.handed_on is not None or reviewed(office, item)


def is_decided(session: Session, submission: Submission) -> bool:
    """Whether somebody has confirmed an answer."""
    events = obligations.events_of(session, submission.obligation_id)
    return any(each.kind == EventKind.CONFIRMED and each.submission_id == submission.id for each in events)


def give_back(
    session: Session, row: Obligation, submission: Submission, by: DecidedBy, reason: str, now: datetime
) -> None:
    """Returns an answer with a reason: open again, its moment kept for the next one; raises ForbiddenMoveError."""
    _record(session, row, EventKind.RETURNED, submission, now, by, reason)
    submission.withdrawn_at = now
    session.add(submission)


def carry_files(session: Session, row: Obligation, submission: Submission) -> None:
    """The files of an answer that was returned stay with its correction."""
    if row.kept_at is None:
        return
    for file in submissions.files_of_withdrawn(session, row.id or 0, row.kept_at):
        file.submission_id = submission.id
        session.add(file)
    session.flush()


def carry_document(session: Session, row: Obligation, submission: Submission) -> None:
    """The document of an answer that was returned stays with its correction, unless that names another."""
    before = submissions.returned_of(session, row.id or 0, row.kept_at) if row.kept_at is not None else None
    if before is None or not before.product_number or submission.product_number:
        return
    submission.product_number = before.product_number
    submission.product_date, submission.product_title = before.product_date, before.product_title
    session.add(submission)


def reviewed(office: Office, item: Item) -> bool:
    """Whether the installation wants this milestone's answers confirmed by the office."""
    if office.review == "product":
        return bool(item.task.product) and item.milestone.owed_kind in (Kind.DATED, Kind.UNDATED)
    return office.review == "all"


def reviewers(session: Session, row: Obligation) -> list[tuple[Person, Address]]:
    """Who may confirm it where it stands: its agency's heads, or the admins; nobody when it does not wait for them."""
    if row.state == State.AT_HEAD:
        return heads_of(session, row.agency_id)
    return people.admins(session) if row.state == State.IN_REVIEW else []


@dataclass(frozen=True)
class Deciders:
    """Who may confirm what, asked of many: the admins, and of each agency its heads, by their numbers."""

    admins: frozenset[int]
    heads: Mapping[str, frozenset[int]]

    def of(self, state: State, agency_id: str) -> frozenset[int]:
        """Who may confirm an agency's answer where it stands, as `reviewers` says of one."""
        if state is State.AT_HEAD:
            return self.heads.get(agency_id, frozenset())
        return self.admins if state is State.IN_REVIEW else frozenset()


def deciders(session: Session) -> Deciders:
    """Everybody who may confirm anything."""
    heads: dict[str, set[int]] = defaultdict(set)
    for person, _, held in people.reachable(session, Role.HEAD):
        heads[held.agency_id].add(person.id or 0)
    admins = frozenset(person.id or 0 for person, _ in people.admins(session))
    return Deciders(admins, {agency: frozenset(found) for agency, found in heads.items()})


def heads_of(session: Session, agency_id: str) -> list[tuple[Person, Address]]:
    """The heads of an agency who can be reached."""
    found = people.reachable(session, Role.HEAD)
    return [(person, address) for person, address, held in found if held.agency_id == agency_id]


def notice(session: Session, office: Office, row: Delivery, _now: datetime, can: Abilities) -> Message | None:
    """What a reviewer gets to decide on, made when it is sent; None when it was decided by then."""
    submission = submissions.get(session, row.submission_id or 0)
    obligation = obligations.get(session, submission.obligation_id) if submission else None
    if submission is None or obligation is None or submission.withdrawn_at is not None:
        return None
    item = item_of(office, obligation)
    if item is None or row.person_id not in {person.id for person, _ in reviewers(session, obligation)}:
        return None
    files = proofs(session, submission)
    return say(
        office.text(
            "review.ask",
            code=label(item),
            agency=office.agency_name(obligation.agency_id),
            title=item.task.short(TITLE),
            person=people.named(session, office.agency_short, submission.person_id),
            at=submission.at,
            in_time=moments.in_time(session, office, obligation, submission.at).in_time,
            note=submission.note,
            way=submission.handed_way,
            handed=submission.handed_on,
            photos=sum(1 for file in files if file.kind == "photo"),
            others=sum(1 for file in files if file.kind != "photo"),
            on_the_way=sum(1 for file in files if file.state == EvidenceState.WAITING),
            replies=can.replies,
        ),
        *_reused(session, office, submission),
        acting_in_words(office, files),
        buttons=[
            [
                Button(office.text("button.confirm"), f"/confirm S{submission.id}"),
                Button(office.text("button.return"), f"/return S{submission.id}"),
            ]
        ],
    )


def flag_reuse(session: Session, office: Office, file: Evidence, now: datetime) -> None:
    """The bytes are here only now: a reviewer who has the answer already hears that they stand for something else."""
    submission = submissions.get(session, file.submission_id or 0)
    row = obligations.get(session, submission.obligation_id) if submission else None
    if submission is None or row is None:
        return
    lines = _reused(session, office, submission)
    for person, address in reviewers(session, row) if lines else ():
        if not deliveries.was_sent(session, _identity(submission, row, person)):
            continue
        code, agency = code_of(office, row), office.agency_name(row.agency_id)
        message = say(office.text("review.of", code=code, agency=agency), *lines)
        identity = Identity("reused", file.id, person_id=person.id)
        posting = Posting(DeliveryKind.NOTICE, "a file stands for two obligations", identity, message)
        deliveries.post(session, to_person(address), posting, now)


def _identity(submission: Submission, row: Obligation, person: Person) -> Identity:
    return Identity("review", f"{submission.id}:{row.state}", person_id=person.id)


def _reused(session: Session, office: Office, submission: Submission) -> list[str]:
    """A file that already stands for something else is the reviewer's to judge."""
    found = []
    for file, other in submissions.used_elsewhere(session, submission):
        agency = office.agency_name(other.agency_id)
        code = code_of(office, other)
        found.append(office.text("review.reused", name=called(office, file.name, file.kind), code=code, agency=agency))
    return found


def _onward(session: Session, office: Office, item: Item, submission: Submission, now: datetime) -> None:
    row = item.row
    held = {(each.role, each.agency_id) for each in people.memberships(session, submission.person_id)}
    if submission.on_behalf or any(role == Role.ADMIN for role, _ in held):
        return
    heads = heads_of(session, row.agency_id)
    is_head = any((Role.HEAD, each) in held for each in members(row.agency_id))
    if office.head_confirms and heads and not is_head:
        _record(session, row, EventKind.TO_HEAD, submission, now, DecidedBy(submission.person_id))
        _ask(session, row, submission, heads, now)
    elif is_for_office(office, item, submission):
        _to_review(session, item, submission, now)


def _to_review(session: Session, item: Item, submission: Submission, now: datetime) -> None:
    _record(session, item.row, EventKind.TO_REVIEW, submission, now, DecidedBy(submission.person_id))
    _ask(session, item.row, submission, people.admins(session), now)


def _ask(
    session: Session, row: Obligation, submission: Submission, whom: Sequence[tuple[Person, Address]], now: datetime
) -> None:
    for person, address in whom:
        posting = Posting(
            DeliveryKind.NOTICE,
            f"submission {submission.id} waits for a decision",
            _identity(submission, row, person),
            obligation_id=row.id,
            submission_id=submission.id,
        )
        deliveries.post(session, to_person(address), posting, now)


def _record(
    session: Session,
    row: Obligation,
    kind: EventKind,
    submission: Submission,
    now: datetime,
    by: DecidedBy,
    note: str = "",
) -> None:
    event = NewEvent(kind, now, via=by.via, person_id=by.person_id, note=note, submission_id=submission.id)
    obligations.record(session, row, event, now)
