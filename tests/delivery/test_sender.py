"""The outbox under two senders: claimed once, kept in order, within the limits, rescued when a sender dies."""

import threading
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import col, select

from channels.telegram.abilities import ABILITIES
from delivery import route
from delivery.pace import rates_of
from delivery.retry import pause
from store import deliveries, delivery_leases, delivery_queue, rates
from store.engine import Store
from store.postings import Identity
from store.rates import UNLIMITED, Chat
from store.tables import Delivery, Rate
from store.types import DeliveryKind, DeliveryState
from tests.outbox import claimed, posted

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
# What is drawn is the same; on a server each example costs a round trip a statement.
EXAMPLES = {"sqlite": 100, "postgresql": 5}
FREE, LIMITS = UNLIMITED, rates_of(ABILITIES.pace)


def post(
    store: Store, chat: str, text: str, kind: DeliveryKind = DeliveryKind.ANSWER, identity: Identity | None = None
) -> int:
    """One message in the outbox; 0 when its identity was there."""
    with store.unit() as session:
        return posted(session, chat, text, NOW, kind, identity=identity)


def place(chat: str) -> Chat:
    """A chat as the limits see it; the test's groups have negative ids."""
    return Chat("telegram", chat, chat.startswith("-"))


def test_two_processes_never_claim_the_same_row(store: Store) -> None:
    for number in range(60):
        post(store, str(number), "x")
    mine: list[int] = []
    errors: list[Exception] = []

    def work() -> None:
        own = Store(store.url)
        try:
            for delivery_id in range(1, 61):
                with own.unit() as session:
                    row = claimed(session, delivery_id, FREE, NOW)
                if row is not None:
                    mine.append(delivery_id)
        except Exception as error:
            errors.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Counter(mine) == Counter(range(1, 61))


def test_what_has_one_identity_is_made_once(store: Store) -> None:
    day = date(2020, 1, 2)
    assert post(store, "1", "x", identity=Identity("digest", day=day, person_id=1)) > 0
    assert post(store, "1", "x", identity=Identity("digest", day=day, person_id=1)) == 0
    assert post(store, "1", "x", identity=Identity("digest", day=day, person_id=2)) > 0


def test_a_chat_gets_its_messages_in_order_and_others_do_not_wait(store: Store) -> None:
    first, second, other = post(store, "1", "a"), post(store, "1", "b"), post(store, "2", "c")
    with store.look() as session:
        assert [each.id for each in delivery_queue.waiting(session, NOW, reminders=True)] == [first, other]
    with store.unit() as session:
        row = claimed(session, first, FREE, NOW)
        assert row is not None
        delivery_leases.settle(session, row, DeliveryState.SENT)
    with store.look() as session:
        assert [each.id for each in delivery_queue.waiting(session, NOW, reminders=True)] == [second, other]


def test_answers_go_first(store: Store) -> None:
    digest = post(store, "1", "a", DeliveryKind.DIGEST)
    answer = post(store, "2", "b")
    with store.look() as session:
        assert [each.id for each in delivery_queue.waiting(session, NOW, reminders=True)] == [answer, digest]
        assert [each.id for each in delivery_queue.waiting(session, NOW, reminders=False)] == [answer]


def test_what_a_process_was_sending_that_is_known_to_have_ended_waits_for_no_lease(store: Store) -> None:
    gone, alive = post(store, "1", "a"), post(store, "2", "b")
    with store.unit() as session:
        for number, holder in ((gone, "host:12:7"), (alive, "host:13:9")):
            assert claimed(session, number, FREE, NOW, holder) is not None
    with store.unit() as session:
        assert delivery_leases.rescue(session, NOW, 3, lambda holder: holder == "host:12:7") == 1
    with store.look() as session:
        states = [row.state for number in (gone, alive) if (row := deliveries.get(session, number))]
        assert states == [DeliveryState.IN_DOUBT, DeliveryState.SENDING]


def test_a_sender_that_died_leaves_doubt_and_its_late_word_counts_for_nothing(store: Store) -> None:
    number = post(store, "1", "a")
    with store.unit() as session:
        dead = claimed(session, number, FREE, NOW)
    assert dead is not None
    with store.unit() as session:
        assert delivery_leases.rescue(session, NOW + timedelta(seconds=30), 3) == 0
        assert delivery_leases.rescue(session, NOW + delivery_leases.LEASE, 3) == 1
    with store.unit() as session:
        assert not delivery_leases.settle(session, dead, DeliveryState.SENT)
        row = deliveries.get(session, number)
        assert row is not None
        assert (row.state, row.doubts) == (DeliveryState.IN_DOUBT, 1)


