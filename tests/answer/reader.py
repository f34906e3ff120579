"""Somebody who opens links: a browser without scripts and without a memory, against the page of a world."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx

from app import answer_web
from sandbox.world import World

SITE = "https://bao.example.vn"
LINK = re.compile(rf"{re.escape(SITE)}(/[bt]/[a-z2-7]{{26}})")
KEPT = re.compile(r'name="kept" value="(\d+)"')


def links_in(text: str) -> list[str]:
    """The paths of the links that a message brought."""
    return LINK.findall(text)


class Reader:
    """One browser; `page` is what it shows."""

    def __init__(self, world: World, address: str = "203.0.113.9", **headers: str) -> None:
        self.world = world
        transport = httpx.ASGITransport(answer_web.make(world.service), client=(address, 1))
        self._client = httpx.AsyncClient(transport=transport, base_url=SITE, headers=headers)
        self.page, self.status, self.path = "", 0, ""
        self.headers = httpx.Headers()

    def opens(self, path: str, method: str = "GET", **headers: str) -> Reader:
        """Goes to an address."""
        return self._shown(self.world.run(self._client.request(method, path, headers=headers)))

    def sends(
        self,
        path: str,
        files: list[tuple[str, bytes]] | None = None,
        *,
        headers: dict[str, str] | None = None,
        **fields: Any,
    ) -> Reader:
        """Fills the form in and sends it."""
        # What is no file goes as a part too, as browsers send it; nothing chosen is a file without a name.
        parts = [("file", (name, content)) for name, content in files or []] or [("file", ("", b""))]
        sent = self._client.post(path, data=fields, files=parts, headers=headers or {}, follow_redirects=True)
        self._shown(self.world.run(sent))
        self.world.settle()
        return self

    @property
    def kept(self) -> list[str]:
        """The numbers of files that the page says have arrived."""
        return KEPT.findall(self.page)

    @property
    def text(self) -> str:
        """What a person reads."""
        body = re.sub(r"<head>.*?</head>", "", self.page, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    def shows(self, *wanted: str, status: int | None = None) -> Reader:
        """Whether the page says these words."""
        for each in wanted:
            assert each in self.text, f"{each!r} is not on {self.path} ({self.status}): {self.text}"
        assert status in (None, self.status), f"{self.status}: {self.text}"
        return self

    def _shown(self, response: httpx.Response) -> Reader:
        self.page, self.status, self.path = response.text, response.status_code, str(response.url)
        self.content, self.headers = response.content, response.headers
        return self
