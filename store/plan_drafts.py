"""What an adopted plan is to become: drafts, which do nothing until an admin adopts one."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from plan import loader
from plan.alike import Told
from plan.amendment import Amendment, Op, amend, unmarked
from plan.amendment_parts import Left, without
from plan.model import Plan
from plan.status import ANSWERED, State
from plan.workdays import Calendar
from store import audit, current_office, plan_imports, plan_sync, plans
from store.answer_tables import Contribution
from store.audit_actions import Action
from store.import_tables import PlanImport
from store.plan_sync import Moves
from store.plan_tables import PlanDraft
from store.tables import Obligation

WAITING, ADOPTED, DROPPED = "waiting", "adopted", "dropped"


@dataclass(frozen=True)
class Adopter:
    """Who adopts a draft, and by which way; None is the machine."""

    person_id: int | None
    via: str


@dataclass(frozen=True)
class Origin:
    """Where a draft comes from: by which way, the document that orders the change, and the one that was read for it."""

    via: str
    basis: str = ""
    import_id: int | None = None


def waiting(session: Session, plan_id: str | None = None) -> list[PlanDraft]:
    """The drafts that wait for an admin, of one plan or of all, the oldest first."""
    query = select(PlanDraft).where(PlanDraft.state == WAITING).order_by(col(PlanDraft.id))
    if plan_id is not None:
        query = query.where(PlanDraft.plan_id == plan_id)
    return list(session.exec(query))


def left_behind(session: Session, plan_id: str) -> bool:
    """Whether a document made the plan something else than its file, or is to: its last version not given up."""
    query = select(PlanDraft).where(PlanDraft.plan_id == plan_id, PlanDraft.state != DROPPED)
    last = session.exec(query.order_by(col(PlanDraft.id).desc()).limit(1)).first()
    return last is not None and last.via != "file"


def get(session: Session, draft_id: int) -> PlanDraft | None:
    """A draft by its number."""
    return session.get(PlanDraft, draft_id)


def adopted(session: Session, plan_id: str) -> Plan | None:
    """The plan as it serves, with the identities of its work; None where none was ever adopted."""
    row = plans.get(session, plan_id)
    return Plan.model_validate_json(row.content) if row is not None else None


def offer(session: Session, plan: Plan, calendar: Calendar, now: datetime, origin: Origin) -> PlanDraft | None:
    """Keeps what a plan is to become, once; None, and no draft of it waits, where it is what serves already.

    What changes nothing of what is owed and of its words holds at once. One draft of a plan waits at a time: what is
    offered takes the place of what was. A version that was made of what serves bears the identities of its work
    (plan.amendment.marked). Raises KeyError where no such plan serves: the first version of a plan is
    adopted at once.
    """
    serves = adopted(session, plan.id)
    if serves is None:
        raise KeyError(plan.id)
    before = waiting(session, plan.id)
    if unmarked(serves) == unmarked(plan):
        _drop(session, before, now)
        return None
    if (alike := _beside_the_work(session, serves, plan, calendar)) is not None:
        # Letterheads, aliases, files that are required, doubts: what is owed, and in which words, is the same.
        _drop(session, before, now)
        plans.keep(session, alike, now)
        audit.record(session, Action.PLAN_ADOPTED, f"plan:{plan.id}", now, via=origin.via, steps=[])
        current_office.changed(session)
        return None
    content = plan.model_dump_json()
    digest = hashlib.sha256(content.encode()).hexdigest()
    if before and before[-1].digest == digest:
        return before[-1]
    _drop(session, before, now)
    draft = PlanDraft(
        plan_id=plan.id, content=content, digest=digest, made_at=now, via=origin.via, basis=origin.basis,
        import_id=origin.import_id,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    # Every process serves what was adopted from now on, and not what stands in its file.
    current_office.changed(session)
    return draft


def _beside_the_work(session: Session, serves: Plan, plan: Plan, calendar: Calendar) -> Plan | None:
    """The plan with its identities, where what is owed, by whom, until when and in which words is what it was."""
    found = amend(serves, plan, _used(session, plan.id))
    same = not found.steps and not plan_sync.moves(serves, found.plan, calendar) and _words(serves) == _words(plan)
    return found.plan if same else None


def _words(plan: Plan) -> tuple[object, ...]:
    """What people read of their work, and who they are called."""
    told = (
        (each.code, each.title, each.product, each.timing, plan.expand(each.coordinating)) for each in plan.all_tasks
    )
    return (*told, *((agency.id, agency.name) for agency in plan.agencies))


def _used(session: Session, plan_id: str) -> Sequence[str]:
    """The identities of all work that was ever owed under a plan."""
    return session.exec(select(Obligation.work).where(Obligation.plan_id == plan_id).distinct()).all()


def _drop(session: Session, drafts: Iterable[PlanDraft], now: datetime) -> None:
    for each in drafts:
        settle(session, each, DROPPED, None, now)


def tell(session: Session, draft: PlanDraft, told: Told) -> None:
    """Keeps what an admin said about likeness."""
    draft.told = {**draft.told, "other": sorted(told.other), "same": dict(told.same)}
    session.add(draft)
    session.flush()


def leave(session: Session, draft: PlanDraft, left: Collection[Left]) -> None:
    """Keeps which steps of a draft are not taken over; raises PlanError where it would contradict itself without them.

    None of them takes all steps over again.
    """
    serves = adopted(session, draft.plan_id)
    assert serves is not None
    whole = amend(serves, Plan.model_validate_json(draft.content), _used(session, draft.plan_id), told_of(draft))
    loader.loads(unmarked(without(serves, whole, left)).model_dump_json().encode())
    draft.told = {**draft.told, "left": [[each.op, each.code] for each in left]}
    session.add(draft)
    session.flush()


def left_of(draft: PlanDraft) -> tuple[Left, ...]:
    """The steps that are not taken over."""
    said: list[list[str]] = draft.told.get("left", [])
    return tuple(Left(op, code) for op, code in said)


def told_of(draft: PlanDraft) -> Told:
    """What was said about likeness so far."""
    said: dict[str, Any] = draft.told
    return Told(frozenset(said.get("other", ())), dict(said.get("same", {})))


def amendment(session: Session, draft: PlanDraft) -> Amendment:
    """The way from what serves to a draft, as it stands now."""
    serves = adopted(session, draft.plan_id)
    assert serves is not None
    used = _used(session, draft.plan_id)
    found = amend(serves, Plan.model_validate_json(draft.content), used, told_of(draft))
    left = left_of(draft)
    return amend(serves, without(serves, found, left), used) if left else found


def moves(session: Session, draft: PlanDraft, calendar: Calendar) -> Moves:
    """What a draft would add to what is owed, take out of it and move."""
    serves = adopted(session, draft.plan_id)
    assert serves is not None
    return plan_sync.moves(serves, amendment(session, draft).plan, calendar)


def answers(session: Session, plan_id: str) -> dict[str, int]:
    """How many results of each task of a plan are answered, by the code it has now."""
    answered = col(Obligation.state).in_(sorted(ANSWERED))
    query = select(Obligation.task, func.count()).where(Obligation.plan_id == plan_id, answered)
    return dict(session.exec(query.group_by(Obligation.task)).all())


def reminded(session: Session, plan_id: str) -> dict[str, int]:
    """How many results of each task of a plan are open and have a day, so that people are reminded, by its code now."""
    table = Obligation
    query = select(table.task, func.count()).where(
        table.plan_id == plan_id, table.state == State.OPEN, col(table.due).is_not(None)
    )
    return dict(session.exec(query.group_by(table.task)).all())


def adopt(session: Session, draft: PlanDraft, calendar: Calendar, today: date, now: datetime, by: Adopter) -> Amendment:
    """Makes a draft the plan that serves: answers stay with their work, under the code that it has now.

    `today` is local. What an agency contributed to a task that has another code now goes with the task.
    """
    found = amendment(session, draft)
    _move_contributions(session, draft.plan_id, found)
    plan_sync.sync(session, found.plan, calendar, now, today, basis=draft.basis)
    settle(session, draft, ADOPTED, by.person_id, now)
    current_office.changed(session)
    steps = [f"{each.op} {each.was} {each.code}".replace("  ", " ") for each in found.steps]
    subject, person = f"plan:{draft.plan_id}", by.person_id
    audit.record(
        session,
        Action.PLAN_ADOPTED,
        subject,
        now,
        via=by.via,
        actor=person,
        draft=draft.id,
        steps=steps,
        basis=draft.basis,
    )
    return found


def _move_contributions(session: Session, plan_id: str, found: Amendment) -> None:
    moved = dict(found.moved)
    taken, before = {task.code for task in found.plan.all_tasks}, adopted(session, plan_id)
    for step in found.steps:
        if before is not None and step.op is Op.WITHDRAW and step.code in taken:
            moved[step.code] = plan_sync.code_apart(step.code, before.task(step.code).milestones[0].key)
    if not moved:
        return
    for row in session.exec(select(Contribution).where(Contribution.plan_id == plan_id)):
        row.task = moved.get(row.task, row.task)
        session.add(row)


def settle(session: Session, draft: PlanDraft, state: str, by: int | None, now: datetime) -> None:
    """The draft is adopted or dropped; one that is dropped lets the document that it came of be sent again."""
    document = session.get(PlanImport, draft.import_id) if state == DROPPED and draft.import_id else None
    if document is not None:
        document.state = plan_imports.DROPPED
        session.add(document)
    draft.state, draft.decided_by, draft.decided_at = state, by, now
    session.add(draft)
    session.flush()
