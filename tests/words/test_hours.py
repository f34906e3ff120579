"""The hours that somebody chooses, as they are said and kept."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words import hours


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("8h-17h", (time(8), time(17))),
        ("8h - 17h30", (time(8), time(17, 30))),
        ("từ 7:15 đến 20 giờ", (time(7, 15), time(20))),
        ("7.30–21", (time(7, 30), time(21))),
        ("0h-24h", (time(0), time(23, 59))),
        ("17h-8h", None),
        ("8h-9h", None),
        ("25h-30h", None),
        ("8h60-12h", None),
        ("sáng", None),
        ("", None),
        ("8h", None),
    ],
)
def test_hours_as_people_say_them(said: str, found: hours.Hours | None) -> None:
    assert hours.read(said) == found


@given(st.times(max_value=time(20)), st.text(max_size=20))
def test_what_is_kept_is_read_again_and_nothing_is_an_error(first: time, words: str) -> None:
    chosen = (first.replace(second=0, microsecond=0), time(23, 0))
    assert hours.of_kept(hours.kept(chosen)) == chosen
    assert hours.of_kept(None) is None
    hours.read(words)
