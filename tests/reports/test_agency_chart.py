"""One agency's year: what it owes in strips, where each sign stands, and what gives way when there is too much."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plan.model import Kind
from reports.figures.boxes import Box
from reports.figures.record import Record, Row
from reports.pictures.agency_chart import DASHES, LATE, AgencySheet, agency_png
from reports.pictures.agency_year import year_of
from reports.pictures.canvas import width_of
from reports.pictures.looks import LOOKS, look_of
from reports.pictures.matrix import Mark
from reports.pictures.parts import MARGIN, WIDTH, Cell
from tests.reports.drawn import find, size_of, texts
from tests.reports.records import row, sample
from tests.reports.year_records import record_of, year_record
from words.office import Office

MARCH = date(2020, 3, 14)


def sheet_of(office: Office, record: Record, agency: str = "sondung") -> AgencySheet:
    return AgencySheet(office, record, year_of(office, record, agency))


def signs(sheet: AgencySheet) -> list[Cell]:
    """The signs of the strips, without the legend's."""
    return [cell for cell in sheet.cells if cell.y > find_axis(sheet)]


def find_axis(sheet: AgencySheet) -> float:
    return min(words.y for words in sheet.words if words.text == "T1")


def middle(cell: Cell) -> float:
    return cell.x + cell.width / 2


def test_everything_the_agency_owes_is_there_by_its_day(office: Office) -> None:
    year = year_of(office, sample(), "tuphap")
    assert [strip.code for strip in year.strips] == ["2b", "1đ", "8b", "1c.2"]
    assert [each.code for each in year.loose] == ["1a"]
    owed = {row.id for row in sample().rows if row.agency == "tuphap"}
    assert len(year.stops) + len(year.loose) == len(owed)


def test_a_periodic_work_is_one_strip_with_a_mark_for_each_time(office: Office) -> None:
    record = year_record(office, date(2020, 7, 1))
    year = year_of(office, record, "sondung")
    (report,) = (strip for strip in year.strips if strip.code == "bc")
    assert [stop.due.month for stop in report.stops] == [3, 6, 9, 12]
    done = sum(1 for stop in report.stops if stop.done)
    assert f"xong {done}/4 kỳ" in texts(sheet_of(office, record))


@pytest.mark.parametrize(
    ("box", "day"),
    [
        (Box.DONE_IN_TIME, date(2020, 1, 20)),
        (Box.DONE_LATE, date(2020, 2, 20)),
        (Box.OVERDUE, MARCH),
        (Box.NEAR, date(2020, 1, 30)),
        (Box.OPEN, date(2020, 1, 30)),
        (Box.WAITING, date(2020, 1, 29)),
        (Box.FLAGGED, date(2020, 1, 30)),
        (Box.SUSPENDED, date(2020, 1, 30)),
    ],
)
def test_the_sign_stands_where_the_answer_came_or_is_missing(office: Office, box: Box, day: date) -> None:
    done = None if day in (MARCH, date(2020, 1, 30)) else datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    sheet = sheet_of(office, record_of([row(1, box, done_at=done)], MARCH))
    (sign,) = signs(sheet)
    assert sign.look == look_of(box)
    month = sheet.axis.x(date(2020, 2, 1)) - sheet.axis.x(date(2020, 1, 1))
    assert middle(sign) == pytest.approx(sheet.axis.x(day, 0.5), abs=month / 31)
    assert bool(sheet.areas) == (box in (Box.DONE_LATE, Box.OVERDUE))


def test_lateness_is_a_bar_as_long_as_it_took(office: Office) -> None:
    def length(answered: date) -> float:
        done = datetime(answered.year, answered.month, answered.day, 5, tzinfo=UTC)
        sheet = sheet_of(office, record_of([row(1, Box.DONE_LATE, done_at=done)], MARCH))
        (bar,) = sheet.areas
        across, down = [x for x, _ in bar.points], [y for _, y in bar.points]
        assert max(down) - min(down) == LATE
        return max(across) - min(across)

    ten, twenty = length(date(2020, 2, 9)), length(date(2020, 2, 19))
    assert twenty - ten == pytest.approx(10 * (WIDTH - 2 * MARGIN) / 366)


def test_an_extension_shows_both_days(office: Office) -> None:
    moved = row(1, Box.OPEN, due=date(2020, 4, 30), last=date(2020, 4, 30))
    sheet = sheet_of(office, record_of([moved], MARCH))
    assert "hạn 30/01 → 30/04" in texts(sheet)
    assert "Hạn cũ và hạn gia hạn" in texts(sheet)
    former = [line.points[0][0] for line in sheet.lines if line.dashes == DASHES]
    assert sheet.axis.x(date(2020, 1, 30), 1) in former
    plain = sheet_of(office, record_of([row(1, Box.OPEN)], MARCH))
    assert not [line for line in plain.lines if line.dashes == DASHES]


