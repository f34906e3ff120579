"""Answers with their files, given straight to the record as the tests of archives and proofs need them."""

from datetime import datetime

from sqlmodel import Session, select

from plan.status import EventKind
from store import contributions, obligations, people, submissions
from store.answer_tables import Contribution, Evidence, Submission
from store.obligations import NewEvent
from store.people_tables import Person
from store.tables import Obligation
from store.types import EvidenceState
from tests.reports.book import Book

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def officer(book: Book, name: str, when: datetime) -> int:
    """A linked person's row."""
    with book.store.unit() as session:
        person = people.link(session, "telegram", f"user-{name}", f"chat-{name}", name, "notice", when)
        assert person.id is not None
        return person.id


def obligation(session: Session, milestone: str, agency: str) -> Obligation:
    """What an agency owes."""
    query = select(Obligation).where(Obligation.milestone == milestone, Obligation.agency_id == agency)
    return session.exec(query.order_by(Obligation.id)).first() or _none(milestone, agency)  # type: ignore[arg-type]


def _none(milestone: str, agency: str) -> Obligation:
    raise AssertionError(f"{agency} does not owe {milestone}")


def answer(
    book: Book, milestone: str, agency: str, person: int, when: datetime, note: str = "", product_number: str = ""
) -> int:
    """An answer that stands."""
    with book.store.unit() as session:
        row = obligation(session, milestone, agency)
        assert row.id is not None
        given = Submission(
            obligation_id=row.id, person_id=person, at=when, recorded_at=when, note=note, via="test",
            source=f"test:{milestone}:{agency}:{when.isoformat()}", product_number=product_number,
        )  # fmt: skip
        number = submissions.add(session, given).id
        obligations.record(
            session,
            row,
            NewEvent(EventKind.SUBMITTED, when, via="test", person_id=person, note=note, submission_id=number),
            when,
        )
        assert number is not None
        return number


def withdraw(book: Book, submission_id: int, when: datetime, kind: EventKind = EventKind.WITHDRAWN) -> None:
    """Takes an answer back, or returns it."""
    with book.store.unit() as session:
        given = session.get_one(Submission, submission_id)
        given.withdrawn_at = when
        row = session.get_one(Obligation, given.obligation_id)
        obligations.record(
            session, row, NewEvent(kind, when, via="test", note="thiếu dấu", submission_id=submission_id), when
        )


def contribute(book: Book, task: str, agency: str, person: int, when: datetime, note: str) -> int:
    """What a coordinating agency adds."""
    with book.store.unit() as session:
        plan = next(iter(book.office.plans))
        added = Contribution(
            plan_id=plan, task=task, agency_id=agency, person_id=person, at=when, source=f"c:{task}", note=note
        )
        number = contributions.add(session, added, []).id
        assert number is not None
        return number


def evidence(
    book: Book,
    person: int,
    when: datetime,
    data: bytes | None,
    name: str,
    *,
    submission: int | None = None,
    contribution: int | None = None,
    state: EvidenceState = EvidenceState.WAITING,
) -> int:
    """A file of an answer; without bytes it is in `state`."""
    with book.store.unit() as session:
        count = len(session.exec(select(Evidence)).all())
        row = Evidence(
            source=f"file:{count}", person_id=person, submission_id=submission, contribution_id=contribution,
            channel="telegram", file_id="f", unique_id="u", kind="document", name=name, mime="application/pdf",
            sent_at=when, not_before=when, state=state,
        )  # fmt: skip
        submissions.keep_file(session, row)
        if data is not None:
            submissions.keep_bytes(session, row, data)
        assert row.id is not None
        return row.id


def erase(book: Book, person: int, name: str) -> None:
    """Takes a person's name away, as an erasure does."""
    with book.store.unit() as session:
        session.get_one(Person, person).name = name
