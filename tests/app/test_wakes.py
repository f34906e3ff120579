"""What wakes the loops of a process, and when a beat is whole: what anybody commits, and time; nothing is missed."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.beating import LIFE, Beat
from app.wakes import Wakes
from store import settings
from store.engine import Store
from tests.databases import Databases, of_kind

MINUTE = datetime(2020, 1, 2, 0, 30, tzinfo=UTC)


@pytest.fixture
def on_postgresql() -> Iterator[Databases]:
    """A server alone: what is tried is what it tells."""
    yield from of_kind("postgresql")


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """The same database in another process."""
    found = Store(store.url)
    yield found
    found.close()


def write(store: Store, what: str) -> None:
    """Somebody commits."""
    with store.unit() as session:
        settings.put(session, "something", what)


def test_whoever_waits_is_woken_by_what_another_process_commits(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.wakes.FOLLOW_S", 0.001)

    async def run(ours: Store, theirs: Store) -> int:
        wakes, end = Wakes(ours.commits()), asyncio.Event()
        following = asyncio.create_task(wakes.follow(end))
        waiting = [asyncio.create_task(wakes.pause(3600, wakes.count)) for _ in range(3)]
        for _ in range(10):
            await asyncio.sleep(0)
        assert not any(each.done() for each in waiting)
        await asyncio.to_thread(write, theirs, "new")
        await asyncio.gather(*waiting)
        end.set()
        await following
        return wakes.count

    # Once for the change, and once for the end.
    assert asyncio.run(run(store, other)) == 2


def test_what_is_committed_at_a_rate_wakes_nobody_and_hides_nothing(store: Store, other: Store) -> None:
    commits = store.commits()
    assert commits is not None
    number = commits.number()
    with store.unit(tells=False) as session:
        settings.put(session, "beat", "1")
    assert commits.number() == number
    write(other, "what somebody said")
    with store.unit(tells=False) as session:
        settings.put(session, "beat", "2")
    assert commits.number() == number + 1


def test_what_cannot_be_asked_wakes_at_each_look_and_keeps_no_unit_from_its_commit(store: Store) -> None:
    commits = store.commits()
    assert commits is not None
    commits.close()
    assert commits.number() != commits.number()
    with store.unit(tells=False) as session:
        settings.put(session, "something", "kept")
    with store.look() as session:
        assert settings.get(session, "something") == "kept"


@pytest.mark.long
def test_who_lost_the_server_is_woken_until_it_is_heard_again_and_misses_nothing(
    on_postgresql: Databases,
) -> None:
    store = Store(on_postgresql.copy_of())
    commits = store.commits()
    assert commits is not None
    assert commits.number() == commits.number()
    with store.writer.connect() as connection:
        ended = (
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE query = 'LISTEN committed' AND datname = current_database()"
        )
        assert connection.exec_driver_sql(ended).scalar_one() == 1
    # Nobody knows what is committed meanwhile: each look is told that something was.
    _until(lambda: commits.number() != commits.number())
    _until(lambda: commits.number() == commits.number())
    heard = commits.number()
    write(store, "heard again")
    _until(lambda: commits.number() == heard + 1)
    with store.unit(tells=False) as session:
        settings.put(session, "something", "at a rate")
    write(store, "told of")
    _until(lambda: commits.number() == heard + 2)
    store.close()


def _until(holds: Callable[[], bool]) -> None:
    assert any(holds() for _ in range(1_000_000))


def test_what_happened_while_somebody_looked_is_not_slept_over() -> None:
    async def run() -> None:
        wakes = Wakes(None)
        count = wakes.count
        wakes.wake()
        await asyncio.wait_for(wakes.pause(3600, count), 5)

    asyncio.run(run())


def test_where_the_database_does_not_say_all_look_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.wakes.SELDOM_S", 0)

    async def run() -> None:
        wakes, end = Wakes(None), asyncio.Event()
        following = asyncio.create_task(wakes.follow(end))
        while wakes.count < 3:
            await wakes.pause(3600, wakes.count)
        end.set()
        await following

    asyncio.run(run())


def test_a_beat_is_whole_after_each_commit_and_when_time_makes_something_due(store: Store, other: Store) -> None:
    now, did, writes, leads = MINUTE, list[str](), list[str](), [True]

    def steps(at: datetime) -> datetime:
        did.append("steps")
        if writes:
            write(store, writes.pop())
        return at + timedelta(minutes=5)

    def live(_at: datetime) -> bool:
        did.append("live")
        return leads[0]

    def does(beat: Beat) -> list[str]:
        did.clear()
        beat()
        return list(did)

    beat = Beat(store, lambda: now, leads=lambda: leads[0], live=live, steps=steps)
    assert does(beat) == ["steps", "live"]
    assert does(beat) == []
    write(other, "what somebody said")
    writes.append("what follows from it")
    assert does(beat) == ["steps", "live"]
    # What the beat itself did may make something due.
    assert does(beat) == ["steps", "live"]
    assert does(beat) == []
    now += LIFE
    assert does(beat) == ["live"]
    assert does(beat) == []
    # Who leads no more asks at every beat whether it may again.
    now, leads[0] = now + LIFE, False
    assert does(beat) == does(beat) == ["live"]
    leads[0] = True
    assert does(beat) == ["live"]
    assert does(beat) == []
    now = MINUTE + timedelta(minutes=5)
    assert does(beat) == ["steps", "live"]
    # The clock was set back.
    now = MINUTE
    assert does(beat) == ["steps", "live"]
    beat.close()
