"""Zalo: an update becomes an Incoming, a Message becomes a call, every error a ChannelError."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

import httpx

from channels.base import ChatKind, Doing, Incoming, Outgoing, Receipt
from channels.errors import ChannelError, Sent, UnreadableError
from channels.zalo import updates as zalo_updates
from channels.zalo.abilities import ABILITIES
from channels.zalo.address import NAME, PHOTO_HOSTS, REAL_API
from channels.zalo.client import Client
from channels.zalo.errors import NO_UPDATES, ZaloError
from channels.zalo.photos import Photos
from words.message import Button
from words.names import one_line

# More than one request a second is answered with 429, and while nobody polls what people write is lost. The quarter is
# for a request that was slower on its way than the next one.
POLL_EVERY_S = 1.25


class Zalo:
    """The channel to Zalo through the bot of a token; `open()` before use, `close()` after.

    `transport` carries the calls where they are not to go over the network, `poll_every_s` is the least time between
    two polls.
    """

    name = NAME
    abilities = ABILITIES

    def __init__(
        self,
        token: str,
        api_url: str = REAL_API,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        poll_every_s: float = POLL_EVERY_S,
    ) -> None:
        self.client = Client(token, api_url, transport)
        beside = "" if api_url.rstrip("/") == REAL_API else api_url
        self._photos = Photos(PHOTO_HOSTS, ABILITIES.fetch, beside)
        self._every_s, self._next_poll = poll_every_s, 0.0
        self._bot = ""

    async def open(self) -> str:
        """Asks who we are; returns the name under which people find the bot. Raises ChannelError."""
        found = await self.client.call("getMe")
        names = [found.get(each) for each in ("display_name", "account_name")] if isinstance(found, dict) else []
        name = next((one_line(each) for each in names if isinstance(each, str) and one_line(each)), "")
        if not name:
            raise ChannelError("malformed: getMe names nobody")
        self._bot = name
        return name

    async def close(self) -> None:
        """Lets go of the connections."""
        await self.client.close()

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Sends one message, as plain words; raises ChannelError."""
        found = await self.client.call("sendMessage", {"chat_id": outgoing.chat, "text": outgoing.message.plain})
        number = found.get("message_id") if isinstance(found, dict) else None
        if not isinstance(number, str | int) or not str(number):
            raise ChannelError("malformed: a message without an id", sent=Sent.UNKNOWN)
        return Receipt(str(number))

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a photo at its address; raises FileGoneError, NotArrivedError or ChannelError."""
        return await self._photos.fetch(self.client.http, file_id)

    async def alive(self) -> None:
        """One getMe; raises ChannelError."""
        await self.client.call("getMe")

    async def pressed(self, press_id: str, text: str | None = None) -> None:
        """There is nothing that could be pressed; raises ChannelError."""
        raise ChannelError(f"nothing can be pressed: {press_id}, {text}", permanent=True)

    async def spent(self, chat: str, message_id: str, buttons: Sequence[Sequence[Button]], delivery: int) -> None:
        """There are no buttons; raises ChannelError."""
        raise ChannelError(f"message {message_id} ({delivery}) in {chat} has none of {buttons}", permanent=True)

    async def typing(
        self,
        chat: str,
        topic: str | None,  # noqa: ARG002 - every channel has this form
        doing: Doing = Doing.TYPING,  # noqa: ARG002 - the same
    ) -> None:
        """Shows "typing" for a while, whatever is on its way; raises ChannelError."""
        await self.client.call("sendChatAction", {"chat_id": chat, "action": "typing"})

    async def updates(self, timeout: int) -> Sequence[tuple[str, str]]:
        """Long polls for at most `timeout` seconds; raises ChannelError.

        What is returned the platform has forgotten already: nothing confirms it, and nothing brings it again.
        """
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self._next_poll - loop.time()))
        self._next_poll = loop.time() + self._every_s
        try:
            found = await self.client.call("getUpdates", {"timeout": str(timeout)}, wait_s=timeout)
        except ZaloError as error:
            if error.code == NO_UPDATES:
                return []
            raise
        return [zalo_updates.keyed(each) for each in zalo_updates.unwrapped(found)]

    def sender(self, raw: str) -> str | None:
        """The id of who said something; None for any other update."""
        return zalo_updates.sender(raw)

    def private_sender(self, raw: str) -> str | None:
        """The same of what was said to us alone; None for anything else."""
        return zalo_updates.private_sender(raw)

    def shortened(self, raw: str, letters: int) -> str:
        """An update with so many letters of its words and nothing that a stranger's need not have."""
        return zalo_updates.shortened(raw, letters)

    def read(self, key: str, raw: str, received_at: datetime) -> Incoming | None:
        """What an update means to us; None for what we do not know. Raises UnreadableError."""
        try:
            return zalo_updates.read(raw, key, received_at, self._bot)
        except Exception as error:
            # What it says quotes what was sent, and is kept in the record and in the log: its kind must do.
            raise UnreadableError(type(error).__name__) from error

    async def show_menus(self, menus: Mapping[ChatKind | str, Sequence[tuple[str, str]]]) -> None:
        """There are no menus; raises ChannelError."""
        raise ChannelError(f"there are no menus: {list(menus)}", permanent=True)
