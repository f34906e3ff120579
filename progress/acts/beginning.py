"""How an old plan begins: what was past due when it was switched on is reminded about, or closed as history."""

from plan.status import EventKind, State
from progress.acts.decisions import BeginPlan
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from store import audit, obligations, plans
from store.audit_actions import Action
from store.obligations import NewEvent
from store.plan_tables import PlanRow
from store.tables import Obligation
from words.message import say

UNDECIDED = "ask"
AS_HISTORY = "closed as history at the start"


def begin(scene: Scene, act: BeginPlan) -> Outcome:
    """Decided once for each plan."""
    row = plans.get(scene.session, act.plan)
    if row is None or row.start != UNDECIDED:
        return Outcome((say(scene.office.text("begin.done")),), is_over=True, aside=True)
    late = _past_due_then(scene, row)
    row.start = act.how
    scene.session.add(row)
    person, via = scene.actor.person_id, act.said.via
    audit.record(scene.session, Action.PLAN_BEGIN, f"plan:{act.plan}", scene.now, via=via, actor=person, how=act.how)
    if act.how == "history":
        for each in late:
            event = NewEvent(EventKind.CLOSED, scene.now, via=via, person_id=person, note=AS_HISTORY)
            obligations.record(scene.session, each, event, scene.now)
    return Outcome((say(scene.office.text(f"begin.{act.how}", count=len(late))),), is_over=True)


def _past_due_then(scene: Scene, plan: PlanRow) -> list[Obligation]:
    first, calendar = scene.office.today(plan.first_synced_at), scene.office.calendar
    rows = obligations.all_of(scene.session, states=(State.OPEN,))
    return [each for each in rows if each.plan_id == plan.id and each.due and calendar.has_passed(each.due, first)]
