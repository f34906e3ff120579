"""A computer in an office: a browser without scripts, which follows what a person does on the screen's pages."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import httpx

from app import desk_web
from sandbox.world import World

FORM = re.compile(r"<form[^>]*action=\"([^\"]*)\".*?</form>", re.DOTALL)
FIELD = re.compile(r"<input[^>]*?name=\"([^\"]*)\"(?:[^>]*?value=\"([^\"]*)\")?")
PASSPHRASE = "mưa nắng Sơn Tây 2020"


class Computer:
    """One browser against the screen of a world; `page` is what it shows, `data` its bytes."""

    def __init__(self, world: World, address: str = "10.0.0.7", **headers: str) -> None:
        self.world = world
        app = desk_web.make(world.service)
        transport = httpx.ASGITransport(app, client=(address, 1))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8090", headers=headers)
        self.page, self.status, self.path, self.data = "", 0, "", b""

    @property
    def cookies(self) -> httpx.Cookies:
        """What the browser keeps."""
        return self._client.cookies

    def opens(self, path: str, *, follow: bool = True) -> "Computer":
        """Goes to an address."""
        return self._shown(self.world.run(self._client.get(path, follow_redirects=follow)))

    def reads(self, path: str) -> bytes:
        """The bytes of what stands at an address; `headers` and `status` tell of it as of a page."""
        response = self.world.run(self._client.get(path))
        self.status, self.headers = response.status_code, response.headers
        return bytes(response.content)

    def posts(self, path: str, fields: Mapping[str, Any] | None = None, **how: Any) -> "Computer":
        """Sends exactly these fields."""
        follow = how.pop("follow", True)
        return self._shown(
            self.world.run(self._client.post(path, data=dict(fields or {}), follow_redirects=follow, **how))
        )

    def form(self, action: str, place: int = 0) -> dict[str, str]:
        """The fields of a form of the page, as it stands there."""
        forms = [found for found in FORM.finditer(self.page) if unescape(found[1]) == action]
        assert len(forms) > place, f"no form {action} on {self.path}: {self.text}"
        return {unescape(name): unescape(value) for name, value in FIELD.findall(forms[place][0])}

    def sends(self, action: str, place: int = 0, *, follow: bool = True, **fields: str) -> "Computer":
        """Fills a form of the page in and sends it."""
        return self.posts(action, self.form(action, place) | fields, follow=follow)

    def shows(self, *wanted: str) -> "Computer":
        """Whether the page says these words."""
        for each in wanted:
            assert each in self.text, f"{each!r} is not on {self.path} ({self.status}): {self.text}"
        return self

    def shows_no(self, *unwanted: str) -> "Computer":
        """Whether the page says none of these words."""
        for each in unwanted:
            assert each not in self.text, f"{each!r} is on {self.path}"
        return self

    @property
    def text(self) -> str:
        """What a person reads."""
        body = re.sub(r"<head>.*?</head>", "", self.page, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    def _shown(self, response: httpx.Response) -> "Computer":
        self.page, self.status, self.path = response.text, response.status_code, str(response.url)
        self.data = response.content
        self.headers = response.headers
        return self
