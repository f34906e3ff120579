"""The page's routes: its files, what it shows, and what its visitor does on the phones and to the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.page import uploads, views
from sandbox.page.boxes import Box
from sandbox.page.controls import Controls
from sandbox.page.guard import guarded
from sandbox.page.times import ZONE
from sandbox.sentences import of_page, say
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.values import Json

FOLDER = Path(__file__).parent
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
PATIENCE_S = 20.0
SHOWN_MESSAGES = 100
SHOWN_CALLS = 300


def page_routes(platform: Platform, controls: Controls, boxes: Sequence[Box] = ()) -> list[Route]:
    """The routes of the sandbox's page, to be added to the app that serves the Bot API of `platform`; with the phones
    and mailboxes of who is elsewhere.
    """
    page = Page(platform, controls, boxes)
    shown = {
        "/": page.static,
        "/sandbox/state": page.state,
        "/sandbox/chat/{chat}": page.chat,
        "/sandbox/answer/{query}": page.answer,
        "/sandbox/file/{file}": page.file,
        "/sandbox/calls": page.calls,
        "/sandbox/words": page.words,
        "/sandbox/page/{name}": page.static,
    }
    done = {
        "/sandbox/say": page.say,
        "/sandbox/tap": page.tap,
        "/sandbox/file": page.send_files,
        "/sandbox/start": page.start,
        "/sandbox/jump": page.jump,
        "/sandbox/play": page.play,
        "/sandbox/stop": page.stop,
        "/sandbox/step": page.step,
        "/sandbox/again": page.again,
    }
    return [
        *(Route(path, guarded(endpoint), methods=["GET"]) for path, endpoint in shown.items()),
        *(Route(path, guarded(endpoint), methods=["POST"]) for path, endpoint in done.items()),
    ]


class Page:
    """The endpoints around one platform; each raises ValueError with the sentence that the visitor reads."""

    def __init__(self, platform: Platform, controls: Controls, boxes: Sequence[Box] = ()) -> None:
        self.platform, self.controls, self.boxes = platform, controls, boxes
        self._static = {path.name: path for path in FOLDER.iterdir() if path.suffix in KINDS}
        self._next: tuple[datetime, date | None] | None = None

    async def static(self, request: Request) -> Response:
        """The page itself and the files beside it, by name."""
        path = self._static.get(request.path_params.get("name", "index.html"))
        if path is None:
            return Response(status_code=404)
        return Response(await run_in_threadpool(path.read_bytes), media_type=KINDS[path.suffix])

    async def state(self, request: Request) -> Response:
        """Everything around the chats; `since` is the version that the page has: it waits for another one."""
        await self._news(request, request.query_params.get("since", ""))
        return JSONResponse(await run_in_threadpool(self._state))

    async def _news(self, request: Request, since: str) -> None:
        """Wait for a change, a wake, the caller's going or the end of patience.

        A server that stops only wakes those who wait: looking again once too often is cheap.
        """
        loop, news = asyncio.get_running_loop(), asyncio.Event()
        # Read to its end, so that the next event of the connection is the caller's going.
        await request.body()
        end = self.platform.on_change(lambda: loop.call_soon_threadsafe(news.set))
        waits = [asyncio.ensure_future(news.wait()), asyncio.ensure_future(request.receive())]
        try:
            if since == str(self.platform.version):
                await asyncio.wait(waits, timeout=PATIENCE_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            end()
            for each in waits:
                each.cancel()

    def _state(self) -> Json:
        return views.state(self.platform, self.controls, self.boxes, self._next_reminder())

    def _box(self, chat: int) -> Box | None:
        """Where a chat is that is not Telegram's."""
        return views.box_of(self.boxes, chat)

    def _next_reminder(self) -> date | None:
        """The day of the next reminder: looked up once in half an hour, and not while days fly past."""
        if self.controls.moving():
            return None
        now = self.controls.now().astimezone(ZONE)
        half_hour = now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
        if self._next is None or self._next[0] != half_hour:
            self._next = half_hour, self.controls.next_reminder()
        return self._next[1]

    async def chat(self, request: Request) -> Response:
        """The newest messages of a chat, as many as `last` says."""
        last, chat = int(request.query_params.get("last", SHOWN_MESSAGES)), int(request.path_params["chat"])
        if (box := self._box(chat)) is not None:
            return JSONResponse(await run_in_threadpool(box.chat, chat, last, int(self.platform.bot["id"])))
        return JSONResponse(await run_in_threadpool(views.chat, self.platform, chat, last))

    async def calls(self, _request: Request) -> Response:
        """The newest API calls, newest first."""
        made = [views.call(each) for each in list(self.platform.calls)[-SHOWN_CALLS:]]
        made += [each for box in self.boxes for each in box.calls()]
        return JSONResponse(sorted(made, key=lambda each: str(each["at"]))[: -SHOWN_CALLS - 1 : -1])

    async def answer(self, request: Request) -> Response:
        """What the bot answered to a tap: text and show_alert, null while it has not."""
        query = request.path_params["query"]
        if query not in self.platform.queries:
            raise ValueError(say("noTap"))
        return JSONResponse(self.platform.answers_to(query))

    async def file(self, request: Request) -> Response:
        """The bytes of a file: a picture to look at, anything else only to save."""
        name = request.path_params["file"]
        if (box := next((each for each in self.boxes if each.holds(name)), None)) is not None:
            return uploads.shown(*await run_in_threadpool(box.file, name))
        return await run_in_threadpool(uploads.served, self.platform, name)

    async def say(self, request: Request) -> Response:
        """Write a text: user, chat, text, perhaps reply_to."""
        asked = await _asked(request)
        if (box := self._box(_number(asked, "chat"))) is not None:
            return await _do(box.write, _number(asked, "chat"), str(asked.get("text", "")), (), _reply(asked))
        return await _do(
            self.platform.say, _number(asked, "user"), _number(asked, "chat"), str(asked.get("text", "")), _reply(asked)
        )

    async def tap(self, request: Request) -> Response:
        """Tap an inline button: user, chat, message, data; gives the id under which the answer will be."""
        asked = await _asked(request)
        user, chat, message = (_number(asked, name) for name in ("user", "chat", "message"))
        query = await run_in_threadpool(self.platform.tap, user, chat, message, str(asked.get("data", "")))
        return JSONResponse({"query": query["id"]})

    async def send_files(self, request: Request) -> Response:
        """Send files: multipart with user, chat, as ("photo", "document"), perhaps caption and reply_to."""
        parcel = await uploads.parcel(request)
        if (box := self._box(parcel.chat)) is not None:
            return await _do(box.write, parcel.chat, parcel.caption or "", parcel.files, parcel.reply_to)
        return await _do(parcel.send, self.platform)

    async def start(self, request: Request) -> Response:
        """Press Start: user, perhaps the payload of an invite link."""
        asked = await _asked(request)
        return await _do(self.platform.press_start, _number(asked, "user"), str(asked.get("payload") or "") or None)

    async def jump(self, request: Request) -> Response:
        """Move the clock: `to` is next, morning or a day, 14/01/2020."""
        return await self._move(self.controls.jump, str((await _asked(request)).get("to", "")))

    async def play(self, _request: Request) -> Response:
        """Play the year."""
        return await self._move(self.controls.play)

    async def stop(self, _request: Request) -> Response:
        """Stop the clock where it is."""
        return await self._move(self.controls.stop)

    async def step(self, request: Request) -> Response:
        """Do a step of the demo: `step`; gives the chat to look at."""
        asked = await _asked(request)
        chat = await run_in_threadpool(self.controls.step, str(asked.get("step", "")))
        self.platform.changed()
        return JSONResponse({"chat": chat})

    async def again(self, _request: Request) -> Response:
        """Begin the whole sandbox anew."""
        return await self._move(self.controls.begin_again)

    async def words(self, _request: Request) -> Response:
        """Every word of the page."""
        return JSONResponse(dict(of_page()))

    async def _move(self, move: Callable[..., None], *to: str) -> Response:
        done = await _do(move, *to)
        self.platform.changed()
        return done


async def _do(act: Callable[..., object], *arguments: Any) -> Response:
    await run_in_threadpool(act, *arguments)
    return JSONResponse({"ok": True})


async def _asked(request: Request) -> Json:
    asked = await request.json()
    if not isinstance(asked, dict):
        raise ValueError("a JSON object is expected")
    return asked


def _number(asked: Json, name: str) -> int:
    value = asked.get(name)
    if not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number")
    return value


def _reply(asked: Json) -> int | None:
    return None if asked.get("reply_to") is None else _number(asked, "reply_to")
