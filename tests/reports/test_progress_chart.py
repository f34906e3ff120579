"""Progress over time: the counts day by day, and what the picture shows of them."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from plan.model import Kind
from reports.figures.boxes import Box
from reports.figures.record import Record
from reports.pictures.canvas import width_of
from reports.pictures.course import course_of
from reports.pictures.parts import MARGIN, WIDTH
from reports.pictures.progress_chart import ProgressSheet, progress_png
from tests.reports.drawn import find, size_of, texts
from tests.reports.records import row, sample
from tests.reports.year_records import record_of, year_record
from words.office import Office


def sheet_of(office: Office, record: Record) -> ProgressSheet:
    return ProgressSheet(office, record, course_of(office, record))


def test_due_done_and_late_are_counted_day_by_day(office: Office) -> None:
    course = course_of(office, sample())
    # The deadline of the 30th has run out when the 31st begins.
    assert course.due == ((date(2020, 1, 31), 3),)
    assert course.done == ((date(2020, 1, 20), 1), (date(2020, 2, 4), 2))
    assert course.overdue == ((date(2020, 1, 31), 2), (date(2020, 2, 4), 1))
    assert course.ahead == ((date(2020, 4, 1), 4),)
    assert (course.fallen, course.completed, course.late, course.to_come, course.total) == (3, 2, 1, 1, 4)
    assert course.worst == (date(2020, 1, 31), 2)
    assert course.next == (date(2020, 3, 31), 1)


def test_the_ends_of_the_lines_are_the_records_figures(office: Office) -> None:
    record = sample()
    course, dated = course_of(office, record), record.dated
    assert (course.fallen, course.late, course.rate) == (dated.fallen, dated.overdue, dated.rate)
    assert (course.completed, course.apart) == (dated.done_in_time + dated.done_late, dated.apart)


def test_what_is_done_before_its_day_is_done_and_not_due(office: Office) -> None:
    early = row(1, Box.DONE_IN_TIME, done_at=datetime(2020, 1, 5, 3, tzinfo=UTC))
    course = course_of(office, record_of([early], date(2020, 1, 10)))
    assert (course.fallen, course.completed, course.early, course.to_come) == (0, 1, 1, 1)
    assert course.rate is None
    assert course.worst is None
    # The day is the office's: 18:00 UTC on the 4th is the 5th in Hà Nội.
    evening = row(1, Box.DONE_IN_TIME, done_at=datetime(2020, 1, 4, 18, tzinfo=UTC))
    assert course_of(office, record_of([evening], date(2020, 1, 10))).done == ((date(2020, 1, 5), 1),)


def test_reports_and_duties_are_not_of_the_dated_work(office: Office) -> None:
    rows = [row(1, Box.OVERDUE, kind=Kind.PERIODIC), row(2, Box.OVERDUE, duty=True), row(3, Box.CLOSED)]
    assert course_of(office, record_of(rows, date(2020, 3, 1))).total == 0


def test_the_names_stand_at_the_ends_of_the_lines(office: Office) -> None:
    sheet = sheet_of(office, year_record(office, date(2020, 4, 20)))
    due, done, late = (find(sheet, word) for word in ("Đến hạn", "Hoàn thành", "Quá hạn"))
    course = sheet.course
    assert (due.text, done.text, late.text) == (
        f"Đến hạn {course.fallen}", f"Hoàn thành {course.completed}", f"Quá hạn {course.late}",
    )  # fmt: skip
    assert course.late > 0
    assert due.y < late.y < done.y
    assert f"Chưa đến hạn {course.to_come}" in texts(sheet)
    assert [text for text in texts(sheet) if text.startswith("T")][1:] == [*(f"T{n}" for n in range(1, 13)), "T1"]
    assert "2021" in texts(sheet)


@pytest.mark.parametrize("month", range(1, 13))
def test_names_never_touch_and_never_leave_the_picture(office: Office, month: int) -> None:
    sheet = sheet_of(office, year_record(office, date(2020, month, 28)))
    ends = [words for words in sheet.words if words.halo and words.align == "left"]
    assert len(ends) in (2, 3)
    for above, below in pairwise(ends):
        assert below.y - above.y >= above.size
    assert all(words.x + width_of(words.text, words.size, bold=True) <= WIDTH - MARGIN + 1 for words in ends)
    assert all(sheet.ceiling <= words.y <= sheet.floor for words in ends)


def test_the_lines_differ_without_colour(office: Office) -> None:
    sheet = sheet_of(office, year_record(office, date(2020, 4, 20)))
    long = [line for line in sheet.lines if len(line.points) > 3]
    assert len({(line.width, line.dashes) for line in long}) == len(long) == 3
    assert sheet.areas
    assert all(area.hatch for area in sheet.areas)


def test_what_is_late_hangs_under_what_was_due(office: Office) -> None:
    sheet = sheet_of(office, sample())
    first, last = sheet.areas[0], sheet.areas[-1]
    assert {y for _, y in first.points} == {sheet.y(3), sheet.y(1)}
    assert {y for _, y in last.points} == {sheet.y(3), sheet.y(2)}


@pytest.mark.parametrize("rows", [(), (row(1, Box.SUSPENDED),)])
def test_without_anything_dated_it_says_so(office: Office, rows: tuple[()]) -> None:
    sheet = sheet_of(office, record_of(rows, date(2020, 4, 20)))
    assert "Chưa có việc nào có hạn" in texts(sheet)
    assert not sheet.areas


def test_the_picture_is_a_png_for_a_phone_and_always_the_same(office: Office) -> None:
    record = year_record(office, date(2020, 4, 20))
    png = progress_png(office, record)
    width, height = size_of(png)
    assert width == WIDTH
    assert height < 1.2 * WIDTH
    assert len(png) < 200_000
    assert progress_png(office, Record.model_validate_json(record.canonical)) == png
