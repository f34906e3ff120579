"""An admin confirms a new admin, or says no; who named the person is not the second one, and may only say no."""

from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.rights import Appoint
from progress.acts.scene import Scene
from store import nominations, people
from store.people_tables import Nomination
from store.postings import Identity
from words.mentions import mention
from words.message import say

WHY = "a new admin was decided on"


def appoint(scene: Scene, act: Appoint) -> Outcome:
    """What waits for a person is decided, once."""
    session, text, me = scene.session, scene.office.text, scene.actor.person_id
    row = nominations.of_person(session, act.person, scene.now)
    if row is None:
        return Outcome((say(text("nominate.nothing", reference=f"P{act.person}")),), is_over=True, aside=True)
    if act.granted and not nominations.may_decide(row, me):
        short = scene.office.agency_short
        others = [people.named(session, short, each) for each in nominations.deciders(session, row)]
        return Outcome((say(text("nominate.not_you", others=others, reference=f"P{act.person}")),))
    nominations.decide(session, row, scene.now, granted=act.granted, by=me, via=act.said.via)
    key = "nominate.confirmed" if act.granted else "nominate.refused"
    person = people.named(session, scene.office.agency_short, row.person_id)
    values = {"person": person, "agency": scene.office.agency_name(row.agency_id), "reference": f"P{row.person_id}"}
    return Outcome((say(text(key, **values)),), (_to_person(scene, row),), is_over=True)


def _to_person(scene: Scene, row: Nomination) -> ToPerson:
    key = "nominate.you_are" if row.granted else "nominate.you_are_not"
    text = scene.office.text(
        key,
        by=mention(scene.actor.person_id, scene.actor.name),
        agency=scene.office.agency_name(row.agency_id),
        compiler=scene.office.compiler_name,
    )
    return ToPerson(row.person_id, text, WHY, Identity("appointed", row.id), None)
