"""An admin judges whether lateness counts of an answer whose moment is in question."""

from plan.status import ANSWERED, EventKind, Judgement
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


def judge(scene: Scene, act: Judge) -> Outcome:
    """Each agency hears how its own was judged, and why."""
    rows = still(scene, act.rows, lambda row: row.state in ANSWERED and row.judged == Judgement.FLAGGED)
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
    event = NewEvent(EventKind.JUDGED, scene.now, via=act.said.via, person_id=person, note=note)
    obligations.record(scene.session, row, event, scene.now)
    told = scene.office.text(
        "flag.notice",
        code=code_of(scene.office, row),
        agency=scene.office.agency_short(row.agency_id),
        compiler=scene.office.compiler_name,
        in_time=act.verdict is Judgement.IN_TIME,
        basis=act.said.note,
    )
    identity = Identity("judged", f"{row.id}:{act.said.source}")
    return officers(hearers(scene), scene.office, [row.agency_id], lambda _own: told, "lateness was judged", identity)[
        0
    ]
