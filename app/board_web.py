"""The installation's own pages: the board of all offices behind its key, /healthz and /metrics.

The board is no office's: BOARD_KEY opens it, typed once for a working day, or a link of `nhacviec office board`. It
shows figures of offices, nothing of a person and nothing of a task.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from app import board, web
from app.board import Board, State
from app.clock import Clock
from app.installation_settings import Installation
from words.catalogue import Catalogue

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

# How long a browser is let in, and how long a link may be used.
SESSION, LINK = timedelta(hours=10), timedelta(minutes=10)
COOKIE, BY_LINK = "board", "ve"
SIGN_IN, SIGN_OUT = "/vao", "/ra"
MOST_BYTES = 1024


class Locked:
    """What opens the board: tokens that end by themselves, made of its key; nothing of them is kept."""

    def __init__(self, to: Installation) -> None:
        key = to.board_key.get_secret_value() if to.board_key is not None else ""
        self._key = bytes.fromhex(key)

    @property
    def is_there(self) -> bool:
        """Whether there is a key at all; without one nothing opens."""
        return bool(self._key)

    def token(self, use: str, until: datetime) -> str:
        """One for a use until an instant (UTC)."""
        seconds = str(int(until.timestamp()))
        mark = hmac.new(self._key, f"{use} {seconds}".encode(), hashlib.sha256).hexdigest()
        return f"{seconds}.{mark}"

    def opens(self, use: str, token: str, now: datetime) -> bool:
        """Whether it is one of ours for this use and has not ended."""
        seconds, _, _ = token.partition(".")
        if not self.is_there or not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
            return False
        until = datetime.fromtimestamp(int(seconds), UTC)
        return now < until and hmac.compare_digest(self.token(use, until).encode(), token.encode())

    def is_key(self, typed: str) -> bool:
        """Whether it is the key itself. It has 256 bits: nobody finds it by trying."""
        return self.is_there and hmac.compare_digest(self._key.hex().encode(), typed.strip().lower().encode())


def link(to: Installation, now: datetime) -> str:
    """The address that opens the board in a browser, for ten minutes."""
    return f"{to.pages_address}{SIGN_IN}?{BY_LINK}={Locked(to).token(BY_LINK, now + LINK)}"


def make(known: Board, to: Installation, text: Catalogue, clock: Clock) -> Starlette:
    """The application at the installation's own address; only requests that name this machine or it get there."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    from desk.headers import Guarded
    from desk.site import STATIC

    pages = _Pages(known, to, text, clock)
    app = Starlette(
        routes=[
            Route("/", pages.show),
            Route(SIGN_IN, pages.by_link),
            Route(SIGN_IN, pages.sign_in, methods=["POST"]),
            Route(SIGN_OUT, pages.sign_out, methods=["POST"]),
            Route("/healthz", pages.health),
            Route("/metrics", pages.metrics),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Guarded, secure=pages.secure)],
        exception_handlers={404: pages.nothing},
    )
    app.add_middleware(web.ByAddress, named=urlsplit(to.pages_address).netloc)
    return app


class _Pages:
    """What each address answers."""

    def __init__(self, known: Board, to: Installation, text: Catalogue, clock: Clock) -> None:
        self.known, self.text, self.clock, self.lock = known, text, clock, Locked(to)
        self.secure = to.pages_address.startswith("https://")
        self._cookie = f"__Host-{COOKIE}" if self.secure else COOKIE

    async def show(self, request: Request) -> Response:
        """The board, or where its key is typed; nothing where there is none."""
        if not self.lock.is_there:
            return self._said("closed.html", 404, words=self.text("board.no_key"))
        if not self._is_in(request):
            return self._said("board_key.html", words="")
        now = self.clock()
        rows = self.known.shown(now)
        return self._said(
            "board.html",
            rows=rows,
            now=now,
            sums=board.summed(rows),
            counts=board.counted(rows),
            people=sum(each.people for each in rows),
            reached=sum(each.reached for each in rows),
            storage=sum(each.storage.taken for each in rows),
            messages=sum(each.messages.taken for each in rows),
        )

    async def by_link(self, request: Request) -> Response:
        """Lets in who brings a link that has not ended."""
        if self.lock.opens(BY_LINK, request.query_params.get(BY_LINK, ""), self.clock()):
            return self._let_in()
        return self._said("board_key.html", 403, words=self.text("board.link_over"))

    async def sign_in(self, request: Request) -> Response:
        """Lets in who types the key."""
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                return self._said("board_key.html", 413, words=self.text("desk.refused_413"))
        typed = parse_qs(body.decode("latin-1")).get("key", [""])[0]
        if self.lock.is_key(typed):
            return self._let_in()
        return self._said("board_key.html", 403, words=self.text("board.wrong_key"))

    async def sign_out(self, _request: Request) -> Response:
        """Takes the browser's token."""
        from starlette.responses import RedirectResponse

        found = RedirectResponse("/", 303)
        found.delete_cookie(self._cookie, path="/", secure=self.secure, httponly=True, samesite="strict")
        return found

    async def health(self, request: Request) -> Response:
        """200 while every office that is to be served is well, otherwise 503; who has the key reads which are not."""
        from starlette.responses import JSONResponse

        bad = {each.name: list(each.why) for each in self.known.shown(self.clock()) if each.state is State.TROUBLE}
        told = {"offices": bad} if self._has_key(request) else {}
        return JSONResponse({"healthy": not bad, **told}, 503 if bad else 200)

    async def metrics(self, request: Request) -> Response:
        """Prometheus' text of all offices for who brings the key (Authorization: Bearer); 404 for others."""
        from starlette.responses import Response

        from app import health_web, metrics

        if not self._has_key(request):
            return await self.nothing(request, None)
        rows = self.known.shown(self.clock())
        said = metrics.text_of_all(
            {each.name: each.samples for each in rows},
            {each.name: each.state is State.WELL for each in rows if each.state is not State.STOPPED},
        )
        return Response(said, media_type=health_web.PROMETHEUS)

    async def nothing(self, _request: Request, _error: object) -> Response:
        """What is said where there is nothing."""
        return self._said("closed.html", 404, words=self.text("board.nothing"))

    def _is_in(self, request: Request) -> bool:
        return self.lock.opens(COOKIE, request.cookies.get(self._cookie, ""), self.clock())

    def _has_key(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.lock.is_key(given)

    def _let_in(self) -> Response:
        from starlette.responses import RedirectResponse

        found, token = RedirectResponse("/", 303), self.lock.token(COOKIE, self.clock() + SESSION)
        found.set_cookie(self._cookie, token, path="/", secure=self.secure, httponly=True, samesite="strict")
        return found

    def _said(self, template: str, status: int = 200, **values: object) -> Response:
        from desk import page

        return page.spoken_by(self.text, template, status=status, **values)
