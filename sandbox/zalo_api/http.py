"""The fake Zalo over HTTP: errors under status 200, pages of the gateway, polls that end empty, photos for a minute."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.broken_response import BrokenResponse
from sandbox.zalo_api.methods import call
from sandbox.zalo_api.platform import Platform
from sandbox.zalo_api.values import ApiError, Fault, Json

LONGEST_POLL_S = 60
WORDS = {401: "Unauthorized", 403: "Internal server error", 408: "Request timeout", 410: "The chat_id is invaild"}
TITLES = {429: "Too Many Requests", 502: "Bad Gateway", 504: "Gateway Time-out"}


class BotApi:
    """The calls of one bot; `close` ends the waiting polls, so that a server can stop."""

    def __init__(self, platform: Platform, clock: Callable[[], float] = time.monotonic) -> None:
        self.platform, self._clock = platform, clock
        self._closing, self._last_poll = False, float("-inf")

    def close(self) -> None:
        """Lets every waiting poll end within a moment; callable from any thread."""
        self._closing = True

    async def method(self, request: Request) -> Response:
        """One call."""
        name, params = request.path_params["method"], {}
        try:
            if request.path_params["token"] != self.platform.token:
                raise ApiError(401, WORDS[401])
            params = await _params(request)
            fault = self.platform.next_fault(name, params.get("chat_id"))
            if fault is not None:
                return await self._faulty(request, name, params, fault)
            result = await self._do(request, name, params)
        except _BurstError:
            self.platform.record(name, params, 429)
            return self._page(request, 429)
        except ApiError as error:
            self.platform.record(name, params, error.code)
            return self._refusal(error)
        self.platform.record(name, params, 0)
        return self._answer(result)

    async def photo(self, request: Request) -> Response:
        """A photo, to whoever asks."""
        found = self.platform.photo(f"/photos/{request.path_params['name']}")
        return Response(status_code=404) if found is None else self._named(Response(found, media_type="image/jpeg"))

    async def _do(self, request: Request, name: str, params: Json) -> Any:
        return await self._get_updates(request, params) if name == "getUpdates" else call(self.platform, name, params)

    async def _faulty(self, request: Request, name: str, params: Json, fault: Fault) -> Response:
        if isinstance(fault.kind, int):
            raise ApiError(fault.kind, WORDS.get(fault.kind, "Error"))
        if fault.kind in ("accepted_but_lost", "accepted_but_504"):
            await self._do(request, name, params)
        self.platform.record(name, params, 0 if fault.kind.startswith("accepted") else -1)
        match fault.kind:
            case "drop" | "accepted_but_lost":
                return BrokenResponse()
            case "malformed":
                return self._named(Response(b'{"ok":tr', media_type="application/json"))
            case _:
                return self._page(request, int(fault.kind.removeprefix("accepted_but_").removesuffix("html")))

    async def _get_updates(self, request: Request, params: Json) -> Json:
        """Waits for one update; `timeout` is a text of seconds. Raises ApiError(408) after exactly that time."""
        now, since = self._clock(), self._last_poll
        self._last_poll = now
        if now - since < self.platform.assumes.poll_every_s:
            raise _BurstError
        wait = str(params.get("timeout", "30"))
        until = now + min(int(wait) if wait.isdecimal() else 30, LONGEST_POLL_S)
        self.platform.begin_poll()
        news, loop = asyncio.Event(), asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(news.set)

        end, gone = self.platform.on_news(wake), asyncio.ensure_future(request.receive())
        try:
            while True:
                left = until - self._clock()
                # Who went away is heard of by a gateway that looks; one that does not hands them the next update too.
                if gone.done() and not self.platform.assumes.cut_polls_take:
                    raise ApiError(408, WORDS[408])
                if (found := self.platform.take()) is not None:
                    return found
                if left <= 0 or self._closing:
                    raise ApiError(408, WORDS[408])
                news.clear()
                changed = asyncio.ensure_future(news.wait())
                await asyncio.wait({changed, gone}, timeout=min(left, 0.2), return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
        finally:
            end()
            gone.cancel()
            self.platform.end_poll()

    def _answer(self, result: Any) -> Response:
        body: Json = {"ok": True} | ({} if result is None else {"result": result})
        return self._json(
            body | ({self.platform.assumes.code_field: 0} if self.platform.assumes.zero_on_success else {})
        )

    def _refusal(self, error: ApiError) -> Response:
        assumes = self.platform.assumes
        code: int | str = str(error.code) if assumes.code_as_text else error.code
        status = 200 if assumes.errors_in_200 else error.code
        if error.code == 408:
            status = assumes.idle_status
        return self._json({"ok": False, "description": error.description, assumes.code_field: code}, status)

    def _json(self, body: Json, status: int = 200) -> Response:
        return self._named(Response(json.dumps(body), status, media_type="application/json"))

    def _page(self, request: Request, status: int) -> Response:
        """A page of the gateway, which repeats the path, and with it the token, also as an address writes it."""
        path = request.url.path
        title, written = f"<title>{status} {TITLES[status]}</title>", path.replace(":", "%3A")
        said = f"<html><head>{title}</head><body>{path} {written}</body></html>"
        return self._named(Response(said, status, media_type="text/html"))

    def _named(self, response: Response) -> Response:
        """Two headers of the same name, which HTTP does not have."""
        if self.platform.assumes.two_servers_named:
            response.raw_headers += [(b"server", b"nginx"), (b"server", b"ZServer")]
        return response


class _BurstError(Exception):
    """A burst of polls."""


async def _params(request: Request) -> Json:
    """What a call gives: JSON that was posted, and nothing else."""
    try:
        found = json.loads(await request.body() or b"{}")
    except ValueError:
        found = None
    if request.method != "POST" or not isinstance(found, dict):
        raise ApiError(400, "Bad Request: the body must be JSON")
    return found


def create_app(platform: Platform, clock: Callable[[], float] = time.monotonic) -> Starlette:
    """The Bot API of `platform` as an ASGI app; `app.state.bot_api.close()` ends its waiting polls."""
    api = BotApi(platform, clock)
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", api.method, methods=["GET", "POST"]),
            Route("/photos/{name}", api.photo, methods=["GET"]),
        ]
    )
    app.state.bot_api = api
    return app
