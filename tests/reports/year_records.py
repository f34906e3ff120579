"""Records of the whole plan of 2020 at any moment, for the tests of the pictures: who answers when follows a rule."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from plan.due import occurrences
from plan.model import Kind
from reports.figures.boxes import Box
from reports.figures.record import Record, Row
from tests.reports.records import row, sample
from words.office import Office

# How many days after the deadline the n-th answer comes; None never comes.
ANSWERS = (-12, -3, -1, 0, 9, -20, None, 30)


def year_record(office: Office, today: date) -> Record:
    """The plan's record at noon of a local day."""
    return record_of(_rows(office, today), today)


def record_of(rows: Iterable[Row], today: date) -> Record:
    """A record of these rows at noon (UTC+7) of a local day."""
    as_of = datetime.combine(today, time(5), UTC)
    whole = sample()
    window = whole.window.model_copy(update={"as_of": as_of, "last": today, "over": False})
    return whole.model_copy(update={"rows": tuple(rows), "window": window})


def _rows(office: Office, today: date) -> Iterator[Row]:
    (plan,) = office.plans.values()
    number = 0
    for task in plan.all_tasks:
        for milestone in task.milestones:
            place = milestone.id.rpartition(".")[2]
            for agency in plan.owners(task, milestone):
                for each in occurrences(plan, milestone, office.calendar):
                    number += 1
                    after = ANSWERS[number * 5 % len(ANSWERS)]
                    box, last, done_at = _answer(office, milestone.kind, each.due, after, today)
                    yield row(
                        number,
                        box,
                        last=last,
                        done_at=done_at,
                        code=task.code if place == "1" else f"{task.code}.{place}",
                        task=task.code,
                        milestone=milestone.id,
                        occurrence=each.key,
                        section=task.section,
                        duty=task in plan.duties,
                        kind=milestone.kind,
                        title=task.title,
                        agency=agency,
                        agency_name=office.agency_name(agency),
                        due=each.due,
                        planned=each.due,
                    )


def _answer(
    office: Office, kind: Kind, due: date | None, after: int | None, today: date
) -> tuple[Box, date | None, datetime | None]:
    """How an obligation stands on a day: its box, its last day in time, and when it was answered."""
    if due is None:
        return Box.ONGOING if kind is Kind.ONGOING else Box.UNDATED, None, None
    last = office.calendar.late_after(due)
    if after is not None and (done := due + timedelta(days=after)) <= today:
        box = Box.DONE_IN_TIME if done <= last else Box.DONE_LATE
        return box, last, datetime.combine(done, time(3), UTC)
    return Box.OVERDUE if last < today else Box.OPEN, last, None
