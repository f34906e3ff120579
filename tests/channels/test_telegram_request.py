"""python-telegram-bot's calls over aiohttp, to servers on loopback that answer, hang, break off or are not there."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from telegram.error import NetworkError, TelegramError, TimedOut

from channels.base import Attached, Outgoing
from channels.errors import ChannelError, Sent
from channels.over_http import sent_by
from channels.telegram.channel import Telegram
from channels.telegram.request import OverAiohttp
from words.message import say

TOKEN = "1234567:requests-token-of-nobody-at-all-000000"
Served = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
ME = '{"id":1,"is_bot":true,"first_name":"x","username":"x_bot"}'
MESSAGE = '{"message_id":5,"date":1577926800,"chat":{"id":7,"type":"private"}}'


class Platform:
    """Answers each call and keeps what was posted."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, bytes]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, call by call."""
        while head := await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b"":
            lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            if lengths:
                body = await reader.readexactly(int(lengths[0].split(b":")[1]))
            else:
                body = await reader.readuntil(b"\r\n0\r\n\r\n") if b"chunked" in head else b""
            method = head.split()[1].decode().rpartition("/")[2]
            self.posted.append((method, body))
            answer = f'{{"ok":true,"result":{ME if method == "getMe" else MESSAGE}}}'.encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer)


