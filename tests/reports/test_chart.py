"""The picture for the group: what each cell shows, and a PNG that Telegram takes and a phone can show."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest

from plan.status import EventKind
from reports.attachments.paint import paint
from reports.figures.boxes import Box
from reports.figures.record import Row
from reports.pictures.alt import matrix_alt
from reports.pictures.canvas import width_of
from reports.pictures.looks import LOOKS
from reports.pictures.matrix import MARKS, Column, Mark, Matrix, matrices, short_names
from reports.pictures.matrix_chart import LEAST_SCALE, Sheet, matrix_png
from reports.pictures.parts import MARGIN, WIDTH
from tests.reports.book import Book, at
from tests.reports.drawn import size_of, texts
from tests.reports.records import row, sample
from tests.reports.year_records import record_of
from words.office import Office

APRIL = at(2020, 4, 1, 8)


def matrix_of(book: Book, when: tuple[int, ...] = (2020, 4, 1, 8)) -> Matrix:
    (found,) = matrices(book.summary(at(*when)).lines, book.office)
    return found


def codes(tasks: Iterable[object]) -> list[str]:
    return [getattr(task, "code", "") for task in tasks]


def test_columns_are_the_tasks_of_many_and_the_others_stand_with_their_agency(book: Book) -> None:
    found = matrix_of(book)
    assert codes(found.shared) == ["1đ", "1e", "2b", "2h", "4c", "4đ", "8b", "bc"]
    assert codes(found.own["tuphap"]) == ["1c", "1d"]
    assert len(found.agencies) == 23
    assert "bantochuc" not in found.agencies
    everywhere = {*codes(found.shared), *codes(found.untimed), *(c for own in found.own.values() for c in codes(own))}
    assert everywhere == set(codes(book.office.plans[found.plan].all_tasks))


def test_every_obligation_with_a_date_has_its_cell_and_nothing_else_has(book: Book) -> None:
    found = matrix_of(book)
    owed = {(line.agency, line.task) for line in book.summary(APRIL).lines if line.due is not None}
    assert set(found.cells) == owed


def test_the_worst_of_a_task_is_shown(book: Book) -> None:
    book.record("1đ.1", "yte", at(2020, 3, 30, 9))
    book.record("1đ.1", "noivu", at(2020, 4, 6, 9))
    book.record("1c.1", "tuphap", at(2020, 3, 30, 9))
    april = matrix_of(book, (2020, 4, 7, 8))
    # The annual report due in December does not hide that the plan is done; the report that is late hides it.
    assert april.cells["yte", "1đ"] is Mark.DONE_IN_TIME
    assert april.cells["noivu", "1đ"] is Mark.DONE_LATE
    assert april.cells["tuphap", "1đ"] is Mark.OVERDUE
    assert april.cells["tuphap", "1c"] is Mark.OVERDUE
    assert april.cells["sondung", "4c"] is Mark.OPEN
    assert matrix_of(book, (2020, 12, 9, 8)).cells["yte", "1đ"] is Mark.NEAR
    assert matrix_of(book, (2020, 1, 2, 8)).cells["sondung", "bc"] is Mark.OPEN


def test_what_was_returned_has_a_sign_of_its_own_until_the_next_answer(book: Book) -> None:
    book.record("2b.1", "sondung", at(2020, 1, 30, 9))
    book.record("2b.1", "sondung", at(2020, 2, 3, 9), EventKind.RETURNED, note="thiếu dấu")
    assert matrix_of(book, (2020, 2, 10, 8)).cells["sondung", "2b"] is Mark.RETURNED
    book.record("2b.1", "sondung", at(2020, 2, 11, 9))
    assert matrix_of(book, (2020, 2, 12, 8)).cells["sondung", "2b"] is Mark.DONE_IN_TIME


def test_closed_history_is_neither_late_nor_somebody_elses(book: Book) -> None:
    book.record_all("2b.1", at(2020, 3, 2, 8), EventKind.CLOSED)
    found = matrix_of(book)
    assert found.cells["sondung", "2b"] is Mark.CLOSED
    assert "2b" in codes(found.shared)


@pytest.mark.parametrize("box", Box)
def test_nobody_who_owes_a_task_looks_like_nobody(office: Office, box: Box) -> None:
    """Each box shows its own mark beside a colleague's, is counted under its own name, and stands in the legend."""
    record = record_of([row(1, box), row(2, Box.OPEN, agency="sonlap", agency_name="UBND xã Sơn Lập")], APRIL.date())
    (found,) = matrices(record.rows, office)
    assert found.cells["sondung", "2b"] is MARKS[box]
    sheet = Sheet(office, {}, short_names(office, record), APRIL, (found,))
    drawn = Counter(cell.look for cell in sheet.cells)
    named = office.text(f"chart.{MARKS[box]}")
    assert drawn[LOOKS[MARKS[box]]] == 1 + 1 + (box is Box.OPEN)
    assert named in texts(sheet)
    assert f"{named.lower()} {Counter(found.cells.values())[MARKS[box]]}" in matrix_alt(office, record)
    assert drawn[None] == 1, "only the legend shows whom a task is no concern of"


