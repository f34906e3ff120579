"""The weeks up to the first report over Telegram, Zalo and mail, with Telegram away; the half year is `--ways`."""

from datetime import date
from pathlib import Path

import pytest

from reports.figures.boxes import Box
from tests.year import accounted, count, reports, ways

# The day after Telegram is back, on which the first quarter is frozen.
LAST = date(2020, 3, 17)


@pytest.mark.long
def test_the_figures_are_those_of_one_channel_and_no_message_is_lost_or_said_twice(tmp_path: Path) -> None:
    with ways.begin(tmp_path) as year:
        year.play_all(LAST)
        assert list(accounted.Accounts(year).wrong()) == []
        assert count.differences(year) == []
        assert list(reports.wrong(year, (reports.FROZEN,), frozen="")) == []
        figures = count.figures(year)
        assert all(counted == known for counted, known in figures.values())
        assert all(figures[box][1] for box in (Box.DONE_IN_TIME, Box.DONE_LATE, Box.OPEN, Box.OVERDUE))
        # What was written in vain was asked for, sent again, and judged by when it was written first.
        assert year.sent_again >= 3
        assert year.judged >= 3
