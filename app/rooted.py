"""A site under a path of another: /o/sondung. The site itself knows nothing of it; what it says of its own addresses in
headers and pages is given the path on its way out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# Our templates alone write such an attribute: in what anybody wrote a quotation mark is escaped.
ADDRESS = re.compile(rb'(\s(?:href|src|action|formaction|data-live|data-news)=")/(?!/)')


class Rooted:
    """Serves an application under `root`, a path without a slash at its end; who asks for another gets nothing here."""

    def __init__(self, app: ASGIApp, root: str) -> None:
        self.app, self.root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request for an address that begins with the root."""
        path, raw = scope["path"].removeprefix(self.root), scope.get("raw_path", b"")
        inner = {**scope, "path": path, "raw_path": raw.removeprefix(self.root.encode()), "root_path": ""}
        await self.app(inner, receive, _Outward(self.root, send))


class _Outward:
    """Takes an answer on its way: a page is held until it is whole, everything else goes on as it comes."""

    def __init__(self, root: str, send: Send) -> None:
        self.root, self.send = root, send
        self._page: Any = None
        self._body = b""

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._page is None:
            await self.send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._whole(message)

    async def _begin(self, message: Any) -> None:
        from starlette.datastructures import MutableHeaders

        headers = MutableHeaders(raw=list(message["headers"]))
        if (to := headers.get("location", "")).startswith("/"):
            headers["location"] = self.root + to
        message = {**message, "headers": headers.raw}
        if headers.get("content-type", "").startswith("text/html"):
            self._page = message
        else:
            await self.send(message)

    async def _whole(self, last: Any) -> None:
        from starlette.datastructures import MutableHeaders

        body = ADDRESS.sub(rb"\1" + self.root.encode() + b"/", self._body)
        headers = MutableHeaders(raw=list(self._page["headers"]))
        if "content-length" in headers:
            headers["content-length"] = str(len(body))
        await self.send({**self._page, "headers": headers.raw})
        await self.send({**last, "body": body})
