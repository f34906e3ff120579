"""An admin ends somebody's access at once, or makes an invite worthless."""

from collections.abc import Sequence

from sqlmodel import Session

from plan.people import Role
from progress.acts.outcomes import Outcome
from progress.acts.rights import EndRights, RevokeInvite
from progress.acts.scene import Scene
from store import invites, memory, nominations, people
from store.people_tables import Membership
from words.message import say
from words.office import Office


def why_not(session: Session, office: Office, person: int, by: int) -> str | None:
    """Why somebody's rights cannot be ended by an admin, in words; None where they can."""
    if people.get(session, person) is None or not people.memberships(session, person):
        return office.text("revoke.unknown", reference=f"P{person}")
    if nominations.is_last_admin(session, person):
        return office.text("revoke.last_admin", agency=office.compiler_name)
    return office.text("revoke.self") if person == by else None


def end_rights(scene: Scene, act: EndRights) -> Outcome:
    """Every role ends; what the person said and did stays, and agencies that hear nothing now are named."""
    session, office, me = scene.session, scene.office, scene.actor.person_id
    if (no := why_not(session, office, act.person, me)) is not None:
        return Outcome((say(no),))
    held, name = people.memberships(session, act.person), people.mentioned(people.get(session, act.person))
    roles = roles_of(office, held)
    people.leave(session, act.person, scene.now, via=act.said.via, actor=me)
    memory.unsay(session, act.person)
    uncovered = [office.agency_name(each.agency_id) for each in held if not covered(session, each)]
    return Outcome((say(office.text("revoke.person", name=name, roles=roles, uncovered=uncovered)),))


def revoke_invite(scene: Scene, act: RevokeInvite) -> Outcome:
    """Whoever has the link, or the paper with it, can do nothing with it any more."""
    session, office = scene.session, scene.office
    row = invites.by_id(session, act.invite, scene.now)
    if row is None:
        return Outcome((say(office.text("revoke.unknown", reference=f"M{act.invite}")),))
    invites.revoke(session, act.invite, scene.now, via=act.said.via, actor=scene.actor.person_id)
    agency, role = office.agency_name(row.agency_id), office.text(f"role.{row.role}")
    return Outcome((say(office.text("revoke.invite", agency=agency, role=role)),))


def covered(session: Session, membership: Membership) -> bool:
    """Whether an officer's agency still has somebody who is reminded; a head's or an admin's place is not counted."""
    if membership.role != Role.OFFICER:
        return True
    return any(each.agency_id == membership.agency_id for _, _, each in people.reachable(session, Role.OFFICER))


def roles_of(office: Office, held: Sequence[Membership]) -> list[str]:
    """Each role with its agency, in words."""
    return [f"{office.text(f'role.{each.role}')}, {office.agency_name(each.agency_id)}" for each in held]
