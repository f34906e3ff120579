"""Who owes what: rows made from the plans, and the events that are their history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, text
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from plan.causes import Cause
from plan.model import Kind
from plan.status import OPEN_OR_ANSWERED, SET_ASIDE, Event, EventKind, Judgement, Standing, State, apply
from store import decisions
from store.plan_tables import AgencyRow
from store.tables import AT_REVIEW, IS_FLAGGED, Obligation, ObligationEvent


def same_for(session: Session, row: Obligation, agency_id: str) -> Obligation | None:
    """Another agency's obligation for the same milestone and occurrence."""
    query = select(Obligation).where(
        Obligation.plan_id == row.plan_id,
        Obligation.work == row.work,
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
            work=row.work,
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
    event = ObligationEvent(
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
    session.add(event)
    decisions.chain(session, event)


def begin(session: Session, new: Sequence[tuple[Mapping[str, Any], NewEvent]], now: datetime) -> None:
    """Makes obligations of the plan, in order: each the columns of what is owed, and the event by which it is.

    As `record` would one by one, in two statements: a plan brings hundreds at once, of which nobody decided any.
    """
    if not new:
        return
    begun = [apply(None, Event(event.kind, event.at, now, event.due, event.note)) for _, event in new]
    rows = [{**owed, **after._asdict()} for (owed, _), after in zip(new, begun, strict=True)]
    session.flush()
    made = insert(Obligation).values(origin="plan").returning(col(Obligation.id), sort_by_parameter_order=True)
    numbers = session.connection().scalars(made, rows).all()
    events = [
        {"obligation_id": number, "recorded_at": now, **vars(event)}
        for number, (_, event) in zip(numbers, new, strict=True)
    ]
    session.connection().execute(insert(ObligationEvent), events)


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
        first_due=row.first_due,
        returned=row.returned,
        kept_at=row.kept_at,
        returned_at=row.returned_at,
        acknowledged_at=row.acknowledged_at,
        extensions=row.extensions,
        judged=Judgement(row.judged),
        retired_from=State(row.retired_from) if row.retired_from else None,
        signing=row.signing,
        said=row.said,
        cause=Cause(row.cause),
        why_late=row.why_late,
        ruled=row.ruled,
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
    wanted = {"agencies": list(agencies), "states": list(states), **({} if task is None else {"task": task})}
    return session.exec(_of_agencies(task is not None), params=wanted).all()


@cache
def _of_agencies(of_task: bool) -> SelectOfScalar[Obligation]:
    """Asked for every digest and answer, so made once."""
    query = select(Obligation).where(
        col(Obligation.agency_id).in_(bindparam("agencies", expanding=True)),
        col(Obligation.state).in_(bindparam("states", expanding=True)),
    )
    if of_task:
        query = query.where(Obligation.task == bindparam("task"))
    return query.order_by(col(Obligation.id))


def of_task(session: Session, task: str) -> Sequence[Obligation]:
    """Every obligation of a task, whatever its state, in the order of the plan."""
    return session.exec(select(Obligation).where(Obligation.task == task).order_by(col(Obligation.id))).all()


def of_work(session: Session, plan_id: str, work: str) -> Sequence[Obligation]:
    """Every obligation of one milestone by the identity of its work, whatever its state, in the order of the plan."""
    query = select(Obligation).where(Obligation.plan_id == plan_id, Obligation.work == work)
    return session.exec(query.order_by(col(Obligation.id))).all()


def all_of(
    session: Session,
    *,
    states: Iterable[State] | None = None,
    kind: Kind | None = None,
    due_from: date | None = None,
    due_before: date | None = None,
) -> Sequence[Obligation]:
    """Every obligation, in the given states where there are any, of a kind, with a nominal date from a local day on and
    before another.
    """
    query = select(Obligation)
    if kind is not None:
        query = query.where(Obligation.kind == kind)
    if due_from is not None:
        query = query.where(col(Obligation.due) >= due_from)
    if due_before is not None:
        query = query.where(col(Obligation.due) < due_before)
    if states is not None:
        query = query.where(col(Obligation.state).in_(list(states)))
    return session.exec(query.order_by(col(Obligation.id))).all()


def events_of(session: Session, obligation_id: int) -> Sequence[ObligationEvent]:
    """The history of one obligation, in order."""
    query = select(ObligationEvent).where(ObligationEvent.obligation_id == obligation_id)
    return session.exec(query.order_by(col(ObligationEvent.id))).all()


# Asked at each beat, so made once.
_FLAGGED = (
    select(Obligation).where(text(IS_FLAGGED), col(Obligation.state).in_(OPEN_OR_ANSWERED)).order_by(col(Obligation.id))
)
_AT_REVIEW = select(Obligation).where(text(AT_REVIEW)).order_by(col(Obligation.id))
_LAST_EVENT = select(func.max(ObligationEvent.id))


def flagged(session: Session) -> Sequence[Obligation]:
    """What waits for an admin to say whether it is late, open or answered, in the order of the plan."""
    return session.exec(_FLAGGED).all()


def standing_flag(session: Session, row: Obligation) -> ObligationEvent | None:
    """The event by which an obligation waits for that word; None where it does not."""
    if row.judged != Judgement.FLAGGED:
        return None
    query = select(ObligationEvent).where(
        ObligationEvent.obligation_id == row.id, ObligationEvent.kind == EventKind.FLAGGED
    )
    return session.exec(query.order_by(col(ObligationEvent.id).desc())).first()


def was_judged_open(session: Session, row: Obligation, since: datetime) -> bool:
    """Whether an admin judged what was still open at or after an instant (UTC): what it is asked about is settled."""
    query = select(ObligationEvent.id).where(
        ObligationEvent.obligation_id == row.id,
        ObligationEvent.kind == EventKind.JUDGED,
        col(ObligationEvent.due).is_not(None),
        ObligationEvent.at >= since,
    )
    return session.exec(query.limit(1)).first() is not None


def owing(session: Session) -> set[str]:
    """The agencies that have something open."""
    return set(session.exec(select(Obligation.agency_id).where(Obligation.state == State.OPEN).distinct()))


def last_event(session: Session) -> int:
    """The number of the newest event: as long as it stays, no obligation has changed."""
    return session.exec(_LAST_EVENT).one() or 0


def at_review(session: Session) -> Sequence[Obligation]:
    """Every answer that waits for somebody's decision, in the order of the plan; found by its index."""
    return session.exec(_AT_REVIEW).all()


def agencies(session: Session) -> dict[str, str]:
    """The names of all agencies that a plan ever named, by their id."""
    session.flush()
    rows = session.connection().execute(select(AgencyRow.id, AgencyRow.name).order_by(AgencyRow.id))
    return {row.id: row.name for row in rows}
