"""The Bot API over HTTP: parameters in four forms, long polling, file downloads and injected faults."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from sandbox.broken_response import BrokenResponse
from sandbox.telegram_api.limits import too_many
from sandbox.telegram_api.params import Params
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.values import ApiError, Fault, Json, Upload, bad_request
from sandbox.telegram_api.webhook import Bringer

MAX_POLL_SECONDS = 50
BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def answer(result: Any) -> Response:
    """ok:true with the result, which is never null."""
    # In ASCII, as Telegram answers: what people type may hold half of a character, which UTF-8 does not take.
    return Response(json.dumps({"ok": True, "result": result}), media_type="application/json")


def refusal(error: ApiError) -> Response:
    """ok:false with Telegram's code, words and parameters (Bot API documentation, Making requests)."""
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    return JSONResponse(body | ({"parameters": error.parameters} if error.parameters else {}), error.code)


async def read_params(request: Request) -> Json:
    """The parameters from the query and from an urlencoded, JSON or multipart body."""
    params: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            body = json.loads(await request.body() or b"{}")
        except ValueError as error:
            raise bad_request("can't parse JSON object") from error
        if not isinstance(body, dict):
            raise bad_request("can't parse JSON object")
        return {**params, **body}
    if kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        async with request.form() as form:
            for name, value in form.items():
                if isinstance(value, UploadFile):
                    mime = value.content_type or "application/octet-stream"
                    params[name] = Upload(value.filename or name, mime, await value.read())
                else:
                    params[name] = value
        return params
    # Read to its end, so that the next event of the connection is the caller's going.
    await request.body()
    return params


class BotApi:
    """The two routes of the Bot API around one platform; `close` ends the waiting polls, so that a server can stop."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self._closing = False
        self._bringer = Bringer(platform)
        if platform.webhook["url"]:
            self._bringer.start()

    def close(self) -> None:
        """Let every waiting call end now; callable from any thread."""
        self._closing = True
        self.platform.wake()
        self._bringer.close()

    async def method(self, request: Request) -> Response:
        """One API call."""
        name = request.path_params["method"]
        if request.path_params["token"] != self.platform.token:
            return refusal(ApiError(401, "Unauthorized"))
        raw: Json = {}
        try:
            raw = await read_params(request)
            fault = self.platform.next_fault(name, Params({"chat_id": raw.get("chat_id")}).number("chat_id"))
            response = await self._faulty(request, name, raw, fault) if fault else await self._plain(request, name, raw)
        except ApiError as error:
            self.platform.record(name, raw, error.code, error.description)
            return refusal(error)
        return response

    async def _plain(self, request: Request, name: str, raw: Json) -> Response:
        result = await self._do(request, name, raw)
        # A poll that brought nothing would push everything else out of the list of calls.
        if result or name.lower() != "getupdates":
            self.platform.record(name, raw, 200)
        return answer(result)

    async def _do(self, request: Request, name: str, raw: Json) -> Any:
        if name.lower() == "getupdates":
            return await self._get_updates(request, Params(raw))
        result = self.platform.call(name, raw)
        if self.platform.webhook["url"]:
            self._bringer.start()
        return result

    async def _faulty(self, request: Request, name: str, raw: Json, fault: Fault) -> Response:
        if fault.kind in {"accepted_but_lost", "accepted_but_500"}:
            await self._do(request, name, raw)
        if fault.kind == "slow":
            await self._wait(request, fault.seconds, lambda: False)
            return await self._plain(request, name, raw)
        if fault.kind in {"drop", "accepted_but_lost"}:
            self.platform.record(name, raw, 0, f"sandbox: {fault.kind}")
            return BrokenResponse()
        if fault.kind == "502html":
            self.platform.record(name, raw, 502, "sandbox: 502html")
            return HTMLResponse(BAD_GATEWAY, 502)
        if fault.kind == "429":
            raise too_many(fault.retry_after)
        code, words = {
            "400": (400, "Bad Request: chat not found"),
            "401": (401, "Unauthorized"),
            "403": (403, "Forbidden: bot was blocked by the user"),
        }.get(fault.kind, (500, "Internal Server Error"))
        raise ApiError(code, fault.words or words)

    async def _get_updates(self, request: Request, params: Params) -> list[Json]:
        """Long polling: wait until an update comes, the time (at most 50 s) is over, or the caller is gone."""
        offset, limit = params.number("offset") or 0, min(max(params.number("limit") or 100, 1), 100)
        allowed = params.json("allowed_updates", "allowed updates")
        found: list[Json] = []
        ticket = self.platform.open_poll()

        def ready() -> bool:
            found[:] = self.platform.take_updates(ticket, offset, limit, allowed)
            return bool(found)

        if not ready():
            # A negative offset has done its work with the first look; new updates must not be dropped by it.
            offset = max(offset, 0)
            await self._wait(request, min(params.number("timeout") or 0, MAX_POLL_SECONDS), ready)
        return found

    async def _wait(self, request: Request, seconds: float, ready: Any) -> None:
        """Wait for `ready` (asked after every change), `seconds` of real time, the caller's going or `close`."""
        loop, news = asyncio.get_running_loop(), asyncio.Event()
        until = loop.time() + seconds
        end = self.platform.on_change(lambda: loop.call_soon_threadsafe(news.set))
        gone = asyncio.ensure_future(request.receive())
        try:
            while not (ready() or self._closing or gone.done()) and loop.time() < until:
                changed = asyncio.ensure_future(news.wait())
                await asyncio.wait({changed, gone}, timeout=until - loop.time(), return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
                news.clear()
        finally:
            end()
            gone.cancel()

    async def file(self, request: Request) -> Response:
        """The bytes behind a file_path of getFile."""
        if request.path_params["token"] != self.platform.token:
            return refusal(ApiError(401, "Unauthorized"))
        try:
            with self.platform.lock:
                data = self.platform.files.download(request.path_params["path"], self.platform.now())
        except ApiError as error:
            return refusal(error)
        return Response(data, media_type="application/octet-stream")


def create_app(platform: Platform) -> Starlette:
    """The Bot API of `platform` as an ASGI app; `app.state.bot_api.close()` ends its waiting polls."""
    api = BotApi(platform)
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", api.method, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", api.file, methods=["GET"]),
        ]
    )
    app.state.bot_api = api
    return app
