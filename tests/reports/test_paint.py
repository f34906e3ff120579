"""Pictures by their names, drawn from the database: the figures of their moment, and no other."""

import pytest

from plan.status import EventKind
from reports.attachments.paint import agency_name, paint, progress_name, record_at
from reports.figures.record import Record
from reports.pictures.course import course_of
from tests.reports.book import Book, at
from tests.reports.drawn import size_of

APRIL = at(2020, 4, 20, 8)


@pytest.fixture
def lived(book: Book) -> Book:
    """An office in which something of each kind has happened by April."""
    plan = book.office.plans["cchc-2020"]
    communes = plan.expand(["xa"])
    for place, agency in enumerate(communes[:4]):
        book.record("2b.1", agency, at(2020, 1, 31 - 3 * place, 8))
    book.record("4c.1", "sondung", at(2020, 4, 1, 8))
    for kind in (EventKind.SUBMITTED, EventKind.TO_REVIEW):
        book.record("1đ.1", "yte", at(2020, 3, 30, 9), kind)
    book.record("2h.1", "tuphap", at(2020, 3, 2, 9), EventKind.SUSPENDED)
    book.record("8b.1", "sondung", at(2020, 4, 25, 9))
    return book


def record_of(book: Book, *scope: str) -> Record:
    with book.store.look() as session:
        return record_at(session, book.office, APRIL, scope)


@pytest.mark.parametrize("scope", [(), ("xa",), ("tuphap", "sondung")])
def test_the_ends_of_the_lines_are_the_figures_of_the_summary(lived: Book, scope: tuple[str, ...]) -> None:
    record = record_of(lived, *scope)
    course, dated = course_of(lived.office, record), record.dated
    assert dated.fallen > 0
    assert (course.fallen, course.late, course.rate) == (dated.fallen, dated.overdue, dated.rate)
    assert (course.completed, course.apart) == (dated.done_in_time + dated.done_late, dated.apart)
    assert course.total + course.apart == dated.total


def test_a_name_is_painted_as_of_its_moment(lived: Book) -> None:
    record = record_of(lived)
    names = (progress_name(record), agency_name(record, "sondung"), f"matrix@{APRIL.isoformat()}")
    before = [paint(lived.store, lived.office, name) for name in names]
    assert len(set(before)) == len(names)
    assert all(size_of(png)[0] == 1080 for png in before)
    lived.record("1e.1", "sondung", at(2020, 4, 21, 9))
    assert [paint(lived.store, lived.office, name) for name in names] == before


def test_a_scope_is_part_of_the_name(lived: Book) -> None:
    name = progress_name(record_of(lived, "xa", "tuphap"))
    assert name.endswith("|xa,tuphap")
    assert paint(lived.store, lived.office, name) != paint(lived.store, lived.office, name.partition("|")[0])


@pytest.mark.parametrize(
    "name",
    [
        "matrix",
        "matrix@",
        "matrix@gestern",
        "matrix@2020-04-01T08:00:00",
        "bars@2020",
        "progress@2020-04-01",
        "agency@2020-04-01T08:00:00+07:00",
        "agency@2020-04-01T08:00:00+07:00|",
        "agency@2020-04-01T08:00:00+07:00|a|b",
    ],
)
def test_another_name_is_refused(book: Book, name: str) -> None:
    with pytest.raises(ValueError, match=r"picture|isoformat|zone"):
        paint(book.store, book.office, name)
