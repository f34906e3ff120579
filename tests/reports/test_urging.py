"""Whom an urging of an agency would be about: late, returned, or due within seven working days."""

from datetime import datetime

import pytest

from plan.status import EventKind
from progress import urging
from tests.reports.book import Book, at


def pressing(book: Book, now: datetime) -> list[str]:
    with book.store.look() as session:
        found = urging.of_agency(session, book.office, "sondung", now)
    return [row.milestone for rows in found.rows.values() for row in rows if row.task == "2b"]


@pytest.mark.parametrize(("day", "wanted"), [(13, []), (14, ["2b.1"]), (30, ["2b.1"])])
def test_an_agency_is_urged_from_the_seventh_working_day_before_the_deadline(
    book: Book, day: int, wanted: list[str]
) -> None:
    assert pressing(book, at(2020, 1, day, 9)) == wanted


def test_what_was_returned_is_urged_about_however_far_the_deadline_is(book: Book) -> None:
    book.record("2b.1", "sondung", at(2020, 1, 2, 9))
    assert pressing(book, at(2020, 1, 30, 9)) == []
    book.record("2b.1", "sondung", at(2020, 1, 3, 9), EventKind.RETURNED, note="thiếu dấu")
    assert pressing(book, at(2020, 1, 3, 10)) == ["2b.1"]
