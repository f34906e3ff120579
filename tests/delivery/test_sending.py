"""What one step of a sender makes of a row, by what the platform answers and by what can be made of it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from channels.abilities import Pace
from channels.base import Attached, Doing, Outgoing, Receipt
from channels.errors import ChannelError
from delivery.claims import MINUTE, SELDOM
from store import delivery_leases
from store.delivery_queue import Waiting
from store.engine import Store
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from tests.databases import on_sqlite as databases
from tests.delivery.desk import NOW, RICH, Platform, Post
from words.faults import Fault
from words.message import Message, say
from words.office import Office

__all__ = ["databases"]


def test_a_receipt_makes_it_sent(post: Post) -> None:
    number = post.post("<b>x</b>", reply_to="55", topic="9", last_error="old")
    assert [post.step(), post.step()] == [True, False]
    [outgoing] = post.platform.taken
    assert (outgoing.chat, outgoing.message.parts, outgoing.delivery) == ("1", ("<b>x</b>",), number)
    assert (outgoing.reply_to, outgoing.topic, outgoing.picture, outgoing.attached) == ("55", "9", None, None)
    row = post.row(number)
    assert (row.state, row.message_id, row.sent_at, row.last_error) == (DeliveryState.SENT, "m1", NOW, "")
    assert (post.platform.shown, post.platform.asked) == ([], 0)


@pytest.mark.parametrize(
    ("message", "doing", "parts", "carried"),
    [
        (say("x", picture="matrix"), Doing.PICTURE, 1, (b"png", None)),
        (say("x", picture="broken"), Doing.PICTURE, 1, (None, None)),
        (say("x", attachment="evidence:12"), Doing.FILE, 1, (None, Attached("a.pdf", b"pdf"))),
        (say("x", attachment="evidence:13"), Doing.FILE, 2, (None, None)),
        (say("x", attachment="nothing:12"), Doing.FILE, 2, (None, None)),
    ],
)
def test_words_go_with_what_they_carry_or_without_it(
    post: Post, office: Office, message: Message, doing: Doing, parts: int, carried: tuple[bytes, Attached]
) -> None:
    post.post(message, topic="9")
    assert post.step()
    [outgoing] = post.platform.taken
    assert outgoing.message.parts == ("x", office.text("evidence.not_attached"))[:parts]
    assert (outgoing.picture, outgoing.attached) == carried
    assert post.platform.shown == [("1", "9", doing)]


def test_whose_lease_ended_while_its_picture_was_drawn_is_not_sent_under_it(post: Post) -> None:
    def slowly() -> None:
        post.now += delivery_leases.LEASE

    post.drawing = slowly
    number = post.post(say("x", picture="matrix"))
    assert post.step()
    # Nothing had left: that is no doubt, and bears no mark.
    assert (post.platform.taken, post.row(number).state, post.row(number).doubts) == ([], DeliveryState.DUE, 0)
    post.drawing = lambda: None
    assert post.step(1)
    assert [each.message.parts for each in post.platform.taken] == [("x",)]


def test_a_clock_that_cannot_be_asked_gives_no_message_up(post: Post) -> None:
    def away() -> datetime:
        raise OperationalError("SELECT", {}, Exception("the server was restarted"))

    def lose() -> None:
        post.sender.clock = away

    post.drawing = lose
    number = post.post(say("x", picture="matrix"))
    assert post.step()
    assert (post.row(number).state, len(post.platform.taken)) == (DeliveryState.SENT, 1)


def test_who_finds_its_lease_over_leaves_the_message_to_whoever_rescued_it(post: Post) -> None:
    def slowly() -> None:
        post.now += delivery_leases.LEASE
        with post.store.unit() as session:
            assert delivery_leases.rescue(session, post.now, 3) == 1

    post.drawing = slowly
    number = post.post(say("x", picture="matrix"))
    assert post.step()
    assert (post.platform.taken, post.row(number).state) == ([], DeliveryState.IN_DOUBT)


def test_where_nothing_can_be_shown_nobody_is_shown_that_it_comes(post: Post) -> None:
    post.platform.abilities = replace(RICH, typing=False)
    post.post(say("x", picture="matrix"))
    post.step()
    assert (post.platform.shown, post.platform.taken[0].picture) == ([], b"png")


def test_a_text_is_made_when_it_is_sent_for_what_its_channel_can(post: Post) -> None:
    asked: list[Any] = []

    def maker(*each: Any) -> Message:
        asked.extend(each)
        return say("made")

    post.makers[DeliveryKind.CONFIRMATION] = maker
    number = post.post("x", kind=DeliveryKind.CONFIRMATION, body=None)
    post.step()
    assert (asked[2].id, asked[3], asked[4]) == (number, NOW, RICH)
    assert [each.message.parts for each in post.platform.taken] == [("made",)]


@pytest.mark.parametrize("message", [None, say("")])
def test_what_has_nothing_to_say_is_let_go(post: Post, message: Message | None) -> None:
    post.makers[DeliveryKind.CONFIRMATION] = lambda *_: message
    number = post.post("x", kind=DeliveryKind.CONFIRMATION, body=None)
    assert post.step()
    assert (post.row(number).state, post.platform.taken) == (DeliveryState.DROPPED, [])


def test_what_is_too_long_goes_in_pages_and_stays_cut(post: Post) -> None:
    post.platform.abilities = replace(RICH, text=120)
    parts = [f"{number} " + "a" * 50 for number in range(3)]
    number = post.post(say(*parts), doubts=0)
    post.platform.error = ChannelError("later")
    post.step()
    rows = post.rows()
    assert [(row.page, row.first_id) for row in rows] == [(1, None), (2, number), (3, number)]
    assert (rows[0].body or {})["parts"] == parts[:1]
    post.platform.error = None
    while post.step(6):
        pass
    assert [each.message.parts for each in post.platform.taken] == [(part,) for part in parts]
    assert len(post.rows()) == 3


def test_it_looks_again_when_the_limit_that_holds_a_message_back_ends(store: Store, office: Office) -> None:
    post = Post(store, office, Platform(abilities=replace(RICH, pace=Pace(overall_s=0.1, chat_s=0.3, group_s=4.0))))
    post.post("a"), post.post("b")
    assert post.sender.idle_s() == MINUTE.total_seconds()
    assert post.step()
    # First over all chats, then in this one; a turn is taken a twentieth of a second ahead.
    for after, idle_s in ((0, 0.05), (0.2, 0.05), (0.03, 0.02)):
        assert not post.step(after)
        assert post.sender.idle_s() == pytest.approx(idle_s, abs=1e-6)
    post.post("c", "2")
    assert post.step()
    assert [each.chat for each in post.platform.taken] == ["1", "2"]
    assert post.sender.idle_s() == pytest.approx(0.02, abs=1e-6)
    assert [post.step(5), post.step()] == [True, False]
    post.now += timedelta(seconds=5)
    assert not post.step()
    # Nothing waits that could leave by the clock alone.
    assert timedelta() < timedelta(seconds=post.sender.idle_s()) <= SELDOM
    assert (post.now + timedelta(seconds=post.sender.idle_s())).minute % 5 == 0
    post.runner.close()


def test_what_waits_for_a_window_is_looked_at_each_minute_and_what_waits_for_its_moment_then(
    store: Store, office: Office
) -> None:
    post = Post(store, office, Platform())
    post.now = post.now.replace(hour=14, minute=1, second=20)
    assert [post.step(), post.sender.idle_s()] == [False, 220]
    for minutes in (0, 2):
        moment = post.now + timedelta(minutes=minutes, seconds=10)
        post.post("a", str(minutes), kind=DeliveryKind.URGE, not_before=moment)
    assert [post.step(), post.sender.idle_s()] == [False, 10]
    assert [post.step(10), post.sender.idle_s()] == [False, 30]
    post.runner.close()


def test_a_group_is_held_by_its_own_limit(store: Store, office: Office) -> None:
    post = Post(store, office, Platform(abilities=replace(RICH, pace=Pace(group_s=4.0))))
    post.post("a", in_group=True), post.post("b", in_group=True)
    assert [post.step(), post.step(3.9), post.sender.idle_s()] == [True, False, pytest.approx(0.05, abs=1e-6)]
    assert post.step(0.1)
    post.runner.close()


def test_a_row_that_another_sender_was_faster_with_gives_way_to_the_next(
    store: Store, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post(store, office, Platform())
    first, second = post.post("a"), post.post("b", "2")
    look = post.sender.claims.candidates

    def slow(now: datetime, most: int) -> list[Waiting]:
        found = look(now, most)
        # Between its look and its claim others have all the time they want.
        with store.unit() as session:
            session.get_one(Delivery, first).state = DeliveryState.SENDING
        return found

    monkeypatch.setattr(post.sender.claims, "candidates", slow)
    assert [post.step(), post.step()] == [True, False]
    assert [post.row(each).state for each in (first, second)] == [DeliveryState.SENDING, DeliveryState.SENT]
    post.runner.close()


def test_at_night_what_the_office_begins_waits_and_an_answer_does_not(post: Post) -> None:
    post.post("x", kind=DeliveryKind.DIGEST)
    # 23:00 in Hanoi.
    post.now = datetime(2020, 1, 2, 16, tzinfo=UTC)
    assert not post.step()
    post.post("y")
    assert post.step()


@pytest.mark.parametrize(
    ("message", "fault", "key", "sent"),
    [
        (say("x", attachment="evidence:12"), Fault.NO_FILES, "fault.file_elsewhere", 1),
        (say("x", picture="matrix"), Fault.NO_PICTURES, "fault.picture_elsewhere", 1),
        (say("x"), Fault.NO_WORDS, None, 0),
        (say("x", attachment="evidence:12"), Fault.REFUSED, None, 0),
    ],
)
def test_what_a_chat_withholds_goes_out_as_words_that_say_where_it_is(
    post: Post, office: Office, message: Message, fault: Fault, key: str | None, sent: int
) -> None:
    post.platform.withheld = fault
    number = post.post(message)
    assert post.step()
    assert (len(post.platform.taken), post.row(number).state == DeliveryState.SENT) == (sent, bool(sent))
    if key is not None:
        (outgoing,) = post.platform.taken
        assert outgoing.message.parts == ("x", office.text(key, name="a.pdf"))
        assert not outgoing.message.carries
    else:
        assert post.row(number).last_error.startswith(f"{fault}: ")


def test_senders_side_by_side_take_one_message_of_each_chat_and_keep_what_came_of_all(post: Post) -> None:
    numbers = [post.post(f"{number}", f"{number % 6}") for number in range(12)]
    post.post("to be made", "99", kind=DeliveryKind.CONFIRMATION, body=None)
    post.makers[DeliveryKind.CONFIRMATION] = lambda *_: say("made")

    async def work() -> None:
        while await post.sender.step():
            pass

    async def run() -> None:
        await asyncio.gather(*(work() for _ in range(8)))

    post.runner.run(run())
    assert [post.row(number).state for number in numbers] == [DeliveryState.SENT] * 12
    said = [(each.chat, each.message.parts[0]) for each in post.platform.taken]
    assert sorted(said) == sorted([(f"{number % 6}", f"{number}") for number in range(12)] + [("99", "made")])
    for chat in range(6):
        assert [text for to, text in said if to == f"{chat}"] == [f"{chat}", f"{chat + 6}"]


def test_a_receipt_that_cannot_be_kept_with_the_others_leaves_them_kept(post: Post) -> None:
    numbers = [post.post(f"{number}", f"{number}") for number in range(4)]
    with post.store.unit() as session:
        session.connection().exec_driver_sql(
            f"CREATE TRIGGER broken BEFORE UPDATE OF message_id ON delivery WHEN new.id = {numbers[2]}"
            " BEGIN SELECT RAISE(ABORT, 'a broken page'); END"
        )

    async def run() -> list[bool | BaseException]:
        return await asyncio.gather(*(post.sender.step() for _ in range(4)), return_exceptions=True)

    found = post.runner.run(run())
    assert sorted(type(each).__name__ for each in found) == ["IntegrityError", "bool", "bool", "bool"]
    states = [post.row(number).state for number in numbers]
    assert states == [DeliveryState.SENT, DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.SENT]


def test_whether_a_group_would_take_less_is_looked_up_beside_who_writes(post: Post, store: Store) -> None:
    number = post.post("x")
    with store.unit() as session:
        # Whoever waited for this writer would wait until it is given up.
        session.connection().exec_driver_sql("UPDATE delivery SET attempts = attempts")
        row = session.get_one(Delivery, number)
        assert post.sender.lesser(row, Outgoing("1", say("x"), number), Fault.REFUSED) is None


class Holding(Platform):
    """Keeps the first message to a chat until it is let go, and takes no second one for it meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.came, self.go = asyncio.Event(), asyncio.Event()

    async def send(self, outgoing: Outgoing) -> Receipt:
        """One message."""
        if outgoing.chat == "1":
            assert not self.came.is_set() or self.go.is_set(), outgoing
            self.came.set()
            await self.go.wait()
        return await super().send(outgoing)


