"""What one step of a sender makes of a row, by what the platform answers and by what can be made of it."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from channels.base import Abilities, Attached, ChannelError, Doing, Outgoing, Pace, Receipt, Sent
from channels.telegram.abilities import ABILITIES
from delivery.sender import Contents, Sender
from store import deliveries, people
from store.deliveries import Waiting
from store.engine import Store
from store.people_tables import Address, GroupChat, Person
from store.postings import Destination, Posting
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from tests.outbox import posted
from words.message import Message, say
from words.office import Office

# A working day, 8:00 in Hanoi.
NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
RICH = replace(ABILITIES, pace=Pace())


@dataclass
class Platform:
    """Takes everything, or fails as it is told to; keeps what it was asked."""

    name: str = "telegram"
    abilities: Abilities = RICH
    error: Exception | None = None
    silent: ChannelError | None = None
    taken: list[Outgoing] = field(default_factory=list)
    shown: list[tuple[str, str | None, Doing]] = field(default_factory=list)
    asked: int = 0
    meanwhile: Callable[[], object] = lambda: None

    async def send(self, outgoing: Outgoing) -> Receipt:
        """One message."""
        self.meanwhile()
        if self.error is not None:
            raise self.error
        self.taken.append(outgoing)
        return Receipt(f"m{len(self.taken)}")

    async def alive(self) -> None:
        """The cheap call before a repeat."""
        self.asked += 1
        if self.silent is not None:
            raise self.silent

    async def typing(self, chat: str, topic: str | None, doing: Doing = Doing.TYPING) -> None:
        """What the phone shows."""
        self.shown.append((chat, topic, doing))
        raise ChannelError("nobody looks")


class Post:
    """An outbox with a sender and its platforms, at a moment that the test moves."""

    def __init__(self, store: Store, office: Office, *platforms: Platform, sender: type[Sender] = Sender) -> None:
        self.store, self.now, self.platform = store, NOW, platforms[0]
        self.makers: dict[DeliveryKind, Any] = {}
        contents = Contents(self.makers, self.paint, {"evidence": self.attach})
        channels: Any = {each.name: each for each in platforms}
        self.sender = sender(store, office, channels, contents, lambda: self.now, chance=lambda: 0.5)
        self.runner = asyncio.Runner()

    def paint(self, store: Store, office: Office, name: str) -> bytes:
        """The picture, one of them broken."""
        assert (store is self.store, bool(office.plans)) == (True, True)
        return {"matrix": b"png"}[name]

    def attach(self, store: Store, office: Office, rest: str) -> Attached:
        """The one file there is."""
        assert (store is self.store, bool(office.plans)) == (True, True)
        return {"12": Attached("a.pdf", b"pdf")}[rest]

    def post(self, message: str | Message, chat: str = "1", **values: Any) -> int:
        """A row due now, changed as asked."""
        with self.store.unit() as session:
            number = posted(session, chat, message, NOW, values.pop("kind", DeliveryKind.ANSWER))
            row = session.get_one(Delivery, number)
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)
        return number

    def step(self, after: float = 0.0) -> bool:
        """One step, some seconds later."""
        self.now += timedelta(seconds=after)
        return self.runner.run(self.sender.step())

    def row(self, number: int) -> Delivery:
        """The row as it is kept."""
        with self.store.look() as session:
            return session.get_one(Delivery, number)

    def rows(self) -> Sequence[Delivery]:
        """All rows."""
        with self.store.look() as session:
            return session.exec(select(Delivery).order_by(col(Delivery.id))).all()

    def waits_s(self, number: int) -> float:
        """How long a row still waits."""
        return (self.row(number).not_before - self.now).total_seconds()


@pytest.fixture
def post(store: Store, office: Office) -> Iterator[Post]:
    """An outbox with nothing in it."""
    made = Post(store, office, Platform())
    yield made
    made.runner.close()


def link(session: Session, chat: str) -> None:
    """Somebody in that chat."""
    session.add(Person(id=1, name="Lan", created_at=NOW))
    session.flush()
    session.add(Address(person_id=1, channel="telegram", user="1", chat=chat, linked_at=NOW))


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


def test_where_nothing_can_be_shown_nobody_is_shown_that_it_comes(post: Post) -> None:
    post.platform.abilities = replace(RICH, typing=False)
    post.post(say("x", picture="matrix"))
    post.step()
    assert (post.platform.shown, post.platform.taken[0].picture) == ([], b"png")


AGAIN, DOUBT, FAILED = DeliveryState.DUE, DeliveryState.IN_DOUBT, DeliveryState.FAILED


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
        "ValueError: e" if isinstance(error, ValueError) else "in doubt: e" if waits_s == 30 else "e"
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
    assert [post.row(each).last_error for each in (gone, too)] == ["403", "403"]
    with post.store.look() as session:
        address = people.address_of(session, 1, "telegram")
        assert address is not None
        assert (address.unreachable_since, address.unreachable_why) == (NOW, "403")


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
    assert [post.row(first).last_error, post.waits_s(first)] == ["moved", 0]
    with post.store.look() as session:
        assert people.group(session, "telegram", "-100") is not None


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
    assert (row.state, row.doubts, row.last_error, post.waits_s(number)) == (DOUBT, 1, "no answer", 9.5)
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
            deliveries.rescue(session, post.now, 3)

    post.platform.meanwhile = rescue
    post.step()
    row = post.row(number)
    assert (row.state, row.message_id, row.doubts) == (DeliveryState.SENT, "m1", 1)


def test_what_no_channel_here_can_send_waits_for_an_hour(post: Post) -> None:
    number = post.post("x", channel="mail")
    assert [post.step(), post.step()] == [True, False]
    assert (post.row(number).state, post.waits_s(number), post.row(number).attempts) == (AGAIN, 3600, 0)
    assert "'mail'" in post.row(number).last_error


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
    assert (row.state, row.last_error, post.waits_s(number)) == (state, "text: 'gone'", waits_s)
    assert (len(post.rows()), len(post.platform.taken)) == (2, 1)


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
    assert post.sender.idle_s() == 0.5
    assert post.step()
    # First over all chats, then in this one.
    for after, idle_s in ((0, 0.1), (0.2, 0.1), (0.05, 0.05)):
        assert not post.step(after)
        assert post.sender.idle_s() == pytest.approx(idle_s, abs=1e-6)
    post.post("c", "2")
    assert post.step()
    assert [each.chat for each in post.platform.taken] == ["1", "2"]
    assert post.sender.idle_s() == pytest.approx(0.05, abs=1e-6)
    assert [post.step(5), post.step()] == [True, False]
    post.now += timedelta(seconds=5)
    assert not post.step()
    assert post.sender.idle_s() == 0.5
    post.runner.close()


def test_a_group_is_held_by_its_own_limit(store: Store, office: Office) -> None:
    post = Post(store, office, Platform(abilities=replace(RICH, pace=Pace(group_s=4.0))))
    post.post("a", in_group=True), post.post("b", in_group=True)
    assert [post.step(), post.step(3.9), post.sender.idle_s()] == [True, False, pytest.approx(0.1)]
    assert post.step(0.1)
    post.runner.close()


class Slow(Sender):
    """Between its look and its claim others have all the time they want."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def _candidates(self, now: datetime) -> list[Waiting]:
        found = super()._candidates(now)
        self.meanwhile()
        return found


def test_a_row_that_another_sender_was_faster_with_gives_way_to_the_next(store: Store, office: Office) -> None:
    post = Post(store, office, Platform(), sender=Slow)
    first, second = post.post("a"), post.post("b", "2")

    def take() -> None:
        with store.unit() as session:
            session.get_one(Delivery, first).state = DeliveryState.SENDING

    assert isinstance(post.sender, Slow)
    post.sender.meanwhile = take
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
