"""Each limit to the second: how many at once, then how long each waits; and what is refused takes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from channels.abilities import Abilities, Pace
from channels.telegram.abilities import ABILITIES
from delivery import retry
from delivery.pace import rates_for, rates_of
from store import rates
from store.engine import Store
from store.rates import HORIZON_S, UNLIMITED, Chat, Limit, Rates
from store.tables import Rate
from tests.databases import on_sqlite as databases

__all__ = ["databases"]

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
LIMITS = Rates(overall=Limit(2.0, 3), chat=Limit(5.0), group=Limit(20.0, 2))
ALONE, GROUP = Chat("telegram", "1"), Chat("telegram", "1", in_group=True)


def after(seconds: float) -> datetime:
    """Some seconds later."""
    return NOW + timedelta(seconds=seconds)


def free_at(session: Session) -> dict[str, float]:
    """When each limit is free, in seconds from NOW."""
    return {key: free_at - NOW.timestamp() for key, free_at in session.exec(select(Rate.key, Rate.free_at))}


def test_a_group_has_a_limit_more(store: Store) -> None:
    with store.unit() as session:
        assert [rates.take(session, LIMITS, ALONE, NOW), rates.take(session, LIMITS, ALONE, after(4.9))] == [
            True,
            False,
        ]
        assert free_at(session) == {"telegram:all": 2.0, "telegram:chat:1": 5.0}
        assert rates.wait_s(session, LIMITS, ALONE, NOW) == 5.0
        assert rates.take(session, LIMITS, GROUP, after(5))
        assert free_at(session) == {"telegram:all": 7.0, "telegram:chat:1": 10.0, "telegram:group:1": 25.0}
        assert rates.take(session, LIMITS, GROUP, after(10))
        assert [rates.wait_s(session, LIMITS, GROUP, after(at)) for at in (15, 24, 25)] == [10.0, 1.0, 0.0]
        assert rates.wait_s(session, LIMITS, ALONE, after(15)) == 0.0
        assert isinstance(rates.wait_s(session, LIMITS, Chat("other", "1"), NOW), float)


def test_so_many_leave_at_once_over_all_chats_and_then_one_an_interval(store: Store) -> None:
    with store.unit() as session:
        took = [rates.take(session, LIMITS, Chat("telegram", str(number)), NOW) for number in range(4)]
        assert took == [True, True, True, False]
        # What was refused has taken no place of its chat's either.
        assert sorted(free_at(session)) == ["telegram:all", *(f"telegram:chat:{number}" for number in range(3))]
        waits = [rates.overall_wait_s(session, LIMITS, "telegram", after(at)) for at in (0, 0.5, 2, 60)]
        assert waits == [2.0, 1.5, 0.0, 0.0]
        assert rates.overall_wait_s(session, LIMITS, "other", NOW) == 0.0
        assert rates.take(session, LIMITS, Chat("telegram", "9"), after(2))


def test_lost_time_is_not_made_up_for_and_a_limit_begins_to_count_when_it_is_said(store: Store) -> None:
    with store.unit() as session:
        moments = rates.Moments(session, {"telegram": LIMITS, "free": UNLIMITED}, [ALONE])
        # Where nothing is limited there is nothing to count.
        waits = [moments.take(Chat(channel, "1"), NOW, 9.0, 0.5) for channel in ("telegram", "free")]
        assert waits == [0.5, 0.0]
        moments.write(session)
        assert free_at(session) == {"telegram:all": 2.5, "telegram:chat:1": 5.5}
        rates.lose(session, "free", 1.0, NOW)
        rates.lose(session, "telegram", 1.0, after(1))
        assert free_at(session)["telegram:all"] == 3.5
        rates.lose(session, "telegram", 1.0, after(9))
        assert free_at(session) == {"telegram:all": 10.0, "telegram:chat:1": 5.5}


def test_no_limit_is_neither_asked_nor_kept(store: Store) -> None:
    with store.unit() as session:
        assert [rates.take(session, UNLIMITED, GROUP, NOW) for _ in range(3)] == [True] * 3
        assert [free_at(session), rates.wait_s(session, UNLIMITED, GROUP, NOW)] == [{}, 0.0]
        assert rates.overall_wait_s(session, UNLIMITED, "telegram", NOW) == 0.0


def test_a_limit_far_ahead_is_that_of_a_clock_that_was_set_back(store: Store) -> None:
    far = NOW.timestamp() + HORIZON_S
    with store.unit() as session:
        session.add(Rate(key="telegram:all", free_at=far))
        session.flush()
        assert rates.overall_wait_s(session, LIMITS, "telegram", NOW) == HORIZON_S - 4.0 == 116.0
        assert rates.overall_wait_s(session, LIMITS, "telegram", after(-1)) == 0.0
        assert rates.take(session, LIMITS, ALONE, after(-1))
        assert free_at(session)["telegram:all"] == 1.0
        # What many took at once stands as far ahead as that, and counts.
        many = Rates(Limit(1.0, 200), Limit(0.0), Limit(0.0))
        session.exec(update(Rate).where(col(Rate.key) == "telegram:all").values(free_at=far))
        assert rates.take(session, many, ALONE, NOW)
        assert free_at(session)["telegram:all"] == HORIZON_S + 1


def test_a_limit_of_its_own_may_be_asked_and_taken(store: Store) -> None:
    limit = Limit(10.0, 2)
    with store.unit() as session:
        assert rates.allow(session, "k", limit, NOW, take_it=False)
        assert free_at(session) == {}
        assert [rates.allow(session, "k", limit, NOW) for _ in range(3)] == [True, True, False]
        assert free_at(session) == {"k": 20.0}
        assert [rates.allow(session, "k", limit, after(at), take_it=False) for at in (9.9, 10)] == [False, True]
        assert rates.allow(session, "k", limit, after(50))
        assert free_at(session) == {"k": 60.0}
        row = session.get_one(Rate, "k")
        row.free_at = NOW.timestamp() + 20 + HORIZON_S
        assert not rates.allow(session, "k", limit, NOW)
        assert rates.allow(session, "k", limit, after(-1))
        assert free_at(session) == {"k": 9.0}
        assert [rates.allow(session, "one", Limit(10.0), NOW) for _ in range(2)] == [True, False]


def test_the_pace_of_a_channel_becomes_its_limits() -> None:
    pace = Pace(overall_s=1.0, overall_burst=2, chat_s=3.0, chat_burst=4, group_s=5.0, group_burst=6)
    assert rates_of(pace) == Rates(Limit(1.0, 2), Limit(3.0, 4), Limit(5.0, 6))
    assert rates_of(Abilities(text=9).pace) == UNLIMITED

    class Held:
        abilities = ABILITIES

    channels = {"telegram": Held()}
    assert rates_for(channels, limited=True) == {"telegram": rates_of(ABILITIES.pace)}  # type: ignore[arg-type]
    assert rates_for(channels, limited=False) == {"telegram": UNLIMITED}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("attempts", "asked", "chance", "seconds"),
    [
        (0, None, 0.0, 5), (1, None, 0.0, 5), (2, None, 0.0, 10), (3, None, 0.5, 22), (8, None, 0.0, 640),
        (9, None, 0.0, 900), (99, None, 1.0, 1080), (3, 7.0, 0.5, 7.5), (3, 0.0, 0.0, 0),
    ],
)  # fmt: skip
def test_the_wait_doubles_to_a_quarter_of_an_hour_unless_the_platform_says(
    attempts: int, asked: float | None, chance: float, seconds: float
) -> None:
    assert retry.pause(attempts, asked, chance) == timedelta(seconds=seconds)
