"""A period's record: its window, its rows, what they wait for, and the plan and the days of then."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from plan.status import EventKind
from reports.figures import period
from reports.figures.boxes import Box
from reports.figures.record import Record, Row
from store import current_office, obligations, plan_sync
from store.answer_tables import Evidence, Submission
from store.obligations import NewEvent
from store.people_tables import Person
from store.plan_tables import OfficeDay
from store.tables import Obligation
from tests.reports.book import Book, at
from tests.reports.played import play_year

MADE = at(2020, 3, 20, 8)


def record_of(
    book: Book, key: str, when: datetime, *, known: datetime | None = None, scope: tuple[str, ...] = ()
) -> Record:
    with book.store.look() as session:
        window = period.window(book.office, key, when)
        return period.make(session, book.office, window, scope=scope, known_at=known or when)


def row_of(record: Record, milestone: str, agency: str) -> Row:
    return next(row for row in record.rows if (row.milestone, row.agency) == (milestone, agency))


@pytest.mark.parametrize(
    ("key", "first", "last", "ends"),
    [
        ("2020-Q1", date(2019, 12, 15), date(2020, 3, 14), date(2020, 3, 31)),
        ("2020-H1", date(2019, 12, 15), date(2020, 6, 14), date(2020, 6, 30)),
        ("2020-Q3", date(2020, 6, 15), date(2020, 9, 14), date(2020, 9, 30)),
        ("2020-Y", date(2019, 12, 15), date(2020, 12, 14), date(2020, 12, 31)),
    ],
)
def test_windows(book: Book, key: str, first: date, last: date, ends: date) -> None:
    found = period.window(book.office, key, at(2021, 1, 4, 8))
    assert (found.first, found.last, found.ends, found.over) == (first, last, ends, True)
    assert found.as_of + timedelta(microseconds=1) == at(last.year, last.month, last.day, 0) + timedelta(days=1)


def test_a_window_is_open_until_the_last_instant_of_its_last_day(book: Book) -> None:
    midnight = at(2020, 3, 15, 0)
    assert not period.window(book.office, "2020-Q1", midnight - timedelta(microseconds=2)).over
    assert period.window(book.office, "2020-Q1", midnight - timedelta(microseconds=1)).over
    assert period.window(book.office, "2020-Q1", at(2020, 2, 1, 8)).as_of == at(2020, 2, 1, 8)
    with pytest.raises(ValueError, match="no reporting period"):
        period.window(book.office, "2020-Q2", midnight)


def test_rows_stand_in_the_order_of_the_plan_with_duties_last(book: Book) -> None:
    record = record_of(play_year(book), "2020-Q1", MADE)
    plan, assigned = record.plans
    assert (plan.number, plan.assigned, assigned.assigned) == ("2579/QĐ-UBND", False, True)
    codes = list(dict.fromkeys(row.code for row in record.rows))
    assert codes[:12] == ["1a", "1b", "1c", "1c.2", "1d", "1d.2", "1đ", "1đ.2", "1e", "1e.2", "1g", "2a"]
    assert codes[-5:] == ["bc", "kh", "th", "kp", "gv1"]
    assert [row.agency for row in record.rows if row.code == "1e"] == [
        agency for agency in (each.key for each in record.agencies) if agency.startswith("son")
    ]
    assert [row.period for row in record.rows if (row.code, row.agency) == ("bc", "sondung")] == [
        "quý I/2020", "6 tháng năm 2020", "quý III/2020", "năm 2020",
    ]  # fmt: skip


def test_what_is_not_counted_or_waits_says_why(book: Book) -> None:
    record = record_of(play_year(book), "2020-Q1", MADE)
    said = {row.agency: (row.box, row.reason) for row in record.rows if row.milestone == "2b.1" and row.reason}
    assert said == {
        "sonlong": (Box.WAITING, "chờ Phòng Nội vụ xác nhận"),
        "sonlap": (Box.ENDED, "CV 13/UBND-NV"),
        "yte": (Box.EXCUSED, "không thuộc đơn vị (đề nghị R3)"),
        "dantoc": (Box.TRANSFERRED, "CV 14/UBND-NV"),
    }
    assert row_of(record, "2h.1", "sondung").reason == "chờ thủ trưởng đơn vị xác nhận"
    assert row_of(record, "2a.1", "vanphong").reason.startswith("đã quá hạn trước khi bắt đầu theo dõi")
    assert {record.row(each).agency for each in record.uncounted} == {"sonlap", "yte", "dantoc", "vanphong"}
    assert row_of(record, "gv1.1", "tuphap").basis == "CV 7/UBND-NV"
    assert row_of(record, "2b.1", "sondung").basis == "Quyết định số 2579/QĐ-UBND ngày 31/12/2019"
    flagged = record_of(book, "2020-Q1", at(2020, 2, 10, 8))
    assert row_of(flagged, "2b.1", "sonbua").reason == "hết hạn trong lúc hệ thống gián đoạn, chờ quyết định"


def test_an_answer_of_the_last_evening_counts_and_so_does_paper_from_its_true_day(book: Book) -> None:
    play_year(book)
    then, now = (record_of(book, "2020-Q1", MADE, known=known) for known in (at(2020, 3, 14, 23, 59, 59), MADE))
    assert row_of(then, "1e.1", "sonlong").box is Box.OPEN
    assert row_of(now, "1e.1", "sonlong").box is Box.DONE_IN_TIME
    assert row_of(now, "1e.1", "sondung").box is Box.WAITING
    assert row_of(now, "1e.1", "sonmua").done_at == at(2020, 3, 11, 17)
    assert [row_of(each, "2b.1", "sontinh").box for each in (then, now)] == [Box.OVERDUE, Box.DONE_IN_TIME]
    assert [row_of(each, "2b.1", "sonmau").box for each in (then, now)] == [Box.OVERDUE, Box.DONE_LATE]


def test_what_falls_due_between_the_window_and_the_quarters_end_is_named(book: Book) -> None:
    record = record_of(book, "2020-Q1", MADE)
    assert {record.row(each).due for each in record.between} == {date(2020, 3, 31)}
    assert len(record.between) == 61
    # Done before its day it is still one of these deadlines; what is set aside is none.
    book.record_all("8b.1", at(2020, 3, 2, 8))
    book.record_all("4a.1", at(2020, 3, 2, 8), EventKind.SUSPENDED)
    assert len(record_of(book, "2020-Q1", MADE).between) == 61 - 1


def test_compared_is_the_official_period_before_where_something_was_owed(book: Book) -> None:
    play_year(book)
    assert record_of(book, "2020-Q1", MADE).before is None
    half = record_of(book, "2020-H1", at(2020, 6, 20, 8))
    quarter = record_of(book, "2020-Q1", at(2020, 6, 20, 8))
    assert half.before is not None
    assert (half.before.key, half.before.name, half.before.dated) == ("2020-Q1", "quý I/2020", quarter.dated)
    running = record_of(book, "2020-Y", at(2020, 4, 20, 8))
    assert running.before is not None
    assert running.before.key == "2020-Q1"


def test_a_part_of_the_office_is_the_whole_of_its_rows(book: Book) -> None:
    play_year(book)
    whole, communes, one = (record_of(book, "2020-Q1", MADE, scope=scope) for scope in ((), ("xa",), ("sondung",)))
    assert (communes.about, one.about) == ("UBND các xã", "UBND xã Sơn Dung")
    assert communes.rows == tuple(row for row in whole.rows if row.agency.startswith("son"))
    assert communes.dated == next(part.dated for part in whole.groups if part.key == "xa")
    assert [part.key for part in communes.groups] == ["xa"]
    assert one.groups == ()
    assert one.dated == next(part.dated for part in whole.agencies if part.key == "sondung")
    for parts in (whole.sections, whole.agencies):
        assert sum(part.dated.total for part in parts) == whole.dated.total


def owed(session: Session, agency: str) -> Obligation:
    """The agency's 2b."""
    return session.exec(select(Obligation).where(Obligation.milestone == "2b.1", Obligation.agency_id == agency)).one()


