"""Who is away and who stands in for them; the days are the office's own, both included."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from plan.people import Role
from store import audit, people
from store.audit_actions import Action
from store.people_tables import Absence


def add(
    session: Session,
    person_id: int,
    stand_in_id: int | None,
    first: date,
    last: date,
    now: datetime,
    *,
    via: str,
    wanted: bool = False,
) -> Absence:
    """Notes a time in which a person is away; the person's other absences that overlap it end at once.

    A stand-in who is only `wanted` stands in once an admin has confirmed it.
    """
    for each in of_person(session, person_id, first):
        if each.first <= last:
            end(session, each, now)
    row = Absence(person_id=person_id, stand_in_id=stand_in_id, first=first, last=last, made_at=now)
    if wanted:
        row.stand_in_id, row.wanted_id = None, stand_in_id
    session.add(row)
    session.flush()
    audit.record(
        session,
        Action.ABSENCE_MADE,
        f"person:{person_id}",
        now,
        via=via,
        actor=person_id,
        stand_in=stand_in_id,
        wanted=wanted,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return row


def wanted(session: Session, day: date) -> Sequence[Absence]:
    """The absences that are not over by a day and whose stand-in an admin has to confirm, the oldest first."""
    query = select(Absence).where(col(Absence.wanted_id).is_not(None), col(Absence.ended_at).is_(None))
    return session.exec(query.where(col(Absence.last) >= day).order_by(col(Absence.id))).all()


def decide(session: Session, absence: Absence, now: datetime, *, granted: bool, via: str, actor: int) -> None:
    """Lets the one who is wanted stand in, or not."""
    wanted_id, absence.wanted_id = absence.wanted_id, None
    absence.stand_in_id = wanted_id if granted else None
    session.add(absence)
    action = Action.STAND_IN_CONFIRMED if granted else Action.STAND_IN_REFUSED
    audit.record(
        session,
        action,
        f"person:{absence.person_id}",
        now,
        via=via,
        actor=actor,
        absence=absence.id,
        stand_in=wanted_id,
    )


def overlapping(session: Session, stand_in_id: int, first: date, last: date) -> Sequence[Absence]:
    """The absences in which somebody stands in, or is wanted, on some day from `first` to `last`."""
    query = select(Absence).where(
        or_(Absence.stand_in_id == stand_in_id, Absence.wanted_id == stand_in_id), col(Absence.ended_at).is_(None)
    )
    return session.exec(query.where(col(Absence.first) <= last, col(Absence.last) >= first)).all()


def meeting(session: Session, first: date, last: date) -> Sequence[Absence]:
    """Everybody's absences that were not called off and have a day from `first` to `last`."""
    query = select(Absence).where(col(Absence.ended_at).is_(None), col(Absence.first) <= last)
    return session.exec(query.where(col(Absence.last) >= first).order_by(col(Absence.id))).all()


def of_person(session: Session, person_id: int, since: date) -> Sequence[Absence]:
    """A person's absences that were not called off and last until a day or beyond it, the earliest first."""
    query = select(Absence).where(Absence.person_id == person_id, col(Absence.ended_at).is_(None))
    return session.exec(query.where(col(Absence.last) >= since).order_by(col(Absence.first), col(Absence.id))).all()


def end(session: Session, absence: Absence, now: datetime) -> None:
    """Calls an absence off."""
    absence.ended_at = now
    session.add(absence)
    session.flush()


def end_all(session: Session, person_id: int, since: date, now: datetime, *, via: str) -> Sequence[Absence]:
    """Calls off every absence of a person that lasts until a day or beyond it, and returns them."""
    ended = of_person(session, person_id, since)
    for each in ended:
        end(session, each, now)
    if ended:
        audit.record(session, Action.ABSENCE_ENDED, f"person:{person_id}", now, via=via, actor=person_id)
    return ended


def away(session: Session, day: date) -> Mapping[int, Absence]:
    """Who is away on a day, by person; of two absences the one noted later holds."""
    return {each.person_id: each for each in session.exec(_away(), params={"day": day})}


@cache
def _away() -> SelectOfScalar[Absence]:
    """Asked for every digest, so made once."""
    query = select(Absence).where(col(Absence.ended_at).is_(None), col(Absence.first) <= bindparam("day"))
    return query.where(col(Absence.last) >= bindparam("day")).order_by(col(Absence.id))


def stand_in(absent: Mapping[int, Absence], person_id: int) -> int | None:
    """Who stands in for somebody who is away, through those who are away themselves; None where it is nobody."""
    seen = {person_id}
    found = absent[person_id].stand_in_id
    while found is not None and found in absent:
        if found in seen:
            return None
        seen.add(found)
        found = absent[found].stand_in_id
    return found


def stands_for(session: Session, person_id: int, day: date) -> list[Absence]:
    """The absences of a day in which this person stands in; none for somebody who may not answer for anybody."""
    return _stood_for(session, person_id, away(session, day))


def _stood_for(session: Session, person_id: int, absent: Mapping[int, Absence]) -> list[Absence]:
    found = [each for absent_id, each in absent.items() if stand_in(absent, absent_id) == person_id]
    return found if found and may_stand_in(session, person_id) else []


def may_stand_in(session: Session, person_id: int) -> bool:
    """Whether a person has a role that does more than read."""
    return any(each.role != Role.LEADER for each in people.memberships(session, person_id))


def agencies_for(session: Session, person_id: int, day: date) -> list[str]:
    """The agencies a person may answer for on a day: their own, and those of the officers they stand in for."""
    return with_those_of(session, person_id, people.agencies_of(session, person_id), away(session, day))


def with_those_of(session: Session, person_id: int, own: Iterable[str], absent: Mapping[int, Absence]) -> list[str]:
    """A person's own agencies, and those of the officers among these who are away (`away`) for whom they stand in."""
    found = [*own]
    for absence in _stood_for(session, person_id, absent):
        found += people.agencies_of(session, absence.person_id, (Role.OFFICER,))
    return list(dict.fromkeys(found))
