"""A COMMIT that was cut while an update was kept or handled: it has its effect once, whatever became of it."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from sandbox.world import World
from store.engine import InDoubtError, Store
from store.tables import Inbox, ObligationEvent
from tests import postgresql
from tests.databases import Databases, of_kind


@pytest.fixture
def databases() -> Iterator[Databases]:
    """Nothing can cut a connection to a file."""
    yield from of_kind("postgresql")


def recorded(world: World) -> int:
    """How often the progress that was told is in the history."""
    with world.service.store.look() as session:
        return len(session.exec(select(ObligationEvent).where(ObligationEvent.note == "40% – đang làm")).all())


@pytest.mark.parametrize("arrives", [False, True])
def test_an_update_whose_keeping_is_in_doubt_is_kept_once(world: World, arrives: bool) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.say(lan.user, lan.chat, "/tiendo 1a 40 đang làm")
    whole = world.receiver.store
    with postgresql.cut_at_commit(whole.url, arrives=arrives) as fragile:
        world.receiver.store = Store(fragile)
        with pytest.raises(InDoubtError):
            world.run(world.receiver.poll(0))
        world.run(world.receiver.poll(0))
        world.receiver.store.close()
    world.receiver.store = whole
    with whole.look() as session:
        assert [row.raw.count("/tiendo") for row in session.exec(select(Inbox))].count(1) == 1
    world.settle()
    lan.expects("40% – đang làm").is_silent()
    assert recorded(world) == 1


@pytest.mark.parametrize("arrives", [False, True])
def test_an_update_whose_handling_is_in_doubt_is_handled_once(world: World, arrives: bool) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.say(lan.user, lan.chat, "/tiendo 1a 40 đang làm")
    world.run(world.receiver.poll(0))
    whole = world.receiver.store
    with postgresql.cut_at_commit(whole.url, arrives=arrives) as fragile:
        world.receiver.store = Store(fragile)
        world.run(world.receiver.step())
        world.receiver.store.close()
    world.receiver.store = whole
    assert recorded(world) == arrives
    world.settle()
    if not arrives:
        # What became of it was looked up: nothing, so its sender hears that it will be handled again.
        lan.expects("hệ thống sẽ tự xử lý lại")
        world.later(minutes=1)
    lan.expects("40% – đang làm").is_silent()
    assert recorded(world) == 1
