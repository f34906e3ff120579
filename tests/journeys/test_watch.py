"""When reminders or answers stop, an admin hears of it within fifteen minutes, from the process that still lives."""

from datetime import timedelta

from delivery.watch import Watch
from sandbox.world import World
from store import settings


def beat(world: World, *who: str) -> None:
    """A sign of life."""
    with world.service.store.unit() as session:
        for each in who:
            settings.beat(session, each, world.now)


def passes(world: World, watch: Watch, minutes: int) -> None:
    """Time passes while nothing but the watch runs, as in the process that is left."""
    for _ in range(minutes):
        world.now += timedelta(minutes=1)
        watch.look(world.now)


def watching(world: World, name: str) -> Watch:
    """The watch of the process that is left."""
    return Watch(world.service.store, world.service.office, name)


def test_reminders_that_stopped_are_told_within_fifteen_minutes_and_once(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 1, 2, 9, 0)
    boss.forgets()
    watch = watching(world, "scheduler")
    stopped = world.now
    beat(world, "scheduler")
    passes(world, watch, 14)
    while world.run(world.sender.step()):
        pass
    boss.expects("Tin nhắc đang dừng", "09:00 ngày 02/01/2020").is_silent()
    assert world.now - stopped < timedelta(minutes=15)
    passes(world, watch, 60)
    assert not world.run(world.sender.step())

    beat(world, "scheduler")
    passes(world, watch, 1)
    world.settle()
    boss.expects("đã hoạt động lại").is_silent()


def test_updates_that_stopped_are_told_too(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 1, 2, 9, 0)
    boss.forgets()
    passes(world, watching(world, "poll"), 14)
    world.run(world.sender.step())
    boss.expects("Chưa nhận được tin của cán bộ", "24 giờ").is_silent()


def test_nobody_is_woken_and_nothing_goes_out_at_tet(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 1, 22, 18, 0)
    boss.forgets()
    watch = watching(world, "scheduler")
    for _ in range(7 * 24):
        world.now += timedelta(hours=1)
        watch.look(world.now)
    assert not world.run(world.sender.step())
    world.now = (world.now + timedelta(days=1)).replace(hour=0, minute=31)
    passes(world, watch, 2)
    world.run(world.sender.step())
    boss.expects("Tin nhắc đang dừng").is_silent()


def test_a_clock_that_was_set_forward_is_no_alarm(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 1, 2, 9, 0)
    boss.forgets()
    watch = watching(world, "scheduler")
    beat(world, "scheduler")
    watch.look(world.now)
    for _ in range(5):
        world.now += timedelta(days=1)
        watch.look(world.now)
        beat(world, "scheduler")
        watch.look(world.now)
    assert not world.run(world.sender.step())
    boss.is_silent()
