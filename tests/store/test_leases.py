"""One process at a time: the lease is taken, renewed, let go, and taken over when its holder is gone."""

from datetime import UTC, datetime, timedelta

import pytest

from store import leases
from store.engine import Store
from store.tables import Lease

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)


def hold(store: Store, holder: str, after: float, *dead: str) -> bool:
    """Asks for the lease some seconds after NOW."""
    with store.unit() as session:
        return leases.hold(session, "scheduler", holder, lambda each: each in dead, NOW + timedelta(seconds=after))


def test_the_second_waits_while_the_first_lives_and_follows_within_a_minute_of_its_death(store: Store) -> None:
    last = 0
    for second in range(0, 300, 15):
        assert hold(store, "first", second)
        assert not hold(store, "second", second + 1)
        last = second
    # The first one dies here, without a word.
    took = next(second for second in range(last, last + 300, 15) if hold(store, "second", second))
    assert took - last <= 60
    assert not hold(store, "first", took + 1)


def test_a_holder_known_to_have_ended_is_followed_at_once(store: Store) -> None:
    assert hold(store, "first", 0)
    assert hold(store, "second", 1, "first")
    with store.look() as session:
        row = session.get(Lease, "scheduler")
    assert row is not None
    assert (row.holder, row.epoch) == ("second", 2)


def test_a_lease_that_was_let_go_is_free(store: Store) -> None:
    assert hold(store, "first", 0)
    with store.unit() as session:
        leases.release(session, "scheduler", "second", NOW)
    assert not hold(store, "second", 1)
    with store.unit() as session:
        leases.release(session, "scheduler", "first", NOW)
    assert hold(store, "second", 1)


@pytest.mark.parametrize("back", [timedelta(hours=2), timedelta(days=400)])
def test_a_clock_that_was_set_back_leaves_no_lease_for_ever(store: Store, back: timedelta) -> None:
    assert hold(store, "first", 0)
    assert hold(store, "second", -back.total_seconds())
