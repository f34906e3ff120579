"""Who owes what: rows made from the plans, and the events that are their history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from plan.due import occurrences
from plan.model import Kind, Plan
from plan.status import SET_ASIDE, Event, EventKind, Judgement, Standing, State, apply
from plan.workdays import Calendar
from store import audit, plans
from store.tables import AgencyRow, Obligation, ObligationEvent

Key = tuple[str, str, str]
"""Milestone, occurrence, agency."""


@dataclass(frozen=True)
class Synced:
    """What a sync did, in obligations."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    restored: int = 0
    past_due: int = 0


def sync(session: Session, plan: Plan, calendar: Calendar, now: datetime, today: date) -> Synced:
    """Makes the rows agree with the plan: adds, changes, retires and restores, and loses no answer.

    A second sync of the same plan changes nothing: it looks before it adds (one writer: store.engine). On the first
    one, past_due says how many dated obligations were already late; if there are any the plan waits for the admin's
    word before anybody is reminded of those.
    """
    wanted = _wanted(plan, calendar)
    first = plans.get(session, plan.id) is None
    row = plans.keep(session, plan, now)
    keep_agencies(session, plan)
    synced = _reconcile(session, plan, wanted, now)
    late = sum(1 for task, kind, due in wanted.values() if due is not None and calendar.has_passed(due, today))
    if first and late:
        row.start = "ask"
    if any(synced):
        names = ("added", "changed", "retired", "restored")
        audit.record(
            session,
            "plan.synced",
            f"plan:{plan.id}",
            now,
            via="plan",
            digest=row.digest,
            **dict(zip(names, synced, strict=True)),
        )
    return Synced(*synced, past_due=late if first else 0)


def keep_agencies(session: Session, plan: Plan) -> None:
    """Knows the plan's agencies, so that people can be invited before the service first runs."""
    for agency in plan.agencies:
        session.merge(AgencyRow(id=agency.id, name=agency.name))
    session.flush()


def _wanted(plan: Plan, calendar: Calendar) -> dict[Key, tuple[str, Kind, date | None]]:
    return {
        (milestone.id, occurrence.key, agency): (task.code, milestone.kind, occurrence.due)
        for task in plan.all_tasks
        for milestone in task.milestones
        for occurrence in occurrences(plan, milestone, calendar)
        for agency in plan.owners(task, milestone)
    }


def _reconcile(
    session: Session, plan: Plan, wanted: Mapping[Key, tuple[str, Kind, date | None]], now: datetime
) -> tuple[int, int, int, int]:
    have = {
        (row.milestone, row.occurrence, row.agency_id): row
        for row in session.exec(select(Obligation).where(Obligation.plan_id == plan.id).order_by(col(Obligation.id)))
    }
    # What an admin gave to an agency in the chat follows the milestone's date, and leaves the plan with it.
    dates = {key[:2]: found for key, found in wanted.items()}
    given = {
        key: dates[key[:2]]
        for key, row in have.items()
        if row.origin == "chat" and row.state != State.RETIRED and key[:2] in dates
    }
    wanted = {**given, **wanted}
    new = [
        Obligation(plan_id=plan.id, task=task, milestone=key[0], occurrence=key[1], agency_id=key[2], kind=kind)
        for key, (task, kind, _) in wanted.items()
        if key not in have
    ]
    session.add_all(new)
    session.flush()
    for fresh in new:
        due = wanted[fresh.milestone, fresh.occurrence, fresh.agency_id][2]
        record(session, fresh, NewEvent(EventKind.CREATED, now, via="plan", due=due), now)
    changed = retired = restored = 0
    for key, (task, kind, due) in wanted.items():
        row = have.get(key)
        if row is None:
            continue
        if row.state == State.RETIRED:
            row.kind = kind
            record(session, row, NewEvent(EventKind.RESTORED, now, via="plan", due=due), now)
            restored += 1
        elif (row.planned, row.kind, row.task) != (due, kind, task):
            row.kind, row.task = kind, task
            record(session, row, NewEvent(EventKind.CHANGED, now, via="plan", due=due), now)
            changed += 1
    for key, row in have.items():
        if key not in wanted and row.state != State.RETIRED:
            record(session, row, NewEvent(EventKind.RETIRED, now, via="plan"), now)
            retired += 1
    session.flush()
    return len(new), changed, retired, restored


def same_for(session: Session, row: Obligation, agency_id: str) -> Obligation | None:
    """Another agency's obligation for the same milestone and occurrence."""
    query = select(Obligation).where(
        Obligation.plan_id == row.plan_id,
        Obligation.milestone == row.milestone,
        Obligation.occurrence == row.occurrence,
        Obligation.agency_id == agency_id,
    )
    return session.exec(query).first()


