"""What each change to a row on its way reaches and what it leaves alone: claims, their ends, doubts and receipts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from delivery import route
from store import deliveries, delivery_leases, delivery_queue, rates
from store.delivery_leases import LEASE
from store.delivery_queue import Waiting
from store.engine import Store
from store.rates import UNLIMITED, Limit, Rates
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from tests.delivery.rows import (
    BEFORE,
    DOUBT,
    DUE,
    FAILED,
    NOW,
    OPEN_STATES,
    SENDING,
    SENT,
    SOON,
    add,
    emptied,
    ids,
    kept,
    person,
    which,
)
from tests.outbox import claimed


def test_a_claim_takes_a_row_under_a_lease(store: Store) -> None:
    with store.unit() as session:
        row = add(session, attempts=2)
        taken = claimed(session, row.id or 0, UNLIMITED, NOW)
        assert taken is not None
        assert (taken.state, taken.attempts, taken.lease_until) == (SENDING, 3, NOW + timedelta(seconds=90))
        assert len((taken.lease_token or "").partition("@")[0]) == 16
        assert claimed(session, row.id or 0, UNLIMITED, NOW) is None
        assert claimed(session, 99, UNLIMITED, NOW) is None
        for values in ({"not_before": SOON}, {"state": SENT}, {"state": FAILED}):
            assert claimed(session, add(session, **values).id or 0, UNLIMITED, NOW) is None
        assert claimed(session, add(session, state=DOUBT).id or 0, UNLIMITED, NOW) is not None


def test_a_claim_takes_its_place_under_the_limits_of_its_chat(store: Store) -> None:
    limits = Rates(Limit(0.0), Limit(1.0), Limit(4.0))
    with store.unit() as session:
        first, second = add(session, in_group=True), add(session, in_group=True)
        assert claimed(session, first.id or 0, limits, NOW) is not None
        assert claimed(session, second.id or 0, limits, NOW) is None
        assert second.state == DUE
        assert rates.wait_s(session, limits, rates.Chat("telegram", "1", in_group=True), NOW) == 4.0


def test_behind_one_that_may_leave_others_take_the_next_turns_but_none_alone(store: Store) -> None:
    limits = {"telegram": Rates(Limit(0.1), Limit(0.0), Limit(0.0))}
    with store.unit() as session:
        rows = [add(session, chat=str(number)) for number in range(6)]
        found = [Waiting(row.id or 0, "telegram", row.chat, in_group=False) for row in rows]
        taken = delivery_leases.claim_all(session, found[:5], 8, limits, NOW)
        assert [(each.row.chat, round(each.wait_s, 6)) for each in taken] == [("0", 0.05), ("1", 0.15), ("2", 0.25)]
        for early in (0.0, 0.2, 0.29):
            assert delivery_leases.claim_all(session, found[:5], 8, limits, NOW + timedelta(seconds=early)) == []
        rest = delivery_leases.claim_all(session, found[:5], 8, limits, NOW + timedelta(seconds=0.31))
        # Before its turn, so that the claim is committed when it comes.
        assert [(each.row.chat, round(each.wait_s, 6)) for each in rest] == [("3", 0.04), ("4", 0.14)]
        last = delivery_leases.claim_all(session, found[5:], 8, limits, NOW + timedelta(seconds=9))
        assert [each.wait_s for each in last] == [0.0]


Change = Callable[[Session, Delivery], object]


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        (lambda session, row: delivery_leases.put_off(session, row.id, SOON, "changed"), OPEN_STATES),
        (lambda session, _: route.closed(session, "telegram", "1", "changed", NOW), OPEN_STATES),
        (lambda session, _: deliveries.move_chat(session, "telegram", "1", "5"), OPEN_STATES),
        (lambda session, row: deliveries.arrived(session, row.id, "77", SOON), {DOUBT}),
        (lambda session, _: delivery_leases.rescue(session, NOW, 3), {SENDING}),
        (lambda session, row: delivery_leases.settle(session, row, SENT, message_id="77"), {SENDING}),
    ],
)
def test_what_is_changed_depends_on_how_far_a_row_is(store: Store, change: Change, reached: set[DeliveryState]) -> None:
    for state in DeliveryState:
        with emptied(store) as session:
            row = add(session, state=state, lease_until=NOW, lease_token="lease", message_id="1", last_error="old")
            others = [
                add(session, state=state, lease_until=SOON, lease_token="other", **elsewhere)
                for elsewhere in ({"chat": "2"}, {"channel": "other"})
            ]
            before = kept(session, row, *others)
            change(session, row)
            after = kept(session, row, *others)
            assert [new != old for new, old in zip(after, before, strict=True)] == [state in reached, False, False]


def test_each_change_says_what_it_came_to(store: Store) -> None:
    with store.unit() as session:
        put_off, gone, moved, doubtful, ours = (add(session, chat=str(number)) for number in range(1, 6))
        delivery_leases.put_off(session, put_off.id or 0, SOON, "why")
        assert [route.closed(session, "telegram", chat, "403", NOW) for chat in ("2", "9")] == [1, 0]
        deliveries.move_chat(session, "telegram", "3", "-3")
        doubtful.state = DOUBT
        ours.state, ours.lease_token, ours.lease_until = SENDING, "lease", NOW
        session.flush()
        deliveries.arrived(session, doubtful.id or 0, "77", SOON)
        assert delivery_leases.settle(session, ours, DUE, not_before=SOON) is True
        session.expire_all()
        assert (put_off.not_before, put_off.last_error, put_off.state) == (SOON, "why", DUE)
        assert (gone.state, gone.last_error, moved.chat) == (FAILED, "403", "-3")
        assert (doubtful.state, doubtful.message_id, doubtful.sent_at) == (SENT, "77", SOON)
        [own] = kept(session, ours)
        assert [own[name] for name in ("state", "not_before", "lease_token", "lease_until")] == [DUE, SOON, None, None]
        assert delivery_leases.settle(session, ours, SENT) is False


def test_a_claim_is_ended_under_its_own_lease_only(store: Store) -> None:
    with store.unit() as session:
        row, other = add(session, state=SENDING, lease_token="a"), add(session, state=SENDING, lease_token="a")
        stale = Delivery(**row.model_dump() | {"lease_token": "b"})
        assert not delivery_leases.settle(session, stale, SENT)
        assert delivery_leases.settle(session, row, SENT)
        assert which(session, Delivery.state == SENDING) == ids(other)


def test_a_lease_that_ran_out_is_a_doubt_more(store: Store) -> None:
    for doubts, state in ((0, DOUBT), (2, DOUBT), (3, FAILED), (4, FAILED)):
        with emptied(store) as session:
            row = add(session, state=SENDING, lease_token="a", lease_until=NOW, doubts=doubts)
            assert [delivery_leases.rescue(session, at, 3) for at in (BEFORE, NOW)] == [0, 1]
            session.refresh(row)
            assert (row.state, row.doubts, row.lease_token, row.lease_until) == (state, doubts + 1, None, None)
            assert (row.not_before, row.last_error) == (NOW, "perhaps: the process ended while sending")
    assert timedelta(seconds=90) == LEASE


def test_an_answer_to_an_unknown_message_settles_the_one_in_doubt(store: Store) -> None:
    cases = ((DOUBT, None, False), (DUE, "77", False), (DUE, "76", True), (DUE, None, True))
    for beside, known, arrives in cases:
        with emptied(store) as session:
            row = add(session, state=DOUBT)
            add(session, state=beside)
            for elsewhere in ({"chat": "2"}, {"channel": "other"}):
                add(session, state=DOUBT, **elsewhere)
            add(session, state=SENT, message_id=known)
            deliveries.arrived_unseen(session, "telegram", "1", "77", SOON)
            session.refresh(row)
            assert (row.state == SENT, row.message_id) == (arrives, "77" if arrives else None)


def test_what_was_given_up_is_told_once_and_never_about_strangers(store: Store) -> None:
    with store.unit() as session:
        lan = person(session)
        weekly = add(session, state=FAILED, kind=DeliveryKind.WEEKLY)
        own = add(session, state=FAILED, person_id=lan)
        add(session, state=FAILED)
        add(session, state=FAILED, person_id=lan, reported=True)
        add(session, state=DUE, person_id=lan)
        assert list(deliveries.unreported(session)) == [weekly, own]


def test_a_message_on_a_phone_is_found_by_all_three_of_its_names(store: Store) -> None:
    with store.unit() as session:
        for values in ({"message_id": "8"}, {"chat": "2"}, {"channel": "other"}):
            add(session, **{"message_id": "7"} | values)
        row = add(session, message_id="7")
        assert deliveries.by_message(session, "telegram", "1", "7") is row
        assert deliveries.by_message(session, "telegram", "1", "9") is None


def test_the_next_moment_is_that_of_what_may_still_leave(store: Store) -> None:
    with store.unit() as session:
        assert delivery_queue.next_moment(session) is None
        add(session, state=SENT, not_before=BEFORE)
        add(session, state=SENDING, not_before=BEFORE)
        assert [delivery_queue.next_moment(session), delivery_queue.busy(session, NOW)] == [None, True]
        add(session, state=DOUBT, not_before=SOON + LEASE)
        add(session, not_before=SOON)
        assert delivery_queue.next_moment(session) == SOON


def test_it_is_busy_while_something_is_sent_or_could_be(store: Store) -> None:
    cases: list[tuple[dict[str, Any], bool]] = [
        ({}, True),
        ({"not_before": SOON}, False),
        ({"not_before": SOON, "state": SENDING}, True),
        ({"state": SENT}, False),
    ]
    for values, busy in cases:
        with emptied(store) as session:
            assert delivery_queue.busy(session, NOW) is False
            add(session, **values)
            assert delivery_queue.busy(session, NOW) is busy, values
