"""Who carries a task out for an agency: the officer whom its head, or an admin, named for it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from plan.joint import members
from plan.model import task_of_work
from store import audit, people
from store.audit_actions import Action
from store.people_tables import Assignee, Membership, Person
from store.tables import Obligation


class Key(NamedTuple):
    """One task of a plan, by its identity (plan.milestone.task_of_work), as one agency owes it."""

    plan: str
    work: str
    agency: str


def key_of(row: Obligation) -> Key:
    """The task and agency of an obligation: every milestone and occurrence has the same."""
    return Key(row.plan_id, task_of_work(row.work), row.agency_id)


def of(session: Session, key: Key) -> Assignee | None:
    """The row by which somebody carries a task out now; None for nobody."""
    found = _of(session, key)
    return found if found is not None and found.person_id is not None else None


def of_works(session: Session, keys: Collection[Key]) -> dict[Key, int]:
    """Who carries each of some tasks out now, by their number; a task of nobody's is left out."""
    session.flush()
    wanted = {name: sorted({getattr(key, name) for key in keys}) for name in Key._fields}
    rows = session.connection().execute(_of_works(), wanted)
    last = {Key(*of): person for *of, person in rows}
    return {key: person for key in keys if (person := last.get(key)) is not None}


@cache
def _of_works() -> Select[*tuple[Any, ...]]:
    """Asked for every digest, so made once."""
    of = col(Assignee.plan_id), col(Assignee.work), col(Assignee.agency_id)
    query = columns(*of, col(Assignee.person_id)).order_by(col(Assignee.id))
    for name, column in zip(Key._fields, of, strict=True):
        query = query.where(column.in_(bindparam(name, expanding=True)))
    return query


def story(session: Session, key: Key) -> Sequence[Assignee]:
    """Everybody who was named for a task of an agency, and each end, the oldest first."""
    return session.exec(_rows(key).order_by(col(Assignee.id))).all()


def name(
    session: Session, key: Key, person_id: int | None, now: datetime, *, via: str, by: int | None
) -> Assignee | None:
    """Makes somebody, or nobody, the one who carries a task out; None where it was so already (one writer: engine).

    `by` is who said so; None where the one before left the agency.
    """
    before = of(session, key)
    if (before.person_id if before is not None else None) == person_id:
        return None
    row = Assignee(
        plan_id=key.plan, work=key.work, agency_id=key.agency, person_id=person_id, named_by=by, at=now, via=via
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        Action.ASSIGNEE_ENDED if person_id is None else Action.ASSIGNEE_NAMED,
        f"assignee:{row.id}",
        now,
        via=via,
        actor=by,
        plan=key.plan,
        work=key.work,
        agency=key.agency,
        person=person_id,
        before=before.person_id if before is not None else None,
    )
    return row


def standing(session: Session) -> Sequence[Assignee]:
    """Who carries out what, everywhere, in the order in which they were named."""
    return session.exec(_standing()).all()


@cache
def _standing() -> SelectOfScalar[Assignee]:
    """Asked at each beat, so made once."""
    newest = select(func.max(Assignee.id)).group_by(Assignee.plan_id, Assignee.work, Assignee.agency_id)
    query = select(Assignee).where(col(Assignee.id).in_(newest), col(Assignee.person_id).is_not(None))
    return query.order_by(col(Assignee.id))


def after(session: Session, number: int) -> Sequence[Assignee]:
    """The rows that came after the one of a number: whoever keeps what holds brings it up to date by them."""
    return session.exec(select(Assignee).where(col(Assignee.id) > number).order_by(col(Assignee.id))).all()


def left(session: Session) -> list[Assignee]:
    """Those who still stand as carrying something out and answer for its agency no more."""
    found = standing(session)
    query = select(Membership.person_id, Membership.agency_id).where(
        col(Membership.until).is_(None), col(Membership.role).in_(people.ANSWERING)
    )
    live = set(session.exec(query)) if found else set()
    return [each for each in found if not _is_of(live, each)]


def pass_on(session: Session, person_id: int, to: int, now: datetime, *, via: str, by: int | None) -> None:
    """What somebody carried out is carried out by who takes their place, where that one answers for the agency."""
    agencies = {*people.agencies_of(session, to)}
    for each in standing(session):
        if each.person_id == person_id and each.agency_id in agencies:
            name(session, Key(each.plan_id, each.work, each.agency_id), to, now, via=via, by=by)


def follow(session: Session, former: str, agency: str, now: datetime) -> None:
    """What was named in an agency holds in the one that comes after it, where nobody was named there."""
    for each in standing(session):
        key = Key(each.plan_id, each.work, agency)
        if each.agency_id == former and of(session, key) is None:
            name(session, key, each.person_id, now, via="plan", by=each.named_by)


def who_may(session: Session, agency: str) -> list[Person]:
    """Who can be named for an agency's work: everybody who answers for it, in the order of linking."""
    query = (
        select(Person)
        .join(Membership)
        # A task has somebody's name: a telephone that is shared has none.
        .where(col(Person.duty_of).is_(None))
        .where(col(Membership.until).is_(None), col(Membership.role).in_(people.ANSWERING))
        .where(col(Membership.agency_id).in_({agency, *members(agency)}))
    )
    return list({each.id: each for each in session.exec(query.order_by(col(Person.id)))}.values())


def _of(session: Session, key: Key) -> Assignee | None:
    return session.exec(_rows(key).order_by(col(Assignee.id).desc()).limit(1)).first()


def _rows(key: Key) -> SelectOfScalar[Assignee]:
    return select(Assignee).where(
        Assignee.plan_id == key.plan, Assignee.work == key.work, Assignee.agency_id == key.agency
    )


def _is_of(live: set[tuple[int, str]], each: Assignee) -> bool:
    return any((each.person_id, agency) in live for agency in (each.agency_id, *members(each.agency_id)))
