"""The grammar of printed times over a table of phrases: what is certain is read, what is not is asked about."""

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.due import read_times
from plan.times.rules import Recurrence, Trigger
from plan.times.values import Choice, Doubt, Time, Why

TABLES = Path(__file__).parent / "times"
SIGNED, YEAR = date(2026, 1, 10), 2026


def rows(name: str) -> list[tuple[str, str]]:
    return list(_rows(name))


def _rows(name: str) -> Iterator[tuple[str, str]]:
    for line in (TABLES / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            phrase, _, expected = line.partition("\t")
            yield phrase, expected


def said(times: tuple[Time, ...]) -> str:
    return " + ".join(_said(time) for time in times)


def _said(time: Time) -> str:
    start = f" from {time.start}" if time.start else ""
    if time.due:
        return f"{time.due}{start}"
    rule = time.rule
    if isinstance(rule, Trigger):
        offset = f" {rule.offset} {rule.unit}" if rule.offset is not None else ""
        since = f" since {rule.since}" if rule.since else ""
        return f"event{offset}{since}{' each' if rule.each else ''}"
    if isinstance(rule, Recurrence):
        months = ",".join(map(str, rule.months))
        day = f"{months}/{rule.day}" if months and rule.day else months or (str(rule.day) if rule.day else "")
        words = [str(rule.every), rule.weekday or "", day, "before" if rule.before else ""]
        words += ["following" if rule.following else "", f"x{rule.interval}" if rule.interval > 1 else ""]
        return " ".join(word for word in words if word) + start
    return (f"per {time.every}" if time.every else str(time.kind)) + start


def asked(doubt: Doubt) -> str:
    return f"{doubt.why}: " + " | ".join(said(choice.times) for choice in doubt.choices)


@pytest.mark.parametrize(("phrase", "expected"), rows("certain.tsv"))
def test_what_is_certain_is_read(phrase: str, expected: str) -> None:
    for printed in (phrase, unicodedata.normalize("NFD", phrase)):
        found = read_times(printed, SIGNED, YEAR)
        assert (said(found.times), found.doubt) == (expected, None)


def test_a_table_is_large_enough_to_mean_something() -> None:
    assert len([*rows("certain.tsv"), *rows("doubted.tsv"), *rows("unread.tsv"), *rows("signed.tsv")]) >= 250


@pytest.mark.parametrize(("phrase", "expected"), rows("doubted.tsv"))
def test_what_is_not_certain_is_asked_about(phrase: str, expected: str) -> None:
    found = read_times(phrase, SIGNED, YEAR)
    assert found.times == ()
    assert found.doubt is not None
    # Where only the kind of question stands in the table, its answers are left open.
    assert asked(found.doubt)[: None if ": " in expected else len(expected)] == expected
    assert 2 <= len(found.doubt.choices) <= 3


@pytest.mark.parametrize(("phrase", "_expected"), rows("unread.tsv"))
def test_words_without_a_time_are_a_question(phrase: str, _expected: str) -> None:
    found = read_times(phrase, SIGNED, YEAR)
    assert (found.times, found.doubt and found.doubt.why) == ((), Why.UNREAD)


@pytest.mark.parametrize(("phrase", "rest"), rows("signed.tsv"))
def test_a_missing_year_is_the_plans_unless_it_could_be_another(phrase: str, rest: str) -> None:
    signed, year, expected = rest.split("\t")
    found = read_times(phrase, date.fromisoformat(signed), None if year == "-" else int(year))
    assert (asked(found.doubt) if found.doubt else said(found.times)) == expected


def test_whether_before_is_the_eve_is_asked_once_a_plan() -> None:
    for printed in ("trước ngày 31/01/2026", "trước 31/01"):
        assert said(read_times(printed, SIGNED, YEAR).times) == "2026-01-30"
        assert said(read_times(printed, SIGNED, YEAR, before_means_the_day=True).times) == "2026-01-31"
    # Before a month there is no other last day.
    assert said(read_times("trước tháng 6/2026", SIGNED, YEAR, before_means_the_day=True).times) == "2026-05-31"


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("Thời gian hoàn thành (tháng)", "6", "2026-06-30"),
        ("Thời gian thực hiện (Quý)", "II", "2026-06-30"),
        ("Quý", "2", "2026-06-30"),
        ("Thời gian hoàn thành năm 2027", "Quý II", "2027-06-30"),
        ("Năm", "2026", "2026-12-31"),
        ("Hoàn thành trước ngày", "30/6/2026", "2026-06-29"),
        ("Hoàn thành trước ngày", "trước 30/6/2026", "2026-06-29"),
        ("Thời gian (tháng)", "Quý III", "2026-09-30"),
        ("Thời gian hoàn thành", "6/2026", "2026-06-30"),
        ("Thời gian 2026-2027", "30/6", "2026-06-30"),
    ],
)
def test_the_head_of_a_column_gives_its_cells_unit_and_year(head: str, cell: str, expected: str) -> None:
    found = read_times(cell, SIGNED, None if "2027" in head else YEAR, head=head)
    assert (said(found.times), found.doubt) == (expected, None)


