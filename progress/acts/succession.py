"""An admin moves a person to another agency, or hands somebody's roles over to a successor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from plan.joint import is_joint
from plan.people import Role
from progress.acts import nominating
from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.revoking import covered, roles_of
from progress.acts.rights import HandOver, MovePerson
from progress.acts.scene import Act, Scene
from progress.items import Item, day_beside, item_of, label, when
from progress.open_work import next_of_each
from progress.standing_words import in_words
from store import absences, assignees, audit, duty, memory, nominations, obligations, people
from store.audit_actions import Action
from store.people_tables import Membership, Nomination, Person
from store.postings import Identity
from words.message import say
from words.office import Office

WHY = "an admin changed who does what"
TITLE = 80


@dataclass(frozen=True)
class Passing:
    """What passes from one person to another: the roles `at_once`, and those that wait for a second admin.

    `agencies` are those for which the successor is to answer.
    """

    before: Person
    after: Person
    at_once: tuple[Membership, ...]
    waits: tuple[Membership, ...]

    @property
    def agencies(self) -> list[str]:
        """The agencies whose work passes."""
        held = (each for each in (*self.at_once, *self.waits) if each.role in people.ANSWERING)
        return list(dict.fromkeys(each.agency_id for each in held))


def passing(session: Session, before: int, after: int) -> Passing | None:
    """What would pass; None where nothing can: nobody there, the same person, no role, or a successor who has none.

    To be an admin waits for a second one; until then who was it stays it.
    """
    one, other = people.get(session, before), people.get(session, after)
    held = people.memberships(session, before)
    if one is None or other is None or one.id == other.id or not held or not people.memberships(session, after):
        return None
    if not all(duty.may_hold(session, after, Role(each.role)) for each in held):
        return None
    waits = nominations.is_needed(session, after, Role.ADMIN)
    later = tuple(each for each in held if waits and each.role == Role.ADMIN)
    return Passing(one, other, tuple(each for each in held if each not in later), later)


def hand_over(scene: Scene, act: HandOver) -> Outcome:
    """Every role passes that can at once, with what is open, and who was told of it is not told again."""
    session, office = scene.session, scene.office
    found = passing(session, act.before, act.after)
    if found is None:
        return Outcome((say(office.text("handover.cannot")),))
    roles, to = roles_of(office, found.at_once), people.named(session, office.agency_short, act.after)
    _pass_on(scene, act, found)
    notices = list(_told(scene, act, found, roles)) if found.at_once else []
    told = ""
    if found.waits:
        row = _name(scene, act, found)
        told = nominating.told(session, office, row, scene.actor.here.channel)
        notices += _nominated(scene, row)
    done = office.text("handover.done", name=people.mentioned(found.before), person=to, roles=roles)
    return Outcome((say(done, told),), tuple(notices))


def _pass_on(scene: Scene, act: HandOver, found: Passing) -> None:
    session, via, me, now = scene.session, act.said.via, scene.actor.person_id, scene.now
    _rest_first(scene, act, act.before)
    rows = obligations.of_agencies(session, found.agencies)
    # What the agency was told is not told again to the one who comes.
    memory.inherit(session, act.before, act.after, [each.id for each in rows if each.id is not None])
    passed = [(each.agency_id, Role(each.role)) for each in found.at_once]
    people.leave(session, act.before, now, via=via, actor=me, keep={Role.ADMIN} if found.waits else set())
    for agency, role in passed:
        people.join(session, act.after, agency, role, now, via=via, by=me)
    assignees.pass_on(session, act.before, act.after, now, via=via, by=me)
    _note(scene, act, Action.MEMBER_HANDED_OVER, act.before, {"to": act.after})


def _told(scene: Scene, act: HandOver, found: Passing, roles: Sequence[str]) -> Iterator[ToPerson]:
    """Who leaves reads what they are no more, who comes what is open."""
    text, parts = scene.office.text, list(open_work(scene, found))
    yield _to(act, act.before, text("handover.leaves", person=found.after.name, roles=roles))
    heading = text("handover.heading", name=found.before.name, roles=roles, count=len(parts))
    yield _to(act, act.after, heading, *parts, *([text("handover.footer")] if parts else []))


def _name(scene: Scene, act: HandOver, found: Passing) -> Nomination:
    agency, me = found.waits[0].agency_id, scene.actor.person_id
    return nominations.add(
        scene.session, act.after, agency, scene.now, via=act.said.via, named_by=me, instead_of=act.before
    )


def _nominated(scene: Scene, row: Nomination) -> Iterator[ToPerson]:
    session, office = scene.session, scene.office
    waits, identity = nominating.waits(session, office, row), Identity("named", row.id)
    yield ToPerson(row.person_id, waits, nominating.WHY, identity, None, unasked=True)
    but = (row.person_id, scene.actor.known)
    yield from nominating.to_admins(session, office, row, scene.actor.here.channel, but)


def open_items(scene: Scene, found: Passing) -> list[Item]:
    """The next open result of each work that passes, late first."""
    rows, office = obligations.of_agencies(scene.session, found.agencies), scene.office
    return next_of_each(office, (item for row in rows if (item := item_of(office, row))), office.today(scene.now))


def open_work(scene: Scene, found: Passing) -> Iterator[str]:
    """The same in words, each with what was said of it last."""
    office, today, several = scene.office, scene.office.today(scene.now), len(found.agencies) > 1
    for item in open_items(scene, found):
        yield office.text(
            "handover.line",
            code=label(item),
            agency=office.agency_short(item.row.agency_id) if several else "",
            when=when(office, item, today),
            due=day_beside(office, item, today),
            title=item.task.short(TITLE),
            state=in_words(scene.session, office, item.row, scene.now),
        )


def move(scene: Scene, act: MovePerson) -> Outcome:
    """The roles end in the one agency and begin in the other, at once."""
    session, office, via, me = scene.session, scene.office, act.said.via, scene.actor.person_id
    person = people.get(session, act.person)
    held = people.memberships(session, act.person) if person is not None else ()
    moved = [each for each in held if each.agency_id == act.old]
    if person is None or not moved or not may_move_to(scene.office, act.old, act.new):
        return Outcome((say(office.text("move.cannot")),))
    old, new = office.agency_name(act.old), office.agency_name(act.new)
    roles = [office.text(f"role.{each.role}") for each in moved]
    _rest_first(scene, act, act.person)
    for each in moved:
        people.end(session, each, scene.now)
        people.join(session, act.person, act.new, Role(each.role), scene.now, via=via, by=me)
    roles_moved = [f"{act.old}:{each.role}" for each in moved]
    _note(scene, act, people.MOVED, act.person, {"from": act.old, "to": act.new, "roles": roles_moved})
    uncovered = [office.agency_name(each.agency_id) for each in moved if not covered(session, each)]
    done = office.text("move.done", name=person.name, old=old, agency=new, uncovered=uncovered)
    return Outcome((say(done),), (_to(act, act.person, office.text("move.told", old=old, agency=new, roles=roles)),))


def may_move_to(office: Office, old: str, new: str) -> bool:
    """Whether somebody of one agency can be moved to another: one that a plan names, not several that owe together."""
    return new != old and not is_joint(new) and office.agency(new) is not None


def _rest_first(scene: Scene, act: Act, person: int) -> None:
    """What waits for the person does not leave, and nobody stands in for them any more."""
    session, today = scene.session, scene.office.today(scene.now)
    memory.unsay(session, person)
    for each in absences.end_all(session, person, today, scene.now, via=act.said.via):
        if each.stand_in_id is not None:
            memory.unsay(session, each.stand_in_id)


def _note(scene: Scene, act: Act, action: Action, person: int, detail: dict[str, object]) -> None:
    audit.record(
        scene.session, action, f"person:{person}", scene.now, via=act.said.via, actor=scene.actor.person_id, **detail
    )


def _to(act: Act, person: int, text: str, *more: str) -> ToPerson:
    return ToPerson(person, text, WHY, Identity("roles", act.said.source), None, unasked=True, more=more)
