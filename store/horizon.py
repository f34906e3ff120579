"""What is open and so near that its ladder may speak, found by an index on the dates of what is open.

So a beat costs what is due, and not what is kept. Nothing is stored for it: it is asked anew each time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, func, or_, select, text
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from plan.model import Kind
from plan.status import State
from store.tables import IS_OPEN, Obligation
from store.types import DeliveryState, metadata

OWED = metadata.tables["obligation"].c


class Near(NamedTuple):
    """What reminders must know of an open obligation; instants in UTC, dates local."""

    id: int
    plan_id: str
    milestone: str
    agency_id: str
    due: date | None
    returned_at: datetime | None
    acknowledged_at: datetime | None

    @property
    def state(self) -> str:
        """It is open."""
        return State.OPEN


@dataclass(frozen=True)
class Horizon:
    """How far ladders look: to nominal dates before a local day, and to lasting work in the months in which it is
    asked about."""

    before: date
    asks: bool = False


def near(session: Session, horizon: Horizon, agencies: Collection[str] | None = None) -> list[Near]:
    """What is open within a horizon, of all agencies or of some, in the order of the plan."""
    of_some = agencies is not None
    wanted = {} if agencies is None else {"agencies": list(agencies)}
    found = list(session.connection().execute(_near(of_some, False), {"before": horizon.before, **wanted}))
    if horizon.asks:
        found += session.connection().execute(_near(of_some, True), wanted)
    return sorted(Near._make(row) for row in found)


def changed(session: Session, since: int | None) -> list[Near]:
    """What is open and has events after the one of a number, or where none is given all that is open."""
    query = select(*(OWED[name] for name in Near._fields)).where(text(IS_OPEN))
    if since is not None:
        event = metadata.tables["obligation_event"].c
        query = query.where(OWED.id.in_(select(event.obligation_id).where(event.id > since)))
    return sorted(Near._make(row) for row in session.connection().execute(query))


@cache
def _near(of_some: bool, lasts: bool) -> Select[Any]:
    """Asked for every digest, so made once: of some agencies, or of all; what lasts all year, or what has a date."""
    query = select(*(OWED[name] for name in Near._fields)).where(text(IS_OPEN))
    if of_some:
        # What is open of a few agencies is less than what is near of all: their index is named with it.
        query = query.where(OWED.agency_id.in_(bindparam("agencies", expanding=True)), OWED.state == State.OPEN)
    return query.where(OWED.kind == Kind.ONGOING, OWED.due.is_(None)) if lasts else query.where(_dated_before())


def agencies(session: Session, horizon: Horizon) -> set[str]:
    """The agencies with something open within a horizon, joint ones by their own identity; read of the index alone."""
    found = set(session.connection().execute(_agencies(False), {"before": horizon.before}).scalars())
    if horizon.asks:
        found.update(session.connection().execute(_agencies(True)).scalars())
    return found


@cache
def _agencies(lasts: bool) -> Select[Any]:
    """Asked at each beat, so made once: of what lasts all year, or of what has a date."""
    query = select(OWED.agency_id).distinct().where(text(IS_OPEN))
    return query.where(OWED.kind == Kind.ONGOING, OWED.due.is_(None)) if lasts else query.where(_dated_before())


def unsaid(session: Session, person_id: int, step: str, before: date) -> list[Obligation]:
    """What is open with a nominal date before a local day and of which a step was not said to a person, under the date
    that holds; in the order of the plan."""
    said, sent = metadata.tables["reminder"], metadata.tables["delivery"]
    told = (
        select(said.c.id)
        .select_from(said.outerjoin(sent, sent.c.id == said.c.delivery_id))
        .where(said.c.person_id == person_id, said.c.obligation_id == OWED.id, said.c.due == cast(OWED.due, String))
        # What could not be delivered was not said.
        .where(said.c.step == step, or_(sent.c.state.is_(None), sent.c.state != DeliveryState.FAILED))
    )
    query = select_rows(Obligation).where(text(IS_OPEN), _dated_before(), ~told.exists())
    return list(session.exec(query.order_by(col(Obligation.id)), params={"before": before}))


def undated(session: Session) -> list[tuple[str, str]]:
    """The plans and milestones of which something is open and has no date yet, in the order of the plan."""
    first = func.min(OWED.id)
    query = select(OWED.plan_id, OWED.milestone).where(text(IS_OPEN), OWED.kind == Kind.UNDATED, OWED.due.is_(None))
    rows = session.connection().execute(query.group_by(OWED.plan_id, OWED.milestone).order_by(first))
    return [(plan, milestone) for plan, milestone in rows]


def lasting(session: Session, plans: Collection[str]) -> list[Obligation]:
    """What is open of some plans and has no end but theirs, in the order of the plan."""
    # The plans are no part of the question: the database would look through all that they ever asked for.
    query = select(OWED.id, OWED.plan_id).where(text(IS_OPEN), OWED.kind.in_((Kind.ONGOING, Kind.EVENT)))
    found = sorted(number for number, plan in session.connection().execute(query) if plan in plans)
    return [session.get_one(Obligation, number) for number in found]


def _dated_before() -> ColumnElement[bool]:
    """By kind and date, as the index has them; the day is named when it is asked."""
    return and_(OWED.kind.in_(list(Kind)), OWED.due < bindparam("before"))
