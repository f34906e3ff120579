"""The pictures of a report on the screen: bars as long as their figures, lines that end where the record does."""

from itertools import pairwise

from desk import charts
from reports.figures.behind import count_of
from reports.pictures.course import course_of
from tests.reports.book import Book, at
from tests.reports.played import play_year
from tests.reports.test_period import record_of


def test_bars_are_of_one_scale_and_every_figure_leads_to_its_list(book: Book) -> None:
    record = record_of(play_year(book), "2020-H1", at(2020, 7, 1, 8))
    bars = charts.bars(record, lambda figure, agency: f"{agency}/{figure}")
    parts = {part.name: part for part in record.agencies}
    most = max(part.dated.total for part in record.agencies)
    assert len(bars) == sum(bool(part.dated.total) for part in record.agencies)
    for bar in bars:
        part = parts[bar.name]
        wide = sum(each.width for each in bar.segments)
        assert abs(wide - charts.BAR * part.dated.total / most) < 0.5, bar.name
        for (count, path), figure in zip(bar.cells, charts.COLUMNS, strict=True):
            assert count == count_of(part.dated, figure)
            assert path == (f"{part.key}/{figure}" if count else "")
    # What is told apart by its colour is told apart by its sign too, and lies end to end.
    looks = [charts.look_of(name) for name in charts.PARTS]
    assert len({(look.sign, look.corner) for look in looks}) == len(charts.PARTS)
    for bar in bars:
        for one, other in pairwise(bar.segments):
            assert abs(one.x + one.width - other.x) < 0.2


def test_lines_end_with_the_figures_of_the_course(book: Book) -> None:
    record = record_of(play_year(book), "2020-Q3", at(2020, 10, 1, 8))
    found, course = charts.months(book.office, record), course_of(book.office, record)
    assert found is not None
    assert [each.last for each in found.curves] == [course.fallen, course.completed, course.late]
    last = found.rows[-1]
    assert last == (course.today, course.fallen, course.completed, course.late)
    assert [row[0].month for row in found.rows] == [*range(found.rows[0][0].month, 9), 9]
    # Labels never lie on each other.
    places = sorted(each.label_y for each in found.curves)
    assert all(other - one >= charts.LABEL for one, other in pairwise(places))
    for each in found.curves:
        points = [tuple(map(float, point.split(","))) for point in each.points.split()]
        assert all(charts.LEFT <= x <= charts.WIDE - charts.RIGHT + 0.1 for x, _ in points)
        assert all(charts.TOP - 0.1 <= y <= charts.HIGH - charts.FOOT for _, y in points)
        assert [x for x, _ in points] == sorted(x for x, _ in points)


def test_where_nothing_happened_there_is_no_picture(book: Book) -> None:
    assert charts.months(book.office, record_of(book, "2020-Q1", at(2020, 1, 2, 8))) is None
