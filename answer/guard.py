"""What every answer says to the browser, and who may ask at all: this site's own name and nobody across sites."""

import re
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.headers import STRICT_TLS

# A machine's own address or bare name, as a proxy or a health check names it.
BY_ADDRESS = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]|[A-Za-z0-9_-]+)(?::\d+)?")


def headers(style: str) -> Mapping[str, str]:
    """No script at all, only the page's own style, and nothing of others; `style` is its hash."""
    policy = f"default-src 'none'; style-src '{style}'; img-src 'self'; form-action 'self'"
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'; base-uri 'none'",
        # The address is the secret: nobody whose site is opened from here learns it.
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": "no-store",
    }


class Guarded:
    """Adds the headers to every answer, and refuses what names another site or comes from one.

    A page without a referrer says "null" where its form comes from: that is ours too, since the address of the form is
    what whoever sends it must know.
    """

    def __init__(self, app: ASGIApp, *, named: str, secure: bool, said: Mapping[str, str]) -> None:
        self.app, self.named, self.secure, self.said = app, named.casefold(), secure, said

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in self.said.items():
                    found.setdefault(name, value)
                if self.secure:
                    found.setdefault("Strict-Transport-Security", STRICT_TLS)
            await send(message)

        if scope["type"] == "http" and not self._is_ours(Headers(scope=scope)):
            await Response(status_code=403)(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)

    def _is_ours(self, asked: Headers) -> bool:
        host, origin = asked.get("host", "").casefold(), asked.get("origin", "").casefold()
        known = host == self.named or BY_ADDRESS.fullmatch(host) is not None
        return known and origin in ("", "null", f"https://{host}", f"http://{host}")
