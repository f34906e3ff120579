"""One fake Telegram, served on loopback, and the real telegram.Bot talking to it over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send
from telegram import Bot
from telegram.request import HTTPXRequest

from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server

TOKEN = "4242:sandbox"


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.at = datetime(2020, 1, 14, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **amount: float) -> None:
        """Move on by a timedelta's arguments."""
        self.at += timedelta(**amount)


class DrivenBot:
    """telegram.Bot whose methods wait for their answer, so that a test reads from top to bottom."""

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self.url, self.token = url, token
        self._runner = asyncio.Runner()
        self.real = self.another()

    def another(self, **timeouts: float) -> Bot:
        """A Bot of the same token with connections of its own."""
        return Bot(
            self.token,
            base_url=f"{self.url}/bot",
            base_file_url=f"{self.url}/file/bot",
            request=HTTPXRequest(**timeouts),  # type: ignore[arg-type]
        )

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine in the loop that this bot lives in."""
        return self._runner.run(coroutine)

    def close(self) -> None:
        """Close the connections and the loop."""
        self.run(self.real.shutdown())
        self._runner.close()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: self.run(getattr(self.real, name)(*args, **kwargs))


@pytest.fixture
def clock() -> Clock:
    """14 January 2020, 08:00 in Việt Nam."""
    return Clock()


@pytest.fixture
def platform(clock: Clock) -> Platform:
    """A Telegram with Lan (7), who has opened the bot, and Hùng (8), who has not."""
    platform = Platform(TOKEN, clock)
    platform.add_person(7, "Lan", "lan_noivu")
    platform.add_person(8, "Hùng")
    platform.press_start(7)
    return platform


class Stage:
    """An ASGI app that plays another one in each test, so that one server serves them all."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to the app of the running test."""
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def stage() -> Iterator[tuple[Stage, str]]:
    """The one server's app and address."""
    stage = Stage()
    with Server(stage) as server:
        yield stage, server.url


@pytest.fixture
def served(platform: Platform, stage: tuple[Stage, str]) -> Iterator[str]:
    """The address of the platform's Bot API."""
    app = create_app(platform)
    stage[0].app = app
    yield stage[1]
    app.state.bot_api.close()


@pytest.fixture
def bot(served: str) -> Iterator[DrivenBot]:
    """The real telegram.Bot against the platform."""
    bot = DrivenBot(served)
    bot.run(bot.real.initialize())
    yield bot
    bot.close()
