"""Fetches a photo from the address that an update names: only from the platform's servers, and never far from there.

The address comes out of what somebody sent: whoever could make us fetch any address would see our network through us.
"""

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import httpx

from channels.errors import ChannelError, FileGoneError, NotArrivedError
from channels.zalo.errors import unreached

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
GONE = (401, 403, 404, 410)


async def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a name; raises OSError where there are none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port)
    return [str(each[4][0]) for each in found]


@dataclass(frozen=True)
class Photos:
    """From where photos are fetched, and up to how many bytes.

    `hosts` are domains, with all names under them, over https and at public addresses. `beside` is one address more,
    "http://127.0.0.1:8000", of a stand-in for the platform.
    """

    hosts: tuple[str, ...]
    most: int
    beside: str = ""
    resolve: Resolve = resolved

    async def fetch(self, http: httpx.AsyncClient, address: str) -> bytes:
        """The bytes; raises FileGoneError for what will never come, NotArrivedError or ChannelError otherwise."""
        url = self._allowed(address)
        if not self._is_beside(url):
            await self._refuse_private(url)
        try:
            async with http.stream("GET", url) as answer:
                _refuse(answer.status_code)
                return await self._bytes(answer)
        except httpx.HTTPError as error:
            raise unreached(error) from None

    def _allowed(self, address: str) -> httpx.URL:
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, TypeError, ValueError):
            raise FileGoneError("the address of the photo is none", permanent=True) from None
        named = any(url.host == host or url.host.endswith(f".{host}") for host in self.hosts)
        is_plain = url.scheme == "https" and url.port in (None, 443) and not url.userinfo
        if not (named and is_plain) and not self._is_beside(url):
            raise FileGoneError("the photo is not on the platform's servers", permanent=True)
        return url

    def _is_beside(self, url: httpx.URL) -> bool:
        known = httpx.URL(self.beside) if self.beside else None
        return known is not None and (url.scheme, url.host, url.port) == (known.scheme, known.host, known.port)

    async def _refuse_private(self, url: httpx.URL) -> None:
        try:
            found = await self.resolve(url.host, url.port or 443)
        except OSError:
            raise ChannelError("the photo's server has no address now") from None
        if not found or not all(ipaddress.ip_address(each.partition("%")[0]).is_global for each in found):
            raise FileGoneError("the photo's server is not on the public network", permanent=True)

    async def _bytes(self, answer: httpx.Response) -> bytes:
        found = bytearray()
        async for piece in answer.aiter_bytes():
            found += piece
            if len(found) > self.most:
                raise FileGoneError("the photo is too big", permanent=True)
        return bytes(found)


def _refuse(status: int) -> None:
    if status in GONE:
        raise FileGoneError(f"{status} the photo is not there any more", permanent=True)
    if not 200 <= status < 300:
        # Another address than the one that was looked at is not followed.
        raise NotArrivedError(f"{status} the address of the photo leads elsewhere or nowhere")
