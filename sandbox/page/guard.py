"""What every answer of the page goes through: only this machine's own page may ask, and errors are sentences."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.sentences import say

Endpoint = Callable[[Request], Awaitable[Response]]

HERE = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")
# blob: shows a picture before it is sent, data: is the tab's icon; everything else comes from this server.
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def guarded(endpoint: Endpoint) -> Endpoint:
    """Refuse with 403 what another site sends here, turn a ValueError into 400 with its sentence, add the headers."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        if not from_here(request):
            response: Response = refusal(say("elsewhere"), 403)
        else:
            try:
                response = await endpoint(request)
            except ValueError as error:
                response = refusal(str(error), 400)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answered


def from_here(request: Request) -> bool:
    """Whether the request names this machine (against DNS rebinding) and comes from its own page (against CSRF)."""
    host = request.headers.get("host", "")
    if not HERE.fullmatch(host):
        return False
    # A browser always tells the origin of a POST; curl on this machine has none.
    return request.method in {"GET", "HEAD"} or request.headers.get("origin") in {None, f"http://{host}"}


def refusal(words: str, status: int) -> JSONResponse:
    """An answer that says no, and why."""
    return JSONResponse({"error": words}, status)
