"""The first weeks over Telegram, Zalo and mail, with Telegram away in one of them; the half year is `--ways`."""

from datetime import date
from pathlib import Path

import pytest

from reports.figures.boxes import Box
from tests.year import accounted, count, ways

AWAY, LAST = (date(2020, 1, 13), date(2020, 1, 17)), date(2020, 1, 30)


@pytest.mark.long
def test_the_figures_are_those_of_one_channel_and_no_message_is_lost_or_said_twice(tmp_path: Path) -> None:
    with ways.begin(tmp_path, AWAY) as year:
        year.play_all(LAST)
        assert list(accounted.Accounts(year).wrong()) == []
        assert count.differences(year) == []
        figures = count.figures(year)
        assert all(counted == known for counted, known in figures.values())
        assert all(figures[box][1] for box in (Box.DONE_IN_TIME, Box.OPEN))
