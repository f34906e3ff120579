"""An admin judges whether lateness counts: of an answer whose moment is in question, and of what is open still.

What is open has no moment to judge. The judgement says from which date it is late instead, and whatever comes later is
judged by that one: its own deadline, or a few working days from the judgement where the service was the reason.
"""

from datetime import date

from plan.status import OPEN_OR_ANSWERED, EventKind, Judgement, State
from progress.acts.decisions import Judge
from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.scene import Scene
from progress.acts.telling import hearers, officers, still
from progress.items import code_of
from store import audit, obligations
from store.audit_actions import Action
from store.obligations import NewEvent
from store.postings import Identity
from store.tables import Obligation
from words.message import say
from words.office import Office

# Working days after the judgement until which what was not the agency's own lateness can be reported in time.
GIVEN = 3


def judge(scene: Scene, act: Judge) -> Outcome:
    """Each agency hears how its own was judged, and why."""
    rows = still(scene, act.rows, lambda row: row.state in OPEN_OR_ANSWERED and row.judged == Judgement.FLAGGED)
    notices = tuple(notice for row in rows for notice in _judge(scene, act, row))
    audit.record(
        scene.session,
        Action.LATENESS_JUDGED,
        f"obligations:{','.join(str(row.id) for row in rows)}",
        scene.now,
        via=act.said.via,
        actor=scene.actor.person_id,
        verdict=str(act.verdict),
        basis=act.said.note,
    )
    text = scene.office.text
    done = text("flag.done", word=text(f"flag.{act.verdict}"), count=len(rows), basis=act.said.note)
    return Outcome((say(done),), notices)


def _judge(scene: Scene, act: Judge, row: Obligation) -> tuple[ToPerson, ...]:
    # The judgement is the note's first word.
    note, person = f"{act.verdict} {act.said.note}", scene.actor.person_id
    due = date_of(scene.office, row, act.verdict, scene.office.today(scene.now))
    event = NewEvent(EventKind.JUDGED, scene.now, via=act.said.via, person_id=person, due=due, note=note)
    obligations.record(scene.session, row, event, scene.now)
    told = scene.office.text(
        "flag.notice",
        code=code_of(scene.office, row),
        agency=scene.office.agency_short(row.agency_id),
        compiler=scene.office.compiler_name,
        in_time=act.verdict is Judgement.IN_TIME,
        basis=act.said.note,
        due=due,
    )
    identity = Identity("judged", f"{row.id}:{act.said.source}")
    return officers(hearers(scene), scene.office, [row.agency_id], lambda _own: told, "lateness was judged", identity)[
        0
    ]


def date_of(office: Office, row: Obligation, verdict: Judgement, today: date) -> date | None:
    """The local date by which what is open is held to; None of what was answered, also where that was returned."""
    if row.state != State.OPEN or row.kept_at is not None:
        return None
    return row.due if verdict is Judgement.LATE else office.calendar.shift(today, GIVEN)
