"""The life of a request: asked by an officer, granted or refused by an admin, or void when nothing is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from sqlmodel import Session

from plan.joint import joint_id, members
from plan.status import ANSWERED, EventKind, State
from plan.workdays import Calendar
from progress.submit import Statement, correct, loose_files, withdraw
from store import audit, files_about, obligations, people, plan_sync, requests, submissions
from store.answer_tables import Evidence, Request, Submission
from store.audit_actions import Action
from store.obligations import NewEvent
from store.tables import Obligation
from store.types import RequestKind, RequestState
from words.office import Office

# While these wait nobody is reminded, for so many working days: an admin who does not answer costs no reminder.
PAUSING = (RequestKind.EXTENSION, RequestKind.NOT_OURS)
PAUSE_DAYS = 2


class Wish(StrEnum):
    """What is to be said about a day that somebody wishes for as the new deadline."""

    FINE = "fine"
    PAST = "past"
    NOT_LATER = "not_later"


def judge(due: date, wanted: date, today: date) -> Wish:
    """Whether a deadline may be asked for: in the future, and later than the one that holds. All dates local."""
    if wanted <= today:
        return Wish.PAST
    return Wish.FINE if wanted > due else Wish.NOT_LATER


def rests(calendar: Calendar, asked: date, today: date) -> bool:
    """Whether a request of the day `asked` still keeps reminders back on `today`; local dates."""
    return calendar.distance(asked, today) < PAUSE_DAYS


def resting(session: Session, office: Office, today: date) -> set[int]:
    """The obligations about which nobody is reminded today because an admin is asked."""
    return {
        about for about, at in requests.asked_at(session, PAUSING) if rests(office.calendar, office.today(at), today)
    }


class Numbered(Protocol):
    """An obligation by its number."""

    @property
    def id(self) -> int | None: ...


Row = TypeVar("Row", bound=Numbered)


def without_resting(session: Session, office: Office, rows: Iterable[Row], today: date) -> list[Row]:
    """The obligations of which people are reminded today."""
    quiet = resting(session, office, today)
    return [row for row in rows if row.id not in quiet]


@dataclass(frozen=True)
class Asked:
    """What an officer asks an admin for: `reason` of a correction is the new wording, `wanted` a new date (local)."""

    kind: RequestKind
    reason: str
    wanted: date | None = None
    submission_id: int | None = None


def ask(session: Session, office: Office, row: Obligation, said: Statement, asked: Asked, now: datetime) -> Request:
    """Keeps what an officer asks for as of the message's own moment; the same message gives the request that is there.

    The caller has seen that none of its kind waits. Raises ForbiddenMoveError where nothing can be asked about the
    obligation any more.
    """
    found = requests.by_source(session, said.source)
    if found is not None:
        return found
    assert row.id is not None
    request = requests.add(
        session,
        Request(
            kind=asked.kind,
            obligation_id=row.id,
            person_id=said.person_id,
            submission_id=asked.submission_id,
            asked_at=said.at,
            source=said.source,
            wanted=asked.wanted,
            reason=asked.reason,
            late=asked.kind == RequestKind.EXTENSION and office.in_time(row.due, said.at) is False,
        ),
    )
    # A cause stands in the history under its own name: the figures of any past moment are made from it.
    of_cause = asked.kind == RequestKind.CAUSE
    event = NewEvent(
        EventKind.CAUSE_TOLD if of_cause else EventKind.REQUESTED,
        said.at,
        via=said.via,
        person_id=said.person_id,
        due=asked.wanted,
        note=asked.reason if of_cause else note_of(request, asked.reason),
        submission_id=asked.submission_id,
    )
    obligations.record(session, row, event, now)
    files_about.give_to_request(session, [*loose_files(session, said), *_of_slip(session, request)], request)
    return request


def _of_slip(session: Session, request: Request) -> Sequence[Evidence]:
    """The files of a cause that was taken back as a slip: they come with what is told in its place."""
    if request.kind != RequestKind.CAUSE:
        return ()
    before = [each for each in requests.of_obligation(session, request.obligation_id) if each.id != request.id]
    last = before[-1] if before else None
    slip = last is not None and last.state == RequestState.VOID and last.person_id == request.person_id
    return files_about.of_request(session, last.id or 0) if last is not None and slip else ()


def note_of(request: Request, words: str) -> str:
    """The note of an event that a request caused: "R12: chờ hướng dẫn"; the number leads to the request."""
    return f"R{request.id}: {words}"


def still_stands(session: Session, request: Request, row: Obligation) -> bool:
    """Whether granting still means what was asked."""
    match request.kind:
        case RequestKind.EXTENSION:
            may = row.state == State.OPEN
            return may and row.due is not None and request.wanted is not None and request.wanted > row.due
        case RequestKind.NOT_OURS:
            return row.state == State.OPEN
        case RequestKind.CAUSE:
            return row.state != State.RETIRED
        case _:
            standing = submissions.standing_of(session, request.obligation_id)
            return row.state in ANSWERED and standing is not None and standing.id == request.submission_id


def _leaves_others(session: Session, request: Request, row: Obligation, said: Statement, now: datetime) -> bool:
    """Of agencies that owe together one is excused: the others owe it still, with the date that holds."""
    asking = people.agencies_of(session, request.person_id) if request.person_id is not None else []
    rest = joint_id(each for each in members(row.agency_id) if each not in asking)
    if not rest or rest == row.agency_id:
        return False
    note = note_of(request, request.reason)
    by, via = said.person_id, said.via
    event = NewEvent(EventKind.TRANSFERRED, now, via=via, person_id=by, note=f"{rest}: {note}")
    obligations.record(session, row, event, now)
    plan_sync.keep_joint(session, rest)
    obligations.take_over(session, row, rest, now, via=via, person_id=by or 0, note=note)
    return True


def grant(session: Session, request: Request, row: Obligation, said: Statement, now: datetime) -> bool:
    """Does what was asked; False, and the request is void, when it no longer means anything."""
    if not still_stands(session, request, row):
        requests.void(session, request.obligation_id, now, kinds=tuple(RequestKind))
        return False
    request.state, request.answer = RequestState.GRANTED, ""
    decided(session, request, said, now)
    by, via, note = said.person_id, said.via, note_of(request, request.reason)
    match request.kind:
        case RequestKind.EXTENSION:
            event = NewEvent(EventKind.EXTENDED, now, via=via, person_id=by, due=request.wanted, note=note)
            obligations.record(session, row, event, now)
        case RequestKind.NOT_OURS:
            if not _leaves_others(session, request, row, said, now):
                event = NewEvent(EventKind.EXCUSED, now, via=via, person_id=by, note=note)
                obligations.record(session, row, event, now)
            requests.void(session, request.obligation_id, now, kinds=tuple(RequestKind))
        case RequestKind.WITHDRAWAL:
            withdraw(session, _answer(session, request), row, replace(said, note=note), now)
        case _:
            words = replace(said, at=now, note=request.reason)
            correct(session, _answer(session, request), row, words, now)
    return True


def reopen(session: Session, request: Request, admin: int, now: datetime, via: str) -> None:
    """Takes a decision back: the request waits again; the history keeps both."""
    request.ruled_by = request.ruled_post = request.ruled_number = ""
    request.ruled_on = None
    request.state, request.decided_at, request.decided_by, request.answer = RequestState.WAITING, None, None, ""
    session.add(request)
    session.flush()
    audit.record(session, Action.REQUEST_REOPENED, f"request:{request.id}", now, via=via, actor=admin)


def take_back(session: Session, request: Request, asker: int, now: datetime, via: str) -> None:
    """It was a slip of who asked: nothing waits any more; the request stays as one that was taken back."""
    request.state, request.decided_at, request.decided_by = RequestState.VOID, now, asker
    session.add(request)
    session.flush()
    audit.record(session, Action.REQUEST_VOID, f"request:{request.id}", now, via=via, actor=asker)


def refuse(session: Session, request: Request, row: Obligation, said: Statement, now: datetime) -> None:
    """Keeps everything as it is, with the admin's reason in the words."""
    request.state, request.answer = RequestState.REFUSED, said.note
    decided(session, request, said, now)
    if row.state != State.RETIRED:
        note = note_of(request, said.note)
        event = NewEvent(EventKind.REFUSED, now, via=said.via, person_id=said.person_id, note=note)
        obligations.record(session, row, event, now)


def _answer(session: Session, request: Request) -> Submission:
    submission = submissions.get(session, request.submission_id or 0)
    assert submission is not None
    return submission


def decided(session: Session, request: Request, said: Statement, now: datetime) -> None:
    """Who decided and when, as the audit has it; the request has its state and the words already.

    Files that came with the decision are with the request.
    """
    files_about.give_to_request(session, loose_files(session, said), request)
    request.decided_at, request.decided_by = now, said.person_id
    session.add(request)
    session.flush()
    audit.record(
        session,
        Action(f"request.{request.state}"),
        f"request:{request.id}",
        now,
        via=said.via,
        actor=said.person_id,
        kind=str(request.kind),
        obligation=request.obligation_id,
    )
