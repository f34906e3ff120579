"""A program that a webhook points to, for the tests: it notes what is brought and answers as it is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.telegram_api.server import Server

PATIENCE_S = 10.0


class Hook:
    """What came, and the statuses of the next answers (200 when there are none)."""

    def __init__(self) -> None:
        self.brought: list[tuple[str | None, dict[str, Any]]] = []
        self.statuses: list[int] = []
        self.url = ""

    async def take(self, request: Request) -> Response:
        """One POST."""
        self.brought.append((request.headers.get("x-telegram-bot-api-secret-token"), await request.json()))
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)

    def texts(self) -> list[str]:
        """The texts of what came, repeats included."""
        return [update["message"]["text"] for _, update in self.brought]


@contextmanager
def hook() -> Iterator[Hook]:
    """A hook that answers on loopback."""
    found = Hook()
    with Server(Starlette(routes=[Route("/hook", found.take, methods=["POST"])])) as server:
        found.url = f"{server.url}/hook"
        yield found


def until(look: Callable[[], Any]) -> Any:
    """What `look` finds once it finds something."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.005)
    raise AssertionError("it did not come")
