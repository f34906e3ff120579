"""A varied history through the store: everything that can happen to an obligation, in one year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import select

from plan.model import Decision, Kind, Milestone, Plan, Section, Task
from plan.status import EventKind
from store import current_office, obligations, plans
from store.obligations import NewEvent
from store.plan_tables import OfficeDay
from store.tables import Obligation
from tests.reports.book import Book, at
from words.office import Office

ASSIGNED = "giaoviec-2020"
STORM, STORM_SET = date(2020, 9, 30), at(2020, 9, 28, 9)
EVENING, NIGHT = at(2020, 3, 14, 23, 59), at(2020, 3, 15, 0, 1)


class Played:
    """Plays events on the book, each in order of recording."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.at = at(2020, 1, 2, 8)

    def __call__(
        self,
        milestone: str,
        agency: str,
        when: datetime,
        kind: EventKind = EventKind.SUBMITTED,
        *then: EventKind,
        recorded: datetime | None = None,
        due: date | None = None,
        note: str = "",
        occurrence: str = "",
    ) -> None:
        """An event, and what follows on it by itself."""
        recorded = recorded or when
        assert recorded >= self.at, "a history is played forward"
        self.at = recorded
        with self.book.store.unit() as session:
            query = select(Obligation).where(Obligation.milestone == milestone, Obligation.agency_id == agency)
            row = session.exec(query.where(Obligation.occurrence == occurrence)).one()
            obligations.record(session, row, NewEvent(kind, when, via="test", due=due, note=note), recorded)
            for each in then:
                obligations.record(session, row, NewEvent(each, recorded, via="test"), recorded)


def assigned_plan(office: Office) -> Plan:
    """The plan of what was assigned."""
    (plan,) = office.plans.values()
    task = Task(
        code="gv1", section="gv", title="Báo cáo nhanh", lead=("tuphap",), lead_printed="Phòng Tư pháp",
        product="Báo cáo", timing="ngày 20/02/2020",
        milestones=(Milestone(id="gv1.1", kind=Kind.DATED, printed="ngày 20/02/2020"),),
    )  # fmt: skip
    decision = Decision(number="giao việc", date=date(2020, 1, 1), issuer="Phòng Nội vụ", title="Việc được giao")
    return Plan(
        id=ASSIGNED, name="Việc được giao", short="Việc được giao", year=2020, decision=decision,
        compiler=plan.compiler, sections=(Section(id="gv", title="Việc được giao"),), tasks=(task,),
        agencies=plan.agencies,
    )  # fmt: skip


def assign(book: Book, when: datetime) -> None:
    """Work that was given by word of mouth, as /giaoviec gives it."""
    plan = assigned_plan(book.office)
    with book.store.unit() as session:
        plans.keep(session, plan, when)
        row = Obligation(
            plan_id=plan.id,
            work="gv1.1",
            task="gv1",
            milestone="gv1.1",
            agency_id="tuphap",
            kind=Kind.DATED,
            origin="chat",
        )
        session.add(row)
        session.flush()
        due = date(2020, 2, 20)
        obligations.record(
            session, row, NewEvent(EventKind.CREATED, when, via="test", due=due, note="CV 7/UBND-NV"), when
        )
        current_office.changed(session)


