"""What was said to an agency by telephone, in a meeting or by a letter: kept beside what the service sent.

Like what admins say about a difficulty it is kept in the audit: it moves nothing, and history and proof sheet tell it.
"""

from plan.status import OPEN_OR_ANSWERED
from progress.acts.decisions import NoteUrging
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.acts.telling import names_of, still
from progress.items import code_of
from store import audit
from words.message import say


def note(scene: Scene, act: NoteUrging) -> Outcome:
    """Keeps it with each obligation; the words are asked for where they are missing, a day to come is refused."""
    office, said = scene.office, act.said
    rows = still(scene, act.rows, lambda row: row.state in OPEN_OR_ANSWERED)
    if not rows:
        return Outcome((say(office.text("ending.answered")),), aside=True)
    if act.day > office.today(scene.now):
        return Outcome((say(office.text("by_hand.to_come", day=act.day)),), aside=True)
    codes = list(dict.fromkeys(code_of(office, row) for row in rows))
    values = {"way": act.way, "named": codes, "agencies": names_of(office, rows)}
    if not said.note:
        return Outcome((say(office.text("by_hand.words", **values)),), waits=act)
    for row in rows:
        audit.record(
            scene.session,
            audit.URGED[act.way],
            f"obligation:{row.id}",
            scene.now,
            via=said.via,
            actor=scene.actor.person_id,
            words=said.note,
            day=act.day.isoformat(),
        )
    return Outcome((say(office.text("by_hand.done", **values, day=act.day, words=said.note)),))