def answered(book: Book, agency: str, number: int, when: datetime, note: str, files: tuple[datetime, ...] = ()) -> None:
    """An answer with its files, as the chat keeps it."""
    with book.store.unit() as session:
        row = owed(session, agency)
        answer = Submission(
            id=number, obligation_id=row.id or 0, person_id=1, at=when, recorded_at=when, note=note, via="test",
            source=f"test:{number}",
        )  # fmt: skip
        session.add(answer)
        session.flush()
        for place, sent in enumerate(files):
            file = Evidence(
                source=f"test:{number}:{place}", person_id=1, submission_id=number, channel="test", file_id="f",
                unique_id="u", kind="photo", name="", mime="", sent_at=sent, not_before=sent,
            )  # fmt: skip
            session.add(file)
        obligations.record(
            session, row, NewEvent(EventKind.SUBMITTED, when, via="test", note=note, submission_id=number), when
        )


def more(book: Book, agency: str, number: int, when: datetime, kind: EventKind, note: str) -> None:
    with book.store.unit() as session:
        row = session.exec(
            select(Obligation).where(Obligation.milestone == "2b.1", Obligation.agency_id == agency)
        ).one()
        obligations.record(session, row, NewEvent(kind, when, via="test", note=note, submission_id=number), when)


def test_the_document_and_the_files_are_those_of_the_answer_that_counts(people_book: Book) -> None:
    book = people_book
    answered(book, "sondung", 1, at(2020, 1, 20, 9), "đã làm", (at(2020, 1, 20, 9), at(2020, 3, 16, 9)))
    more(book, "sondung", 1, at(2020, 3, 16, 9), EventKind.SUPPLEMENTED, "KH 05/KH-UBND 19/01/2020 về việc rà soát")
    more(book, "sondung", 1, at(2020, 5, 4, 9), EventKind.CORRECTED, "đã làm xong")
    early, later, last = (
        row_of(record_of(book, "2020-Q1", MADE, known=known), "2b.1", "sondung")
        for known in (at(2020, 3, 15, 8), at(2020, 3, 20, 8), at(2020, 6, 1, 8))
    )
    assert (early.number, early.note, early.evidence) == ("", "đã làm", 1)
    assert (later.number, later.signed, later.evidence) == ("05/KH-UBND", date(2020, 1, 19), 2)
    assert (later.subject, later.note.splitlines()[0]) == ("rà soát", "đã làm")
    assert (last.number, last.note) == ("05/KH-UBND", "đã làm xong")


