"""What becomes of a row that could not be sent: tried again, in doubt, given up, moved, or waiting for its channel."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from channels.errors import ChannelError, Sent
from delivery.ready import Claimed
from store import addresses, deliveries, delivery_leases, group_chats
from store.engine import Store
from store.people_tables import Address, GroupChat, Person
from store.postings import Destination, Posting
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from tests.databases import on_sqlite as databases
from tests.delivery.desk import NOW, Platform, Post
from tests.outbox import posted
from words.message import Message, say
from words.office import Office

__all__ = ["databases"]

AGAIN, DOUBT, FAILED = DeliveryState.DUE, DeliveryState.IN_DOUBT, DeliveryState.FAILED


def link(session: Session, chat: str) -> None:
    """Somebody in that chat."""
    session.add(Person(id=1, name="Lan", created_at=NOW))
    session.flush()
    session.add(Address(person_id=1, channel="telegram", user="1", chat=chat, linked_at=NOW))


@pytest.mark.parametrize(
    ("before", "error", "state", "doubts", "waits_s"),
    [
        ({}, ChannelError("e", retry_after=7.0), AGAIN, 0, 7.5),
        ({}, ChannelError("e"), AGAIN, 0, 5.5),
        ({"attempts": 3}, ChannelError("e"), AGAIN, 0, 44),
        ({"doubts": 1}, ChannelError("e"), DOUBT, 1, 5.5),
        ({}, ChannelError("e", permanent=True), FAILED, 0, 0),
        ({}, ChannelError("e", sent=Sent.UNKNOWN), DOUBT, 1, 30),
        ({"doubts": 2}, ChannelError("e", sent=Sent.UNKNOWN), DOUBT, 3, 30),
        ({"doubts": 3}, ChannelError("e", sent=Sent.UNKNOWN), FAILED, 4, 30),
        ({}, ValueError("e"), FAILED, 0, 0),
    ],
)
def test_an_error_decides_what_becomes_of_its_row_alone(
    post: Post, before: dict[str, Any], error: Exception, state: DeliveryState, doubts: int, waits_s: float
) -> None:
    post.platform.error = error
    number, other = post.post("x", **before), post.post("x", "2")
    assert post.step()
    row = post.row(number)
    assert (row.state, row.doubts, post.waits_s(number), row.lease_token) == (state, doubts, waits_s, None)
    assert row.last_error == (
        "unmade: ValueError: e"
        if isinstance(error, ValueError)
        else "perhaps: e"
        if waits_s == 30
        else "refused: e"
        if state is FAILED
        else "other: e"
    )
    post.platform.error = None
    assert post.step()
    assert post.row(other).state == DeliveryState.SENT


def test_a_chat_that_takes_nothing_any_more_ends_with_all_that_waits_for_it(post: Post) -> None:
    with post.store.unit() as session:
        link(session, "1")
    gone, too, other = post.post("x"), post.post("y"), post.post("z", "2")
    post.platform.error = ChannelError("403", gone=True)
    post.step()
    assert [post.row(each).state for each in (gone, too, other)] == [FAILED, FAILED, AGAIN]
    assert [post.row(each).last_error for each in (gone, too)] == ["closed: 403", "closed: 403"]
    with post.store.look() as session:
        address = addresses.address_of(session, 1, "telegram")
        assert address is not None
        assert (address.unreachable_since, address.unreachable_why) == (NOW, "closed")


def test_a_group_that_moved_takes_what_waits_along(post: Post) -> None:
    with post.store.unit() as session:
        link(session, "1")
        session.flush()
        session.add(GroupChat(channel="telegram", chat="-1", title="x", linked_by=1, linked_at=NOW))
    first, second, other = (
        post.post("x", "-1"),
        post.post("y", "-1"),
        post.post("z", "2", not_before=NOW + timedelta(1)),
    )
    post.platform.error = ChannelError("moved", moved_to="-100")
    assert post.step()
    assert [(row.chat, row.state) for row in map(post.row, (first, second, other))] == [
        ("-100", AGAIN), ("-100", AGAIN), ("2", AGAIN),
    ]  # fmt: skip
    assert [post.row(first).last_error, post.waits_s(first)] == ["other: moved", 0]
    with post.store.look() as session:
        assert group_chats.linked(session, "telegram", "-100") is not None


def test_a_channel_that_takes_nothing_rests_for_a_minute_and_the_others_go_on(store: Store, office: Office) -> None:
    other = Platform("other")
    post = Post(store, office, Platform(), other)
    post.platform.error = ChannelError("token", stop=True)
    number = post.post("x")
    post.step()
    post.platform.error = None
    with post.store.unit() as session:
        session.get_one(Delivery, number).not_before = NOW
        deliveries.post(session, Destination("other", "1"), Posting(DeliveryKind.NOTICE, "t", None, say("y")), NOW)
    assert [post.step(59), post.step()] == [True, False]
    assert [len(other.taken), len(post.platform.taken)] == [1, 0]
    assert [post.step(1), len(post.platform.taken)] == [True, 1]
    post.runner.close()


def test_what_may_have_arrived_is_marked_and_sent_once_the_platform_answers(post: Post, office: Office) -> None:
    number = post.post("x", state=DOUBT, doubts=1)
    post.platform.silent = ChannelError("no answer", sent=Sent.UNKNOWN, retry_after=9.0)
    assert post.step()
    row = post.row(number)
    assert (row.state, row.doubts, row.last_error, post.waits_s(number)) == (DOUBT, 1, "other: no answer", 9.5)
    post.platform.silent = ChannelError("token", stop=True)
    assert post.step(10)
    assert not post.step(55)
    post.platform.silent = None
    assert post.step(10)
    assert post.platform.taken[0].message.parts == (office.text("mark.perhaps_twice"), "x")
    # A page that bears the mark from the start is no repeat of its own.
    post.post("y", doubts=1)
    post.step()
    assert [post.platform.taken[1].message.parts[0], post.platform.asked] == [office.text("mark.perhaps_twice"), 3]


def test_a_receipt_that_comes_after_the_lease_settles_the_doubt(post: Post) -> None:
    number = post.post("x")

    def rescue() -> None:
        post.now += timedelta(seconds=100)
        with post.store.unit() as session:
            delivery_leases.rescue(session, post.now, 3)

    post.platform.meanwhile = rescue
    post.step()
    row = post.row(number)
    assert (row.state, row.message_id, row.doubts) == (DeliveryState.SENT, "m1", 1)


def test_what_no_channel_here_can_send_waits_for_an_hour(post: Post) -> None:
    number = post.post("x", channel="mail")
    assert [post.step(), post.step()] == [True, False]
    assert (post.row(number).state, post.waits_s(number), post.row(number).attempts) == (AGAIN, 3600, 0)
    assert "'mail'" in post.row(number).last_error


@pytest.mark.parametrize(("attempts", "state", "waits_s"), [(0, AGAIN, 5.5), (3, AGAIN, 44), (4, FAILED, 0)])
def test_a_text_that_cannot_be_made_is_tried_five_times_and_leaves_nothing_behind(
    post: Post, attempts: int, state: DeliveryState, waits_s: float
) -> None:
    def maker(session: Session, *_: Any) -> Message:
        posted(session, "9", "half done", NOW)
        session.flush()
        raise KeyError("gone")

    post.makers[DeliveryKind.CONFIRMATION] = maker
    number = post.post("x", kind=DeliveryKind.CONFIRMATION, body=None, attempts=attempts)
    post.post("y", "2")
    assert [post.step(), post.step(), post.step()] == [True, True, False]
    row = post.row(number)
    assert (row.state, row.last_error, post.waits_s(number)) == (state, "unmade: 'gone'", waits_s)
    assert (len(post.rows()), len(post.platform.taken)) == (2, 1)


def test_a_group_whose_chat_is_gone_is_bound_no_more(post: Post) -> None:
    with post.store.unit() as session:
        link(session, "1")
        session.flush()
        session.add(GroupChat(channel="telegram", chat="-1", title="x", linked_by=1, linked_at=NOW))
    number = post.post("x", "-1", in_group=True)
    # What a platform says that names no group (Zalo's 410) is about the chat all the same.
    post.platform.error = ChannelError("410", gone=True)
    assert post.step()
    assert post.row(number).state == FAILED
    with post.store.look() as session:
        assert group_chats.linked(session, "telegram", "-1") is None


def test_one_whose_text_cannot_be_made_keeps_none_of_those_back_that_are_taken_with_it(post: Post) -> None:
    def maker(_session: Session, _office: Office, row: Delivery, *_rest: object) -> Message:
        if row.chat == "2":
            raise KeyError("gone")
        return say(f"to {row.chat}")

    post.makers[DeliveryKind.CONFIRMATION] = maker
    numbers = [post.post("", chat, kind=DeliveryKind.CONFIRMATION, body=None) for chat in ("1", "2", "3")]
    given = post.sender.claims.take(3)
    assert [each.outgoing.message.parts for each in given if isinstance(each, Claimed)] == [("to 1",), ("to 3",)]
    states = [DeliveryState.SENDING, DeliveryState.DUE, DeliveryState.SENDING]
    assert [post.row(number).state for number in numbers] == states
    assert post.row(numbers[1]).last_error == "unmade: 'gone'"
