"""An outbox with one sender, and platforms that take everything or fail as a test tells them to."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from channels.abilities import Abilities, Pace
from channels.base import Attached, Doing, Outgoing, Receipt
from channels.errors import ChannelError
from channels.telegram.abilities import ABILITIES
from delivery.contents import Contents
from delivery.sender import Sender
from sandbox.world import at_once
from store.engine import Store
from store.tables import Delivery
from store.types import DeliveryKind
from tests.outbox import posted
from words.faults import Fault
from words.message import Message
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
    withheld: Fault | None = None
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
        if self.withheld and (outgoing.message.carries or self.withheld is Fault.NO_WORDS):
            raise ChannelError("400", permanent=True, fault=self.withheld)
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

    def __init__(self, store: Store, office: Office, *platforms: Platform) -> None:
        self.store, self.now, self.platform = store, NOW, platforms[0]
        self.drawing: Callable[[], object] = lambda: None
        self.makers: dict[DeliveryKind, Any] = {}
        contents = Contents(self.makers, self.paint, {"evidence": self.attach})
        channels: Any = {each.name: each for each in platforms}
        self.sender = Sender(store, office, channels, contents, lambda: self.now, chance=lambda: 0.5, wait=at_once)
        self.runner = asyncio.Runner()

    def paint(self, store: Store, office: Office, name: str) -> bytes:
        """The picture, one of them broken."""
        assert (store is self.store, bool(office.plans)) == (True, True)
        self.drawing()
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