def test_what_cannot_be_reached_ends_for_that_chat_alone(store: Store) -> None:
    post(store, "1", "a")
    post(store, "1", "b")
    post(store, "2", "c")
    with store.unit() as session:
        assert route.closed(session, "telegram", "1", "403", NOW) == 2
        rows = session.exec(select(Delivery).order_by(col(Delivery.id)))
        assert [row.state for row in rows] == ["failed", "failed", "due"]


def taken(store: Store, wishes: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Which of some wishes found room, as chat and moment; each comes some seconds after the one before it."""
    moment, sent = NOW, []
    with store.unit() as session:
        session.connection().execute(delete(Rate))
        for chat, wait in wishes:
            moment += timedelta(seconds=wait)
            if rates.take(session, LIMITS, place(chat), moment):
                sent.append((chat, moment.timestamp()))
    return sent


def test_the_limits_hold_in_any_window(store: Store) -> None:
    @settings(max_examples=EXAMPLES[store.writer.dialect.name])
    @given(st.lists(st.tuples(st.sampled_from(["1", "2", "-7"]), st.floats(0, 2)), max_size=120))
    def holds(wishes: list[tuple[str, float]]) -> None:
        sent = taken(store, wishes)
        for chat, start in sent:
            later = [(other, at) for other, at in sent if at >= start]
            assert sum(1 for other, at in later if other == chat and at < start + 0.999) == 1
            assert sum(1 for other, at in later if other == "-7" and at < start + 59.999) <= 20

    holds()


@pytest.mark.long
def test_over_all_chats_no_second_has_more_than_thirty(store: Store) -> None:
    @settings(max_examples=EXAMPLES[store.writer.dialect.name])
    @given(st.lists(st.floats(0, 0.08), min_size=60, max_size=150))
    def holds(wishes: list[float]) -> None:
        sent = [at for _, at in taken(store, ((str(chat), wait) for chat, wait in enumerate(wishes)))]
        assert all(sum(1 for at in sent if start <= at < start + 1) <= 30 for start in sent)

    holds()


def test_whoever_waits_is_told_until_when(store: Store) -> None:
    with store.unit() as session:
        assert rates.take(session, LIMITS, place("1"), NOW)
        later = rates.wait_s(session, LIMITS, place("1"), NOW + timedelta(seconds=0.25))
        assert later == pytest.approx(0.75, abs=1e-3)
        assert rates.wait_s(session, LIMITS, place("2"), NOW) == pytest.approx(1 / 28.7, abs=1e-3)


def test_a_clock_that_was_set_back_does_not_stop_the_sending(store: Store) -> None:
    with store.unit() as session:
        assert rates.take(session, LIMITS, place("1"), NOW + timedelta(days=365))
    with store.unit() as session:
        assert rates.take(session, LIMITS, place("1"), NOW)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_waiting_grows_and_ends_and_never_undercuts_what_the_platform_asks(attempts: int, chance: float) -> None:
    assert timedelta(seconds=5) <= pause(attempts, None, chance) <= timedelta(seconds=1080)
    assert pause(attempts, 10_072, chance) >= timedelta(seconds=10_072)


def test_a_sender_that_dies_again_and_again_ends_on_the_admins_list(store: Store) -> None:
    number, moment, states = post(store, "1", "a"), NOW, []
    for _ in range(4):
        with store.unit() as session:
            assert claimed(session, number, FREE, moment) is not None
        moment += delivery_leases.LEASE
        with store.unit() as session:
            delivery_leases.rescue(session, moment, 3)
            row = deliveries.get(session, number)
            assert row is not None
            states.append(row.state)
    assert states == ["in_doubt", "in_doubt", "in_doubt", "failed"]


def test_what_is_made_for_later_holds_nothing_up_and_what_failed_keeps_its_place(store: Store) -> None:
    """A reminder that somebody wished for in two weeks stands before today's reminders in the line of its chat."""
    later, today = post(store, "1", "a", DeliveryKind.SNOOZE), post(store, "1", "b", DeliveryKind.DIGEST)
    failed, next_to_it = post(store, "2", "c", DeliveryKind.DIGEST), post(store, "2", "d", DeliveryKind.DIGEST)
    with store.unit() as session:
        row = session.get_one(Delivery, later)
        row.not_before = NOW + timedelta(days=14)
        session.add(row)
        delivery_leases.put_off(session, failed, NOW + timedelta(minutes=5), "the line is dead")
    with store.look() as session:
        assert [each.id for each in delivery_queue.waiting(session, NOW, reminders=True)] == [today]
        due = NOW + timedelta(days=14)
        assert [each.id for each in delivery_queue.waiting(session, due, reminders=True)] == [later, failed]
    assert next_to_it
