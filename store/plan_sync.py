"""Makes what is owed agree with the plan, at each start and whenever the plan or the office's days change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from plan.due import occurrences
from plan.joint import is_joint, members
from plan.model import Kind, Plan, milestone_number
from plan.status import EventKind, State
from plan.workdays import Calendar
from store import audit, obligations, owners, plans
from store.audit_actions import Action
from store.obligations import NewEvent
from store.owners import Due, Key
from store.plan_tables import AgencyRow
from store.tables import Obligation


@dataclass(frozen=True)
class Synced:
    """What a sync did, in obligations."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    restored: int = 0
    past_due: int = 0


@dataclass(frozen=True)
class Moves:
    """How what is owed under one version of a plan differs from another's, in obligations."""

    added: int
    removed: int
    moved: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.moved)


def moves(before: Plan, after: Plan, calendar: Calendar) -> Moves:
    """What a version would add, take out and move to another day, whatever in the plan it comes of."""
    was, will = wanted_by(before, calendar), wanted_by(after, calendar)
    moved = sum(
        1 for key, each in will.items() if key in was and (was[key].kind, was[key].due) != (each.kind, each.due)
    )
    return Moves(len(will.keys() - was.keys()), len(was.keys() - will.keys()), moved)


def sync(session: Session, plan: Plan, calendar: Calendar, now: datetime, today: date, *, basis: str = "") -> Synced:
    """Makes the rows agree with the plan: adds, changes, retires and restores, and loses no answer.

    A second sync of the same plan changes nothing: it looks before it adds (one writer: store.engine). On the first
    one, past_due says how many dated obligations were already late; if there are any the plan waits for the admin's
    word before anybody is reminded of those. `basis` is the document by which the plan changed: what it takes
    out, brings back or moves keeps it as its note.
    """
    wanted = wanted_by(plan, calendar, today)
    first = plans.get(session, plan.id) is None
    row = plans.keep(session, plan, now)
    keep_agencies(session, plan)
    synced = _reconcile(session, plan, wanted, _Change(now, today, basis))
    late = sum(1 for each in wanted.values() if each.due is not None and calendar.has_passed(each.due, today))
    if first and late:
        row.start = "ask"
    if any(synced):
        names = ("added", "changed", "retired", "restored")
        audit.record(
            session,
            Action.PLAN_SYNCED,
            f"plan:{plan.id}",
            now,
            via="plan",
            digest=row.digest,
            **dict(zip(names, synced, strict=True)),
        )
    return Synced(*synced, past_due=late if first else 0)


def keep_agencies(session: Session, plan: Plan) -> None:
    """Knows the plan's agencies, so that people can be invited before the service first runs."""
    known = {row.id: row for row in session.exec(select(AgencyRow))}
    for agency in (*plan.agencies, *(plan.agency(each) for each in plan.owing() if is_joint(each))):
        row = known.get(agency.id)
        if row is None:
            session.add(AgencyRow(id=agency.id, name=agency.name))
        elif row.name != agency.name:
            row.name = agency.name
    session.flush()


def keep_joint(session: Session, agency_id: str) -> None:
    """Knows the identity under which agencies that are known owe together."""
    if session.get(AgencyRow, agency_id) is None:
        names = [session.get_one(AgencyRow, each).name for each in members(agency_id)]
        session.add(AgencyRow(id=agency_id, name=" + ".join(names)))
        session.flush()


def keep_unnamed(session: Session, agency_id: str, name: str) -> None:
    """Knows an office that has no plan yet, so that its first admin can be linked."""
    if session.get(AgencyRow, agency_id) is None:
        session.add(AgencyRow(id=agency_id, name=name))
        session.flush()


@dataclass(frozen=True)
class _Change:
    """The moment (UTC) at which a plan changes, its local day, and what by."""

    now: datetime
    today: date
    basis: str

    def event(self, kind: EventKind, due: date | None = None) -> NewEvent:
        """What it does to one obligation."""
        return NewEvent(kind, self.now, via="plan", due=due, note=self.basis)


def wanted_by(plan: Plan, calendar: Calendar, today: date | None = None) -> dict[Key, Due]:
    """What a plan makes owed, and by whom on a local day."""
    return {
        (milestone.key, occurrence.key, agency): Due(task.code, milestone.id, milestone.owed_kind, occurrence.due)
        for task in plan.all_tasks
        for milestone in task.milestones
        for occurrence in occurrences(plan, milestone, calendar)
        for agency in plan.owners(task, milestone, today)
    }


