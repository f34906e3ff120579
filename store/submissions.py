"""Answers and their evidence, and what the bot still has to ask."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from files.content import examine
from store import loose
from store.answer_tables import Blob, Evidence, Submission
from store.people_tables import Address, Person
from store.tables import Obligation, Question
from store.types import EvidenceState


def by_source(session: Session, source: str) -> Submission | None:
    """The submission that a message or a press made."""
    return session.exec(select(Submission).where(Submission.source == source)).first()


def by_album(session: Session, album: str) -> Submission | None:
    """The standing submission that an album's caption made, or to which it was sent as a supplement."""
    given = select(Evidence.submission_id).where(Evidence.album == album, col(Evidence.submission_id).is_not(None))
    query = select(Submission).where(
        or_(col(Submission.album) == album, col(Submission.id).in_(given)), col(Submission.withdrawn_at).is_(None)
    )
    return session.exec(query.order_by(col(Submission.id).desc())).first()


def get(session: Session, submission_id: int) -> Submission | None:
    """One submission."""
    return session.get(Submission, submission_id)


def latest_of(session: Session, person_id: int) -> Submission | None:
    """A person's newest standing answer; of a shared telephone that of whoever reported on it."""
    hands = select(Person.id).where(or_(Person.id == person_id, Person.reports_on == person_id))
    query = select(Submission).where(col(Submission.person_id).in_(hands), col(Submission.withdrawn_at).is_(None))
    return session.exec(query.order_by(col(Submission.id).desc())).first()


def recent_of(session: Session, person_id: int, since: datetime) -> Sequence[tuple[Submission, Obligation]]:
    """A person's standing answers recorded since an instant, with what they are for; the newest first."""
    query = (
        select(Submission, Obligation)
        .where(Submission.obligation_id == Obligation.id, col(Submission.withdrawn_at).is_(None))
        .where(Submission.person_id == person_id, col(Submission.recorded_at) >= since)
        .order_by(col(Submission.id).desc())
    )
    return [(row[0], row[1]) for row in session.exec(query)]


def standing_of(session: Session, obligation_id: int) -> Submission | None:
    """The standing answer for an obligation."""
    query = select(Submission).where(Submission.obligation_id == obligation_id, col(Submission.withdrawn_at).is_(None))
    return session.exec(query.order_by(col(Submission.id).desc())).first()


def latest_for_task(session: Session, agency_id: str, task: str, plan_id: str) -> tuple[Submission, Obligation] | None:
    """The newest standing answer of an agency for any milestone of a task."""
    query = (
        select(Submission, Obligation)
        .where(Submission.obligation_id == Obligation.id, col(Submission.withdrawn_at).is_(None))
        .where(Obligation.agency_id == agency_id, Obligation.task == task, Obligation.plan_id == plan_id)
        .order_by(col(Submission.id).desc())
    )
    row = session.exec(query).first()
    return (row[0], row[1]) if row else None


def add(session: Session, submission: Submission) -> Submission:
    """Keeps a new submission; its source is unique."""
    session.add(submission)
    session.flush()
    return submission


def keep_file(session: Session, evidence: Evidence) -> Evidence:
    """Keeps a file's identity; the same message again gives the row that is there (one writer: store.engine)."""
    found = session.exec(select(Evidence).where(Evidence.source == evidence.source)).first()
    if found is not None:
        return found
    session.add(evidence)
    session.flush()
    return evidence


def sent_between(session: Session, person_id: int, since: datetime, until: datetime) -> tuple[int, int]:
    """How many files a person sent between two instants that were taken, and their bytes as far as they are known."""
    taken = (EvidenceState.WAITING, EvidenceState.STORED)
    query = select(func.count(), func.coalesce(func.sum(Evidence.size), 0)).where(
        Evidence.person_id == person_id, col(Evidence.state).in_(taken)
    )
    row = session.exec(query.where(col(Evidence.sent_at) >= since, col(Evidence.sent_at) < until)).one()
    return row[0], row[1] or 0


