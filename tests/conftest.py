"""The world that journeys are told in."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sandbox.world import World

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MakeWorld = Callable[..., World]


@pytest.fixture
def make_world(tmp_path: Path) -> Iterator[MakeWorld]:
    """Makes worlds that end with the test."""
    made: list[World] = []

    def make(*when: int, **settings: object) -> World:
        moment = datetime(*when, tzinfo=HANOI)  # type: ignore[misc, arg-type]
        folder = tmp_path / str(len(made))
        folder.mkdir()
        world = World(folder, moment, **settings)
        world.__enter__()
        made.append(world)
        return world

    yield make
    for world in made:
        world.__exit__(None, None, None)


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """The service on the morning of 2 January 2020, before the first reminder."""
    return make_world(2020, 1, 2, 7, 0)
