"""What one agency owes in the year: each work's deadlines, whether one was moved, and the moment of the answer."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plan.joint import concerns
from reports.figures.boxes import DONE, Box
from reports.figures.record import Record, Row
from words.codes import sort_key
from words.office import Office


@dataclass(frozen=True)
class Stop:
    """One deadline, local days: `planned` where it was another before, `done` the day of the answer that counts.

    `at` is where its sign stands: the answer's day, today for what is late and unanswered, otherwise the deadline.
    `returned_days` are the working days since an answer that was in time was returned, None for any other.
    """

    due: date
    box: Box
    planned: date | None
    done: date | None
    at: date
    returned_days: int | None = None

    @property
    def is_late(self) -> bool:
        """Whether time ran on after the deadline: answered late, or not at all."""
        return self.box in (Box.DONE_LATE, Box.OVERDUE)


@dataclass(frozen=True)
class Strip:
    """One work with all its deadlines; more than one where it is periodic."""

    plan: str
    code: str
    title: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Loose:
    """A work without a date."""

    code: str
    title: str
    box: Box
    returned_days: int | None = None


@dataclass(frozen=True)
class AgencyYear:
    """Everything an agency owes: strips by their first deadline within their plan, then what has no date, by code."""

    name: str
    today: date
    strips: tuple[Strip, ...]
    loose: tuple[Loose, ...]

    @property
    def stops(self) -> tuple[tuple[str, Stop], ...]:
        """Every deadline with its code, in the order of the strips."""
        return tuple((strip.code, stop) for strip in self.strips for stop in strip.stops)

    @property
    def boxes(self) -> Mapping[Box, int]:
        """The deadlines by box."""
        return Counter(stop.box for _, stop in self.stops)


def year_of(office: Office, record: Record, agency_id: str) -> AgencyYear:
    """The year of one agency of a record; of an agency that owes nothing, its name and no strips."""
    today = office.today(record.window.as_of)
    rows = [row for row in record.rows if concerns(row.agency, (agency_id,))]
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.due is not None:
            groups.setdefault((row.plan, row.milestone), []).append(row)
    order = {plan.id: place for place, plan in enumerate(record.plans)}
    strips = [_strip(office, found, today) for found in groups.values()]
    return AgencyYear(
        name=rows[-1].agency_name if rows else office.agency_name(agency_id),
        today=today,
        strips=tuple(
            sorted(strips, key=lambda each: (order.get(each.plan, len(order)), each.stops[0].due, sort_key(each.code)))
        ),
        loose=tuple(
            Loose(row.code, row.title, row.box, row.returned_days)
            for row in sorted(rows, key=lambda row: (order.get(row.plan, len(order)), sort_key(row.code)))
            if row.due is None
        ),
    )


def _strip(office: Office, rows: list[Row], today: date) -> Strip:
    stops = sorted((_stop(office, row, today) for row in rows), key=lambda stop: stop.due)
    return Strip(rows[0].plan, rows[0].code, rows[0].title, tuple(stops))


def _stop(office: Office, row: Row, today: date) -> Stop:
    assert row.due is not None
    answered = min(office.today(row.done_at), today) if row.done_at is not None else None
    late = row.box is Box.OVERDUE
    return Stop(
        due=row.due,
        box=row.box,
        planned=row.planned if row.planned != row.due else None,
        done=answered if row.box in DONE else None,
        at=today if late else answered or row.due,
        returned_days=row.returned_days,
    )