def test_the_picture_is_a_png_for_a_phone(book: Book) -> None:
    book.record("2b.1", "sondung", at(2020, 1, 20, 8))
    png = paint(book.store, book.office, f"matrix@{APRIL.isoformat()}")
    width, height = size_of(png)
    assert width == 1080
    assert 1000 < height < 2 * width
    assert len(png) < 400_000
    book.record("2b.1", "sonlong", at(2020, 1, 20, 8))
    assert paint(book.store, book.office, f"matrix@{APRIL.isoformat()}") != png


def test_a_plan_with_very_many_columns_still_fits_what_telegram_takes(book: Book) -> None:
    (plan,) = book.office.plans.values()
    many = tuple(Column(f"{n}{c}", "2") for n in range(10, 22) for c in "abcdef")
    wide = replace(
        matrix_of(book),
        shared=many,
        own={},
        cells={(agency.id, each.code): Mark.OVERDUE for agency in plan.agencies for each in many},
        agencies=tuple(agency.id for agency in plan.agencies),
    )
    names = {agency.id: agency.short for agency in plan.agencies}
    sheet = Sheet(book.office, {}, names, APRIL, (wide,))
    assert sheet.height > 10_000
    assert (WIDTH + sheet.height) * sheet.scale <= 10_000
    assert sheet.height / WIDTH <= 20
    assert Sheet(book.office, {}, names, APRIL, (matrix_of(book),)).scale == 1


def test_a_record_and_a_summary_give_the_same_matrix(book: Book) -> None:
    book.record("2b.1", "sondung", at(2020, 1, 20, 8))
    lines = book.summary(APRIL).lines
    rows = [
        row(
            line.id,
            line.box,
            task=line.task,
            milestone=line.milestone,
            section=line.section,
            agency=line.agency,
            kind=line.kind,
            due=line.due,
        )
        for line in lines
    ]
    record = record_of(rows, APRIL.date())
    assert matrices(record.rows, book.office) == matrices(lines, book.office)
    assert size_of(matrix_png(book.office, record)) == (WIDTH, 1948)


def test_a_record_outlives_its_plan(book: Book) -> None:
    gone = row(1, Box.OVERDUE, plan="cchc-2019", task="9z", section="9", agency="cu", agency_name="Phòng cũ")
    (found,) = matrices([gone], book.office)
    assert (found.plan, found.agencies, codes(found.own["cu"])) == ("cchc-2019", ("cu",), ["9z"])
    assert short_names(book.office, record_of([gone], APRIL.date())) == {"cu": "Phòng cũ"}


def test_what_each_mark_means_is_read_to_its_end(book: Book) -> None:
    columns = tuple(Column(f"1{letter}", "1") for letter in "abcd")
    cells = {(f"a{place // 4}", columns[place % 4].code): mark for place, mark in enumerate(Mark)}
    agencies = tuple(dict.fromkeys(agency for agency, _ in cells))
    whole = Matrix("cchc-2020", agencies, columns, {}, (), cells)
    sheet = Sheet(book.office, {}, {each: each for each in agencies}, APRIL, (whole,))
    keys = [words for words in sheet.words if words.text.startswith(("Không thuộc", "Chờ quyết định", "Đã chuyển"))]
    assert len(keys) == 3
    assert all(each.x + width_of(each.text, each.size) <= WIDTH - MARGIN + 1 for each in keys)


@pytest.mark.parametrize("rows", [(), sample().rows[:1], sample().rows])
def test_few_rows_make_a_small_picture(book: Book, rows: tuple[Row, ...]) -> None:
    width, height = size_of(matrix_png(book.office, record_of(rows, APRIL.date())))
    assert width == WIDTH
    assert height < 800


@pytest.mark.parametrize(("tasks", "shown"), [(100, 24), (8, 260)])
def test_of_very_many_agencies_the_latest_are_shown_and_it_says_so(book: Book, tasks: int, shown: int) -> None:
    marks = (Mark.DONE_IN_TIME, Mark.OPEN, Mark.OVERDUE)
    columns = tuple(Column(f"{n // 10 + 1}{'abcdđeghik'[n % 10]}", "1") for n in range(tasks))
    agencies = tuple(f"a{n}" for n in range(300))
    cells = {(each, task.code): marks[n % 3] for n, each in enumerate(agencies) for task in columns}
    whole = Matrix("cchc-2020", agencies, columns, {}, (), cells)
    sheet = Sheet(book.office, {}, {each: each for each in agencies}, APRIL, (whole,))
    (drawn,) = sheet.found
    assert len(drawn.agencies) == shown
    assert f"Bảng hình chỉ vẽ {shown} trong 300 đơn vị" in " ".join(texts(sheet))
    late = {each for n, each in enumerate(agencies) if n % 3 == 2}
    assert late >= set(drawn.agencies) or late <= set(drawn.agencies)
    assert sheet.scale >= LEAST_SCALE
    assert (WIDTH + sheet.height) * sheet.scale <= 10_000
