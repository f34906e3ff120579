"""Somebody presses, or replies, so that a message counts as arrived that never did."""

from dataclasses import replace

import pytest

from bot.door.pipeline import handle
from channels.base import ChatKind, Incoming, What
from sandbox.phone import Phone
from sandbox.world import GROUP, World
from store import deliveries, people
from store.postings import Destination, Identity, Posting
from store.types import DeliveryKind, DeliveryState
from words.message import say

DOUBTED = Posting(DeliveryKind.ANSWER, "test", Identity("doubted"), say("Tổng hợp"))


def in_doubt(world: World, to: Destination) -> int:
    """A message whose sender died while it left."""
    with world.service.store.unit() as session:
        row = deliveries.post(session, to, DOUBTED, world.now)
        assert row is not None
        row.state = DeliveryState.IN_DOUBT
        session.add(row)
        session.flush()
        return row.id or 0


def after(world: World, incoming: Incoming, delivery: int) -> str:
    """The state of the message once somebody did this."""
    with world.service.store.unit() as session:
        handle(session, world.service.current(), incoming, world.now, world.channel.abilities)
        row = deliveries.get(session, delivery)
        assert row is not None
        return row.state


def press(world: World, phone: Phone, delivery: int) -> Incoming:
    """A press in the group whose content somebody wrote themselves."""
    return Incoming(
        channel="telegram",
        key="900",
        what=What.PRESS,
        chat=str(GROUP),
        chat_kind=ChatKind.GROUP,
        chat_title="",
        user=str(phone.user),
        user_name="",
        text="/viec",
        sent_at=world.now,
        message_id="77",
        press_id="p1",
        delivery=delivery,
    )


@pytest.mark.parametrize("how", [What.PRESS, What.MESSAGE])
def test_only_who_may_speak_in_a_group_proves_that_its_message_arrived(world: World, how: What) -> None:
    boss, lan, stranger = world.admin("Hoa"), world.officer("Lan", "sondung"), world.phone("Lạ")
    mai = world.officer("Mai", "sonmua")
    world.group(boss, lan, mai, stranger)
    with world.service.store.unit() as session:
        found = people.by_user(session, "telegram", str(mai.user))
        assert found is not None
        people.leave(session, found[0].id or 0, world.now, via="test", actor=None)
    delivery = in_doubt(world, Destination("telegram", str(GROUP), in_group=True))
    said = [press(world, each, delivery) for each in (stranger, mai, lan)]
    if how is What.MESSAGE:
        said = [replace(each, what=how, press_id=None, delivery=None, reply_to="77", text="/trogiup") for each in said]
    found_states = [after(world, replace(each, key=str(at)), delivery) for at, each in enumerate(said)]
    assert found_states == [DeliveryState.IN_DOUBT, DeliveryState.IN_DOUBT, DeliveryState.SENT]


def test_a_press_under_the_message_to_another_proves_nothing(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.group(boss, lan)
    with world.service.store.look() as session:
        found = people.by_user(session, "telegram", str(boss.user))
        assert found is not None
    delivery = in_doubt(world, Destination("telegram", str(GROUP), found[0].id, in_group=True))
    assert after(world, press(world, lan, delivery), delivery) == DeliveryState.IN_DOUBT
    assert after(world, replace(press(world, boss, delivery), key="901"), delivery) == DeliveryState.SENT
