"""What an admin changed in the chat is seen by every process with its next look, and after a restart."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app import wiring
from sandbox.world import World
from store import current_office
from store.plan_tables import OfficeDay
from words.office import Office

MONDAY = date(2020, 2, 10)
NOW = datetime(2020, 1, 2, tzinfo=UTC)


def set_day(world: World, day: date, kind: str) -> None:
    with world.service.store.unit() as session:
        session.merge(OfficeDay(day=day, kind=kind, name="nghỉ bù", basis="CV 5/UBND", set_at=NOW))
        current_office.changed(session)


def test_a_day_set_by_one_process_is_seen_by_the_other_and_after_a_restart(world: World) -> None:
    other = replace(wiring.open_service(world.service.settings), clock=world.service.clock)
    assert other.current().calendar.is_working(MONDAY)
    assert not other.current().calendar.is_working(date(2020, 2, 15))
    set_day(world, MONDAY, "off")
    set_day(world, date(2020, 2, 15), "work")
    restarted = wiring.open_service(world.service.settings)
    for service in (world.service, other, restarted):
        calendar = service.current().calendar
        assert calendar.name_of_day_off(MONDAY) == "nghỉ bù"
        assert calendar.is_working(date(2020, 2, 15))
        assert service.office.calendar.is_working(MONDAY)
    with other.store.look() as session:
        assert not other.live.of(session).may_send(datetime(2020, 2, 10, 1, tzinfo=UTC))
    for service in (other, restarted):
        service.store.close()


def test_it_is_built_once_for_a_change_and_forgets_what_was_rolled_back(world: World) -> None:
    seen: list[Office] = []
    with world.service.store.unit() as session:
        session.add(OfficeDay(day=MONDAY, kind="off", name="x", basis="y", set_at=NOW))
        current_office.changed(session)
        seen.append(world.service.live.of(session))
        session.rollback()
    assert not seen[0].calendar.is_working(MONDAY)
    assert world.service.current().calendar.is_working(MONDAY)
    set_day(world, date(2020, 2, 11), "off")
    first = world.service.current()
    assert first.calendar.is_working(MONDAY)
    assert world.service.current() is first


def test_a_day_of_a_year_without_a_table_counts_too(world: World) -> None:
    far = date(2031, 3, 5)
    assert not world.service.office.calendar.covers(far.year)
    set_day(world, far, "off")
    assert not world.service.current().calendar.is_working(far)
    assert not world.service.current().calendar.is_working(date(2031, 5, 1))
