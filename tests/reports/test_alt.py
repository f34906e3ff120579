"""The pictures in words: the same figures as the pictures show, short enough for a caption."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from reports.figures.boxes import Box
from reports.pictures.agency_year import year_of
from reports.pictures.alt import agency_alt, matrix_alt, progress_alt
from reports.pictures.course import course_of
from reports.pictures.matrix import Mark, matrices
from tests.reports.conftest import DATA
from tests.reports.records import row, sample
from tests.reports.year_records import record_of, year_record
from words import catalogue
from words.office import Office

APRIL = date(2020, 4, 20)


def test_the_matrix_in_words_counts_its_cells(office: Office) -> None:
    record = year_record(office, APRIL)
    (found,) = matrices(record.rows, office)
    marks = Counter(found.cells.values())
    said = matrix_alt(office, record)
    assert "bảng đơn vị × nhiệm vụ (23 đơn vị)" in said
    assert f"quá hạn {marks[Mark.OVERDUE]}, chưa đến hạn {marks[Mark.OPEN]}" in said
    late = Counter(agency for (agency, _), mark in found.cells.items() if mark is Mark.OVERDUE)
    worst = max(late, key=lambda agency: late[agency])
    assert f"Nhiều ô quá hạn nhất: {office.agency_short(worst)} {late[worst]}" in said


def test_progress_in_words_has_the_figures_at_the_ends(office: Office) -> None:
    record = year_record(office, APRIL)
    course = course_of(office, record)
    said = progress_alt(office, record)
    assert f"đã đến hạn {course.fallen} việc, hoàn thành {course.fallen - course.late} " in said
    assert f"quá hạn {course.late}. " in said
    assert f"Chưa đến hạn {course.to_come} việc, hạn tiếp theo 30/06/2020 (2 việc)" in said
    assert progress_alt(office, sample()).endswith("chưa tính: 1 việc.")


def test_an_agencys_year_in_words_names_what_is_late(office: Office) -> None:
    record = year_record(office, APRIL)
    said = agency_alt(office, record, "noivu")
    year = year_of(office, record, "noivu")
    assert said.startswith("Phòng Nội vụ – CCHC 2020, đến 12:00 ngày 20/04/2020: 21 mốc thời hạn")
    for code, stop in year.stops:
        assert (f"{code} (hạn {stop.due:%d/%m/%Y})" in said) == (stop.box is Box.OVERDUE)
    assert f"chưa có hạn: {len(year.loose)} việc" in said


def test_what_was_returned_is_named_with_its_days_and_not_as_late(office: Office) -> None:
    said = agency_alt(office, record_of([row(1, Box.RETURNED, returned_days=3)], APRIL), "sondung")
    assert "Được trả lại để bổ sung: 2b (hạn 30/01/2020, đã 3 ngày làm việc)" in said
    assert "uá hạn" not in said


def test_another_language_says_the_same_figures(office: Office) -> None:
    record, english = sample(), replace(office, text=catalogue.load(DATA / "texts_en.toml"))
    assert "3 have fallen due, 2 of them done (rate 67 %), 1 overdue" in progress_alt(english, record)
    assert "Due soon: 1đ (due 31/03/2020)" in agency_alt(english, record, "tuphap")


@pytest.mark.parametrize("rows", [(), (row(1, Box.ONGOING, due=None, last=None),)])
def test_nothing_is_said_to_be_nothing(office: Office, rows: tuple[()]) -> None:
    record = record_of(rows, APRIL)
    assert matrix_alt(office, record).endswith("chưa có việc nào có hạn.")
    assert progress_alt(office, record).endswith("chưa có việc nào có hạn.")
    assert ("chưa có hạn 1 việc" if rows else "chưa có việc nào trong kế hoạch") in agency_alt(
        office, record, "sondung"
    )


def test_no_caption_is_longer_than_the_platform_takes(office: Office) -> None:
    day = date(2020, 1, 6)
    rows = [
        row(
            n,
            (Box.OVERDUE, Box.NEAR)[n % 2],
            code=f"10a.{n}",
            milestone=f"10a.{n}",
            due=day + timedelta(days=n),
            agency_name="Trung tâm Văn hóa – Thể thao – Truyền thông " * 12,
        )
        for n in range(100)
    ]
    assert len(agency_alt(office, record_of(rows, APRIL), "sondung")) <= 1024
    short = [each.model_copy(update={"agency_name": "UBND xã Sơn Dung"}) for each in rows]
    assert "và 42 việc khác" in agency_alt(office, record_of(short, APRIL), "sondung")