def test_while_something_is_on_its_way_to_a_chat_nothing_else_leaves_for_it(store: Store, office: Office) -> None:
    platform = Holding()
    post = Post(store, office, platform)
    post.post("an answer"), post.post("a digest", kind=DeliveryKind.DIGEST)
    # Between the two, so that the second is among those that one look keeps for later.
    for number in range(2, 9):
        post.post("a notice", f"{number}", kind=DeliveryKind.NOTICE)

    async def run() -> None:
        first = asyncio.create_task(post.sender.step())
        await platform.came.wait()
        while await post.sender.step():
            pass
        platform.go.set()
        await first

    post.runner.run(run())
    assert [post.step(), post.step()] == [True, False]
    said = [each.message.parts[0] for each in platform.taken]
    assert said == [*["a notice"] * 7, "an answer", "a digest"]
    post.runner.close()


def test_what_was_moved_to_another_way_since_it_was_looked_at_is_left_to_it(
    store: Store, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post(store, office, Platform())
    number = post.post("a")
    look = post.sender.claims.candidates

    def slow(now: datetime, most: int) -> list[Waiting]:
        found = look(now, most)
        with store.unit() as session:
            session.get_one(Delivery, number).channel = "pigeons"
        return found

    monkeypatch.setattr(post.sender.claims, "candidates", slow)
    assert not post.step()
    assert (post.row(number).state, post.platform.taken) == (DeliveryState.DUE, [])
    post.runner.close()


def test_while_the_limit_of_all_messages_holds_nobody_asks_the_database(store: Store, office: Office) -> None:
    post = Post(store, office, Platform(abilities=replace(RICH, pace=Pace(overall_s=0.2))))
    asked: list[str] = []
    for chat in ("1", "2"):
        post.post("x", chat)
    assert [post.step(), post.step()] == [True, False]
    for engine in (store.reader, store.writer):
        event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert (post.step(), asked) == (False, [])
    assert post.sender.idle_s() == pytest.approx(0.15)
    assert post.step(after=0.151)
    assert (len(post.platform.taken), bool(asked)) == (2, True)
    post.runner.close()
