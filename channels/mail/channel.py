"""Mail: a Message becomes a letter, a letter that comes back an Incoming, every answer of a server a ChannelError."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from channels.base import ChatKind, Doing, Incoming, Outgoing, Receipt
from channels.errors import ChannelError, FileGoneError, UnreadableError
from channels.mail import updates as letters
from channels.mail.abilities import ABILITIES, MB
from channels.mail.address import NAME, Mailbox, Server
from channels.mail.compose import Desk, letter
from channels.mail.reader import Mark, Reader
from channels.mail.smtp import Post
from channels.mail.tokens import Tokens
from words.faults import Fault
from words.message import Button


@dataclass(frozen=True)
class Account:
    """The office's mail: who writes, by which server it leaves, and where answers to it are read, None for nowhere.

    `key` gives the secret of the tokens once one is needed, `attach_mb` is how many megabytes of a file leave.
    """

    mailbox: Mailbox
    out: Server
    key: Callable[[], bytes]
    back: Server | None = None
    attach_mb: int = ABILITIES.send // MB


# A mailbox is looked into so often: people wait longer for an answer to a letter than in a chat.
LOOK_EVERY_S = 20.0


class Mail:
    """The channel of an account; `clock` gives the date of a letter (UTC), `mark` keeps what was read last."""

    name = NAME

    def __init__(
        self,
        account: Account,
        clock: Callable[[], datetime],
        mark: Mark | None = None,
        *,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._account, self._clock, self._every_s = account, clock, look_every_s
        self.tokens = Tokens(account.key, account.mailbox.domain)
        self._desk = Desk(account.mailbox, self.tokens, account.back is not None)
        self.post = Post(account.out, account.mailbox.domain)
        self.reader = Reader(account.back, mark or Mark(), clock) if account.back is not None else None
        self.abilities = replace(
            ABILITIES,
            send=account.attach_mb * MB,
            one_way=account.back is None,
            kinds_in=ABILITIES.kinds_in if account.back is not None else (),
        )

    async def open(self) -> str:
        """Signs in where letters leave; returns the address from which they are. Raises ChannelError."""
        await self.post.look()
        return self._account.mailbox.address

    async def close(self) -> None:
        """Lets go of the connections."""
        if self.reader is not None:
            await asyncio.to_thread(self.reader.close)

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Sends one message as a letter; its Message-ID is the receipt. Raises ChannelError."""
        weight = len(outgoing.attached.data) if outgoing.attached else len(outgoing.picture or b"")
        if weight > self.abilities.send:
            raise ChannelError(f"{weight} bytes beside a letter", permanent=True, fault=Fault.TOO_BIG)
        made = letter(self._desk, outgoing, self._clock())
        data = await asyncio.to_thread(made.as_bytes)
        await self.post.send(self._account.mailbox.address, outgoing.chat, data)
        return Receipt(str(made["Message-ID"]))

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file beside a letter; raises FileGoneError, or ChannelError."""
        if self.reader is None:
            raise FileGoneError("no mailbox is read here any more", permanent=True)
        return await asyncio.to_thread(self.reader.file, file_id)

    async def alive(self) -> None:
        """Signs in where letters leave; raises ChannelError."""
        await self.post.look()

    async def pressed(self, press_id: str, text: str | None = None) -> None:
        """There is nothing that could be pressed; raises ChannelError."""
        raise ChannelError(f"nothing can be pressed: {press_id}, {text}", permanent=True)

    async def spent(self, chat: str, message_id: str, buttons: Sequence[Sequence[Button]], delivery: int) -> None:
        """There are no buttons; raises ChannelError."""
        raise ChannelError(f"letter {message_id} ({delivery}) to {chat} has none of {buttons}", permanent=True)

    async def typing(self, chat: str, topic: str | None, doing: Doing = Doing.TYPING) -> None:
        """Nothing is shown to who waits for a letter; raises ChannelError."""
        raise ChannelError(f"nothing is shown: {chat}, {topic}, {doing}", permanent=True)

    async def updates(self, timeout: int) -> Sequence[tuple[str, str]]:
        """The next letters that came, looked for again and again for `timeout` seconds; raises ChannelError.

        What was given before is marked as read by the next call only, here and not in the mailbox.
        """
        if self.reader is None:
            await asyncio.sleep(timeout)
            return []
        found, left = await asyncio.to_thread(self.reader.read), float(timeout)
        while not found and left > 0:
            await asyncio.sleep(min(self._every_s, left))
            left -= self._every_s
            found = await asyncio.to_thread(self.reader.read)
        return [letters.keyed(each) for each in found]

    def sender(self, raw: str) -> str | None:
        """The address of who wrote; None for what a server wrote about a letter of ours, which is no stranger's."""
        return letters.sender(raw, self.tokens)

    def private_sender(self, raw: str) -> str | None:
        """The same: every letter is to us alone."""
        return letters.sender(raw, self.tokens)

    def shortened(self, raw: str, letters_: int) -> str:
        """A letter with so many letters of its words and nothing that a stranger's need not have."""
        return letters.shortened(raw, letters_)

    def read(self, key: str, raw: str, received_at: datetime) -> Incoming | None:
        """What a letter means to us; None for what programs wrote. Raises UnreadableError."""
        try:
            return letters.read(raw, key, received_at, self._account.mailbox.address, self.tokens)
        except Exception as error:
            # What it says quotes what was written, and is kept in the record and in the log: its kind must do.
            raise UnreadableError(type(error).__name__) from error

    async def show_menus(self, menus: Mapping[ChatKind | str, Sequence[tuple[str, str]]]) -> None:
        """There are no menus; raises ChannelError."""
        raise ChannelError(f"there are no menus: {list(menus)}", permanent=True)
