"""What came of messages and what leaves next is kept in one unit, and neither keeps the other from being kept."""

import asyncio
from dataclasses import replace

from sqlalchemy import event

from channels.abilities import Pace
from channels.base import Outgoing, Receipt
from store.engine import Store
from store.types import DeliveryState
from tests.databases import on_sqlite as databases
from tests.delivery.desk import RICH, Platform, Post
from words.office import Office

__all__ = ["databases"]


class Far(Platform):
    """While it takes a message the others leave."""

    async def send(self, outgoing: Outgoing) -> Receipt:
        """One message."""
        await asyncio.sleep(0)
        return await super().send(outgoing)


def side_by_side(post: Post, many: int) -> list[BaseException | None]:
    """So many senders, until none has anything to send; gives what each of them failed with."""

    async def work() -> None:
        while await post.sender.step():
            pass

    async def run() -> list[BaseException | None]:
        return await asyncio.gather(*(work() for _ in range(many)), return_exceptions=True)

    return post.runner.run(run())


def test_what_came_back_and_what_leaves_next_stand_in_one_unit(store: Store, office: Office) -> None:
    post = Post(store, office, Far())
    numbers = [post.post("x", f"{number}") for number in range(24)]
    units: list[object] = []
    event.listen(post.store.writer, "commit", units.append)
    side_by_side(post, 8)
    assert [post.row(number).state for number in numbers] == [DeliveryState.SENT] * 24
    # What leaves first, twice both, and what came back last.
    assert len(units) == 4
    post.runner.close()


def test_where_nothing_more_can_be_taken_what_was_sent_is_kept_all_the_same(post: Post) -> None:
    numbers = [post.post(f"{number}", f"{number}") for number in range(4)]
    with post.store.unit() as session:
        session.connection().exec_driver_sql(
            f"CREATE TRIGGER broken BEFORE UPDATE OF lease_token ON delivery WHEN new.id >= {numbers[2]}"
            " BEGIN SELECT RAISE(ABORT, 'a broken page'); END"
        )
    assert [type(each).__name__ for each in side_by_side(post, 2)] == ["IntegrityError"] * 2
    states = [post.row(number).state for number in numbers]
    assert states == [DeliveryState.SENT] * 2 + [DeliveryState.DUE] * 2


def test_what_a_message_left_too_late_the_next_one_waits_longer(store: Store, office: Office) -> None:
    post = Post(store, office, Platform(abilities=replace(RICH, pace=Pace(overall_s=1.0))))
    post.post("x", "1"), post.post("y", "2")
    assert post.step()
    post.sender.claims.was_late("telegram", 0.2)
    assert [post.step(1.0), post.step(0.1), post.step(0.2)] == [False, False, True]
    post.runner.close()