def take_over(
    session: Session, row: Obligation, agency_id: str, now: datetime, *, via: str, person_id: int, note: str
) -> Obligation:
    """The obligation by which another agency owes what this one owed, with the date that holds.

    One that it had before and that was set aside, or had left the plan, comes back.
    """
    taken = same_for(session, row, agency_id)
    if taken is None:
        taken = Obligation(
            plan_id=row.plan_id,
            task=row.task,
            milestone=row.milestone,
            occurrence=row.occurrence,
            agency_id=agency_id,
            kind=row.kind,
        )
        session.add(taken)
        session.flush()
        record(
            session,
            taken,
            NewEvent(EventKind.CREATED, now, via=via, person_id=person_id, due=row.planned, note=note),
            now,
        )
    if taken.state == State.RETIRED:
        record(
            session,
            taken,
            NewEvent(EventKind.RESTORED, now, via=via, person_id=person_id, due=row.planned, note=note),
            now,
        )
    if taken.state in SET_ASIDE:
        record(session, taken, NewEvent(EventKind.RESUMED, now, via=via, person_id=person_id, note=note), now)
    if taken.due != row.due:
        record(
            session, taken, NewEvent(EventKind.DATED, now, via=via, person_id=person_id, due=row.due, note=note), now
        )
    # What an admin gave to an agency stays with it, whoever owes it by the plan's file.
    taken.origin = "chat"
    return taken


@dataclass(frozen=True)
class NewEvent:
    """What happens to an obligation: `at` is when it counts (UTC), `via` the way, `due` the nominal date after it."""

    kind: EventKind
    at: datetime
    via: str
    person_id: int | None = None
    due: date | None = None
    note: str = ""
    submission_id: int | None = None


def record(session: Session, row: Obligation, new: NewEvent, now: datetime) -> None:
    """Appends an event and brings the row to what it leads to; `now` is when it is recorded (UTC).

    Raises ForbiddenMoveError. A history never goes back, and nobody adds to it meanwhile (one writer: store.engine):
    while a clock that was set back catches up, an event is recorded at the moment of the one before it, so that every
    past moment shows a history from its beginning.
    """
    assert row.id is not None
    if new.kind is not EventKind.CREATED:
        now = max(now, _last_recorded(session, row.id) or now)
    before = None if new.kind is EventKind.CREATED else standing(row)
    after = apply(before, Event(new.kind, new.at, now, new.due, new.note))
    for name, value in after._asdict().items():
        setattr(row, name, value)
    session.add(row)
    session.add(
        ObligationEvent(
            obligation_id=row.id,
            kind=new.kind,
            at=new.at,
            recorded_at=now,
            person_id=new.person_id,
            via=new.via,
            due=new.due,
            note=new.note,
            submission_id=new.submission_id,
        )
    )


def _last_recorded(session: Session, obligation_id: int) -> datetime | None:
    query = select(ObligationEvent.recorded_at).where(ObligationEvent.obligation_id == obligation_id)
    return session.exec(query.order_by(col(ObligationEvent.id).desc()).limit(1)).first()


def standing(row: Obligation) -> Standing:
    """Where a row stands now."""
    return Standing(
        state=State(row.state),
        due=row.due,
        done_at=row.done_at,
        progress=row.progress,
        blocked=row.blocked,
        planned=row.planned,
        returned=row.returned,
        kept_at=row.kept_at,
        returned_at=row.returned_at,
        acknowledged_at=row.acknowledged_at,
        extensions=row.extensions,
        judged=Judgement(row.judged),
        retired_from=State(row.retired_from) if row.retired_from else None,
        signing=row.signing,
        said=row.said,
    )


def get(session: Session, obligation_id: int) -> Obligation | None:
    """One obligation."""
    return session.get(Obligation, obligation_id)


def of_agencies(
    session: Session,
    agencies: Collection[str],
    *,
    states: Iterable[State] = (State.OPEN,),
    task: str | None = None,
) -> Sequence[Obligation]:
    """What the agencies owe in the given states, in the order of the plan."""
    query = select(Obligation).where(
        col(Obligation.agency_id).in_(list(agencies)), col(Obligation.state).in_(list(states))
    )
    if task is not None:
        query = query.where(Obligation.task == task)
    return session.exec(query.order_by(col(Obligation.id))).all()


def of_task(session: Session, task: str) -> Sequence[Obligation]:
    """Every obligation of a task, whatever its state, in the order of the plan."""
    return session.exec(select(Obligation).where(Obligation.task == task).order_by(col(Obligation.id))).all()


def all_of(
    session: Session,
    *,
    states: Iterable[State] | None = None,
    kind: Kind | None = None,
    due_before: date | None = None,
) -> Sequence[Obligation]:
    """Every obligation, in the given states where there are any, of a kind, with a nominal date before a local day."""
    query = select(Obligation)
    if kind is not None:
        query = query.where(Obligation.kind == kind)
    if due_before is not None:
        query = query.where(col(Obligation.due) < due_before)
    if states is not None:
        query = query.where(col(Obligation.state).in_(list(states)))
    return session.exec(query.order_by(col(Obligation.id))).all()


def events_of(session: Session, obligation_id: int) -> Sequence[ObligationEvent]:
    """The history of one obligation, in order."""
    query = select(ObligationEvent).where(ObligationEvent.obligation_id == obligation_id)
    return session.exec(query.order_by(col(ObligationEvent.id))).all()


def owing(session: Session) -> set[str]:
    """The agencies that have something open."""
    return set(session.exec(select(Obligation.agency_id).where(Obligation.state == State.OPEN).distinct()))


def last_event(session: Session) -> int:
    """The number of the newest event: as long as it stays, no obligation has changed."""
    return session.exec(select(func.max(ObligationEvent.id))).one() or 0


def agencies(session: Session) -> Sequence[AgencyRow]:
    """Every agency that was ever named by a plan."""
    return session.exec(select(AgencyRow).order_by(col(AgencyRow.id))).all()
