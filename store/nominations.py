"""Who is to be an admin: the first one of an office is at once, a later one when another admin or the machine confirms.

A nomination gives no right: the role is a membership, and there is none before it is confirmed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from plan.people import Role
from store import audit, invites, people
from store.audit_actions import Action
from store.people_tables import Nomination

# As long as an invite is good.
STANDS = timedelta(days=invites.INVITE_DAYS)


def is_needed(session: Session, person_id: int, role: Role) -> bool:
    """Whether somebody takes up a role only when it is confirmed: whoever is admin already, or the first, does not."""
    if role is not Role.ADMIN or not people.ever_held(session, Role.ADMIN):
        return False
    return not any(each.role == Role.ADMIN for each in people.memberships(session, person_id))


def add(
    session: Session,
    person_id: int,
    agency_id: str,
    now: datetime,
    *,
    via: str,
    named_by: int | None,
    instead_of: int | None = None,
) -> Nomination:
    """Names somebody as an admin of an agency; one that waits for the same person is let go."""
    for each in waiting(session, now):
        if each.person_id == person_id:
            each.decided_at = now
            session.add(each)
    row = Nomination(
        person_id=person_id,
        agency_id=agency_id,
        role=Role.ADMIN,
        named_by=named_by,
        instead_of=instead_of,
        at=now,
        via=via,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        Action.ADMIN_NAMED,
        f"person:{person_id}",
        now,
        via=via,
        actor=named_by,
        agency=agency_id,
        nomination=row.id,
    )
    return row


def waiting(session: Session, now: datetime) -> Sequence[Nomination]:
    """What waits to be confirmed and is not too old, the oldest first."""
    query = select(Nomination).where(col(Nomination.decided_at).is_(None), col(Nomination.at) > now - STANDS)
    return session.exec(query.order_by(col(Nomination.id))).all()


def of_person(session: Session, person_id: int, now: datetime) -> Nomination | None:
    """The nomination of a person that waits."""
    return next((each for each in waiting(session, now) if each.person_id == person_id), None)


def deciders(session: Session, row: Nomination) -> list[int]:
    """The admins who can be reached and may confirm it: neither who named the person nor the person."""
    found = [person.id for person, _ in people.admins(session) if person.id is not None]
    return [each for each in found if may_decide(row, each)]


def may_decide(row: Nomination, admin: int) -> bool:
    """Whether this admin is a second one."""
    return admin not in (row.named_by, row.person_id)


def decide(session: Session, row: Nomination, now: datetime, *, granted: bool, by: int | None, via: str) -> None:
    """Confirms it, by an admin or (None) the machine, or refuses it; whose place it is leaves with it."""
    row.decided_at, row.decided_by, row.granted = now, by, granted
    session.add(row)
    action = Action.ADMIN_CONFIRMED if granted else Action.ADMIN_REFUSED
    audit.record(session, action, f"person:{row.person_id}", now, via=via, actor=by, nomination=row.id)
    if not granted:
        return
    people.join(session, row.person_id, row.agency_id, Role.ADMIN, now, via=via, by=by, nomination=row.id)
    if row.instead_of is not None:
        kept = [each for each in Role if each is not Role.ADMIN]
        people.leave(session, row.instead_of, now, via=via, actor=by, keep=kept)


def is_last_admin(session: Session, person_id: int) -> bool:
    """Whether nobody who can be reached would be left to decide if this person's roles ended."""
    is_admin = any(each.role == Role.ADMIN for each in people.memberships(session, person_id))
    return is_admin and not any(person.id != person_id for person, _ in people.admins(session))
