"""Of which obligations people are reminded, and what the ladder must know of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from sqlmodel import Session

from plan.due import question_days
from plan.model import Milestone
from plan.reminders import Owed, farthest, ladder_for, questions_for, spared, steps_between
from plan.status import State
from progress.requests import without_resting
from store import obligations, plans
from store.horizon import Horizon
from store.tables import Obligation
from words.office import Office


class Spoken(Protocol):
    """What reminders ask of an obligation: its row has it, and so has what is near."""

    @property
    def id(self) -> int | None: ...
    @property
    def plan_id(self) -> str: ...
    @property
    def milestone(self) -> str: ...
    @property
    def due(self) -> date | None: ...
    @property
    def state(self) -> str: ...
    @property
    def returned_at(self) -> datetime | None: ...
    @property
    def acknowledged_at(self) -> datetime | None: ...


Row = TypeVar("Row", bound=Spoken)


def horizon(office: Office, today: date) -> Horizon:
    """How far the ladders of the office's plans look on a working day."""
    plans = office.plans.values()
    milestones = (each for plan in plans for task in plan.all_tasks for each in task.milestones)
    ladders = (each.remind_days for each in milestones if each.remind_days is not None)
    asks = any(
        day <= today and (day.year, day.month) == (today.year, today.month)
        for plan in plans
        for day in question_days(plan, office.calendar)
    )
    return Horizon(farthest((office.ladder, *ladders), office.calendar, today), asks)


def spoken_of(session: Session, office: Office, rows: Iterable[Row], today: date) -> list[Row]:
    """The obligations of which people are reminded: not those that rest, nor the past of an old plan."""
    return begun(session, office, without_resting(session, office, rows, today))


def begun(session: Session, office: Office, rows: Iterable[Row]) -> list[Row]:
    """Leaves out the past of a plan that was old when it was switched on, until an admin says how to begin: what became
    late since is spoken of."""
    first = {plan_id: office.today(began) for plan_id, began in plans.asking(session).items()}
    return [row for row in rows if row.plan_id not in first or not was_past(office, row.due, first[row.plan_id])]


def was_past(office: Office, due: date | None, first: date) -> bool:
    """Whether a deadline had passed on the `first` day of its plan, on which that was switched on (local)."""
    return due is not None and office.calendar.has_passed(due, first)


def as_owed(office: Office, rows: Iterable[Spoken]) -> Iterable[Owed]:
    """Rows as the ladder sees them; what no plan knows any more is left out."""
    # A milestone is owed by many agencies.
    known: dict[tuple[str, str], _Asked | None] = {}
    for row in rows:
        if row.id is None or row.state != State.OPEN:
            continue
        key = row.plan_id, row.milestone
        if key not in known:
            known[key] = _asked(office, *key)
        asked = known[key]
        if asked is None:
            continue
        milestone, ladder, questions = asked
        yield Owed(
            row.id,
            milestone.kind,
            row.due,
            ladder,
            questions,
            returned=office.today(row.returned_at) if row.returned_at else None,
            acknowledged=office.today(row.acknowledged_at) if row.acknowledged_at else None,
            start=milestone.start,
        )


_Asked = tuple[Milestone, tuple[int, ...], tuple[date, ...]]
"""A milestone, the working days before its anchor on which it is spoken of, the days of its questions."""


def _asked(office: Office, plan_id: str, milestone_id: str) -> _Asked | None:
    """What the ladder must know of a milestone; None for one that no plan knows."""
    if plan_id not in office.plans:
        return None
    try:
        _, milestone = office.milestone(plan_id, milestone_id)
    except KeyError:
        return None
    questions = questions_for(office.plans[plan_id], milestone, office.calendar)
    return milestone, ladder_for(milestone, office.ladder), questions


@dataclass(frozen=True)
class Coming:
    """One day's reminders that are still to come, by agency: the obligations that its officers would hear of."""

    day: date
    rows: dict[str, tuple[Obligation, ...]]


def coming(session: Session, office: Office, today: date, last: date) -> list[Coming]:
    """What would go out from a local day to another, both included, if nobody answered and nothing were decided.

    Of what is open now and as it stands now; a day on which nothing goes out is left out.
    """
    rows = {row.id or 0: row for row in obligations.all_of(session, states=(State.OPEN,))}
    found: dict[date, dict[str, dict[int, Obligation]]] = {}
    for day, number in _steps(office, spoken_of(session, office, rows.values(), today), today, last):
        row = rows[number]
        found.setdefault(day, {}).setdefault(row.agency_id, {})[number] = row
    return [
        Coming(day, {agency: tuple(found[day][agency].values()) for agency in office.in_order(found[day])})
        for day in sorted(found)
    ]


def _steps(office: Office, rows: Iterable[Obligation], today: date, last: date) -> Iterator[tuple[date, int]]:
    for owed in as_owed(office, rows):
        for step in steps_between(owed, office.calendar, today, last):
            if not spared(owed, step, office.calendar):
                yield step.day, owed.obligation
