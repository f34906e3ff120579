"""The line from one process to the platform: injects faults by the seed, and kills the process inside a send."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send

from sandbox.telegram_api.values import Fault
from tests.faults.ledger import CALL, Call

EMPTY = "Bad Request: message text is empty"
# The codes for a chat that takes nothing any more, of all platforms.
CLOSED = ("403", "410")


class Faults:
    """One draw for each call while `on`; what was injected is counted by kind."""

    def __init__(
        self, random: Random, sending: Mapping[str, float], asking: Mapping[str, float], spared: frozenset[int]
    ) -> None:
        self.random, self.sending, self.asking, self.spared = random, sending, asking, spared
        self.on = False
        self.injected: Counter[str] = Counter()

    def of_telegram(self, method: str, chat: int | None) -> Fault | None:
        """The fault for this call, None for most; for `Platform.fault_source`."""
        kind = self.draw(method, chat)
        if not kind:
            return None
        return Fault(
            kind=kind,  # type: ignore[arg-type]
            retry_after=self.random.randint(1, 3),
            seconds=self.random.uniform(0.5, 3.0),
            words=EMPTY if kind == "400" else "",
        )

    def draw(self, method: str, chat: int | None) -> str:
        """The kind of the fault for this call, "" for most."""
        if not self.on:
            return ""
        kind = self._draw(self.sending if method.lower().startswith("send") else self.asking)
        # An admin who can be reached is what the admin's list is for; the others' losses must come to it.
        if kind in ("400", *CLOSED) and chat in self.spared:
            return ""
        if kind:
            self.injected[kind] += 1
            call = CALL.get()
            if call is not None:
                call.fault = kind
        return kind

    def _draw(self, chances: Mapping[str, float]) -> str:
        place = self.random.random() * 100
        for kind, chance in chances.items():
            place -= chance
            if place < 0:
                return kind
        return ""


class Line:
    """An ASGI app around the platform's: knows whose call it is, and kills that process when `strike` asks for it."""

    def __init__(self, app: Starlette, name: str, life: Callable[[], int]) -> None:
        self.app, self.name, self.life = app, name, life
        self.state = app.state
        self._strike: tuple[float | None, Callable[[], None]] | None = None

    def strike(self, after: float | None, kill: Callable[[], None]) -> None:
        """Kills at the next message that is accepted from now on: before its answer leaves, or `after` seconds."""
        self._strike = (after, kill)

    def spare(self) -> None:
        """Takes a strike back that met no message."""
        self._strike = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        call = Call(self.name, self.life(), time.monotonic())
        CALL.set(call)

        async def answer(message: Message) -> None:
            struck = self._strike
            if struck and call.arrivals and not call.fault and message["type"] == "http.response.start":
                self._strike = None
                after, kill = struck
                if after is None:
                    kill()
                else:
                    asyncio.get_running_loop().call_later(after, kill)
            await send(message)

        app: Any = self.app
        await app(scope, receive, answer)
