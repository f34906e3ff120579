"""An admin confirms somebody's passphrase for the screen, or says no; nobody confirms their own."""

from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.rights import AllowKey
from progress.acts.scene import Scene
from store import desk_keys, people
from store.desk_tables import DeskKey
from store.postings import Identity
from words.mentions import mention
from words.message import say

WHY = "a passphrase was decided on"


def allow(scene: Scene, act: AllowKey) -> Outcome:
    """What waits is decided, once."""
    session, text, me = scene.session, scene.office.text, scene.actor.person_id
    row = desk_keys.get(session, act.key)
    if row is None or row.confirmed_at is not None or row.ended_at is not None:
        return Outcome((say(text("desk.key_nothing", reference=f"K{act.key}")),), is_over=True, aside=True)
    if not desk_keys.may_confirm(row, me):
        short = scene.office.agency_short
        others = [people.named(session, short, each) for each in desk_keys.confirmers(session, row)]
        return Outcome((say(text("desk.key_not_you", others=others)),))
    desk_keys.decide(session, row, scene.now, granted=act.granted, by=me, via=act.said.via)
    person = people.named(session, scene.office.agency_short, row.person_id)
    told = text("desk.key_confirmed" if act.granted else "desk.key_refused", person=person)
    return Outcome((say(told),), (_to_person(scene, row, granted=act.granted),), is_over=True)


def _to_person(scene: Scene, row: DeskKey, *, granted: bool) -> ToPerson:
    key = "desk.key_yours_confirmed" if granted else "desk.key_yours_refused"
    text = scene.office.text(key, by=mention(scene.actor.person_id, scene.actor.name))
    return ToPerson(row.person_id, text, WHY, Identity("key_decided", row.id), None)
