"""Two senders, a platform that does what it likes, crashes and a clock that jumps: what always holds of the outbox."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlmodel import col, select

from app import office_settings
from app import settings as app_settings
from channels.base import Doing, Incoming, Outgoing, Receipt
from channels.errors import ChannelError, Sent
from channels.telegram.abilities import ABILITIES
from delivery import retry
from delivery.contents import Contents
from delivery.sender import Sender
from store import deliveries, delivery_leases
from store.engine import Store
from store.postings import Identity
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from tests import postgresql
from tests.databases import KINDS
from tests.outbox import posted
from words.message import Button
from words.office import Office

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
FINAL = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DROPPED)
OUTCOMES = (
    "taken", "taken", "taken and lost", "lost", "died before", "died after", "slow", "429", "400", "403", "token",
)  # fmt: skip


@cache
def office() -> Office:
    """The office of the settings."""
    return office_settings.office_of(app_settings.read(_env_file=None))


class Died(BaseException):
    """SIGKILL in the middle of a send."""


class Scripted:
    """A platform that does what the next rule says, and counts what it took."""

    name = "telegram"
    abilities = ABILITIES

    def __init__(self, machine: "Outbox") -> None:
        self.machine, self.outcome, self.mark = machine, "taken", office().text("mark.perhaps_twice")

    def _take(self, outgoing: Outgoing) -> str:
        taken = self.machine.taken.setdefault(outgoing.delivery, [])
        self.machine.messages += 1
        taken.append((str(self.machine.messages), outgoing.message.parts[0] == self.mark))
        return taken[-1][0]

    async def send(self, outgoing: Outgoing) -> Receipt:
        """One message, with the outcome of the rule."""
        match self.outcome:
            case "taken and lost":
                self._take(outgoing)
                raise ChannelError("the answer was lost", sent=Sent.UNKNOWN)
            case "lost":
                raise ChannelError("the request was lost", sent=Sent.UNKNOWN)
            case "died before":
                raise Died
            case "died after":
                self._take(outgoing)
                raise Died
            case "slow":
                # Longer than the lease: the other process rescues the row while the platform takes it.
                message_id = self._take(outgoing)
                self.machine.pass_time(200)
                self.machine.rescue()
                return Receipt(message_id)
            case "429":
                raise ChannelError("retry later", retry_after=7.0)
            case "400":
                raise ChannelError("bad request", permanent=True)
            case "403":
                raise ChannelError("blocked", gone=True)
            case "token":
                raise ChannelError("bad token", stop=True)
        return Receipt(self._take(outgoing))

    async def alive(self) -> None:
        """The cheap call before a repeat."""
        if self.outcome in ("lost", "token"):
            raise ChannelError("no answer", sent=Sent.UNKNOWN, stop=self.outcome == "token")

    async def fetch(self, file_id: str) -> bytes:
        """No files here."""
        raise NotImplementedError(file_id)

    async def pressed(self, press_id: str, text: str | None = None) -> None:
        """No presses to answer."""

    async def spent(self, chat: str, message_id: str, buttons: Sequence[Sequence[Button]], delivery: int) -> None:
        """No buttons to take away."""

    async def typing(self, chat: str, topic: str | None, doing: Doing = Doing.TYPING) -> None:
        """Nobody looks."""

    async def updates(self, timeout: int) -> Sequence[tuple[str, str]]:
        """Nothing comes in."""
        del timeout
        return ()

    def read(self, key: str, raw: str, received_at: datetime) -> Incoming | None:
        """Nothing comes in."""
        del key, raw, received_at
        return None


class Outbox(RuleBasedStateMachine):
    """The outbox, and beside it what the platform took of each row: (message id, marked), in order."""

    kind = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.databases = KINDS[self.kind]()
        url = self.databases.copy_of()
        self.now, self.messages, self.posted = NOW, 0, 0
        self.taken: dict[int, list[tuple[str, bool]]] = {}
        self.ended: dict[int, str] = {}
        self.runner = asyncio.Runner()
        self.stores = [Store(url) for _ in range(2)]
        self.platform = Scripted(self)
        self.senders = [self._sender(store) for store in self.stores]

    def _sender(self, store: Store) -> Sender:
        def paint(*_: Any) -> bytes:
            return b""

        channels: dict[str, Any] = {"telegram": self.platform}
        contents = Contents({}, paint)
        return Sender(store, office(), channels, contents, lambda: self.now, limited=False, chance=lambda: 0.5)

    def teardown(self) -> None:
        """A healthy platform and enough time: nothing stays on its way, and nothing is lost in silence."""
        self.platform.outcome = "taken"
        for _ in range(4):
            self.pass_time(3600)
            self.rescue()
            self.senders = [self._sender(store) for store in self.stores]
            for sender in self.senders:
                while self.runner.run(sender.step()):
                    self.each_row()
        self.each_row()
        for row in self.rows():
            assert row.state in (DeliveryState.SENT, DeliveryState.FAILED), row.state
            assert row.state == DeliveryState.FAILED or self.taken[row.id or 0]
        self.runner.close()
        for store in self.stores:
            store.close()
        self.databases.close()

    def rows(self) -> Sequence[Delivery]:
        """Every row."""
        with self.stores[0].look() as session:
            return session.exec(select(Delivery).order_by(col(Delivery.id))).all()

    @rule(chat=st.sampled_from(["1", "2", "3"]), kind=st.sampled_from([DeliveryKind.ANSWER, DeliveryKind.NOTICE]))
    def post(self, chat: str, kind: DeliveryKind) -> None:
        """Something is to be said; posted twice under one name it is one row."""
        self.posted += 1
        for _ in range(2):
            with self.stores[0].unit() as session:
                posted(session, chat, f"message {self.posted}", self.now, kind, identity=Identity("test", self.posted))

    @precondition(lambda self: self.posted)
    @rule(which=st.integers(0, 1), outcome=st.sampled_from(OUTCOMES))
    def send(self, which: int, outcome: str) -> None:
        """One of the processes takes its next row to the platform; one that dies is started again."""
        self.platform.outcome = outcome
        before = {row.id: row for row in self.rows()}
        try:
            self.runner.run(self.senders[which].step())
        except Died:
            self.senders[which] = self._sender(self.stores[which])
        if outcome == "403":
            gone = {row.chat for row in self.rows() if row.state == "failed" and before[row.id].state != "failed"}
            assert not [row for row in self.rows() if row.chat in gone and row.state in deliveries.OPEN]

    @rule(seconds=st.sampled_from([1, 6, 31, 95, 1000, -60]))
    def pass_time(self, seconds: int) -> None:
        """The clock goes on, or is set back a little."""
        self.now += timedelta(seconds=seconds)

    @rule()
    def rescue(self) -> None:
        """A beat: what a dead sender left goes into doubt."""
        with self.stores[1].unit() as session:
            delivery_leases.rescue(session, self.now, retry.MOST_DOUBTS)

    @precondition(lambda self: self.taken)
    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        """Somebody presses a button under a copy that arrived."""
        number = data.draw(st.sampled_from(sorted(self.taken)))
        with self.stores[0].unit() as session:
            deliveries.arrived(session, number, self.taken[number][-1][0], self.now)

    @invariant()
    def each_row(self) -> None:
        """What holds of every row at every moment."""
        rows = self.rows()
        self.one_row_a_message(rows)
        for row in rows:
            self.sent_means_a_receipt_of_its_own(row)
            self.copies_are_at_most_one_more_than_doubts(row)
            self.every_repeat_is_marked(row)
            self.what_has_ended_stays(row)

    def one_row_a_message(self, rows: Sequence[Delivery]) -> None:
        """However often it is posted."""
        assert len(rows) == self.posted

    def sent_means_a_receipt_of_its_own(self, row: Delivery) -> None:
        """Nothing but an id that the platform gave for this very row makes it sent."""
        ids = [message_id for message_id, _ in self.taken.get(row.id or 0, [])]
        assert (row.message_id in ids) if row.state == DeliveryState.SENT else row.message_id is None

    def copies_are_at_most_one_more_than_doubts(self, row: Delivery) -> None:
        """A copy beyond the first needs a doubt, and a doubt comes from a lost answer or a dead sender."""
        assert len(self.taken.get(row.id or 0, [])) <= 1 + row.doubts
        assert row.doubts <= retry.MOST_DOUBTS + 1

    def every_repeat_is_marked(self, row: Delivery) -> None:
        """Whoever gets a second copy reads that it may be one."""
        assert all(marked for _, marked in self.taken.get(row.id or 0, [])[1:])

    def what_has_ended_stays(self, row: Delivery) -> None:
        """A final state is never left."""
        number = row.id or 0
        assert self.ended.get(number, row.state) == row.state
        if row.state in FINAL:
            self.ended[number] = row.state


class OutboxOnPostgresql(Outbox):
    """The same claims, kept by another database."""

    kind = "postgresql"


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestOutboxOnPostgresql = OutboxOnPostgresql.TestCase
TestOutboxOnPostgresql.settings = settings(max_examples=4, stateful_step_count=25, deadline=None)


# The claim is cut, or the receipt.
@pytest.mark.parametrize("answered", [0, 1])
@pytest.mark.parametrize("arrives", [False, True])
def test_what_a_cut_commit_leaves_is_looked_up_by_its_lease_and_sent_once(answered: int, arrives: bool) -> None:
    outbox = OutboxOnPostgresql()
    outbox.post(chat="1", kind=DeliveryKind.ANSWER)
    with postgresql.cut_at_commit(outbox.stores[0].url, arrives=arrives, answered=answered) as fragile:
        store = Store(fragile)
        assert outbox.runner.run(outbox._sender(store).step())
        store.close()
    assert len(outbox.taken) == (answered or arrives)
    outbox.each_row()
    outbox.teardown()
    assert [marked for copies in outbox.taken.values() for _, marked in copies] == [False]


@pytest.mark.parametrize("arrives", [False, True])
def test_a_cut_commit_of_what_came_back_and_what_leaves_next_sends_each_once(arrives: bool) -> None:
    outbox = OutboxOnPostgresql()
    for chat in ("1", "2", "3", "4"):
        outbox.post(chat=chat, kind=DeliveryKind.ANSWER)
    with postgresql.cut_at_commit(outbox.stores[0].url, arrives=arrives, answered=1) as fragile:
        store = Store(fragile)
        sender = outbox._sender(store)

        async def work() -> None:
            while await sender.step():
                pass

        async def together() -> None:
            await asyncio.gather(work(), work())

        outbox.runner.run(together())
        store.close()
    outbox.each_row()
    assert {row.state for row in outbox.rows()} == {DeliveryState.SENT}
    assert [len(copies) for copies in outbox.taken.values()] == [1] * 4
    outbox.teardown()


@pytest.mark.long
@pytest.mark.parametrize("crash", [False, True])
def test_a_restart_of_the_server_in_the_middle_of_sending_loses_and_doubles_nothing(crash: bool) -> None:
    outbox = OutboxOnPostgresql()
    for chat in ("1", "2", "3"):
        outbox.post(chat=chat, kind=DeliveryKind.ANSWER)

    class Restarted(Scripted):
        """While it takes the first message the server ends; it is there again in a second."""

        async def send(self, outgoing: Outgoing) -> Receipt:
            if down.ident is None:
                down.start()
            await asyncio.to_thread(gone.wait)
            return await super().send(outgoing)

    server, gone = postgresql.server(), Event()

    def restart() -> None:
        server.end(crash=crash)
        gone.set()
        time.sleep(1.0)
        server.start()

    down = Thread(target=restart)
    outbox.platform = Restarted(outbox)
    sender = outbox._sender(outbox.stores[0])

    async def together() -> None:
        while any(await asyncio.gather(sender.step(), sender.step())):
            pass

    outbox.runner.run(together())
    down.join()
    outbox.each_row()
    assert {row.state for row in outbox.rows()} == {DeliveryState.SENT}
    assert [marked for copies in outbox.taken.values() for _, marked in copies] == [False, False, False]
    outbox.teardown()
