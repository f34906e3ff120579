"""Asks the real platform what nobody here could: with a bot that no office uses, and one phone that writes to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass

from channels.errors import ChannelError
from channels.zalo import webhook
from channels.zalo.channel import Zalo
from channels.zalo.errors import ZaloError

Tell = Callable[[str], None]
"""Says to whoever holds the phone what to do now."""

Wait = Callable[[float], Awaitable[None]]
IDLE_S, MINUTE_S, UNHEARD_S = 3, 60, 20
# Texts of which each reading of "1-2000" refuses others.
TEXTS: Mapping[str, str] = {
    "2,000 letters of one byte": "x" * 2000,
    "2,001 letters of one byte": "x" * 2001,
    "2,000 letters of two bytes": "đ" * 2000,
    "1,001 signs of two UTF-16 units": "😀" * 1001,
}
AT_ONCE = 5


@dataclass(frozen=True)
class Found:
    """A question that the documentation leaves open, and what the platform did."""

    question: str
    answer: str


async def probe(channel: Zalo, tell: Tell, wait: Wait = asyncio.sleep) -> AsyncIterator[Found]:
    """Each answer as it is found; raises ChannelError where the bot itself is refused, or has a webhook.

    What is written to the bot meanwhile is read and thrown away.
    """
    yield Found("who the bot is", await channel.open())
    if (address := await webhook.look(channel)) is not None:
        raise ChannelError(f"the bot has a webhook, {address}: probe with one that nobody uses")
    loop = asyncio.get_running_loop()
    began = loop.time()
    brought = await channel.updates(IDLE_S)
    yield Found(f"a poll of {IDLE_S} seconds", f"{len(brought)} updates after {loop.time() - began:.1f} s")
    yield Found("an unknown call", await _of_call(channel, "noSuchMethod", {}))
    yield Found("a chat that there is not", await _of_call(channel, "sendMessage", {"chat_id": "0", "text": "x"}))
    tell(f"Write anything to the bot from a phone, within {MINUTE_S} seconds.")
    chat = await _who_writes(channel)
    if chat is None:
        yield Found("the rest", "not asked: nobody wrote")
        return
    async for each in _with_somebody(channel, chat, tell, wait):
        yield each


async def _with_somebody(channel: Zalo, chat: str, tell: Tell, wait: Wait) -> AsyncIterator[Found]:
    for name, text in TEXTS.items():
        yield Found(f"a text of {name}", await _sent(channel, chat, text))
    markup = {
        "chat_id": chat,
        "text": "?",
        "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]},
    }
    yield Found("a button", f"{await _of_call(channel, 'sendMessage', markup)}; look whether the phone shows one")
    burst = await asyncio.gather(*(_sent(channel, chat, f"{number}") for number in range(AT_ONCE)))
    yield Found(f"{AT_ONCE} messages at once", ", ".join(burst))
    tell(f"Nobody asks for {UNHEARD_S} seconds now: write two messages at once.")
    await wait(UNHEARD_S)
    count = 0
    while found := await channel.updates(IDLE_S):
        count += len(found)
    yield Found("what is written while nobody asks", f"{count} came")
    tell(f"Block the bot on the phone now: in {MINUTE_S} seconds it is written to.")
    await wait(MINUTE_S)
    yield Found("a chat that was blocked", await _sent(channel, chat, "x"))


async def _who_writes(channel: Zalo) -> str | None:
    """The chat of the first who writes within a minute."""
    loop = asyncio.get_running_loop()
    until = loop.time() + MINUTE_S
    while (left := until - loop.time()) > 0:
        for _, raw in await channel.updates(min(25, max(1, int(left)))):
            if (chat := channel.private_sender(raw)) is not None:
                return chat
    return None


async def _sent(channel: Zalo, chat: str, text: str) -> str:
    return await _of_call(channel, "sendMessage", {"chat_id": chat, "text": text})


async def _of_call(channel: Zalo, method: str, params: Mapping[str, object]) -> str:
    """What came of a call, in words."""
    try:
        await channel.client.call(method, params)
    except ZaloError as error:
        return f"refused: {error}"
    except ChannelError as error:
        return f"no answer: {error}"
    return "taken"
