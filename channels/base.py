"""What every channel to a phone has in common: how a message goes out, what comes in, and how sending fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from plan.errors import NhacViecError
from words.faults import Fault
from words.message import Button, Measure, Message

# After how many seconds it is worth looking whether a channel was set up that was not.
HELD_AGAIN_S = 3600.0


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

    `key` is stable over redelivery. `delivery` is the outbox row whose button was pressed. `topic` is the part of a
    group in which it was said, None outside of all. `addressed` is False for
    what was said in a group to somebody else.
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


class Sent(StrEnum):
    """What is known after a failed send."""

    NO = "no"
    UNKNOWN = "unknown"


class ChannelError(NhacViecError):
    """A call to the platform failed; the fields carry the decision.

    `sent`: certainly not, or unknown. `permanent`: this message will never be taken. `gone`: nor will any other in
    this chat. `stop`: no chat takes anything (token, proxy). `fault`: the word by which people are told; the text
    itself is for the log.
    `retry_after`: seconds the platform asks for. `moved_to`: the chat's new id.
    """

    def __init__(
        self,
        text: str,
        *,
        sent: Sent = Sent.NO,
        permanent: bool = False,
        gone: bool = False,
        stop: bool = False,
        retry_after: float | None = None,
        moved_to: str | None = None,
        fault: Fault | None = None,
    ) -> None:
        super().__init__(text)
        told = Fault.CLOSED if gone else Fault.REFUSED if permanent else Fault.PERHAPS
        self.fault = fault or (told if permanent or gone or sent is Sent.UNKNOWN else Fault.OTHER)
        self.sent, self.permanent, self.gone, self.stop = sent, permanent or gone, gone, stop
        self.retry_after, self.moved_to = retry_after, moved_to


class RivalError(ChannelError):
    """Another program receives the messages that are ours: two copies of the service with one token."""


class UnreadableError(NhacViecError):
    """An update is not built as the platform's documentation says; it will not be in a minute either."""


class FileGoneError(ChannelError):
    """The platform will not hand this file over, now or later."""


class NotArrivedError(ChannelError):
    """What came for a file is not the file: nothing, a part of it, or a page that says something else."""


class NotHeldError(ChannelError):
    """This process has no channel of that name; the row waits for one that has."""

    def __init__(self, channel: str) -> None:
        super().__init__(f"no channel {channel!r} is set up here", retry_after=HELD_AGAIN_S)


@dataclass(frozen=True)
class Attached:
    """A file that goes out; `photo` where it is one that the platform shows as a picture."""

    name: str
    data: bytes
    photo: bool = False


@dataclass(frozen=True)
class Outgoing:
    """One message for one chat; `delivery` is the outbox row, for the buttons; `picture` the PNG itself,
    `topic` the part of a group it goes to.
    """

    chat: str
    message: Message
    delivery: int
    reply_to: str | None = None
    picture: bytes | None = None
    topic: str | None = None
    attached: Attached | None = None


class Unit(StrEnum):
    """In what a platform counts the length of a text."""

    CODE_POINTS = "code points"
    UTF16 = "UTF-16 units"
    BYTES = "bytes of UTF-8"


MEASURES: Mapping[Unit, Measure] = {
    Unit.CODE_POINTS: len,
    Unit.UTF16: lambda text: len(text.encode("utf-16-le")) // 2,
    Unit.BYTES: lambda text: len(text.encode()),
}


@dataclass(frozen=True)
class Pace:
    """How fast a platform takes messages: in all, in one chat, and in a group; 0 seconds is no limit.

    Each is one message every so many seconds, after so many at once.
    """

    overall_s: float = 0.0
    overall_burst: int = 1
    chat_s: float = 0.0
    chat_burst: int = 1
    group_s: float = 0.0
    group_burst: int = 1


@dataclass(frozen=True)
class Abilities:
    """What a channel can; whatever is not said it cannot.

    `text` and `caption` are how long a text it takes, and one under a picture or file, after parsing, in `unit`.
    `fetch` and `send` are the bytes of the largest file that comes in and goes out, `photo` of the largest shown as a
    picture. `kinds_in` are the kinds of files that people can send. `button_bytes` is how much of a command a
    button holds, in UTF-8. `edits` says whether a message of ours can be changed, `replies` whether people can answer
    one message by pointing at it. `menu` are the letters of the names in a menu of commands, as a regular expression,
    "" for no menu. `invite` is the address that opens the chat and hands over the code, with {bot} and {code}; "" where
    the code is typed. `price` is what a message costs, in words, `quota` how many may leave in a day, 0 for no end.
    """

    text: int
    unit: Unit = Unit.CODE_POINTS
    caption: int = 0
    fetch: int = 0
    send: int = 0
    photo: int = 0
    kinds_in: tuple[str, ...] = ()
    button_bytes: int = 0
    edits: bool = False
    replies: bool = False
    typing: bool = False
    groups: bool = False
    menu: str = ""
    invite: str = ""
    price: str = ""
    quota: int = 0
    pace: Pace = Pace()

    @property
    def buttons(self) -> bool:
        """Whether a message can have buttons; otherwise it says what to type."""
        return self.button_bytes > 0

    @property
    def measure(self) -> Measure:
        """The length of a text as the platform counts it."""
        return MEASURES[self.unit]

    def most(self, message: Message) -> int:
        """How long the text of a message may be, in `unit`."""
        return self.caption if message.carries else self.text

    def invite_link(self, bot: str, code: str) -> str:
        """The address that opens the chat with the bot and hands it the code; "" where the code is typed."""
        return self.invite.format(bot=bot, code=code)


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
        """The next updates as (key, raw JSON), waiting up to `timeout` seconds; confirms what was given before."""
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
