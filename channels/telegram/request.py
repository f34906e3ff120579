"""python-telegram-bot's calls over aiohttp: of what a message costs, the client of HTTP is the largest part.

The library takes any `BaseRequest` (its documentation, "Architecture"); everything above it stays as it is.
"""

import ssl
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from channels.trusted import trusted

CONNECT_S, FREE_S = 5.0, 1.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

READ_S, WRITE_S, MEDIA_S = 20.0, 20.0, 60.0


def requests(
    connections: int, proxy: str | None, transport: httpx.AsyncBaseTransport | None, *, asks: bool = False
) -> BaseRequest:
    """At most so many calls at once, over the network or a `transport`; the rest is as of OverAiohttp."""
    if transport is None:
        return OverAiohttp(connections, trusted(), proxy, read_s=READ_S, write_s=WRITE_S, media_s=MEDIA_S, asks=asks)
    return HTTPXRequest(
        connections,
        read_timeout=READ_S,
        write_timeout=WRITE_S,
        media_write_timeout=MEDIA_S,
        httpx_kwargs={"transport": transport},
    )


class OverAiohttp(BaseRequest):
    """At most `connections` calls at once; `proxy` is an http, https or socks address, `tls` what is trusted.

    Each error is a NetworkError or TimedOut with aiohttp's own behind it, from which `channels.over_http` reads whether
    the call may have arrived. All times in seconds. `asks` says that calls only ask: one whose connection was closed
    meanwhile is made again, once, by another.
    """

    def __init__(
        self,
        connections: int,
        tls: ssl.SSLContext,
        proxy: str | None,
        *,
        read_s: float,
        write_s: float,
        media_s: float,
        asks: bool = False,
    ) -> None:
        self.connections, self.tls, self.proxy, self.asks = connections, tls, proxy, asks
        self.read_s, self.write_s, self.media_s = read_s, write_s, media_s
        self._session: aiohttp.ClientSession | None = None
        self._by_host: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float:
        """How long an answer may keep us waiting, where the call says nothing else."""
        return self.read_s

    async def initialize(self) -> None:
        """Opens what is kept between calls; a second time it does nothing."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(connector=self._connector(), headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        """Lets go of the connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: the status and the bytes of its answer."""
        if self._session is None or self._session.closed:
            raise RuntimeError("initialize() comes first")
        carries = request_data is not None and bool(request_data.multipart_data)
        read = _chosen(read_timeout, self.read_s)
        write = _chosen(write_timeout, self.media_s if carries else self.write_s)
        # aiohttp has no time for writing alone: all of the call has what its parts have.
        connect = _chosen(connect_timeout, CONNECT_S) + _chosen(pool_timeout, FREE_S)
        timeout = aiohttp.ClientTimeout(connect + write + read, connect=connect, sock_read=read)
        data, headers = _body(request_data)
        call = partial(self._session.request, method, url, headers=headers, timeout=timeout, proxy=self._proxy_for(url))
        try:
            try:
                async with call(data=data) as answer:
                    return answer.status, await answer.read()
            except aiohttp.ClientConnectionError as error:
                if not self.asks or isinstance(error, aiohttp.ClientConnectorError | TimeoutError):
                    raise
            async with call(data=data) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except Exception as error:
            # Of aiohttp, the system or the proxy. Without its words: they may hold the address, and that the token.
            raise NetworkError(type(error).__name__) from error

    def _connector(self) -> aiohttp.BaseConnector:
        """The way out."""
        if self.proxy is not None and self.proxy.startswith("socks"):
            # Loaded where used: most offices have no proxy.
            from aiohttp_socks import ProxyConnector

            return ProxyConnector.from_url(self.proxy, limit=self.connections, ssl=self.tls)
        return aiohttp.TCPConnector(limit=self.connections, ssl=self.tls)

    def _proxy_for(self, url: str) -> str | None:
        """Ours, or that of the environment, which aiohttp would look up at each call, in two threads."""
        if self.proxy is not None:
            return None if self.proxy.startswith("socks") else self.proxy
        asked = urlsplit(url)
        if asked.netloc not in self._by_host:
            is_passed = bool(proxy_bypass(asked.hostname or ""))
            self._by_host[asked.netloc] = None if is_passed else getproxies().get(asked.scheme)
        return self._by_host[asked.netloc]


def _chosen(value: Any, otherwise: float) -> float:
    """The seconds that a call names; what the library has for "none were named" is no number."""
    return float(value) if isinstance(value, int | float) else otherwise


def _body(request_data: RequestData | None) -> tuple[Any, dict[str, str]]:
    """What is posted: a form, in parts where it carries files."""
    if request_data is None:
        return None, {}
    if not request_data.multipart_data:
        return urlencode(request_data.json_parameters).encode(), FORM
    # Names of files as they are: quoted, a phone would show them so.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}
