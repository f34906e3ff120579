"""What the platform was told we have, we have: nothing is confirmed that could not be kept."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError

from sandbox.world import World


@contextmanager
def full_disk() -> Iterator[None]:
    """No file takes another byte from this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_an_update_that_met_a_full_disk_is_kept_before_the_next_is_asked_for(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.say(lan.user, lan.chat, "/tiendo 1a 40 đang làm")
    with full_disk(), pytest.raises(OperationalError):
        world.run(world.receiver.poll(0))
    world.settle()
    lan.expects("40% – đang làm").is_silent()
