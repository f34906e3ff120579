"""What officers asked for and an admin decides: extensions, ways out, corrections, answers taken back late."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, text
from sqlalchemy import select as columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from store.answer_tables import UNDECIDED, Request
from store.types import RequestKind, RequestState

ENDS_WITH_AN_ANSWER = frozenset(RequestKind) - {RequestKind.CAUSE}


def add(session: Session, request: Request) -> Request:
    """Keeps a new request; its source is unique."""
    session.add(request)
    session.flush()
    return request


def get(session: Session, request_id: int) -> Request | None:
    """One request."""
    return session.get(Request, request_id)


def by_source(session: Session, source: str) -> Request | None:
    """The request that a message made."""
    return session.exec(select(Request).where(Request.source == source)).first()


def waiting(session: Session, obligation_id: int, kind: RequestKind) -> Request | None:
    """The request of a kind about an obligation that nobody has decided yet: there is one at most."""
    query = select(Request).where(
        Request.obligation_id == obligation_id, Request.kind == kind, Request.state == RequestState.WAITING
    )
    return session.exec(query).first()


# Asked at each beat, so made once.
_ALL_WAITING = (
    select(Request)
    .where(text(UNDECIDED), col(Request.kind).in_(bindparam("kinds", expanding=True)))
    .order_by(col(Request.id))
)


def all_waiting(session: Session, kinds: Collection[RequestKind] = tuple(RequestKind)) -> Sequence[Request]:
    """Every request that waits, the oldest first."""
    return session.exec(_ALL_WAITING, params={"kinds": list(kinds)}).all()


def asked_at(session: Session, kinds: Collection[RequestKind]) -> list[tuple[int, datetime]]:
    """About which obligation something of some kinds waits, and since when (UTC)."""
    session.flush()
    return [(of, at) for of, at in session.connection().execute(_asked_at(), {"kinds": list(kinds)})]


@cache
def _asked_at() -> Select[*tuple[Any, ...]]:
    """Asked for every digest, so made once and answered without an object."""
    asked = col(Request.kind).in_(bindparam("kinds", expanding=True))
    return columns(col(Request.obligation_id), col(Request.asked_at)).where(text(UNDECIDED), asked)


def of_obligation(session: Session, obligation_id: int) -> Sequence[Request]:
    """Everything that was asked about an obligation, the oldest first."""
    return of_obligations(session, [obligation_id])


def of_obligations(session: Session, about: Collection[int]) -> Sequence[Request]:
    """Everything that was asked about some obligations, the oldest first."""
    return session.exec(_of_obligations(), params={"about": list(about)}).all()


@cache
def _of_obligations() -> SelectOfScalar[Request]:
    """Asked for every digest, so made once."""
    query = select(Request).where(col(Request.obligation_id).in_(bindparam("about", expanding=True)))
    return query.order_by(col(Request.id))


def void(
    session: Session, obligation_id: int, now: datetime, *, kinds: Collection[RequestKind] = ENDS_WITH_AN_ANSWER
) -> int:
    """Ends what waits about an obligation because there is nothing left to decide; returns how many.

    Why it was late is asked after the answer as before it, so that an answer ends no cause.
    """
    rows = [each for each in of_obligation(session, obligation_id) if each.state == RequestState.WAITING]
    rows = [each for each in rows if each.kind in kinds]
    for each in rows:
        each.state, each.decided_at = RequestState.VOID, now
        session.add(each)
    session.flush()
    return len(rows)
