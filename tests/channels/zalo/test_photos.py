"""A photo is fetched from the platform's servers alone: its address comes out of what somebody sent."""

import asyncio
from collections.abc import Sequence

import httpx
import pytest

from channels.errors import ChannelError, FileGoneError, NotArrivedError
from channels.zalo.photos import Photos

PHOTO = "https://f21-photo.zdn.vn/1.jpg"


def fetched(address: str, answer: httpx.Response, *at: str, most: int = 100) -> bytes:
    """The photo at an address, from a server that answers so and whose name leads to these addresses."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        if not at:
            raise OSError(f"{host}:{port}")
        return at

    async def go() -> bytes:
        async with httpx.AsyncClient(transport=httpx.MockTransport(lambda request: answer)) as http:
            return await Photos(("zdn.vn",), most, "http://127.0.0.1:8000", resolve).fetch(http, address)

    return asyncio.run(go())


def test_it_comes_from_the_platform_at_a_public_address() -> None:
    assert fetched(PHOTO, httpx.Response(200, content=b"jpg"), "49.213.81.3", "2405:f980::1") == b"jpg"
    assert fetched("http://127.0.0.1:8000/photos/1.jpg", httpx.Response(200, content=b"jpg")) == b"jpg"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.vn/1.jpg",
        "https://zdn.vn.example.vn/1.jpg",
        "https://evilzdn.vn/1.jpg",
        "http://photo.zdn.vn/1.jpg",
        "https://photo.zdn.vn:8443/1.jpg",
        "https://user@photo.zdn.vn/1.jpg",
        "https://zdn.vn@10.0.0.1/1.jpg",
        "https://127.0.0.1/1.jpg",
        "http://127.0.0.1:8001/1.jpg",
        "file:///etc/passwd",
        "https://[::1",
        "",
    ],
)
def test_no_other_address_is_called(address: str) -> None:
    with pytest.raises(FileGoneError):
        fetched(address, httpx.Response(200, content=b"secret"), "49.213.81.3")


@pytest.mark.parametrize("at", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1%eth0"])
def test_a_name_that_leads_into_our_network_is_not_followed(at: str) -> None:
    with pytest.raises(FileGoneError):
        fetched(PHOTO, httpx.Response(200, content=b"secret"), "49.213.81.3", at)


def test_a_name_that_leads_nowhere_may_lead_somewhere_later() -> None:
    with pytest.raises(ChannelError) as caught:
        fetched(PHOTO, httpx.Response(200))
    assert not caught.value.permanent


def test_what_is_sent_elsewhere_is_too_big_or_is_gone_is_no_photo() -> None:
    elsewhere = httpx.Response(302, headers={"location": "http://169.254.169.254/"}, content=b"x")
    with pytest.raises(NotArrivedError):
        fetched(PHOTO, elsewhere, "49.213.81.3")
    with pytest.raises(FileGoneError, match="too big"):
        fetched(PHOTO, httpx.Response(200, content=b"x" * 101), "49.213.81.3")
    with pytest.raises(FileGoneError, match="not there"):
        fetched(PHOTO, httpx.Response(404), "49.213.81.3")
