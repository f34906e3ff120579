"""What every channel to a phone has in common: how a message goes out, what comes in, and how sending fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from channels.abilities import Abilities
from words.message import Button, Message


class ChatKind(StrEnum):
    """Where something was said."""

    PRIVATE = "private"
    GROUP = "group"


class Doing(StrEnum):
    """What a chat is shown while it waits."""

    TYPING = "typing"
    PICTURE = "picture"
    FILE = "file"


class What(StrEnum):
    """What came in."""

    MESSAGE = "message"
    EDITED = "edited"
    PRESS = "press"
    BLOCKED = "blocked"  # the person closed the chat to us
    UNBLOCKED = "unblocked"
    ADDED = "added"  # we are in a group now
    REMOVED = "removed"
    MIGRATED = "migrated"  # the group has a new id: `text`
    ANONYMOUS = "anonymous"  # said to us in the name of a group or channel: nobody knows by whom
    IN_CHANNEL = "in_channel"  # we are in a channel now, where nobody can be answered
    UNSHOWN = "unshown"  # somebody sent us what the platform does not hand over, or nobody can read: a voice, a sticker
    STRAY = "stray"  # somebody wrote, and it is not proven who, or about what: an admin looks
    GIVEN_BACK = "given_back"  # a message of ours was not brought after all, and others may be: `text` says why
    OTHER = "other"  # something happened, and nobody said anything


@dataclass(frozen=True)
class FileRef:
    """A file as the platform names it; `size` in bytes where the platform says it."""

    file_id: str
    unique_id: str
    kind: str  # photo, document, video, audio, voice
    name: str
    mime: str
    size: int | None


@dataclass(frozen=True)
class Incoming:
    """One thing a person did. `sent_at` is the message's own moment in UTC, for a press its receipt.

    `key` is stable over redelivery. `delivery` is the outbox row whose button was pressed, or that was given back.
    `topic` is the part of a group in which it was said, None outside of all. `addressed` is False for what was said in
    a group to somebody else.
    """

    channel: str
    key: str
    what: What
    chat: str
    chat_kind: ChatKind
    chat_title: str
    user: str
    user_name: str
    text: str
    sent_at: datetime
    files: tuple[FileRef, ...] = ()
    album: str | None = None
    message_id: str | None = None
    reply_to: str | None = None
    delivery: int | None = None
    press_id: str | None = None
    topic: str | None = None
    addressed: bool = True
    # Somebody else's words, passed on.
    forwarded: bool = False
    # The name after the person's @, "" where the account has none, None where the platform did not say.
    user_handle: str | None = None


@dataclass(frozen=True)
class Receipt:
    """The platform took the message."""

    message_id: str


@dataclass(frozen=True)
class Attached:
    """A file that goes out; `photo` where it is one that the platform shows as a picture."""

    name: str
    data: bytes
    photo: bool = False


@dataclass(frozen=True)
class Envelope:
    """What a letter has beside its words, in their small markup: the `subject`, which says what it is; `above` and
    `below`, a line before and after the words; and `stop`, the words with which one asks for no more of them.
    """

    subject: str = ""
    above: str = ""
    below: str = ""
    stop: str = ""


@dataclass(frozen=True)
class Outgoing:
    """One message for one chat; `delivery` is the outbox row, for the buttons; `picture` the PNG itself,
    `topic` the part of a group it goes to, `envelope` what a channel of letters puts around it.
    """

    chat: str
    message: Message
    delivery: int
    reply_to: str | None = None
    picture: bytes | None = None
    topic: str | None = None
    attached: Attached | None = None
    envelope: Envelope | None = None


class Channel(Protocol):
    """The way to one platform; each call raises ChannelError. Nobody asks what its `abilities` do not name."""

    name: str
    abilities: Abilities

    async def open(self) -> str:
        """Asks the platform who we are, before anything else; returns the name by which people find us."""
        ...

    async def close(self) -> None:
        """Lets go of the connections."""
        ...

    async def show_menus(self, menus: Mapping["ChatKind | str", Sequence[tuple[str, str]]]) -> None:
        """Sets the menus of commands as (name, what it does): of private chats, of groups, and of single chats."""
        ...

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Sends one message."""
        ...

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file that a person sent; raises FileGoneError when they are not to be had."""
        ...

    async def alive(self) -> None:
        """A cheap call that shows that the platform answers."""
        ...

    async def pressed(self, press_id: str, text: str | None = None) -> None:
        """Tells the platform that a press arrived, so that the phone stops waiting; `text` is shown for a moment."""
        ...

    async def spent(self, chat: str, message_id: str, buttons: Sequence[Sequence[Button]], delivery: int) -> None:
        """Leaves only these buttons under a message of ours; it counts as a message under the platform's limits."""
        ...

    async def typing(self, chat: str, topic: str | None, doing: Doing = Doing.TYPING) -> None:
        """Shows for some seconds that an answer, a picture or a file is on its way."""
        ...

    async def updates(self, timeout: int) -> Sequence[tuple[str, str]]:
        """The next updates as (key, raw JSON), waiting up to `timeout` seconds; confirms what was given before.

        A channel that `keeps` nothing has nothing to confirm: what was given and not kept is lost.
        """
        ...

    def sender(self, raw: str) -> str | None:
        """The platform's id of who said or pressed something in an update; None for any other update."""
        ...

    def private_sender(self, raw: str) -> str | None:
        """The same of what was said to us alone, however it is built; None for what was said in a group."""
        ...

    def shortened(self, raw: str, letters: int) -> str:
        """An update with so many letters of its words and nothing that a stranger's need not have."""
        ...

    def read(self, key: str, raw: str, received_at: datetime) -> Incoming | None:
        """What an update means, None when it means nothing to us; raises UnreadableError."""
        ...
