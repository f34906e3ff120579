"""`python -m tests.outbox_bench`: what a message costs, by the durable outbox and by the libraries alone, side by side.

The platform is a process of its own that takes everything at once; the limits are lifted, eight are on their way at
a time.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import aiohttp
from telegram import Bot
from telegram.request import HTTPXRequest

from app import settings, wiring
from channels.telegram.channel import Telegram
from store.types import DeliveryKind
from tests.outbox import posted

TOKEN = "1234567:outbox-bench-token-of-nobody-0000000"
MESSAGES, AT_ONCE = 2000, 8
WORDS = "Nhắc việc: nhiệm vụ 2b, hạn 30/01/2020. Đề nghị đồng chí báo kết quả."
# A working day, 8:00 in Hanoi.
NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)
ME = {"id": 1234567, "is_bot": True, "first_name": "x", "username": "bench_bot"}


class Taking(asyncio.Protocol):
    """A platform that answers every call at once, and nothing else."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.heard, self.number = transport, b"", 0

    def data_received(self, data: bytes) -> None:
        """Answers each whole request."""
        self.heard += data
        while (end := self.heard.find(b"\r\n\r\n")) >= 0:
            head = self.heard[:end].lower()
            said = head.find(b"content-length:")
            whole = end + 4 + (int(head[said + 15 :].split(b"\r\n", 1)[0]) if said >= 0 else 0)
            if len(self.heard) < whole:
                return
            self.heard = self.heard[whole:]
            self._answer(head.split(b"\r\n", 1)[0])

    def _answer(self, line: bytes) -> None:
        self.number += 1
        message = {"message_id": self.number, "date": 1577926800, "chat": {"id": 7, "type": "private"}, "from": ME}
        result = message | {"text": WORDS} if b"sendmessage" in line else ME
        body = json.dumps({"ok": True, "result": result}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)


def take_all(port: Any) -> None:
    """The platform's process: says at which port it is."""

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Taking, "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


Rate = tuple[float, float]
"""Messages a second, and microseconds of this process' CPU for each."""


async def many(send: Callable[[], Awaitable[object]]) -> Rate:
    """So many at once, until all are sent."""
    left = iter(range(MESSAGES))

    async def work() -> None:
        for _ in left:
            await send()

    wall, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return MESSAGES / (time.perf_counter() - wall), (time.process_time() - cpu) / MESSAGES * 1e6


async def bare(api: str) -> Rate:
    """aiohttp and nothing else."""
    async with aiohttp.ClientSession() as http:

        async def send() -> None:
            async with http.post(f"{api}/bot{TOKEN}/sendMessage", json={"chat_id": 7, "text": WORDS}) as answer:
                await answer.json()

        return await many(send)


async def library(api: str) -> Rate:
    """python-telegram-bot as it comes, over httpx."""
    bot = Bot(TOKEN, base_url=f"{api}/bot", request=HTTPXRequest(AT_ONCE), get_updates_request=HTTPXRequest(1))
    async with bot:
        return await many(lambda: bot.send_message(7, WORDS, parse_mode="HTML"))


async def ours(api: str) -> Rate:
    """The same library over the requests that we give it."""
    channel = Telegram(TOKEN, api)
    await channel.open()
    try:
        return await many(lambda: channel.bot.send_message(7, WORDS, parse_mode="HTML"))
    finally:
        await channel.close()


async def other(api: str) -> Rate | None:
    """aiogram, where it is installed."""
    with suppress(ImportError):
        from aiogram import Bot as Aiogram
        from aiogram.client.session.aiohttp import AiohttpSession
        from aiogram.client.telegram import TelegramAPIServer

        session = AiohttpSession(api=TelegramAPIServer.from_base(api))
        async with Aiogram(TOKEN, session=session) as bot:
            return await many(lambda: bot.send_message(7, WORDS, parse_mode="HTML"))
    return None


async def outbox(api: str, folder: Path) -> Rate:
    """The durable outbox: each message is claimed before it is sent, and its receipt kept before it counts as sent."""
    chosen = settings.read(
        _env_file=None, telegram_bot_token=TOKEN, telegram_api_url=api, database_url=f"sqlite:///{folder}/office.db",
        send_rate="none",
    )  # fmt: skip
    service = replace(wiring.open_service(chosen), clock=lambda: NOW)
    wiring.migrate(chosen.database_url)
    with service.store.unit() as session:
        for number in range(MESSAGES):
            posted(session, str(1000 + number), WORDS, NOW, DeliveryKind.NOTICE)
    channel = Telegram(TOKEN, api)
    await channel.open()
    sender = wiring.sender_of(service, {channel.name: channel})

    async def work() -> None:
        while await sender.step():
            pass

    wall, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    rate = MESSAGES / (time.perf_counter() - wall), (time.process_time() - cpu) / MESSAGES * 1e6
    await channel.close()
    service.store.close()
    return rate


def figures() -> list[tuple[str, str]]:
    """Each way, and how much of the library's own CPU a message of the outbox takes."""
    queue = get_context("spawn").Queue()
    platform = get_context("spawn").Process(target=take_all, args=(queue,), daemon=True)
    platform.start()
    api = f"http://127.0.0.1:{queue.get()}"
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, Rate | None] = {
            "aiohttp alone": asyncio.run(bare(api)),
            "aiogram": asyncio.run(other(api)),
            "python-telegram-bot over httpx": asyncio.run(library(api)),
            "python-telegram-bot over our requests": asyncio.run(ours(api)),
            "the durable outbox": asyncio.run(outbox(api, Path(folder))),
        }
    platform.terminate()
    return [
        (name, f"{rate[0]:,.0f} a second, {rate[1]:,.0f} µs of CPU each" if rate else "not installed")
        for name, rate in found.items()
    ]


if __name__ == "__main__":
    for name, figure in figures():
        print(f"{name}: {figure}")