def test_what_was_returned_says_since_when_and_has_no_bar_of_lateness(office: Office) -> None:
    sheet = sheet_of(office, record_of([row(1, Box.RETURNED, returned_days=3)], MARCH))
    assert "đã trả lại 3 ngày làm việc" in texts(sheet)
    assert [cell.look for cell in signs(sheet)] == [LOOKS[Mark.RETURNED]]
    assert sheet.areas == []
    # A record that was frozen before has no number of days.
    assert "hạn 30/01" in texts(sheet_of(office, record_of([row(1, Box.RETURNED)], MARCH)))


def test_the_legend_shows_only_what_is_seen(office: Office) -> None:
    sheet = sheet_of(office, sample(), "tuphap")
    legend = {cell.look for cell in sheet.cells if cell.y < find_axis(sheet)}
    assert legend == {LOOKS[Mark.NEAR], LOOKS[Mark.OPEN], LOOKS[Mark.WAITING], LOOKS[Mark.SUSPENDED]}
    assert {cell.look for cell in signs(sheet)} == legend


def test_titles_are_cut_before_they_touch_the_deadline(office: Office) -> None:
    long = row(1, Box.OPEN, title="Nghiêncứukhôngkhoảngtrắng" * 9, agency_name="Trung tâm Văn hóa – Thể thao " * 4)
    sheet = sheet_of(office, record_of([long], MARCH))
    title, told = find(sheet, "Nghiên"), find(sheet, "hạn 30/01")
    assert title.x + width_of(title.text, title.size) < told.x - width_of(told.text, told.size)
    assert all(words.x + width_of(words.text, words.size) <= WIDTH for words in sheet.words if words.align == "left")


def many(count: int) -> list[Row]:
    boxes = (Box.DONE_IN_TIME, Box.OPEN, Box.OVERDUE, Box.WAITING)
    return [
        row(
            n,
            boxes[n % 4],
            code=f"{n}a",
            milestone=f"{n}a.1",
            due=date(2020, 1, 5) + timedelta(days=3 * n),
            last=date(2020, 1, 5) + timedelta(days=3 * n),
            done_at=datetime(2020, 1, 5, tzinfo=UTC) if boxes[n % 4] is Box.DONE_IN_TIME else None,
        )
        for n in range(count)
    ]


def test_of_a_hundred_works_the_urgent_ones_are_drawn_and_the_others_named(office: Office) -> None:
    sheet = sheet_of(office, record_of(many(100), date(2020, 12, 31)))
    drawn = [words.text.strip() for words in sheet.words if words.bold and words.text.endswith("a ")]
    named = " ".join(texts(sheet)).partition("Không vẽ hết, còn: ")[2].split(", ")
    assert sorted([*drawn, *named]) == sorted(f"{n}a" for n in range(100))
    assert all(f"{n}a" in drawn for n in range(2, 100, 4))
    assert 5000 < sheet.height < 5600
    assert sheet.scale == 1


def test_very_many_works_without_a_date_are_named_by_code(office: Office) -> None:
    loose = [row(n, Box.ONGOING, kind=Kind.ONGOING, code=f"{n}b", milestone=f"{n}b.1", due=None) for n in range(60)]
    sheet = sheet_of(office, record_of(loose, MARCH))
    assert all(f"{n}b" in " ".join(texts(sheet)) for n in range(60))
    assert sheet.height < 2000


@pytest.mark.parametrize("rows", [(), (row(1, Box.OPEN, agency="tuphap"),)])
def test_an_agency_that_owes_nothing(office: Office, rows: tuple[Row, ...]) -> None:
    sheet = sheet_of(office, record_of(rows, MARCH), "bantochuc")
    assert texts(sheet)[0] == "Ban Tổ chức Huyện ủy"
    assert "Đơn vị chưa có việc nào trong kế hoạch." in texts(sheet)
    assert not sheet.cells


def test_the_picture_is_a_png_for_a_phone_and_always_the_same(office: Office) -> None:
    record = year_record(office, date(2020, 4, 20))
    png = agency_png(office, record, "noivu")
    width, height = size_of(png)
    assert width == WIDTH
    assert WIDTH < height < 3200
    assert len(png) < 700_000
    assert agency_png(office, Record.model_validate_json(record.canonical), "noivu") == png
