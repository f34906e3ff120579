"""An admin signs somebody out of the screen on one computer: one that was lost, or left open where others sit."""

from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.rights import EndSession
from progress.acts.scene import Scene
from store import desk_sessions, people
from store.desk_tables import Stage
from store.postings import Identity
from words.mentions import mention
from words.message import say

WHY = "an admin ended their session"


def end(scene: Scene, act: EndSession) -> Outcome:
    """The session ends at once, the audit says by whom, and its person hears of it."""
    session, text, me = scene.session, scene.office.text, scene.actor.person_id
    row = desk_sessions.get(session, act.session)
    if row is None or row.stage != Stage.IN or row.ended_at is not None:
        return Outcome((say(text("desk_settings.ended_before")),), is_over=True, aside=True)
    desk_sessions.end(session, row, "ended by an admin", scene.now, actor=me)
    told = say(text("desk_settings.ended", person=people.mentioned(people.get(session, row.person_id))))
    if row.person_id == me:
        return Outcome((told,), is_over=True)
    heard = text("desk_settings.ended_by", by=mention(me, scene.actor.name), at=scene.now)
    return Outcome(
        (told,), (ToPerson(row.person_id, heard, WHY, Identity("session_ended", row.id), None),), is_over=True
    )
