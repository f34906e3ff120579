"""An admin adds to the proof sheet of an obligation, which nothing erases."""

from progress.acts.deciding import named
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.acts.values import Remark
from progress.items import code_of
from store import audit, remarks
from store.audit_actions import Action
from store.tables import Obligation
from words.codes import typeable
from words.message import say


def remark(scene: Scene, act: Remark, row: Obligation) -> Outcome:
    """Keeps the words, which are asked for where they are missing."""
    session, said, actor = scene.session, act.said, scene.actor.person_id
    names, number = named(scene, row), act.obligation
    if not said.note:
        return Outcome((say(scene.office.text("remark.words", **names)),), waits=act)
    added = remarks.add(session, number, said.note, scene.now, via=said.via, person_id=actor)
    subject = f"obligation:{number}"
    audit.record(session, Action.REMARK_ADDED, subject, scene.now, via=said.via, actor=actor, remark=added.id)
    return Outcome((say(scene.office.text("remark.done", **names, typed=typed(scene, row))),))


def typed(scene: Scene, row: Obligation) -> str:
    """An obligation as an admin types it after a command: its code and its agency."""
    return f"{typeable(code_of(scene.office, row))} {row.agency_id}"