@asynccontextmanager
async def at_port(serve: Served) -> AsyncIterator[int]:
    """A server is there, at this port."""

    async def each(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(each, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def served(serve: Served, work: Callable[[int], Awaitable[Any]]) -> Any:
    """Does something while a server is there, at the port that it is told."""

    async def run() -> Any:
        async with at_port(serve) as port:
            return await work(port)

    return asyncio.run(run())


async def sent(port: int, outgoing: Outgoing, proxy: str | None = None) -> str:
    """The id that a message gets."""
    channel = Telegram(TOKEN, f"http://127.0.0.1:{port}", proxy)
    try:
        assert await channel.open() == "x_bot"
        return (await channel.send(outgoing)).message_id
    finally:
        await channel.close()


def test_words_and_files_arrive_as_they_are() -> None:
    platform = Platform()
    words = Outgoing("7", say("Sơn Tân & «2b» = 100%+"), 1)
    file = Outgoing("7", say("tệp"), 2, attached=Attached("Báo cáo.pdf", b"%PDF\x00\xff"))

    async def both(port: int) -> list[str]:
        return [await sent(port, words), await sent(port, file)]

    assert served(platform.serve, both) == ["5", "5"]
    said = dict(platform.posted)
    assert b"S%C6%A1n+T%C3%A2n+%26+%C2%AB2b%C2%BB+%3D+100%25%2B" in said["sendMessage"]
    assert b"%PDF\x00\xff" in said["sendDocument"]
    assert "Báo cáo.pdf".encode() in said["sendDocument"]
    assert "tệp".encode() in said["sendDocument"]


def test_a_platform_that_was_away_at_first_is_reached_once_it_is_back() -> None:
    platform, away = Platform(), [True, True]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await (breaks_off if away and away.pop() else platform.serve)(reader, writer)

    async def go(port: int) -> str:
        channel = Telegram(TOKEN, f"http://127.0.0.1:{port}")
        try:
            for _ in range(2):
                with pytest.raises(ChannelError):
                    await channel.open()
            assert await channel.open() == "x_bot"
            return (await channel.send(Outgoing("7", say("x"), 1))).message_id
        finally:
            await channel.close()

    assert served(serve, go) == "5"


def test_a_poll_whose_connection_was_closed_meanwhile_is_made_again_and_a_message_is_not() -> None:
    platform, begun = Platform(), [0]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begun[0] += 1
        # The poll's first connection, and that of another program's first call, hang up on what they are asked.
        await (breaks_off if begun[0] in (2, 4) else platform.serve)(reader, writer)

    async def go(port: int) -> None:
        channel = Telegram(TOKEN, f"http://127.0.0.1:{port}")
        try:
            await channel.open()
            assert await channel.updates(0) == []
            assert begun == [3]
        finally:
            await channel.close()
        again = Telegram(TOKEN, f"http://127.0.0.1:{port}")
        with pytest.raises(ChannelError):
            await again.open()
        await again.close()
        assert begun == [4]

    served(serve, go)
    assert [method for method, _ in platform.posted] == ["getMe", "getUpdates"]


def test_a_socks_proxy_is_gone_through() -> None:
    platform, asked = Platform(), []

    async def socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(3)
        writer.write(b"\x05\x00")
        head = await reader.readexactly(4)
        assert head == b"\x05\x01\x00\x01"
        asked.append(await reader.readexactly(6))
        writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        await platform.serve(reader, writer)

    found = served(socks, lambda port: sent(9, Outgoing("7", say("x"), 1), f"socks5://127.0.0.1:{port}"))
    assert (found, asked[0]) == ("5", b"\x7f\x00\x00\x01\x00\x09")
    assert [method for method, _ in platform.posted] == ["getMe", "sendMessage"]


@pytest.mark.parametrize(("passed", "goes_through"), [("", True), ("127.0.0.1", False)])
def test_a_proxy_of_the_environment_is_gone_through_but_where_it_names_the_host(
    passed: str, goes_through: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform, asked = Platform(), []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(writer)
        await platform.serve(reader, writer)

    async def both(port: int) -> str:
        monkeypatch.setenv("no_proxy", passed)
        async with at_port(proxy) as through:
            monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{through}")
            return await sent(port, Outgoing("7", say("x"), 1))

    assert served(platform.serve, both) == "5"
    assert bool(asked) is goes_through


async def breaks_off(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Reads the call and hangs up."""
    await reader.readuntil(b"\r\n\r\n")


async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Says less than it promised."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")


async def is_silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Takes the call and says nothing."""
    await reader.read()


async def refuses(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A SOCKS proxy that lets nobody out."""
    await reader.readexactly(3)
    writer.write(b"\x05\xff")


@pytest.mark.parametrize(
    ("serve", "proxy", "error", "expected"),
    [
        (breaks_off, "", NetworkError, Sent.UNKNOWN),
        (half, "", NetworkError, Sent.UNKNOWN),
        (is_silent, "", TimedOut, Sent.UNKNOWN),
        (refuses, "socks5://127.0.0.1:{port}", NetworkError, Sent.NO),
        (refuses, "socks5://127.0.0.1:1", NetworkError, Sent.NO),
        (None, "", NetworkError, Sent.NO),
        (None, "http://127.0.0.1:1", NetworkError, Sent.NO),
    ],
)
def test_a_call_that_fails_says_whether_it_can_have_arrived(
    serve: Served | None, proxy: str, error: type[TelegramError], expected: Sent
) -> None:
    async def call(port: int) -> BaseException:
        through = proxy.format(port=port) or None
        request = OverAiohttp(1, ssl.create_default_context(), through, read_s=0.2, write_s=0.2, media_s=0.2)
        await request.initialize()
        to = port if serve else 1
        try:
            await request.do_request(f"http://127.0.0.1:{to}/bot{TOKEN}/getMe", "POST")
        except TelegramError as found:
            return found
        finally:
            await request.shutdown()
        raise AssertionError

    found = served(serve or is_silent, call)
    assert type(found) is error
    assert TOKEN not in str(found)
    assert sent_by(found.__cause__) is expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (aiohttp.ConnectionTimeoutError, Sent.NO),
        (aiohttp.ClientConnectorError, Sent.NO),
        (aiohttp.ClientConnectorDNSError, Sent.NO),
        (aiohttp.ClientConnectorCertificateError, Sent.NO),
        (aiohttp.ClientProxyConnectionError, Sent.NO),
        (aiohttp.ClientHttpProxyError, Sent.NO),
        (aiohttp.InvalidURL, Sent.NO),
        (ProxyError, Sent.NO),
        (ProxyConnectionError, Sent.NO),
        (ProxyTimeoutError, Sent.NO),
        (aiohttp.SocketTimeoutError, Sent.UNKNOWN),
        (aiohttp.ServerDisconnectedError, Sent.UNKNOWN),
        (aiohttp.ClientPayloadError, Sent.UNKNOWN),
        (aiohttp.ClientOSError, Sent.UNKNOWN),
        (aiohttp.ClientConnectionResetError, Sent.UNKNOWN),
        (TimeoutError, Sent.UNKNOWN),
    ],
    ids=lambda each: each.__name__ if isinstance(each, type) else str(each),
)
def test_each_error_of_the_client_is_decided(kind: type[Exception], expected: Sent) -> None:
    assert sent_by(kind.__new__(kind)) is expected


def test_a_platform_that_is_not_there_is_a_channel_error_that_names_no_address() -> None:
    async def open_it() -> None:
        channel = Telegram(TOKEN, "http://127.0.0.1:1")
        with pytest.raises(ChannelError, match="network: ClientConnectorError") as caught:
            await channel.open()
        assert (caught.value.sent, caught.value.permanent) == (Sent.NO, False)
        await channel.close()

    asyncio.run(open_it())
