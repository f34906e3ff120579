"""An agency's head, or an admin, names the officer who carries a task out; whoever is named, or no longer is, hears it.

Nothing else changes: the agency owes the work, all of its officers are reminded and may answer.
"""

from plan.people import Role
from progress.acts.deciding import named
from progress.acts.outcomes import Notice, Outcome, ToPerson
from progress.acts.scene import Scene
from progress.acts.values import NameAssignee
from progress.items import item_of
from store import addresses, assignees, people
from store.people_tables import Assignee, Person
from store.postings import Identity
from store.tables import Obligation
from words.codes import typeable
from words.mentions import mention
from words.message import Button, Message, say

NOBODY = "-"
TITLE = 90
WHY = "who carries a task out was named"


def name(scene: Scene, act: NameAssignee, row: Obligation) -> Outcome:
    """Notes it once; who does not answer for the agency is not named, and whoever was before stays."""
    session, text, key = scene.session, scene.office.text, assignees.key_of(row)
    person = people.get(session, act.person) if act.person is not None else None
    if act.person is not None and person not in assignees.who_may(session, row.agency_id):
        return Outcome((_not_of(scene, row, person),), about=row.id)
    before = assignees.of(session, key)
    made = assignees.name(session, key, act.person, scene.now, via=act.said.via, by=scene.actor.known)
    if made is None:
        same = text("assignee.same", **names(scene, row), person=people.mentioned(person))
        return Outcome((say(same),), aside=True)
    former = before.person_id if before is not None else None
    return Outcome((_done(scene, row, person, former),), tuple(_notices(scene, row, made, former)), is_over=True)


def choices(scene: Scene, row: Obligation) -> list[list[Button]]:
    """Whoever can be named for a task of an agency, each with a button, and nobody where somebody is."""
    now = assignees.of(scene.session, assignees.key_of(row))
    found = [
        each for each in assignees.who_may(scene.session, row.agency_id) if now is None or each.id != now.person_id
    ]
    buttons = [[Button(each.name, f"/assignee #{row.id} P{each.id}")] for each in found]
    nobody = Button(scene.office.text("assignee.nobody_button"), f"/assignee #{row.id} {NOBODY}")
    return [*buttons, *([[nobody]] if now is not None else [])]


def names(scene: Scene, row: Obligation) -> dict[str, str]:
    """A task as these sentences name it: by its own code, without the milestone's number."""
    return named(scene, row) | {"code": row.task, "code_typed": typeable(row.task)}


def _not_of(scene: Scene, row: Obligation, person: Person | None) -> Message:
    text = scene.office.text
    gone = person is None or not people.memberships(scene.session, person.id or 0)
    called = person.name if person is not None and person.erased_at is None else ""
    return say(text("assignee.not_of", **names(scene, row), person=called, gone=gone), buttons=choices(scene, row))


def _done(scene: Scene, row: Obligation, person: Person | None, former: int | None) -> Message:
    back = f"P{former}" if former is not None else NOBODY
    text = scene.office.text(
        "assignee.done",
        **names(scene, row),
        person=people.mentioned(person),
        myself=person is not None and person.id == scene.actor.person_id,
        reached=person is not None and addresses.reached_at(scene.session, person.id or 0, "") is not None,
        former=people.mentioned(people.get(scene.session, former)) if former is not None else "",
    )
    return say(text, buttons=[[Button(scene.office.text("assignee.back_button"), f"/assignee #{row.id} {back}")]])


def _notices(scene: Scene, row: Obligation, made: Assignee, former: int | None) -> list[Notice]:
    """To who is named, to who was before, and where an admin says so, to the agency's heads."""
    session, office, item = scene.session, scene.office, item_of(scene.office, row)
    heads = people.reachable(session, Role.HEAD)
    its_heads = {person.id for person, _, held in heads if held.agency_id == row.agency_id}
    values = names(scene, row) | {
        "by": mention(scene.actor.person_id, scene.actor.name),
        "compiler": office.compiler_name,
        "is_head": scene.actor.person_id in its_heads,
        "person": people.mentioned(people.get(session, made.person_id)) if made.person_id is not None else "",
    }
    told = {each: office.text("assignee.to_head", **values) for each in its_heads if each is not None}
    if values["is_head"]:
        told = {}
    if former is not None:
        told[former] = office.text("assignee.no_longer", **values)
    if made.person_id is not None:
        told[made.person_id] = office.text("assignee.told", **values, title=item.task.short(TITLE) if item else "")
    told.pop(scene.actor.person_id, None)
    identity = Identity("assignee", made.id)
    return [ToPerson(each, words, WHY, identity, row.id, unasked=True) for each, words in sorted(told.items())]
