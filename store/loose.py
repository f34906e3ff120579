"""Files that belong to nothing yet: they are their sender's, in whatever chat they came, until they are placed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, bindparam, delete
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from store.answer_tables import Blob, Contribution, Evidence, Submission
from store.import_tables import PlanImport
from store.types import EvidenceState

T = TypeVar("T")
# What is here, or will be.
KEPT = (EvidenceState.WAITING, EvidenceState.STORED)


def unanswered() -> ColumnElement[bool]:
    """Of no answer, contribution, request or opinion; perhaps sent about an obligation without being one."""
    owners = (Evidence.submission_id, Evidence.contribution_id, Evidence.request_id, Evidence.opinion_id)
    return and_(*(col(each).is_(None) for each in owners))


def is_loose() -> ColumnElement[bool]:
    """Of nothing at all."""
    return unanswered() & col(Evidence.obligation_id).is_(None) & (col(Evidence.state) != EvidenceState.REMOVED)


def of(session: Session, person_id: int) -> Sequence[Evidence]:
    """A person's loose files that are here or will be, in the order in which they came."""
    query = select(Evidence).where(Evidence.person_id == person_id, is_loose(), col(Evidence.state).in_(KEPT))
    return session.exec(query.order_by(col(Evidence.sent_at), col(Evidence.id))).all()


def since(session: Session, person_id: int, moment: datetime) -> Sequence[Evidence]:
    """Those that came after a moment (UTC) and of which their sender did not say that they are not to be recorded."""
    query = select(Evidence).where(Evidence.person_id == person_id, is_loose(), col(Evidence.left_at).is_(None))
    query = query.where(col(Evidence.sent_at) > moment)
    return session.exec(query.order_by(col(Evidence.sent_at), col(Evidence.id))).all()


def last_answer(session: Session, person_id: int) -> datetime | None:
    """When the newest answer or contribution of a person was given (UTC); None where there is none."""
    answer = session.exec(select(func.max(Submission.recorded_at)).where(Submission.person_id == person_id)).one()
    part = session.exec(select(func.max(Contribution.at)).where(Contribution.person_id == person_id)).one()
    return max(filter(None, (answer, part)), default=None)


def place(session: Session, files: Iterable[Evidence], obligation_id: int | None) -> None:
    """Notes about what files were sent without being part of an answer; None makes them loose again."""
    for each in files:
        each.obligation_id = obligation_id
        session.add(each)
    session.flush()


def place_beside(session: Session, files: Iterable[Evidence], other: Evidence) -> None:
    """Files become part of that which another one belongs to."""
    for each in files:
        each.obligation_id, each.request_id, each.opinion_id = other.obligation_id, other.request_id, other.opinion_id
        session.add(each)
    session.flush()


def leave(session: Session, files: Iterable[Evidence], now: datetime) -> None:
    """Keeps files that their sender does not want to be recorded: no code takes them by itself."""
    for each in files:
        each.left_at = now
        session.add(each)
    session.flush()


def placed_of_album(session: Session, album: str) -> Evidence | None:
    """A picture of an album that was sent about an obligation without being an answer."""
    query = select(Evidence).where(Evidence.album == album, col(Evidence.obligation_id).is_not(None))
    return session.exec(query.order_by(col(Evidence.id)).limit(1)).first()


def untold(session: Session, before: datetime) -> Sequence[Evidence]:
    """The loose files sent before a moment (UTC) of which their sender was not told that they go."""
    query = select(Evidence).where(is_loose(), col(Evidence.state).in_(KEPT), col(Evidence.told_at).is_(None))
    return session.exec(query.where(col(Evidence.sent_at) < before).order_by(col(Evidence.id))).all()