def test_an_answer_that_was_returned_later_keeps_its_files_in_the_past(people_book: Book) -> None:
    book = people_book
    answered(book, "sondung", 1, at(2020, 1, 20, 9), "bản một")
    more(book, "sondung", 1, at(2020, 3, 18, 9), EventKind.RETURNED, "thiếu dấu")
    # The files of the first went over to the second, which brought one more.
    answered(book, "sondung", 2, at(2020, 3, 19, 9), "bản hai", (at(2020, 1, 20, 9), at(2020, 3, 19, 9)))
    row = row_of(record_of(book, "2020-Q1", MADE), "2b.1", "sondung")
    assert (row.box, row.note, row.evidence) == (Box.DONE_IN_TIME, "bản một", 1)
    now = row_of(record_of(book, "2020-H1", MADE), "2b.1", "sondung")
    assert (now.note, now.evidence, now.done_at) == ("bản hai", 2, at(2020, 1, 20, 9))


def test_what_was_returned_has_the_days_since_and_none_of_lateness(book: Book) -> None:
    book.record("2b.1", "sondung", at(2020, 1, 30, 9))
    book.record("2b.1", "sondung", at(2020, 3, 9, 9), EventKind.RETURNED, note="thiếu dấu")
    row = row_of(record_of(book, "2020-Q1", MADE), "2b.1", "sondung")
    assert (row.box, row.days, row.returned_days, row.reason) == (Box.RETURNED, None, 4, "thiếu dấu")


