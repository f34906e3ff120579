"""An officer is away from day to day: who stands in is told, and who did so until now is freed."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session

from plan.people import Role
from plan.status import State
from progress import meanwhile
from progress.acts.outcomes import Notice, Outcome, ToAdmins, ToPerson
from progress.acts.rights import AllowStandIn
from progress.acts.scene import Scene
from progress.acts.values import BeAway, BeBack
from progress.submit import LASTING
from store import absences, memory, obligations, people
from store.people_tables import Absence, Person
from store.postings import Identity
from words.mentions import mention
from words.message import Button, Message, say
from words.office import Office

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
    wanted = number is not None and _is_of_elsewhere(scene, number, first, last)
    row = absences.add(session, me, number, first, last, scene.now, via=act.said.via, wanted=wanted)
    freed = _free(scene, [each for each in before if each.stand_in_id != row.stand_in_id])
    if first <= today:
        # What waits for the one who leaves is made anew, for whoever stands in.
        memory.unsay(session, me)
    if stand_in is not None:
        told = _to_admins(scene, row, stand_in) if wanted else _to_stand_in(scene.office, session, row, stand_in)
        return Outcome((_confirmation(scene, row, stand_in),), (*freed, told), is_over=True)
    buttons = [] if act.nobody else _colleagues(scene, first, last)
    unknown = "" if act.nobody else act.said.note
    asked = bool(buttons or unknown)
    which = (say(text("away.which", wanted=unknown, ask=bool(buttons)), buttons=buttons),) if asked else ()
    return Outcome((_confirmation(scene, row, None), *which), freed, is_over=True)


def allow(scene: Scene, act: AllowStandIn) -> Outcome:
    """An admin's word about somebody of another agency: from now on they stand in, or nobody does."""
    session, office, today = scene.session, scene.office, scene.office.today(scene.now)
    row = next((each for each in absences.wanted(session, today) if each.id == act.absence), None)
    stand_in = people.get(session, row.wanted_id or 0) if row is not None else None
    if row is None or stand_in is None or stand_in.id is None:
        return Outcome((say(office.text("away.decided", reference=f"V{act.absence}")),), is_over=True, aside=True)
    if act.granted and (
        _away_meanwhile(session, stand_in.id, row.first, row.last) or not absences.may_stand_in(session, stand_in.id)
    ):
        return Outcome(
            (say(office.text("away.cannot", person=people.named(session, office.agency_short, stand_in.id))),)
        )
    absences.decide(session, row, scene.now, granted=act.granted, via=act.said.via, actor=scene.actor.person_id)
    if act.granted and row.first <= today:
        # What waits for the one who is away is made anew, for whoever stands in.
        memory.unsay(session, row.person_id)
    values = {
        "person": people.named(session, office.agency_short, stand_in.id),
        "name": people.named(session, office.agency_short, row.person_id),
        "first": row.first,
        "last": row.last,
        "compiler": office.compiler_name,
    }
    if not act.granted:
        words = office.text("away.not_allowed_to_you", **values)
        told = ToPerson(row.person_id, words, WHY, Identity("away-decided", row.id), None)
        return Outcome((say(office.text("away.not_allowed", **values)),), (told,), is_over=True)
    words = office.text("away.allowed_to_you", **values)
    told = ToPerson(row.person_id, words, WHY, Identity("away-decided", row.id), None)
    to_stand_in = _to_stand_in(office, session, row, stand_in)
    return Outcome((say(office.text("away.allowed", **values)),), (told, to_stand_in), is_over=True)


def be_back(scene: Scene, act: BeBack) -> Outcome:
    """Calls off what is not over; those who stood in are freed."""
    me, today = scene.actor.person_id, scene.office.today(scene.now)
    ended = absences.end_all(scene.session, me, today, scene.now, via=act.said.via)
    if not ended:
        return Outcome((say(scene.office.text("away.none")),))
    return Outcome(
        (say(scene.office.text("away.off", count=_open(scene.session, _own(scene)))),),
        _free(scene, ended),
        is_over=True,
    )