def _reconcile(session: Session, plan: Plan, wanted: Mapping[Key, Due], change: _Change) -> tuple[int, int, int, int]:
    have = _have(session, plan)
    # What an admin gave to an agency in the chat follows the milestone's date, and leaves the plan with it.
    dates = {key[:2]: found for key, found in wanted.items()}
    given = {
        (*key[:2], owners.of_given(plan, key[2], each.state, change.today)): dates[key[:2]]
        for key, each in have.items()
        if each.origin == "chat" and each.state != State.RETIRED and key[:2] in dates
    }
    given |= owners.happenings(given | dict(wanted), have)
    wanted, handed_over = owners.handed_over(plan, {**given, **wanted}, have, change.today)
    for key, heir in handed_over.items():
        _transfer(session, have[key], f"{heir}: {plan.agency(heir).basis}", change.now)
    added = _add(session, plan, {key: found for key, found in wanted.items() if key not in have}, change)
    for key, heir in handed_over.items():
        _keep_date(session, plan, (*key[:2], heir), have, _row(session, have[key]), change.now)
    changed = retired = restored = 0
    for key, planned in wanted.items():
        each = have.get(key)
        if each is None:
            continue
        if each.state == State.RETIRED:
            _follow(session, each, planned, EventKind.RESTORED, change)
            restored += 1
        elif (each.planned, each.kind) != (planned.due, planned.kind):
            _follow(session, each, planned, EventKind.CHANGED, change)
            changed += 1
        elif (each.task, each.milestone) != (planned.task, planned.milestone):
            # Another code is no other date: an extension stays.
            _print(_row(session, each), planned.task, planned.milestone)
            changed += 1
    for key, each in have.items():
        if key not in wanted and each.state != State.RETIRED:
            obligations.record(session, _row(session, each), change.event(EventKind.RETIRED), change.now)
            retired += 1
    session.flush()
    _set_apart(session, plan, {key: each for key, each in have.items() if key not in wanted})
    return added, changed, retired, restored


class _Had(NamedTuple):
    """What a sync looks at: at each start nearly all rows are as the plan has them, and are not loaded whole."""

    id: int
    task: str
    milestone: str
    kind: Kind
    state: State
    planned: date | None
    origin: str


def _have(session: Session, plan: Plan) -> dict[Key, _Had]:
    table = Obligation
    query = select(table.work, table.occurrence, table.agency_id, *(getattr(table, each) for each in _Had._fields))
    found = session.execute(query.where(table.plan_id == plan.id).order_by(col(table.id)))
    return {(row[0], row[1], row[2]): _Had(*row[3:]) for row in found}


def _row(session: Session, had: _Had) -> Obligation:
    row = session.get(Obligation, had.id)
    assert row is not None
    return row


def _add(session: Session, plan: Plan, wanted: Mapping[Key, Due], change: _Change) -> int:
    new = [
        (
            {
                "plan_id": plan.id,
                "work": key[0],
                "task": each.task,
                "milestone": each.milestone,
                "occurrence": key[1],
                "agency_id": key[2],
                "kind": each.kind,
            },
            change.event(EventKind.CREATED, each.due),
        )
        for key, each in wanted.items()
    ]
    obligations.begin(session, new, change.now)
    return len(new)


def _transfer(session: Session, had: _Had, note: str, now: datetime) -> None:
    """Open work that is somebody else's from now on; whose it was stays in what is past."""
    obligations.record(session, _row(session, had), NewEvent(EventKind.TRANSFERRED, now, via="plan", note=note), now)


def _keep_date(
    session: Session, plan: Plan, key: Key, have: Mapping[Key, _Had], former: Obligation, now: datetime
) -> None:
    """Work that went over keeps the date that an admin set or extended; what the heir owed before has its own."""
    if key in have:
        return
    row = obligations.same_for(session, former, key[2])
    if row is not None and row.due != former.due:
        event = NewEvent(EventKind.DATED, now, via="plan", due=former.due, note=plan.agency(former.agency_id).name)
        obligations.record(session, row, event, now)


def _follow(session: Session, had: _Had, planned: Due, what: EventKind, change: _Change) -> None:
    """Makes a row what the plan says."""
    row = _row(session, had)
    row.kind = planned.kind
    _print(row, planned.task, planned.milestone)
    obligations.record(session, row, change.event(what, planned.due), change.now)


def _print(row: Obligation, task: str, milestone: str) -> None:
    row.task, row.milestone = task, milestone


def code_apart(code: str, work: str) -> str:
    """The code of withdrawn work whose own the plan prints for other work: 2b~1, of what came after it 2b~2."""
    return f"{code}~{work.rpartition('.')[0].partition('~')[2] or 1}"


def _set_apart(session: Session, plan: Plan, left: Mapping[Key, _Had]) -> None:
    """Gives withdrawn work another code where the plan prints its own for other work: who asks for 2b means today's."""
    codes = {task.code for task in plan.all_tasks}
    here = {each.key.rpartition(".")[0] for task in plan.all_tasks for each in task.milestones}
    for (work, _, _), each in left.items():
        name = work.rpartition(".")[0]
        if each.task in codes and name not in here:
            code = code_apart(each.task, work)
            _print(_row(session, each), code, f"{code}.{milestone_number(work)}")
    session.flush()
