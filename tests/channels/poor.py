"""A channel as poor as one can be, for tests only: 500 characters and nothing else; and a phone on it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from channels.abilities import Abilities
from channels.base import ChatKind, Doing, Incoming, Outgoing, Receipt, What
from channels.errors import ChannelError, FileGoneError
from plan.people import Role
from sandbox.world import World
from store import invites
from store.invites import Typed
from words.message import Button

MOST = 500
# No sentence speaks of a button that is not there.
BUTTONS = re.compile(r"\b(bấm|nút|press|button)\b", re.IGNORECASE)
OPTION = re.compile(r"^(?:Nhắn «)?(?P<letter>[A-Z])(?:\.|»:) (?P<label>.+)$", re.MULTILINE)
ANSWERS = re.compile(r"^Đồng chí nhắn: (?P<words>«.+»)$", re.MULTILINE)
# What a button says whose words are shown without its label.
TYPED = {"Tôi đồng ý": "đồng ý"}


class Poor:
    """The channel. What it should not have been asked for stands in `faults`."""

    name = "poor"
    abilities = Abilities(text=MOST)

    def __init__(self) -> None:
        self.received: dict[str, list[str]] = defaultdict(list)
        self.faults: list[str] = []
        self.is_down = False
        self._said: list[tuple[str, str]] = []
        self._given = self._count = 0

    async def open(self) -> str:
        """The number to which people write."""
        return "8000"

    async def close(self) -> None:
        """There is nothing to let go of."""

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Takes a short text; raises ChannelError for anything else."""
        if self.is_down:
            raise ChannelError("the line is dead", retry_after=60)
        text, message = outgoing.message.plain, outgoing.message
        if message.buttons or message.carries or outgoing.picture or outgoing.attached or outgoing.reply_to:
            self._fault(f"more than words: {text}")
        if not 0 < len(text) <= MOST:
            self._fault(f"{len(text)} characters: {text}")
        if BUTTONS.search(text):
            self._fault(f"a button that is not there: {text}")
        self.received[outgoing.chat].append(text)
        return Receipt(str(sum(map(len, self.received.values()))))

    async def fetch(self, file_id: str) -> bytes:
        """No file ever came."""
        raise FileGoneError(f"there is no file {file_id}", permanent=True)

    async def alive(self) -> None:
        """It always is."""

    async def pressed(self, press_id: str, text: str | None = None) -> None:
        """Nothing can be pressed."""
        self._fault(f"a press {press_id} was answered: {text}")

    async def spent(self, chat: str, message_id: str, buttons: Sequence[Sequence[Button]], delivery: int) -> None:
        """Nothing can be edited."""
        self._fault(f"message {message_id} of {chat} ({delivery}) was edited: {buttons}")

    async def typing(self, chat: str, topic: str | None, doing: Doing = Doing.TYPING) -> None:
        """Nobody sees it."""
        self._fault(f"{doing} was shown to {chat} {topic}")

    async def show_menus(self, menus: Mapping[ChatKind | str, Sequence[tuple[str, str]]]) -> None:
        """There are no menus."""
        self._fault(f"menus were set: {list(menus)}")

    async def updates(self, timeout: int) -> Sequence[tuple[str, str]]:
        """What was said since what was given before."""
        found, self._given = self._said[self._given :], len(self._said)
        return found if timeout >= 0 else ()

    def sender(self, raw: str) -> str | None:
        """Whose phone it came from."""
        return str(json.loads(raw)["user"])

    def private_sender(self, raw: str) -> str | None:
        """Everybody speaks to us alone."""
        return self.sender(raw)

    def shortened(self, raw: str, letters: int) -> str:
        """The same with so many letters of the text."""
        said = json.loads(raw)
        return json.dumps({**said, "text": said["text"][:letters]})

    def read(self, key: str, raw: str, received_at: datetime) -> Incoming | None:
        """A text of somebody, in their own chat."""
        said = json.loads(raw)
        return Incoming(
            channel=self.name,
            key=key,
            what=What.MESSAGE,
            chat=said["user"],
            chat_kind=ChatKind.PRIVATE,
            chat_title=said["name"],
            user=said["user"],
            user_name=said["name"],
            text=said["text"],
            sent_at=min(datetime.fromisoformat(said["at"]), received_at),
            message_id=key,
        )

    def say(self, user: str, name: str, text: str, at: datetime) -> None:
        """Somebody types a text."""
        self._count += 1
        said = {"user": user, "name": name, "text": text, "at": at.astimezone(UTC).isoformat()}
        self._said.append((f"{self._count}", json.dumps(said)))

    def _fault(self, what: str) -> None:
        self.faults.append(what)
        raise ChannelError(what, permanent=True)


class PoorPhone:
    """Somebody on the poor channel, used like `sandbox.phone.Phone` as far as it can be."""

    def __init__(self, world: World, channel: Poor, name: str) -> None:
        self.world, self.channel, self.name = world, channel, name
        self.user = self.chat = f"phone of {name}"
        self._read = self._before = 0

    def says(self, text: str) -> PoorPhone:
        """Types a text."""
        self._before = len(self._got)
        self.channel.say(self.user, self.name, text, self.world.now)
        self.world.settle()
        return self

    def starts(self, code: str) -> PoorPhone:
        """Types the code of an invite, as a careless hand does."""
        return self.says(f"Dạ mã {code[:4]} - {code[4:]} ạ")

    def sends_photo(self, caption: str) -> PoorPhone:
        """It takes no photo; the words are said alone."""
        return self.says(caption)

    def taps(self, label: str) -> PoorPhone:
        """Types what the newest message says to type for a button."""
        return self.says(what_to_type(self._got, label))

    def expects(self, *pieces: str) -> PoorPhone:
        """The next unread message holds all these pieces."""
        assert self.unread, f"nothing arrived; expected {pieces}"
        found, self._read = self.unread[0], self._read + 1
        missing = [piece for piece in pieces if piece not in found]
        assert not missing, f"missing {missing} in:\n{found}"
        return self

    def is_silent(self) -> PoorPhone:
        """Nothing unread is there."""
        assert not self.unread, "not silent:\n" + "\n---\n".join(self.unread)
        return self

    def forgets(self) -> PoorPhone:
        """Marks everything as read."""
        self._read = len(self._got)
        return self

    @property
    def unread(self) -> list[str]:
        """The messages that were not expected yet."""
        return self._got[self._read :]

    @property
    def last(self) -> str:
        """Everything that came since this person last said something: an answer may take several messages."""
        return "\n\n".join(self._got[self._before :])

    @property
    def _got(self) -> list[str]:
        return self.channel.received[self.user]


def what_to_type(texts: Sequence[str], label: str) -> str:
    """What the newest of a bot's messages says to type for a button; raises AssertionError where none says it."""
    if label in TYPED:
        return TYPED[label]
    for text in reversed(texts):
        for option in OPTION.finditer(text):
            if option["label"].startswith(label):
                return f"em chọn {option['letter'].lower()} ạ"
        for answers in ANSWERS.finditer(text):
            if f"«{label}»" in answers["words"]:
                return label
    raise AssertionError(f"nothing says what to type for {label!r}; last: {texts[-1:]!r}")


def linked(world: World, channel: Poor, name: str, agency: str, role: Role = Role.OFFICER) -> PoorPhone:
    """Somebody linked by a code that they typed, after the notice and the words «đồng ý»."""
    with world.service.store.unit() as session:
        typed = Typed(world.service.office.invite_key(), channel.name)
        code = invites.make(session, agency, role, None, world.now, typed=typed)
    return PoorPhone(world, channel, name).starts(code).taps("Tôi đồng ý").forgets()
