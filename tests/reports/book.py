"""The office's record as the tests of the reports use it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import select

from plan.status import EventKind
from reports.figures.summary import Summary, build
from store import obligations
from store.engine import Store
from store.obligations import NewEvent
from store.tables import Obligation
from words.office import Office

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(*when: int) -> datetime:
    """An instant in the office's zone."""
    return datetime(*when, tzinfo=HANOI)  # type: ignore[misc, arg-type]


class Book:
    """The office's record: answers go in, summaries come out."""

    def __init__(self, store: Store, office: Office) -> None:
        self.store, self.office = store, office

    def record(
        self,
        milestone: str,
        agency: str,
        when: datetime,
        kind: EventKind = EventKind.SUBMITTED,
        *,
        recorded: datetime | None = None,
        occurrence: str = "",
        note: str = "",
        due: date | None = None,
    ) -> None:
        """One event of one obligation; recorded when it happened, with the date that holds, unless told otherwise."""
        with self.store.unit() as session:
            query = select(Obligation).where(Obligation.milestone == milestone, Obligation.agency_id == agency)
            row = session.exec(query.where(Obligation.occurrence == occurrence)).one()
            obligations.record(
                session, row, NewEvent(kind, when, via="test", note=note, due=due or row.due), recorded or when
            )

    def record_all(self, milestone: str, when: datetime, kind: EventKind = EventKind.SUBMITTED) -> None:
        """The same event for every agency that owes the milestone."""
        with self.store.unit() as session:
            for row in session.exec(select(Obligation).where(Obligation.milestone == milestone)):
                obligations.record(session, row, NewEvent(kind, when, via="test", due=row.due), when)

    def summary(self, when: datetime, task: str | None = None) -> Summary:
        """The figures at an instant."""
        with self.store.look() as session:
            return build(session, self.office, when, task=task)
