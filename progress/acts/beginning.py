"""How an old plan begins: what was past due when it was switched on is reminded about, or closed as history."""

from sqlmodel import Session

from plan.status import EventKind, State
from progress.acts.decisions import BeginPlan
from progress.acts.outcomes import Outcome
from progress.acts.scene import Scene
from progress.reminded import was_past
from store import audit, obligations, plans
from store.audit_actions import Action
from store.obligations import NewEvent
from store.plan_tables import PlanRow
from store.tables import Obligation
from words.message import Button, Message, say
from words.office import Office

UNDECIDED = "ask"
AS_HISTORY = "closed as history at the start"


def question(session: Session, office: Office, row: PlanRow) -> Message:
    """What an admin is asked of an old plan; for one of the office's."""
    text = office.text(
        "admin.old_plan",
        plan=office.plans[row.id].name,
        count=len(past_then(session, office, row)),
        first=office.today(row.first_synced_at),
    )
    return say(
        text,
        buttons=[
            [Button(office.text("button.begin_today"), f"/begin today {row.id}")],
            [Button(office.text("button.begin_history"), f"/begin history {row.id}")],
        ],
    )


def undecided(session: Session, office: Office) -> list[PlanRow]:
    """The office's plans of which nobody has said how they begin, while something of their past is open."""
    found = [plans.get(session, plan_id) for plan_id in plans.asking(session) if plan_id in office.plans]
    return [row for row in found if row is not None and past_then(session, office, row)]


def begin(scene: Scene, act: BeginPlan) -> Outcome:
    """Decided once for each plan."""
    row = plans.get(scene.session, act.plan)
    if row is None or row.start != UNDECIDED:
        return Outcome((say(scene.office.text("begin.done")),), is_over=True, aside=True)
    late = past_then(scene.session, scene.office, row)
    row.start = act.how
    scene.session.add(row)
    person, via = scene.actor.person_id, act.said.via
    audit.record(scene.session, Action.PLAN_BEGIN, f"plan:{act.plan}", scene.now, via=via, actor=person, how=act.how)
    if act.how == "history":
        for each in late:
            event = NewEvent(EventKind.CLOSED, scene.now, via=via, person_id=person, note=AS_HISTORY)
            obligations.record(scene.session, each, event, scene.now)
    return Outcome((say(scene.office.text(f"begin.{act.how}", count=len(late))),), is_over=True)


def past_then(session: Session, office: Office, plan: PlanRow) -> list[Obligation]:
    """What of a plan is open and was past due when it was switched on."""
    first = office.today(plan.first_synced_at)
    rows = obligations.all_of(session, states=(State.OPEN,), due_before=first)
    return [each for each in rows if each.plan_id == plan.id and was_past(office, each.due, first)]
