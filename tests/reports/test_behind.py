"""Behind each figure stand exactly as many rows as it says: of the whole office and of each agency."""

import pytest

from reports.figures.behind import FIGURES, behind, count_of
from tests.reports.book import Book, at
from tests.reports.played import play_year
from tests.reports.test_period import record_of


def test_each_figure_has_as_many_rows_as_it_says(book: Book) -> None:
    play_year(book)
    seen = set()
    # At the ends of the periods, and on days on which something falls due.
    over = at(2021, 2, 1, 8)
    moments = [(key, over) for key in ("2020-Q1", "2020-H1", "2020-Q3", "2020-Y")]
    for key, when in (*moments, ("2020-Q1", at(2020, 1, 30, 9)), ("2020-H1", at(2020, 3, 31, 9))):
        record = record_of(book, key, when, known=over)
        for figure in FIGURES:
            counts = [("", record.dated, record.periodic)]
            counts += [(part.key, part.dated, part.periodic) for part in record.agencies]
            for agency, dated, periodic in counts:
                found = len(behind(book.office, record, figure, agency=agency))
                assert found == count_of(dated, figure), (key, figure, agency)
                found_periodic = len(behind(book.office, record, figure, periodic=True, agency=agency))
                assert found_periodic == count_of(periodic, figure), (key, figure, agency, "periodic")
                seen |= {figure} if found else set()
    # What the played year has none of would be tried by nothing.
    assert seen >= {"total", "fallen", "fallen_done", "done_in_time", "done_late", "open", "overdue", "apart"}


def test_a_percentage_has_no_rows(book: Book) -> None:
    with pytest.raises(KeyError):
        behind(book.office, record_of(book, "2020-Q1", at(2020, 3, 20, 8)), "rate")
