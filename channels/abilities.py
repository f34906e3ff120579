"""What a channel can: lengths, files, buttons, and how fast it takes messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from words.message import Measure, Message
from words.month import Month


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
    `fetch` and `send` are the bytes of the largest file that comes in and goes out, `photo` of the largest shown as
    a picture. `kinds_in` are the kinds of files that people can send. `button_bytes` is how much of a command a
    button holds, in UTF-8. `edits` says whether a message of ours can be changed, `replies` whether people can
    answer one message by pointing at it. `open_files` says that what people send lies at an address that opens for
    whoever has it. `menu` are the letters of the names in a menu of commands, as a regular expression, "" for no menu.
    `keeps` is how long what people send waits for us while nobody asks for it, None for without an end; `by_name` says
    that of a group only what begins with an @ and the bot's whole name comes. `letters` says that a message has a
    subject and lines around it, `one_way` that nothing comes back. `invite` is the address that opens the chat and
    hands over the code, with {bot} and {code}; "" where the code is typed.
    `price` is what a message costs, in words, `quota` how many may leave in a day, 0 for no end, and `month` what
    it gives an office in a month unless a setting says otherwise, None where there is no end.
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
    open_files: bool = False
    typing: bool = False
    groups: bool = False
    by_name: bool = False
    keeps: timedelta | None = None
    letters: bool = False
    one_way: bool = False
    menu: str = ""
    invite: str = ""
    price: str = ""
    quota: int = 0
    month: Month | None = None
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
        """How long the text of a message may be, in `unit`; what it cannot carry leaves as a link in the text."""
        return self.caption if message.carries and self.send else self.text

    def invite_link(self, bot: str, code: str) -> str:
        """The address that opens the chat with the bot and hands it the code; "" where the code is typed."""
        return self.invite.format(bot=bot, code=code)
