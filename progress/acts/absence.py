"""An officer is away from day to day: who stands in is told, and who did so until now is freed."""

from collections.abc import Sequence
from datetime import date, timedelta

from plan.people import Role
from plan.status import State
from progress.acts.values import BeAway, BeBack, Notice, Outcome, Scene, ToAdmins, ToPerson
from progress.submit import LASTING
from store import absences, memory, obligations, people
from store.people_tables import Absence, Person
from store.postings import Identity
from words.mentions import mention
from words.message import Button, Message, say

LONGEST = timedelta(days=366)
SHOWN = 10
WHY = "somebody is away"


def be_away(scene: Scene, act: BeAway) -> Outcome:
    """Notes the days, in place of others that overlap them; a stand-in who cannot be one counts as not named."""
    session, text, today = scene.session, scene.office.text, scene.office.today(scene.now)
    if act.last < today:
        return Outcome((say(text("away.past", last=act.last)),))
    if act.first > act.last or act.last - act.first > LONGEST:
        return Outcome((say(text("away.misread")),))
    first, last, stand_in = max(act.first, today), act.last, _stand_in(scene, act)
    if stand_in is not None and (fault := _fault(scene, stand_in, first, last)):
        return Outcome((say(fault, buttons=_colleagues(scene, first, last)),))
    me = scene.actor.person_id
    before = [each for each in absences.of_person(session, me, first) if each.first <= last]
    number = stand_in.id if stand_in else None
    row = absences.add(session, me, number, first, last, scene.now, via=act.said.via)
    freed = _free(scene, [each for each in before if each.stand_in_id != number])
    if first <= today:
        # What waits for the one who leaves is made anew, for whoever stands in.
        memory.unsay(session, me)
    if stand_in is not None:
        told = _to_stand_in(scene, row, stand_in)
        return Outcome((_confirmation(scene, row, stand_in),), (*freed, *told), is_over=True)
    buttons = [] if act.nobody else _colleagues(scene, first, last)
    which = (say(text("away.which", wanted=act.said.note), buttons=buttons),) if buttons else ()
    return Outcome((_confirmation(scene, row, None), *which), freed, is_over=True)


def be_back(scene: Scene, act: BeBack) -> Outcome:
    """Calls off what is not over; those who stood in are freed."""
    me, today = scene.actor.person_id, scene.office.today(scene.now)
    ended = absences.end_all(scene.session, me, today, scene.now, via=act.said.via)
    if not ended:
        return Outcome((say(scene.office.text("away.none")),))
    return Outcome((say(scene.office.text("away.off", count=_open(scene))),), _free(scene, ended), is_over=True)


def _stand_in(scene: Scene, act: BeAway) -> Person | None:
    if act.stand_in is None or not absences.may_stand_in(scene.session, act.stand_in):
        return None
    return people.get(scene.session, act.stand_in)


def _fault(scene: Scene, stand_in: Person, first: date, last: date) -> str:
    """Why somebody cannot stand in for those days, in words; empty where they can."""
    assert stand_in.id is not None
    if stand_in.id == scene.actor.person_id:
        return scene.office.text("away.yourself")
    for each in absences.of_person(scene.session, stand_in.id, first):
        if each.first <= last:
            return scene.office.text("away.busy", name=stand_in.name, last=each.last)
    return ""


def _colleagues(scene: Scene, first: date, last: date) -> list[list[Button]]:
    """The colleagues of the same agencies who are there in that time, and nobody; none where there is no colleague."""
    own, found = _own(scene), []
    for person, address, held in people.linked(scene.session):
        if person.id in (scene.actor.person_id, None) or address is None or address.unreachable_since:
            continue
        colleague = any(each.agency_id in own and each.role != Role.LEADER for each in held)
        if colleague and not _fault(scene, person, first, last):
            found.append([Button(person.name, f"/away {first} {last} P{person.id}")])
    if not found:
        return []
    return [*found[:SHOWN], [Button(scene.office.text("button.stand_in_nobody"), f"/away {first} {last} khong")]]


def _confirmation(scene: Scene, row: Absence, stand_in: Person | None) -> Message:
    text = scene.office.text(
        "away.on",
        first=row.first,
        last=row.last,
        name=people.mentioned(stand_in),
        others=_others(scene, Role.OFFICER),
        heads=_others(scene, Role.HEAD),
        compiler=scene.office.compiler_name,
    )
    return say(text)


def _others(scene: Scene, role: Role) -> list[str]:
    """Who else of this role is reached at the person's agencies."""
    own, me = _own(scene), scene.actor.person_id
    reached = people.reachable(scene.session, role, scene.now)
    return [people.mentioned(person) for person, _, held in reached if held.agency_id in own and person.id != me]


def _to_stand_in(scene: Scene, row: Absence, stand_in: Person) -> tuple[Notice, ...]:
    own, text, number = _own(scene), scene.office.text, stand_in.id or 0
    told = {"name": _me(scene), "agencies": _agencies(scene), "first": row.first, "last": row.last}
    named = text("away.named", **told, count=_open(scene))
    to_them = ToPerson(number, named, WHY, Identity("away", row.id), None, unasked=True)
    if {each.agency_id for each in people.memberships(scene.session, number)} & set(own):
        return (to_them,)
    words = text("away.to_admin", **told, person=people.mentioned(stand_in))
    why, identity = "somebody of another agency stands in", Identity("away-elsewhere", row.id)
    return (to_them, ToAdmins(words, why, identity, None))


def _free(scene: Scene, ended: Sequence[Absence]) -> tuple[Notice, ...]:
    """Tells those who stood in that they do no longer; what still waits for them is made anew."""
    text = scene.office.text("away.freed", name=_me(scene), agencies=_agencies(scene))
    freed = [(each.stand_in_id, each.id) for each in ended if each.stand_in_id is not None]
    for person_id, _ in freed:
        memory.unsay(scene.session, person_id)
    return tuple(ToPerson(to, text, WHY, Identity("away-off", of), None, unasked=True) for to, of in freed)


def _me(scene: Scene) -> str:
    return mention(scene.actor.person_id, scene.actor.name)


def _own(scene: Scene) -> list[str]:
    return people.agencies_of(scene.session, scene.actor.person_id, (Role.OFFICER,))


def _agencies(scene: Scene) -> list[str]:
    return [scene.office.agency_name(each) for each in _own(scene)]


def _open(scene: Scene) -> int:
    rows = obligations.of_agencies(scene.session, _own(scene), states=(State.OPEN,))
    return sum(1 for row in rows if row.kind not in LASTING)
