"""A misreading that was put right in the tables of a report and on the proof sheet: right for any past day."""

from datetime import date
from pathlib import Path

from plan.model import Kind
from progress import misread
from progress.acts import putting_fields_right, putting_right
from progress.acts.decisions import PutFieldRight, PutRight
from progress.acts.putting_right import Putter
from progress.submit import Statement
from reports.archive.proof import build
from reports.archive.proof_page import docx
from reports.figures import issued, period
from reports.figures.boxes import Box
from reports.figures.record import Record, Row
from store import current_office
from tests.reports.book import Book, at
from tests.reports.docx_text import words

FOUND, LATER = at(2020, 4, 20, 8), at(2020, 4, 21, 8)
TEMPLATES = Path(__file__).parents[2] / "data" / "templates"
BY = Putter(None, "cli", "đọc nhầm cột")
SAID = Statement(0, FOUND, "cli:1", "cli", BY.why)


def quarter(book: Book) -> Record:
    with book.store.look() as session:
        office = current_office.overlaid(session, book.office)
        return period.make(session, office, period.window(office, "2020-Q1", LATER), known_at=LATER)


def rows_of(record: Record, milestone: str) -> dict[str, Row]:
    return {row.agency: row for row in record.rows if row.milestone == milestone}


def sheet(book: Book, row: Row) -> str:
    with book.store.look() as session:
        return words(docx(build(session, book.office, row.id, LATER), TEMPLATES))


def test_a_day_in_the_tables_and_on_the_proof_sheet(book: Book) -> None:
    milestone = "2b.1"
    book.record(milestone, "sondung", at(2020, 2, 10, 8))
    before = quarter(book)
    assert rows_of(before, milestone)["sondung"].box is Box.DONE_LATE
    with book.store.unit() as session:
        frozen = issued.issue(session, before, FOUND)
        act = PutRight(SAID, "cchc-2020", milestone, date(2020, 2, 28), Kind.DATED)
        assert putting_right.corrected(session, book.office, act, BY, FOUND) is not None
    after = quarter(book)
    row = rows_of(after, milestone)["sondung"]
    assert (row.box, row.due, row.planned, row.extensions) == (Box.DONE_IN_TIME, date(2020, 2, 28), row.due, 0)
    assert {each.due for each in rows_of(after, milestone).values()} == {date(2020, 2, 28)}
    assert (after.dated.fallen, len(after.rows)) == (before.dated.fallen, len(before.rows))
    text = sheet(book, row)
    assert "28/02/2020" in text
    assert "Đính chính thời hạn đọc nhầm" in text
    assert "đọc nhầm cột" in text
    with book.store.look() as session:
        assert issued.by_id(session, frozen.id) == (frozen, before)


def test_leads_in_the_tables_and_on_the_proof_sheet(book: Book) -> None:
    before = quarter(book)
    assert set(rows_of(before, "7a.1")) == {"vanhoa"}
    plan = book.office.plans["cchc-2020"]
    task = plan.task("7a")
    read = misread.read(plan, task, task.milestones[0], "lead", "Phòng Tư pháp")
    assert read is not None
    with book.store.unit() as session:
        act = PutFieldRight(SAID, plan.id, "7a", read.work, read.was, read.becomes)
        done = putting_fields_right.corrected(session, book.office, act, BY, FOUND)
    assert done is not None
    assert {row.agency_id for row in done[0].gone} == {"vanhoa"}
    after = quarter(book)
    assert all(row.box is not Box.OVERDUE and not row.days for row in rows_of(after, "7a.1").values())
    text = sheet(book, rows_of(before, "7a.1")["vanhoa"])
    assert "đọc nhầm cột" in text
    assert "chưa có hạn" in text
    assert "quá hạn" not in text
