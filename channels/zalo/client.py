"""Calls Zalo's Bot API: POST with JSON, one answer, nothing of which is believed before it was looked at."""

from collections.abc import Mapping
from typing import Any

import httpx

from channels.errors import Sent
from channels.trusted import trusted
from channels.zalo.errors import ZaloError, result_of, unreached
from channels.zalo.token import Token

# An answer is a message or an error: what is longer is neither.
MOST_BYTES = 1024 * 1024
ANSWER_S = 20.0
POOL = 8


class Client:
    """The calls of one bot; `transport` carries them where they are not to go over the network."""

    def __init__(self, token: str, api_url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.token = Token(token)
        self._base = api_url.rstrip("/") + self.token.path
        self.http = httpx.AsyncClient(
            transport=transport,
            verify=trusted(),
            timeout=ANSWER_S,
            limits=httpx.Limits(max_connections=POOL),
            follow_redirects=False,
        )

    async def close(self) -> None:
        """Lets go of the connections."""
        await self.http.aclose()

    async def call(self, method: str, params: Mapping[str, object] | None = None, *, wait_s: float = 0.0) -> Any:
        """What a method gave, None where it gives nothing; `wait_s` is how long the platform may think first.

        Raises ZaloError for an answer that is no success, ChannelError where there was none.
        """
        timeout = httpx.Timeout(ANSWER_S, read=wait_s + ANSWER_S)
        try:
            async with self.http.stream(
                "POST", f"{self._base}/{method}", json=dict(params or {}), timeout=timeout
            ) as answer:
                body = await _body(answer)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            # Without the cause: its text and its request hold the address, and a log writes both.
            raise unreached(error) from None
        return result_of(answer.status_code, body, self.token)


async def _body(answer: httpx.Response) -> bytes:
    found = bytearray()
    async for piece in answer.aiter_bytes():
        found += piece
        if len(found) > MOST_BYTES:
            raise ZaloError(None, "malformed: the answer has no end", sent=Sent.UNKNOWN)
    return bytes(found)