def drop(session: Session, where: ColumnElement[bool]) -> tuple[int, int]:
    """Lets go of the loose files of which a condition holds; how many rows, and how many bytes went with them."""
    due = is_loose() & where
    digests = set(session.exec(select(Evidence.sha256).where(due, col(Evidence.sha256).is_not(None))).all())
    count = session.connection().execute(delete(Evidence).where(due)).rowcount
    return count, sum(drop_bytes(session, digest) for digest in sorted(filter(None, digests)))


def drop_bytes(session: Session, digest: str) -> int:
    """Lets go of bytes unless another file, or a document that became a plan, is the same; how many went."""
    if session.exec(select(Evidence.id).where(Evidence.sha256 == digest).limit(1)).first() is not None:
        return 0
    if session.exec(select(PlanImport.id).where(PlanImport.sha256 == digest).limit(1)).first() is not None:
        return 0
    size = session.exec(select(Blob.size).where(Blob.sha256 == digest)).one()
    session.connection().execute(delete(Blob).where(col(Blob.sha256) == digest))
    return size


def with_source(session: Session, person_id: int, head: str) -> Sequence[Evidence]:
    """A person's loose files, here or kept out, whose source begins with something, in the order in which they came."""
    query = select(Evidence).where(Evidence.person_id == person_id, is_loose())
    return session.exec(
        query.where(col(Evidence.source).startswith(head, autoescape=True)).order_by(col(Evidence.id))
    ).all()


def take_back(session: Session, files: Iterable[Evidence]) -> None:
    """Files that were kept apart are to be recorded after all."""
    for each in files:
        each.left_at = None
        session.add(each)
    session.flush()


def let_go(session: Session, files: Iterable[Evidence]) -> None:
    """Files that came for nothing go."""
    drop(session, col(Evidence.id).in_([each.id for each in files]))


def by_ids(session: Session, person_id: int, ids: Collection[int]) -> Sequence[Evidence]:
    """A person's files of these rows that belong to no answer yet."""
    query = select(Evidence).where(Evidence.person_id == person_id, unanswered(), col(Evidence.id).in_(list(ids)))
    query = query.where(col(Evidence.state) != EvidenceState.REMOVED)
    return session.exec(query.order_by(col(Evidence.id))).all()


def note_asked(session: Session, files: Iterable[Evidence], now: datetime) -> None:
    """Notes of the pictures of albums that their sender was asked what they are for."""
    for each in files:
        if each.album is not None and each.asked_at is None:
            each.asked_at = now
            session.add(each)
    session.flush()


def is_album_asked(session: Session, album: str) -> bool:
    """Whether the sender of an album was asked about a picture of it."""
    query = select(Evidence.id).where(Evidence.album == album, col(Evidence.asked_at).is_not(None)).limit(1)
    return session.exec(query).first() is not None


def unasked_albums(session: Session, channel: str, before: datetime) -> Sequence[Evidence]:
    """Pictures of a channel's albums that came before an instant and of which their sender was not asked yet."""
    return session.exec(_unasked_albums(), params={"channel": channel, "before": before}).all()


def first_unasked_album(session: Session, channel: str) -> datetime | None:
    """When the first of such pictures came (UTC)."""
    return session.exec(_first_unasked_album(), params={"channel": channel}).first()


@cache
def _unasked_albums() -> SelectOfScalar[Evidence]:
    return _of_unasked_albums(select(Evidence)).where(col(Evidence.sent_at) <= bindparam("before"))


@cache
def _first_unasked_album() -> SelectOfScalar[datetime]:
    """Asked at every turn, so made once."""
    return _of_unasked_albums(select(Evidence.sent_at)).order_by(None).order_by(col(Evidence.sent_at)).limit(1)


def _of_unasked_albums(query: SelectOfScalar[T]) -> SelectOfScalar[T]:
    return query.order_by(col(Evidence.id)).where(
        Evidence.channel == bindparam("channel"),
        is_loose(),
        col(Evidence.asked_at).is_(None),
        col(Evidence.left_at).is_(None),
        col(Evidence.album).is_not(None),
    )