def play_year(book: Book) -> Book:
    """A year of everything that can happen."""
    play = Played(book)
    day: Callable[..., datetime] = at
    play("2b.1", "sondung", day(2020, 1, 20, 9), note="KH 05/KH-UBND 19/01/2020 về việc rà soát")
    play("2b.1", "sonlong", day(2020, 1, 29, 22), EventKind.SUBMITTED, EventKind.TO_REVIEW)
    play("2b.1", "sontan", day(2020, 1, 30, 16), EventKind.SUBMITTED, EventKind.HELD)
    play("2b.1", "sonlong", day(2020, 2, 3, 8), EventKind.RETURNED, note="thiếu dấu")
    play("2b.1", "sonmua", day(2020, 2, 4, 9), note="nộp muộn")
    play("2b.1", "sonlien", day(2020, 2, 5, 9), EventKind.FLAGGED)
    play("2b.1", "sonbua", day(2020, 2, 5, 9), EventKind.FLAGGED)
    play("2b.1", "sonlien", day(2020, 2, 6, 9))
    play("2b.1", "sonbua", day(2020, 2, 6, 9, 5))
    play("2b.1", "sontinh", day(2020, 2, 7, 8), EventKind.SUSPENDED, note="CV 12/UBND-NV")
    play("2b.1", "sonlap", day(2020, 2, 7, 8), EventKind.ENDED, note="CV 13/UBND-NV")
    play("2b.1", "yte", day(2020, 2, 7, 8), EventKind.EXCUSED, note="R3: không thuộc đơn vị")
    play("2b.1", "dantoc", day(2020, 2, 7, 8), EventKind.TRANSFERRED, note="CV 14/UBND-NV")
    play("2a.1", "vanphong", day(2020, 2, 7, 9), EventKind.CLOSED, note="closed as history at the start")
    assign(book, day(2020, 2, 10, 8))
    play("2b.1", "sonmua", day(2020, 2, 11, 8), EventKind.CAUSE_TOLD, note="mưa lũ chia cắt đường")
    book.office = replace(
        book.office,
        plans={**book.office.plans, ASSIGNED: assigned_plan(book.office)},
        files_calendar=book.office.calendar,
    )
    play("2b.1", "sonlong", day(2020, 2, 12, 8), EventKind.SUBMITTED, EventKind.TO_REVIEW)
    play("2b.1", "sonmua", day(2020, 2, 12, 9), EventKind.CAUSE_CONFIRMED, note="Phó Chủ tịch, văn bản số 15/UBND-NV")
    play("2b.1", "sontan", day(2020, 2, 13, 9), EventKind.SUPPLEMENTED, EventKind.PROVEN, note="ảnh")
    play("gv1.1", "tuphap", day(2020, 2, 18, 9), note="BC 1/BC-TP 18/02/2020")
    play("1d.1", "tuphap", day(2020, 2, 20, 9), EventKind.EXTENDED, due=date(2020, 4, 30), note="R4: chờ")
    play("3d.1", "noivu", day(2020, 2, 24, 9), EventKind.DATED, due=date(2020, 3, 12), note="KH 12/KH-UBND")
    play("2b.1", "sonlien", day(2020, 2, 28, 9), EventKind.JUDGED, note="in_time CV 20")
    play("2b.1", "sonbua", day(2020, 3, 2, 9), EventKind.JUDGED, note="late CV 20")
    play("2b.1", "sontinh", day(2020, 3, 3, 9), EventKind.RESUMED, note="CV 30")
    # In time by decision, a cause says nothing; told again after a refusal, it waits.
    play("2b.1", "sonlien", day(2020, 3, 4, 8), EventKind.CAUSE_TOLD, note="mất điện")
    play("2b.1", "sonbua", day(2020, 3, 4, 9), EventKind.CAUSE_TOLD, note="cầu bị cuốn")
    play("2b.1", "sonbua", day(2020, 3, 5, 8), EventKind.CAUSE_REFUSED, note="Chủ tịch, văn bản số 16/UBND-NV: chưa rõ")
    play("2b.1", "sonbua", day(2020, 3, 5, 9), EventKind.CAUSE_TOLD, note="có biên bản của thôn")
    play("bc.1", "sondung", day(2020, 3, 9, 9), occurrence="2020-Q1")
    play("2h.1", "sondung", day(2020, 3, 13, 9), EventKind.SUBMITTED, EventKind.TO_HEAD)
    play("2h.1", "sonmua", day(2020, 3, 13, 9))
    # Read after the window of the first quarter has closed.
    play("1e.1", "sondung", EVENING, EventKind.SUBMITTED, EventKind.TO_REVIEW, recorded=NIGHT)
    play("1e.1", "sonlong", EVENING, recorded=NIGHT)
    play("1e.1", "sonmua", day(2020, 3, 16, 8))
    play("2h.1", "sonmua", day(2020, 3, 16, 9), EventKind.WITHDRAWN)
    play("2h.1", "sondung", day(2020, 3, 16, 9), EventKind.CONFIRMED)
    # It had come on paper before the window closed, after the deadline or before it.
    play("1e.1", "sonmua", day(2020, 3, 11, 17), EventKind.RETIMED, recorded=day(2020, 3, 17, 8), note="sổ số 41")
    play("2b.1", "sontinh", day(2020, 1, 28, 17), recorded=day(2020, 3, 17, 9), note="sổ số 42")
    play("2b.1", "sonmau", day(2020, 2, 11, 17), recorded=day(2020, 3, 17, 9), note="sổ số 43")
    play("1e.1", "sonlong", day(2020, 3, 18, 9), EventKind.RETURNED, note="thiếu")
    play("2b.1", "sonlong", day(2020, 3, 19, 9), EventKind.CONFIRMED)
    # Late, and judged to be in time: returned, it is not late; judged to be late, it is.
    play("2b.1", "sonlien", day(2020, 3, 20, 8), EventKind.RETURNED, note="thiếu dấu")
    play("2b.1", "sonbua", day(2020, 3, 20, 9), EventKind.RETURNED, note="thiếu dấu")
    # Returned before its day, answered again and taken back: it is still what was returned.
    play("4c.1", "vanphong", day(2020, 9, 10, 9))
    play("4c.1", "vanphong", day(2020, 9, 14, 9), EventKind.RETURNED, note="thiếu số")
    play("4c.1", "vanphong", day(2020, 9, 30, 18))
    play("4c.1", "vanphong", day(2020, 9, 30, 18, 5), EventKind.WITHDRAWN)
    play("4c.1", "tuphap", day(2020, 9, 30, 20))
    with book.store.unit() as session:
        current_office.set_day(session, OfficeDay(day=STORM, kind="off", name="bão", basis="CĐ 9", set_at=STORM_SET))
    play("4c.1", "noivu", day(2020, 10, 1, 20))
    play("4c.1", "yte", day(2020, 10, 2, 8))
    # Open still when it was judged: held to another date, and late by its own.
    play("4c.1", "dantoc", day(2020, 10, 5, 7), EventKind.FLAGGED)
    play("4c.1", "giaoduc", day(2020, 10, 5, 7), EventKind.FLAGGED)
    play("4c.1", "dantoc", day(2020, 10, 6, 9), EventKind.JUDGED, due=date(2020, 10, 9), note="in_time BB 2")
    play("4c.1", "giaoduc", day(2020, 10, 6, 9), EventKind.JUDGED, due=date(2020, 9, 30), note="late sổ trực")
    play("4c.1", "dantoc", day(2020, 10, 9, 9))
    book.record_all("1a.1", day(2021, 1, 1, 0, 5), EventKind.CLOSED)
    return book
