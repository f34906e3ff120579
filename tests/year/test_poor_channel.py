"""The first weeks of the played year with half of the people of each agency on the poorest channel there can be."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from plan.people import Role
from reports.figures.boxes import Box
from sandbox.phone import Phone
from sandbox.world import World
from tests.channels.poor import MOST, Poor, linked
from tests.year import count, play
from tests.year.calendar import FIRST
from tests.year.cast import Player, everybody

# By then each of the four boxes has something in it.
LAST = date(2020, 2, 14)


def on_the_poor_one() -> list[Player]:
    """Every second person of each agency, every second of those alone; the admins are where the group is."""
    by_agency: dict[str, list[Player]] = defaultdict(list)
    for player in everybody():
        if player.role is not Role.ADMIN:
            by_agency[player.agency].append(player)
    return [
        player
        for number, players in enumerate(by_agency.values())
        for place, player in enumerate(players)
        if (number + place) % 2
    ]


@pytest.mark.long
def test_the_figures_are_the_same_as_where_everybody_has_buttons(tmp_path: Path) -> None:
    poor = Poor()
    with World(tmp_path, play.morning(FIRST), beside=(poor,)) as world:
        year = play.Year(world)
        for player in on_the_poor_one():
            phone = linked(world, poor, player.name, player.agency, player.role)
            year.phones[player.name] = cast(Phone, phone)
        year.begin()
        year.play(LAST)
        assert poor.faults == []
        assert count.differences(year) == []
        figures = count.figures(year)
        assert all(counted == known for counted, known in figures.values())
        assert all(figures[box][1] for box in (Box.DONE_IN_TIME, Box.DONE_LATE, Box.OPEN, Box.OVERDUE))
    texts = [text for got in poor.received.values() for text in got]
    assert len(texts) > 200
    assert max(map(len, texts)) <= MOST
