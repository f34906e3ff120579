"""Every answer that Zalo can give has a decision, and no text of one ever holds the token."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.errors import ChannelError, Sent
from channels.zalo.client import Client
from channels.zalo.errors import ZaloError, result_of
from channels.zalo.token import Token

SECRET = "AbC-d_9xyz"
TOKEN = Token(f"1459:{SECRET}")


def answered(body: Any, status: int = 200) -> Any:
    """What an answer gives; JSON, or the bytes of a page."""
    return result_of(status, body if isinstance(body, bytes) else json.dumps(body).encode(), TOKEN)


def failed(body: Any, status: int = 200) -> ZaloError:
    """The decision for an answer that is no success."""
    with pytest.raises(ZaloError) as caught:
        answered(body, status)
    return caught.value


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ({"ok": True, "result": {"message_id": "a"}}, {"message_id": "a"}),
        ({"ok": True, "result": {"message_id": "a"}, "error_code": 0}, {"message_id": "a"}),
        ({"ok": True, "error_code": "0"}, None),
        ({"ok": True}, None),
        ({"errorCode": 0, "result": []}, []),
    ],
)
def test_a_success_gives_its_result(body: Any, result: Any) -> None:
    assert answered(body) == result
    # The status says nothing either way.
    assert answered(body, 500) == result


@pytest.mark.parametrize(
    ("code", "said", "decided"),
    [
        (401, "Unauthorized", "stop"),
        (404, "Not Found", "stop"),
        (429, "Quota exceeded", "stop"),
        (410, "The chat_id is invaild", "gone"),
        (403, "Forbidden: closed", "gone"),
        (400, "The chat_id is wrong", "gone"),
        (400, "text must be 1-2000 characters", "permanent"),
        (403, "Internal server error", "unknown"),
        (500, "Internal server error", "unknown"),
        (408, "Request timeout", "unknown"),
        (-216, "Access token is expired", "unknown"),
    ],
)
@pytest.mark.parametrize("field", ["error_code", "errorCode"])
@pytest.mark.parametrize("kind", [int, str])
def test_an_error_is_decided_by_its_code(code: int, said: str, decided: str, field: str, kind: type) -> None:
    error = failed({"ok": False, field: kind(code), "description": said})
    found = {
        "stop": error.stop,
        "gone": error.gone,
        "permanent": error.permanent and not error.gone,
        "unknown": error.sent is Sent.UNKNOWN,
    }
    assert {name for name, is_so in found.items() if is_so} == {decided}
    assert error.code == code


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[" * 100_000, b"null", {"ok": "yes"}, {}, {"ok": True, "error_code": 7}, b"\xff\xfe"]
)
def test_what_is_no_answer_leaves_it_unknown(body: Any) -> None:
    error = failed(body)
    assert error.sent is Sent.UNKNOWN
    assert not error.permanent


def test_a_page_of_the_gateway_is_known_by_its_status() -> None:
    page = f"<html><title>x</title><body>/bot1459:{SECRET}/sendMessage /bot1459%3A{SECRET}/".encode()
    assert (failed(page, 429).stop, failed(page, 429).sent) == (True, Sent.NO)
    for status in (200, 502, 504):
        error = failed(page, status)
        assert (error.sent, error.stop) == (Sent.UNKNOWN, False)


@given(st.text(max_size=250), st.sampled_from([":", "%3A", "%3a", "%253A"]), st.booleans())
def test_the_token_stands_in_no_text_wherever_it_is_cut(before: str, colon: str, in_page: bool) -> None:
    words = f"{before}/bot1459{colon}{SECRET}/sendMessage"
    error = failed(words.encode()) if in_page else failed({"ok": False, "error_code": 500, "description": words})
    assert not any(SECRET[:length] in str(error) for length in range(5, len(SECRET) + 1))


class Raises(httpx.AsyncBaseTransport):
    """A network on which each call ends with an error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One call."""
        raise self.error


def test_a_call_that_got_no_answer_says_so_without_its_address() -> None:
    for kind, sent in ((httpx.ConnectError, Sent.NO), (httpx.ReadTimeout, Sent.UNKNOWN)):
        client = Client(f"1459:{SECRET}", "https://zalo.test", Raises(kind(f"/bot1459:{SECRET}/getMe")))
        with pytest.raises(ChannelError) as caught:
            asyncio.run(client.call("getMe"))
        assert (caught.value.sent, str(caught.value)) == (sent, f"network: {kind.__name__}")
        assert caught.value.__cause__ is None


def test_an_answer_without_an_end_is_not_read_to_it() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=b"x" * (1024 * 1024 + 1)))
    with pytest.raises(ZaloError, match="no end"):
        asyncio.run(Client(f"1459:{SECRET}", "https://zalo.test", transport).call("getMe"))
