"""An admin puts right what was read wrongly when a plan was taken over: it was never so, and is nobody's extension."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from plan.model import Kind, Milestone, Plan, Task
from plan.status import ANSWERED, OPEN_OR_ANSWERED, EventKind, Judgement, State
from progress import recipients
from progress.acts.dating import days_of
from progress.acts.decisions import PutRight
from progress.acts.outcomes import Outcome, ToPerson
from progress.acts.scene import Scene
from progress.acts.telling import officers, short_names, untold_words
from store import corrections, obligations, plan_drafts, putting_right
from store.obligations import NewEvent
from store.plan_tables import PlanCorrection
from store.postings import Identity
from store.tables import Obligation
from words.message import say
from words.office import Office

FIELDS = ("kind", "due", "rule", "every", "due_override", "due_basis", "confirmed")


@dataclass(frozen=True)
class Putter:
    """Who puts it right, by which way and why; `person_id` None is somebody at the machine."""

    person_id: int | None
    via: str
    why: str


def put_right(scene: Scene, act: PutRight) -> Outcome:
    """Done once: what says so already is left as it is."""
    by = Putter(scene.actor.person_id, act.said.via, act.said.note)
    done = corrected(scene.session, scene.office, act, by, scene.now)
    if done is None:
        return Outcome((say(scene.office.text("put_right.none", code=act.milestone)),), is_over=True)
    rows, notices, untold = done
    words = scene.office.text("put_right.done", label=act.milestone, count=len(rows), due=act.due)
    return Outcome((say(words, untold_words(scene.office, untold)),), notices, is_over=True)


def corrected(
    session: Session, office: Office, act: PutRight, by: Putter, now: datetime
) -> tuple[list[Obligation], tuple[ToPerson, ...], list[str]] | None:
    """Puts a milestone right in its plan and in all that is owed of it; what officers hear, and whom nobody reaches.

    None where the plan has no such milestone, or says so already, or it recurs: a rhythm is amended, not put right.
    """
    plan = plan_drafts.adopted(session, act.plan)
    found = _milestone(plan, act.milestone) if plan is not None else None
    if plan is None or found is None or found[1].kind is Kind.PERIODIC or act.kind is Kind.PERIODIC:
        return None
    task, milestone = found
    becomes = {**dict.fromkeys(FIELDS), "kind": str(act.kind), "confirmed": act.kind is not Kind.DATED,
               "due": act.due.isoformat() if act.due else None}  # fmt: skip
    was = putting_right.fields(milestone, FIELDS)
    rows = obligations.of_work(session, plan.id, milestone.key)
    if was == becomes or (milestone.kind is act.kind and all(row.planned == act.due for row in rows)):
        return None
    kept = PlanCorrection(
        plan_id=plan.id, work=milestone.key, code=task.code, was=was, becomes=becomes, why=by.why, at=now, via=by.via,
        person_id=by.person_id,
    )  # fmt: skip
    corrections.keep(session, kept, plan)
    for row in rows:
        _row(session, office, row, act, by, now)
    notices, untold = officers(
        recipients.who_hear(session, office.today(now)),
        office,
        {row.agency_id for row in rows if row.state in OPEN_OR_ANSWERED},
        lambda own: _told(office, task, milestone, act, own),
        "a date was read wrongly",
        Identity("put-right", kept.id),
    )
    return list(rows), notices, untold


def _row(session: Session, office: Office, row: Obligation, act: PutRight, by: Putter, now: datetime) -> None:
    """The right date from the beginning. What it would make late was told another day, and is not late by that."""
    today = office.today(now)
    before = office.lateness(row, today)
    row.kind = act.kind
    event = NewEvent(EventKind.MISREAD, now, via=by.via, person_id=by.person_id, due=act.due, note=by.why)
    obligations.record(session, row, event, now)
    after = office.lateness(row, today)
    if before.is_late or before.is_flagged or not (after.is_late or after.is_flagged):
        return
    if row.state in ANSWERED:
        note = f"{Judgement.IN_TIME} {by.why}"
        judged = NewEvent(EventKind.JUDGED, now, via=by.via, person_id=by.person_id, note=note)
        obligations.record(session, row, judged, now)
    elif row.state == State.OPEN:
        obligations.record(session, row, NewEvent(EventKind.FLAGGED, now, via=by.via, note=by.why), now)


def _told(office: Office, task: Task, milestone: Milestone, act: PutRight, own: Sequence[str]) -> str:
    days: dict[str, date] = days_of(office, act.due) if act.due is not None else {}
    return office.text(
        "put_right.notice", label=milestone.id, title=task.short(), agencies=short_names(office, own),
        printed=milestone.printed, kind=act.kind, **days,
    )  # fmt: skip


def _milestone(plan: Plan, milestone_id: str) -> tuple[Task, Milestone] | None:
    try:
        return plan.milestone(milestone_id)
    except KeyError:
        return None
