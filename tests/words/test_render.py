"""Days, sizes and cut texts as people read them, at the very places where they change."""

from datetime import UTC, date, datetime

import pytest

from words import render


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2020, 1, 5), "05/01/2020"),
        (date(2020, 2, 29), "29/02/2020"),
        (date(2020, 3, 31), "31/3/2020"),
        (date(2020, 12, 4), "04/12/2020"),
    ],
)
def test_an_official_document_writes_a_zero_before_the_months_one_and_two(value: date, written: str) -> None:
    assert render.written_day(value) == written


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "1 KB"), (1600, "2 KB"), (1024 * 1024 - 1, "1024 KB"), (1024 * 1024, "1,0 MB"), (20_000_000, "19,1 MB")],
)
def test_a_size_turns_from_kilobytes_to_megabytes_at_one_megabyte(count: int, said: str) -> None:
    assert render.size(count) == said


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("một hai ba", 10, "một hai ba"),
        ("một hai ba", 9, "một hai…"),
        ("một  hai\nba", 10, "một hai ba"),
        ("một, hai", 6, "một…"),
        ("dàinhưthế", 5, "dàin…"),
    ],
)
def test_what_is_too_long_is_cut_at_a_word(text: str, limit: int, shown: str) -> None:
    assert render.clip(text, limit) == shown
    assert len(shown) <= limit


def test_weekdays_and_moments_are_the_offices() -> None:
    assert [render.english_weekday(date(2020, 1, 20 + n)) for n in (0, 6)] == ["Monday", "Sunday"]
    assert render.moment(datetime(2020, 1, 19, 18, 12, tzinfo=UTC)) == "01:12 ngày 20/01/2020"