def sent_in_all(session: Session, person_id: int) -> int:
    """The bytes of all files of a person that were taken, as far as they are known."""
    taken = (EvidenceState.WAITING, EvidenceState.STORED)
    size = select(func.coalesce(func.sum(Evidence.size), 0))
    return session.exec(size.where(Evidence.person_id == person_id, col(Evidence.state).in_(taken))).one() or 0


def first_file(session: Session, submission: Submission, since: datetime) -> datetime | None:
    """When the first file came, from an instant on and before an answer, that may be meant by it (UTC).

    They are its sender's files that belong to it, to an earlier answer for the same, or to nothing.
    """
    same = select(Submission.id).where(Submission.obligation_id == submission.obligation_id)
    query = select(func.min(Evidence.sent_at)).where(
        Evidence.person_id == submission.person_id,
        or_(loose.is_loose(), col(Evidence.submission_id).in_(same)),
        col(Evidence.sent_at) >= since,
        col(Evidence.sent_at) < submission.at,
    )
    return session.exec(query).one()


def loose_of_album(session: Session, album: str) -> Sequence[Evidence]:
    """The pictures of an album that belong to no answer yet."""
    unanswered = loose.unanswered() & (col(Evidence.state) != EvidenceState.REMOVED)
    return session.exec(select(Evidence).where(Evidence.album == album, unanswered).order_by(col(Evidence.id))).all()


def album_person(session: Session, album: str) -> str | None:
    """The account that sent the pictures of an album that are known already."""
    same = (col(Address.person_id) == col(Evidence.person_id)) & (col(Address.channel) == col(Evidence.channel))
    return session.exec(select(Address.user).join(Evidence, same).where(Evidence.album == album).limit(1)).first()


def given(
    session: Session, since: datetime, until: datetime, *, task: str | None = None, agency: str | None = None
) -> Sequence[tuple[Submission, Obligation]]:
    """Every answer with a moment from `since` on and before `until` (UTC), also those taken back or returned, with what
    it is for; of one task or one agency where they are given. In the order in which they were recorded.
    """
    query = select(Submission, Obligation).where(Submission.obligation_id == Obligation.id)
    query = query.where(col(Submission.at) >= since, col(Submission.at) < until)
    if task is not None:
        query = query.where(Obligation.task == task)
    if agency is not None:
        query = query.where(Obligation.agency_id == agency)
    return [(row[0], row[1]) for row in session.exec(query.order_by(col(Submission.id)))]


def of_obligation(session: Session, obligation_id: int) -> Sequence[Submission]:
    """Every answer for an obligation, also those taken back or returned, in the order in which they were recorded."""
    query = select(Submission).where(Submission.obligation_id == obligation_id)
    return session.exec(query.order_by(col(Submission.id))).all()


def files_of(session: Session, submission_id: int) -> Sequence[Evidence]:
    """The evidence of an answer."""
    query = select(Evidence).where(Evidence.submission_id == submission_id)
    return session.exec(query.order_by(col(Evidence.id))).all()


def returned_of(session: Session, obligation_id: int, at: datetime) -> Submission | None:
    """The answer of a moment (UTC) that does not stand any more; the last of them."""
    query = select(Submission).where(Submission.obligation_id == obligation_id, Submission.at == at)
    left = query.where(col(Submission.withdrawn_at).is_not(None))
    return session.exec(left.order_by(col(Submission.id).desc())).first()


def files_of_withdrawn(session: Session, obligation_id: int, at: datetime) -> Sequence[Evidence]:
    """The files of the answer of a moment that was returned."""
    query = (
        select(Evidence)
        .join(Submission, col(Evidence.submission_id) == col(Submission.id))
        .where(Submission.obligation_id == obligation_id, col(Submission.withdrawn_at).is_not(None))
        .where(Submission.at == at)
    )
    return session.exec(query.order_by(col(Evidence.id))).all()


