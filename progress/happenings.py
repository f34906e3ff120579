"""What starts a relative deadline happened on a day: the work that waited for it gets its own day, and reminders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from plan.due import happening
from plan.milestone import Kind, Milestone
from plan.status import EventKind, State
from plan.times.occurring import day_after
from plan.times.rules import Trigger
from progress.items import item_of
from store import obligations
from store.obligations import NewEvent
from store.tables import Obligation
from words.office import Office


@dataclass(frozen=True)
class Happened:
    """The local day on which it happened, the deadline that was named in the place of a counted one, who tells it."""

    on: date
    due: date | None
    note: str
    via: str
    person_id: int | None


def waits_for_event(office: Office, row: Obligation) -> Milestone | None:
    """The milestone of open work that waits for an event; None for any other, and for one occurrence of an event."""
    if row.state != State.OPEN or row.occurrence or row.plan_id not in office.plans:
        return None
    item = item_of(office, row)
    if item is None:
        return None
    waits = item.milestone.kind is Kind.EVENT or isinstance(item.milestone.rule, Trigger)
    return item.milestone if waits else None


def deadline(office: Office, milestone: Milestone, told: Happened) -> date | None:
    """The deadline that follows from the day: as it was named, else counted by the rule; None without either."""
    if told.due is not None or not isinstance(milestone.rule, Trigger):
        return told.due
    return day_after(milestone.rule.model_copy(update={"since": told.on}), office.calendar)


def comes_again(milestone: Milestone) -> bool:
    """Whether the event may happen again, and each time owes a result of its own."""
    return milestone.owed_kind is Kind.EVENT


def record(
    session: Session, office: Office, rows: Iterable[Obligation], told: Happened, now: datetime
) -> list[Obligation]:
    """Gives the work that waits its day; what happens again becomes a result of its own, once for each day.

    Those without a deadline are left as they are, and so is one that has this day already.
    """
    found = []
    for row in rows:
        milestone = waits_for_event(office, row)
        due = deadline(office, milestone, told) if milestone is not None else None
        if milestone is None or due is None:
            continue
        if comes_again(milestone):
            made = _occurrence(session, row, told, due, now)
        else:
            made = _dated(session, row, told, due, now)
        found += [made] if made is not None else []
    return found


def _dated(session: Session, row: Obligation, told: Happened, due: date, now: datetime) -> Obligation | None:
    if row.due == due:
        return None
    event = NewEvent(EventKind.DATED, now, via=told.via, person_id=told.person_id, due=due, note=told.note)
    obligations.record(session, row, event, now)
    return row


def _occurrence(session: Session, row: Obligation, told: Happened, due: date, now: datetime) -> Obligation | None:
    fresh = Obligation(
        plan_id=row.plan_id, work=row.work, task=row.task, milestone=row.milestone, occurrence=happening(told.on),
        agency_id=row.agency_id, kind=Kind.UNDATED, origin="chat",
    )  # fmt: skip
    if obligations.same_for(session, fresh, row.agency_id) is not None:
        return None
    session.add(fresh)
    session.flush()
    event = NewEvent(EventKind.CREATED, now, via=told.via, person_id=told.person_id, due=due, note=told.note)
    obligations.record(session, fresh, event, now)
    return fresh
