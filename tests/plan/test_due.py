"""Printed words become dates, or an error that says why not."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.due import Reading, occurrences, period_window, question_days, read, read_every
from plan.errors import WordsUnreadable
from plan.model import Kind, Plan
from plan.workdays import Calendar

SIGNED = date(2019, 12, 31)


@pytest.mark.parametrize(
    ("printed", "due"),
    [
        ("trước ngày 31/01/2020", "2020-01-30"),
        ("Trước 31-1-2020", "2020-01-30"),
        ("chậm nhất ngày 31/01/2020", "2020-01-31"),
        ("trước ngày 15 tháng 6 năm 2020", "2020-06-14"),
        ("Quý I năm 2020 ban hành Kế hoạch", "2020-03-31"),
        ("quí II/2020", "2020-06-30"),
        ("QUÝ III NĂM 2020", "2020-09-30"),
        ("Quý 4 năm 2020", "2020-12-31"),
        ("Quý IV năm 2020", "2020-12-31"),
        ("trước quý II năm 2020", "2020-03-31"),
        ("Tháng 12 năm 2020", "2020-12-31"),
        ("Tháng 01/2021;", "2021-01-31"),
        ("tháng 2 năm 2020", "2020-02-29"),
        ("6 tháng đầu năm 2020", "2020-06-30"),
        ("trong năm 2020", "2020-12-31"),
        ("Năm 2020", "2020-12-31"),
        ("Trong năm 2020, trước ngày 30/6/2020", "2020-06-29"),
        ("Theo Kế hoạch số 12/KH-UBND ngày 05/02/2020, Quý III năm 2020", "2020-09-30"),
    ],
)
def test_dates(printed: str, due: str) -> None:
    expected = Reading(Kind.DATED, date.fromisoformat(due))
    assert read(printed, SIGNED) == expected
    assert read(unicodedata.normalize("NFD", printed), SIGNED) == expected


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("Thường xuyên", Kind.ONGOING),
        ("Thường xuyên trong năm 2020", Kind.ONGOING),
        ("Thường xuyên trong năm và theo kế hoạch đề ra", Kind.ONGOING),
        ("định kỳ theo quy định, báo cáo kết quả thực hiện", Kind.PERIODIC),
        ("báo cáo kết quả thực hiện theo định kỳ", Kind.PERIODIC),
        ("hàng quý, trước ngày 10 của tháng cuối quý", Kind.PERIODIC),
        ("báo cáo kết quả sau mỗi đợt kiểm tra về UBND huyện", Kind.EVENT),
        ("Đúng tiến độ đã được cấp có thẩm quyền giao", Kind.UNDATED),
        ("Theo Kế hoạch kiểm tra của UBND huyện", Kind.UNDATED),
        ("kịp thời theo quy định", Kind.UNDATED),
        ("Quý III năm 2019", Kind.UNDATED),
        ("trước ngày 31/12/2019", Kind.UNDATED),
    ],
)
def test_words_without_a_date(printed: str, kind: Kind) -> None:
    assert read(printed, SIGNED) == Reading(kind)
    assert read(unicodedata.normalize("NFD", printed), SIGNED) == Reading(kind)


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("", "no time"),
        ("sớm nhất có thể", "no time"),
        ("ngày 31/02/2020", "does not exist"),
        ("trước ngày 01/01/0001", "does not exist"),
        ("Tháng 13 năm 2020", "does not exist"),
        ("Quý I", "without its year"),
        ("trước ngày 15/6", "without its year"),
        ("Quý I và Quý III năm 2020", "several"),
        ("Quý V năm 2020", "without its year"),
        ("Quý I năm 2020 và Quý III năm 2020", "several"),
        ("Quý I năm 2020 ban hành; định kỳ báo cáo", "several"),
        ("Thường xuyên; báo cáo định kỳ", "several"),
    ],
)
def test_unreadable_words_say_why_and_what_to_do(printed: str, why: str) -> None:
    with pytest.raises(WordsUnreadable, match=why) as caught:
        read(printed, SIGNED)
    assert caught.value.printed == printed
    assert caught.value.do


@pytest.mark.parametrize(("quarter", "due"), [(1, "03-31"), (2, "06-30"), (3, "09-30"), (4, "12-31")])
def test_a_quarter_is_named_by_a_digit_or_a_roman_number(quarter: int, due: str) -> None:
    for name in (str(quarter), ("I", "II", "III", "IV")[quarter - 1]):
        assert read(f"Quý {name} năm 2020", SIGNED).due == date.fromisoformat(f"2020-{due}")


@pytest.mark.parametrize("letter", "ĐđÐðƉɖ")
def test_what_only_looks_like_d_with_stroke_is_read_as_it(letter: str) -> None:
    assert read(f"{letter}ịnh kỳ hàng năm", SIGNED).kind is Kind.PERIODIC
    assert read(f"6 tháng {letter}ầu năm 2020", SIGNED).due == date(2020, 6, 30)


@given(st.dates(date(2020, 1, 2), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    for printed in (f"{day:%d/%m/%Y}", f"ngày {day.day}/{day.month}/{day.year}", f"{day:ngày %d tháng %m năm %Y}"):
        assert read(printed, SIGNED).due == day
        assert read(f"trước {printed}", SIGNED).due == day - timedelta(days=1)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(printed: str) -> None:
    try:
        reading = read(printed, SIGNED)
    except WordsUnreadable:
        return
    assert (reading.due is not None) == (reading.kind is Kind.DATED)


@pytest.mark.parametrize(
    ("printed", "every"),
    [
        ("định kỳ hàng năm, báo cáo kết quả", "year"),
        ("định kỳ hằng năm", "year"),
        ("Định kỳ hàng quý, sáu tháng và hàng năm", "period"),
        ("báo cáo kết quả thực hiện theo định kỳ", "period"),
    ],
)
def test_how_often(printed: str, every: str) -> None:
    assert read_every(printed) == every


def due_days(plan: Plan, calendar: Calendar, milestone: str) -> list[tuple[str, str]]:
    found = occurrences(plan, plan.milestone(milestone)[1], calendar)
    return [(one.key, one.due.isoformat() if one.due else "") for one in found]


def test_reports_fall_due_on_the_working_day_on_or_before_the_tenth(plan: Plan, calendar: Calendar) -> None:
    expected = ["2020-03-10", "2020-06-10", "2020-09-10", "2020-12-10"]
    assert due_days(plan, calendar, "bc.1") == list(
        zip(["2020-Q1", "2020-H1", "2020-Q3", "2020-Y"], expected, strict=True)
    )
    assert due_days(plan, calendar, "2a.2") == [("2020-Y", "2020-12-10")]


def test_the_compilation_falls_due_on_the_first_working_day_after_the_window(plan: Plan, calendar: Calendar) -> None:
    # What is compiled are the figures of the window's end. 14/3 is a Saturday, 14/6 a Sunday.
    assert [due for _, due in due_days(plan, calendar, "th.1")] == [
        "2020-03-16",
        "2020-06-15",
        "2020-09-15",
        "2020-12-15",
    ]


def test_what_has_no_date_is_owed_once_without_one(plan: Plan, calendar: Calendar) -> None:
    for milestone in ("1a.1", "2f.1", "2g.2", "kh.1"):
        assert due_days(plan, calendar, milestone) == [("", "")]


def test_a_date_set_by_an_admin_is_the_deadline(plan: Plan, calendar: Calendar) -> None:
    undated = plan.milestone("2f.1")[1]
    confirmed = undated.model_copy(update={"due_override": date(2020, 9, 30), "due_basis": "Công văn 12/UBND"})
    assert [one.due for one in occurrences(plan, confirmed, calendar)] == [date(2020, 9, 30)]


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("2020-Q1", "2019-12-15", "2020-03-14"),
        ("2020-H1", "2019-12-15", "2020-06-14"),
        ("2020-Q3", "2020-06-15", "2020-09-14"),
        ("2020-Y", "2019-12-15", "2020-12-14"),
    ],
)
def test_reporting_periods_run_from_the_15th_to_the_14th(key: str, first: str, last: str) -> None:
    assert period_window(key) == (date.fromisoformat(first), date.fromisoformat(last))


def test_an_unknown_period_is_an_error() -> None:
    with pytest.raises(ValueError, match="Q2"):
        period_window("2020-Q2")


def test_ongoing_work_is_asked_about_on_the_first_working_day_of_a_reporting_month(
    plan: Plan, calendar: Calendar
) -> None:
    assert [day.isoformat() for day in question_days(plan, calendar)] == [
        "2020-03-02",
        "2020-06-01",
        "2020-09-01",
        "2020-12-01",
    ]