def test_each_milestone_of_a_cell_keeps_its_own_words() -> None:
    found = read_times("Kế hoạch ban hành trước 15/02/2026;\nbáo cáo  trước 01/12/2026", SIGNED, YEAR)
    assert [time.words for time in found.times] == [
        "Kế hoạch ban hành trước 15/02/2026",
        "báo cáo trước 01/12/2026",
    ]
    assert read_times("  Quý  I ,", SIGNED, YEAR).times[0].words == "Quý I ,"


DAYS = st.dates(date(2026, 1, 12), date(2031, 12, 30))
SHAPES = (
    "{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "ngày {d} tháng {m} năm {y}",
    "ngày {d:02}/{m}/{y}",
    "chậm nhất ngày {d}/{m}/{y}", "đến hết ngày {d}/{m}/{y}", "hoàn thành việc rà soát, xong ngày {d}/{m}/{y}",
    "từ ngày 11/01/2026 đến ngày {d}/{m}/{y}", "{d} / {m} / {y}", "Ngày{d}/{m}/{y}", "trước 17 giờ ngày {d}/{m}/{y}",
)  # fmt: skip


FORMS: st.SearchStrategy[Literal["NFC", "NFD"]] = st.sampled_from(["NFC", "NFD"])
ITS_OWN_WORD = ("giờ", "từ", "chậm", "đến")


@given(DAYS, st.sampled_from(SHAPES), FORMS)
def test_every_day_in_every_shape_is_read_back(day: date, shape: str, form: Literal["NFC", "NFD"]) -> None:
    def due(words: str) -> list[date | None]:
        found = read_times(unicodedata.normalize(form, words), SIGNED, YEAR)
        assert found.doubt is None
        return [time.due for time in found.times]

    printed = shape.format(d=day.day, m=day.month, y=day.year)
    assert due(printed) == [day]
    if not any(word in shape for word in ITS_OWN_WORD):
        before = printed.replace("ngày", "trước ngày") if "ngày" in printed else f"trước {printed}"
        assert due(before) == [day - timedelta(days=1)]


@given(st.integers(1, 12), st.integers(2026, 2031), st.sampled_from(["tháng {m}/{y}", "tháng {m} năm {y}", "{m}/{y}"]))
def test_every_month_ends_on_its_last_day(month: int, year: int, shape: str) -> None:
    found = read_times(shape.format(m=month, y=year), SIGNED, YEAR)
    following = date(year + month // 12, month % 12 + 1, 1)
    assert ([time.due for time in found.times], found.doubt) == ([following - timedelta(days=1)], None)


WORDS = sorted({word for name in ("certain.tsv", "doubted.tsv") for phrase, _ in rows(name) for word in phrase.split()})


def holds(choice: Choice | tuple[Time, ...], signed: date) -> bool:
    times = choice.times if isinstance(choice, Choice) else choice
    return all(time.due is None or (signed <= time.due and time.due.year <= signed.year + 6) for time in times)


@settings(max_examples=300)
@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)),
    st.dates(date(2005, 1, 1), date(2035, 12, 31)),
    st.one_of(st.none(), st.integers(2005, 2040)),
)
def test_any_text_is_read_without_an_absurd_date(printed: str, signed: date, year: int | None) -> None:
    found = read_times(printed, signed, year)
    assert found.times or found.doubt
    assert holds(found.times, signed)
    assert found.doubt is None or all(holds(choice, signed) for choice in found.doubt.choices)
    assert (not found.times) or all(time.words for time in found.times)


def test_words_that_are_too_long_to_be_a_time_are_asked_about_whole() -> None:
    found = read_times("Quý I/2026. " + "báo cáo " * 400, SIGNED, YEAR)
    assert (found.times, found.doubt and found.doubt.why) == ((), Why.UNREAD)
