"""Files that came about an obligation without being its answer: with progress, a difficulty, a request, an opinion."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from store.answer_tables import Evidence, Request
from store.report_tables import Opinion
from store.tables import Obligation


def of_obligations(session: Session, obligation_ids: Collection[int]) -> Sequence[Evidence]:
    """All that came about some obligations and is of no answer, in the order in which it came."""
    about = col(Evidence.obligation_id).in_(list(obligation_ids))
    return _where(session, about & col(Evidence.submission_id).is_(None) & col(Evidence.contribution_id).is_(None))


def of_request(session: Session, request_id: int) -> Sequence[Evidence]:
    """What came with a request or a cause of delay, and with the ruling about it."""
    return _where(session, col(Evidence.request_id) == request_id)


def of_opinion(session: Session, opinion_id: int) -> Sequence[Evidence]:
    """What came with an opinion on a proof sheet."""
    return _where(session, col(Evidence.opinion_id) == opinion_id)


def give_to_request(session: Session, files: Iterable[Evidence], request: Request) -> None:
    """Files become part of a request; of an obligation they are with it."""
    for each in files:
        each.request_id, each.obligation_id = request.id, request.obligation_id
        session.add(each)
    session.flush()


def give_to_opinion(session: Session, files: Iterable[Evidence], opinion: Opinion) -> None:
    """Files become part of an opinion; of an obligation they are with it."""
    for each in files:
        each.opinion_id, each.obligation_id = opinion.id, opinion.obligation_id
        session.add(each)
    session.flush()


def given(
    session: Session, since: datetime, until: datetime, *, task: str | None = None, agency: str | None = None
) -> Sequence[tuple[Evidence, Obligation]]:
    """All that was sent from `since` on and before `until` (UTC) without being of an answer, with what it is about; of
    one task or one agency where they are given. In the order in which it came."""
    owners = col(Evidence.submission_id).is_(None) & col(Evidence.contribution_id).is_(None)
    query = select(Evidence, Obligation).where(Evidence.obligation_id == Obligation.id, owners)
    query = query.where(col(Evidence.sent_at) >= since, col(Evidence.sent_at) < until)
    if task is not None:
        query = query.where(Obligation.task == task)
    if agency is not None:
        query = query.where(Obligation.agency_id == agency)
    rows = session.exec(query.order_by(col(Evidence.sent_at), col(Evidence.id)))
    return [(row[0], row[1]) for row in rows]


def _where(session: Session, condition: ColumnElement[bool]) -> Sequence[Evidence]:
    return session.exec(select(Evidence).where(condition).order_by(col(Evidence.sent_at), col(Evidence.id))).all()
