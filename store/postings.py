"""What the outbox is given: where a message goes, what it says, and what makes it this message and no other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from store.tables import Delivery
from store.types import DeliveryKind
from words.message import Button, Message, say


@dataclass(frozen=True)
class Identity:
    """What makes a message this one: what it is for, the local day it is about, what it is of, whose it is, its page.

    `occasion` is a word of ours without a colon: digest, late, blocked. `of` tells apart what one occasion and day may
    bring one person: a submission, the message that caused it.
    """

    occasion: str
    of: object = ""
    day: date | None = None
    person_id: int | None = None
    page: int = 1

    @property
    def key(self) -> str:
        """The identity as the outbox keeps it, unique there; nothing reads it again."""
        parts = (self.occasion, self.day, self.of, self.person_id)
        base = ":".join(str(each) for each in parts if each not in (None, ""))
        return base if self.page == 1 else f"{base}#{self.page}"

    def to(self, person_id: int | None) -> "Identity":
        """The same for one person."""
        return replace(self, person_id=person_id)


@dataclass(frozen=True)
class Destination:
    """The chat a message goes to: whose it is, None for a group's or a stranger's, and the topic of a group."""

    channel: str
    chat: str
    person_id: int | None = None
    topic: str | None = None
    in_group: bool = False


@dataclass(frozen=True)
class Posting:
    """One message for the outbox; `why` says in words why it exists. Without a `message` it is made when it is sent.

    Without an `identity` it may be posted any number of times. `obligation_id` and `submission_id` are what it is
    about, `caused_by` the person whose own message it comes of. It leaves no earlier than `not_before`, in UTC, and
    with the mark of what was perhaps said before where there are `doubts`.
    """

    kind: DeliveryKind
    why: str
    identity: Identity | None
    message: Message | None = None
    obligation_id: int | None = None
    submission_id: int | None = None
    reply_to: str | None = None
    caused_by: int | None = None
    not_before: datetime | None = None
    doubts: int = 0


def notice(
    identity: Identity, text: str, why: str, buttons: Iterable[Sequence[Button]] = (), *, about: int | None = None
) -> Posting:
    """A notice; `about` is the obligation that it is about."""
    return Posting(DeliveryKind.NOTICE, why, identity, say(text, buttons=buttons), about)


class Chat(Protocol):
    """A person's own chat: an address is one, and so is who was reached."""

    @property
    def person_id(self) -> int: ...
    @property
    def channel(self) -> str: ...
    @property
    def chat(self) -> str: ...


def to_person(address: Chat) -> Destination:
    """A person's own chat."""
    return Destination(address.channel, address.chat, address.person_id)


def destination_of(row: Delivery) -> Destination:
    """Where a row of the outbox goes."""
    return Destination(row.channel, row.chat, row.person_id, row.topic, row.in_group)


def continuation(row: Delivery) -> Identity:
    """The identity of the page that follows a row's."""
    first = row.first_id or row.id
    return Identity(row.occasion, f"after {first}", row.day, row.person_id, row.page + 1)
