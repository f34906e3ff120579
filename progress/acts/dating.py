"""An admin gives undated milestones a date, with its basis."""

from datetime import date

from plan.status import OPEN_OR_ANSWERED, EventKind, State
from progress.acts.decisions import SetDate
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.acts.telling import hearers, officers, short_names, still, untold_words
from store import obligations
from store.obligations import NewEvent
from store.postings import Identity
from words.message import say
from words.office import Office


def set_date(scene: Scene, act: SetDate) -> Outcome:
    """What has that date already is left as it is; those whose work is open hear of it."""
    rows = still(scene, act.rows, lambda row: row.state in OPEN_OR_ANSWERED and row.due != act.due)
    said, office = act.said, scene.office
    for row in rows:
        person = scene.actor.person_id
        event = NewEvent(EventKind.DATED, scene.now, via=said.via, person_id=person, due=act.due, note=said.note)
        obligations.record(scene.session, row, event, scene.now)
    told, untold = officers(
        hearers(scene),
        scene.office,
        {row.agency_id for row in rows if row.state == State.OPEN},
        lambda own: office.text(
            "dating.notice",
            code=act.code,
            agencies=short_names(office, own),
            basis=said.note,
            **days_of(office, act.due),
        ),
        "a date was set",
        Identity("dated", said.source),
    )
    done = office.text("dating.done", code=act.code, count=len(rows), due=act.due)
    return Outcome((say(done, untold_words(office, untold)),), told)


def days_of(office: Office, due: date) -> dict[str, date]:
    """A deadline, the working day that reminders count back from, and the last day in time (all local)."""
    return {"due": due, "anchor": office.calendar.anchor(due), "late_after": office.calendar.late_after(due)}