def _stand_in(scene: Scene, act: BeAway) -> Person | None:
    if act.stand_in is None or not absences.may_stand_in(scene.session, act.stand_in):
        return None
    return people.get(scene.session, act.stand_in)


def _fault(scene: Scene, stand_in: Person, first: date, last: date) -> str:
    """Why somebody cannot stand in for those days, in words; empty where they can."""
    assert stand_in.id is not None
    if stand_in.id == scene.actor.person_id:
        return scene.office.text("away.yourself")
    busy = _away_meanwhile(scene.session, stand_in.id, first, last)
    return scene.office.text("away.busy", name=stand_in.name, last=busy.last) if busy is not None else ""


def _away_meanwhile(session: Session, person_id: int, first: date, last: date) -> Absence | None:
    """Where somebody is away in those days themselves."""
    return next((each for each in absences.of_person(session, person_id, first) if each.first <= last), None)


def _is_of_elsewhere(scene: Scene, stand_in: int, first: date, last: date) -> bool:
    """Whether somebody would answer for an agency that is not their own: an admin says whether they may.

    What I answer for in somebody's place goes on to who stands in for me.
    """
    instead = absences.overlapping(scene.session, scene.actor.person_id, first, last)
    mine = {*_own(scene)}.union(*(_officer_of(scene.session, each.person_id) for each in instead))
    theirs = {each.agency_id for each in people.memberships(scene.session, stand_in)}
    return not mine <= theirs


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
    session = scene.session
    # Asked of the days themselves: who is here now may be away then.
    found = meanwhile.reminded(session, scene.office, _own(scene), row.first, row.last, scene.now)
    text = scene.office.text(
        "away.on",
        first=row.first,
        last=row.last,
        name=people.mentioned(stand_in),
        waits=row.wanted_id is not None,
        others=[people.mentioned(people.get(session, each)) for each in found.others],
        heads=[people.mentioned(people.get(session, each)) for each in found.heads],
        is_gap=found.is_gap,
        compiler=scene.office.compiler_name,
    )
    return say(text)


def _to_stand_in(office: Office, session: Session, row: Absence, stand_in: Person) -> ToPerson:
    agencies = _officer_of(session, row.person_id)
    text = office.text(
        "away.named",
        name=people.mentioned(people.get(session, row.person_id)),
        agencies=[office.agency_name(each) for each in agencies],
        first=row.first,
        last=row.last,
        count=_open(session, agencies),
    )
    return ToPerson(stand_in.id or 0, text, WHY, Identity("away", row.id), None, unasked=True)


def _to_admins(scene: Scene, row: Absence, stand_in: Person) -> ToAdmins:
    text = scene.office.text
    words = text(
        "away.to_admin",
        name=_me(scene),
        agencies=_agencies(scene),
        first=row.first,
        last=row.last,
        person=people.named(scene.session, scene.office.agency_short, stand_in.id or 0),
        reference=f"V{row.id}",
    )
    yes = Button(text("request.grant_button"), f"/grant V{row.id}")
    no = Button(text("request.refuse_button"), f"/refuse V{row.id}")
    why, identity = "somebody of another agency is to stand in", Identity("away-elsewhere", row.id)
    return ToAdmins(words, why, identity, None, ((yes, no),), asked=True)


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
    return _officer_of(scene.session, scene.actor.person_id)


def _officer_of(session: Session, person_id: int) -> list[str]:
    return people.agencies_of(session, person_id, (Role.OFFICER,))


def _agencies(scene: Scene) -> list[str]:
    return [scene.office.agency_name(each) for each in _own(scene)]


def _open(session: Session, agencies: Sequence[str]) -> int:
    rows = obligations.of_agencies(session, agencies, states=(State.OPEN,))
    return sum(1 for row in rows if row.kind not in LASTING)
