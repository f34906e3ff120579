"""What coordinating agencies add to a task, with its files; and when each obligation came to be."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from plan.status import EventKind
from store.answer_tables import Contribution, Evidence
from store.tables import ObligationEvent


def by_source(session: Session, source: str) -> Contribution | None:
    """The contribution that a message made."""
    return session.exec(select(Contribution).where(Contribution.source == source)).first()


def add(session: Session, contribution: Contribution, files: Sequence[Evidence]) -> Contribution:
    """Keeps a contribution and gives it these files."""
    session.add(contribution)
    session.flush()
    for each in files:
        each.contribution_id = contribution.id
        session.add(each)
    session.flush()
    return contribution


def of_task(session: Session, plan_id: str, task: str) -> Sequence[Contribution]:
    """Everything that was added to a task, the earliest first."""
    query = select(Contribution).where(Contribution.plan_id == plan_id, Contribution.task == task)
    return session.exec(query.order_by(col(Contribution.at), col(Contribution.id))).all()


def given(
    session: Session, since: datetime, until: datetime, *, task: str | None = None, agency: str | None = None
) -> Sequence[Contribution]:
    """What was added from `since` on and before `until` (UTC), the earliest first; to one task or by one agency where
    they are given.
    """
    query = select(Contribution).where(col(Contribution.at) >= since, col(Contribution.at) < until)
    if task is not None:
        query = query.where(Contribution.task == task)
    if agency is not None:
        query = query.where(Contribution.agency_id == agency)
    return session.exec(query.order_by(col(Contribution.at), col(Contribution.id))).all()


def files_of(session: Session, contribution_id: int) -> Sequence[Evidence]:
    """The files of a contribution."""
    query = select(Evidence).where(Evidence.contribution_id == contribution_id)
    return session.exec(query.order_by(col(Evidence.id))).all()


def of_album(session: Session, album: str) -> int | None:
    """The contribution that pictures of an album already belong to."""
    query = select(Evidence.contribution_id).where(Evidence.album == album, col(Evidence.contribution_id).is_not(None))
    return session.exec(query.limit(1)).first()


def created(session: Session) -> dict[int, datetime]:
    """When each obligation came to be, in UTC."""
    query = select(ObligationEvent.obligation_id, func.min(ObligationEvent.recorded_at))
    query = query.where(ObligationEvent.kind == EventKind.CREATED).group_by(col(ObligationEvent.obligation_id))
    return {row[0]: row[1] for row in session.exec(query)}