@pytest.fixture
def people_book(book: Book) -> Book:
    """The book with somebody who answers."""
    with book.store.unit() as session:
        session.add(Person(id=1, name="Lan", created_at=at(2020, 1, 1, 8)))
    return book


def test_the_past_is_read_with_the_plan_of_then(book: Book) -> None:
    before = record_of(book, "2020-Q1", at(2020, 3, 16, 8))
    (plan,) = book.office.plans.values()
    gone, kept = plan.task("2b"), [task for task in plan.tasks if task.code != "2b"]
    kept[0] = kept[0].model_copy(update={"title": "Tên mới"})
    new = plan.model_copy(update={"tasks": tuple(kept)})
    edited = at(2020, 5, 4, 8)
    with book.store.unit() as session:
        plan_sync.sync(session, new, book.office.calendar, edited, edited.date())
    book.office = replace(book.office, plans={new.id: new})
    assert record_of(book, "2020-Q1", at(2020, 6, 1, 8)).model_copy(update={"known_at": before.known_at}) == before
    now = record_of(book, "2020-Y", at(2020, 6, 1, 8))
    assert gone.code not in {row.task for row in now.rows}
    assert (before.rows[0].title, now.rows[0].title) == (plan.tasks[0].title, "Tên mới")


def test_the_days_off_are_those_that_were_known(book: Book) -> None:
    book.office = replace(book.office, files_calendar=book.office.calendar)
    set_at, monday = at(2020, 2, 20, 8), date(2020, 3, 30)
    with book.store.unit() as session:
        for day in (monday, date(2020, 3, 31), date(2020, 4, 1)):
            current_office.set_day(session, OfficeDay(day=day, kind="off", name="bão", basis="CĐ 9", set_at=set_at))
    with book.store.unit() as session:
        current_office.undo_day(session, date(2020, 4, 1), at(2020, 3, 2, 8))
    lasts = [
        row_of(record_of(book, "2020-Q1", when), "1e.1", "sondung").last
        for when in (at(2020, 2, 19, 8), at(2020, 2, 21, 8), at(2020, 3, 3, 8))
    ]
    # 2 April is a day off of the table.
    assert lasts == [date(2020, 3, 31), date(2020, 4, 3), date(2020, 4, 1)]


def test_the_history_names_nobody_and_says_what_the_service_did_in_words(book: Book) -> None:
    record = record_of(play_year(book), "2020-Q1", MADE)
    notes = {entry.note for entry in record.history}
    assert {
        "tính đúng hạn: CV 20",
        "tính quá hạn: CV 20",
        "hết hạn trong lúc hệ thống gián đoạn, chờ quyết định",
    } <= notes
    assert not any("history at the start" in note or note.startswith("in_time") for note in notes)
    paper = [entry for entry in record.history if entry.kind == "retimed"]
    assert [(entry.at, entry.recorded_at) for entry in paper] == [(at(2020, 3, 11, 17), at(2020, 3, 17, 8))]


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_rows(book: Book) -> None:
    def asked() -> int:
        found: list[Any] = []

        def listen(*args: Any) -> None:
            found.append(args)

        event.listen(book.store.reader, "before_cursor_execute", listen)
        record_of(book, "2020-Q1", MADE)
        event.remove(book.store.reader, "before_cursor_execute", listen)
        return len(found)

    before = asked()
    play_year(book)
    assert asked() <= before + 2
    assert before < 12