def used_elsewhere(session: Session, submission: Submission) -> Sequence[tuple[Evidence, Obligation]]:
    """The files of an answer whose very bytes stand for another obligation too, and which."""
    other, theirs = aliased(Evidence), aliased(Submission)
    query = (
        select(Evidence, Obligation)
        .join(other, col(other.sha256) == col(Evidence.sha256))
        .join(theirs, col(theirs.id) == col(other.submission_id))
        .join(Obligation, col(Obligation.id) == col(theirs.obligation_id))
        .where(Evidence.submission_id == submission.id, theirs.obligation_id != submission.obligation_id)
        .where(col(theirs.withdrawn_at).is_(None))
    )
    return [(row[0], row[1]) for row in session.exec(query.order_by(col(Evidence.id)))]


def files_about(session: Session, obligation_ids: Collection[int]) -> Sequence[tuple[Evidence, Submission]]:
    """The evidence of every answer that stands for some obligations, in the order in which it came."""
    query = (
        select(Evidence, Submission)
        .where(Evidence.submission_id == Submission.id, col(Submission.withdrawn_at).is_(None))
        .where(col(Submission.obligation_id).in_(list(obligation_ids)))
    )
    return [(row[0], row[1]) for row in session.exec(query.order_by(col(Evidence.id)))]


def file(session: Session, evidence_id: int) -> Evidence | None:
    """One file that was sent."""
    return session.get(Evidence, evidence_id)


def next_to_fetch(session: Session) -> Evidence | None:
    """The file whose bytes are to be fetched next, now or at its `not_before`."""
    return session.exec(_next_to_fetch()).first()


@cache
def _next_to_fetch() -> SelectOfScalar[Evidence]:
    """Asked at every turn, so made once."""
    # Word for word the condition of the index `evidence_waiting`: without it every look reads all that was ever sent.
    query = select(Evidence).where(text("state = 'waiting'"))
    return query.order_by(col(Evidence.not_before), col(Evidence.id)).limit(1)


def still_waiting(session: Session, before: datetime) -> Sequence[Evidence]:
    """The files sent before an instant (UTC) that were asked for and did not come yet, the oldest first."""
    return session.exec(_still_waiting(), params={"before": before}).all()


@cache
def _still_waiting() -> SelectOfScalar[Evidence]:
    """Asked at each beat, so made once."""
    late = col(Evidence.sent_at) <= bindparam("before")
    query = select(Evidence).where(text("state = 'waiting'"), late, Evidence.attempts > 0)
    return query.order_by(col(Evidence.sent_at), col(Evidence.id))


def keep_bytes(session: Session, evidence: Evidence, data: bytes) -> None:
    """Keeps the bytes of a file, once however often they are sent, and says what they are by their content."""
    digest = keep_blob(session, data)
    evidence.sha256, evidence.size, evidence.state, evidence.error = digest, len(data), EvidenceState.STORED, ""
    evidence.content = examine(data).content
    session.add(evidence)


def keep_blob(session: Session, data: bytes) -> str:
    """Keeps bytes, once, and gives their SHA-256 (one writer: store.engine)."""
    digest = hashlib.sha256(data).hexdigest()
    if session.get(Blob, digest) is None:
        session.add(Blob(sha256=digest, size=len(data), data=data))
        session.flush()
    return digest


def blob(session: Session, sha256: str) -> bytes | None:
    """Kept bytes."""
    found = session.get(Blob, sha256)
    return found.data if found else None


def ask(
    session: Session, person_id: int, channel: str, chat: str, kind: str, data: dict[str, Any], now: datetime
) -> None:
    """Remembers what was asked; it takes the place of what was asked before in this chat (one writer: store.engine)."""
    forget(session, person_id, channel, chat)
    session.flush()
    session.add(Question(person_id=person_id, channel=channel, chat=chat, kind=kind, data=data, asked_at=now))


def asked(session: Session, person_id: int, channel: str, chat: str) -> Question | None:
    """What was asked last, however long ago."""
    return session.exec(_asked(person_id, channel, chat)).first()


def forget(session: Session, person_id: int, channel: str, chat: str) -> None:
    """The question is answered."""
    for row in session.exec(_asked(person_id, channel, chat)):
        session.delete(row)


def _asked(person_id: int, channel: str, chat: str) -> SelectOfScalar[Question]:
    """The same number may be a chat on two channels."""
    return select(Question).where(Question.person_id == person_id, Question.channel == channel, Question.chat == chat)
