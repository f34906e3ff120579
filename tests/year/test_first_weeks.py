"""The first five weeks of the played year, by `make test-long`; the whole year is `make year`."""

from datetime import date
from pathlib import Path

import pytest

from reports.figures.boxes import Box
from tests.year import count, play


@pytest.mark.long
def test_the_service_counts_what_the_script_knows_to_be_true(tmp_path: Path) -> None:
    with play.begin(tmp_path) as world:
        year = play.Year(world)
        year.begin()
        year.play(date(2020, 2, 4))
        assert count.differences(year) == []
        figures = count.figures(year)
        assert all(counted == known for counted, known in figures.values())
        # Each of the four boxes that can be reached by then has something in it.
        assert all(figures[box][1] for box in (Box.DONE_IN_TIME, Box.DONE_LATE, Box.OPEN, Box.OVERDUE))
