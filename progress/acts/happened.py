"""Somebody records the day of an event from which deadlines count."""

from progress import happenings
from progress.acts.decisions import RecordEvent
from progress.acts.outcomes import Outcome, ToAdmins
from progress.acts.scene import Scene
from progress.acts.telling import hearers, names_of, officers, short_names, still, untold_words
from progress.happenings import Happened
from store.postings import Identity
from words.message import say


def record(scene: Scene, act: RecordEvent) -> Outcome:
    """The officers whose work gets its day hear of it, and the admins of what an officer recorded."""
    said, office, session = act.said, scene.office, scene.session
    rows = still(scene, act.rows, lambda row: happenings.waits_for_event(office, row) is not None)
    told = Happened(act.on, act.due, said.note, said.via, scene.actor.person_id)
    made = happenings.record(session, office, rows, told, scene.now)
    if not made:
        return Outcome((say(office.text("ending.answered")),))
    due = made[0].due
    named = {"code": act.code, "on": act.on, "due": due, "note": said.note}
    notices, untold = officers(
        [each for each in hearers(scene) if each[0] != scene.actor.person_id],
        office,
        {row.agency_id for row in made},
        lambda own: office.text("happened.notice", agencies=short_names(office, own), **named),
        "the day of an event was recorded",
        Identity("happened", said.source),
    )
    by_admin = act.by_admin
    text = office.text("happened.notice", agencies=names_of(office, made), **named)
    why = "an officer recorded the day of an event"
    to_admins = () if by_admin else (ToAdmins(text, why, Identity("happened-told", said.source), made[0].id),)
    done = office.text("happened.done", count=len(made), **named)
    return Outcome((say(done, untold_words(office, untold) if by_admin else ""),), (*notices, *to_admins))
