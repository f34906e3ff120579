"""What the page's routes refuse: other sites, other names for this machine, files that a browser might run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.telegram_api.files import grey_png
from sandbox.telegram_api.platform import Platform
from tests.sandbox.town import LAN, Hands, served, town


@pytest.fixture
def platform() -> Platform:
    """A small town."""
    return town(Hands().now)


@pytest.fixture
def url(platform: Platform, stage: tuple[Any, str]) -> Iterator[str]:
    """The page's address without a slash at its end."""
    app = served(platform, Hands())
    stage[0].app = app
    yield stage[1]
    app.state.bot_api.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8020", "Origin": "http://localhost:8020"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
    ],
)
def test_only_this_machines_own_page_may_post(
    url: str, platform: Platform, headers: dict[str, str], status: int
) -> None:
    before = len(platform.messages(LAN))
    answer = httpx.post(f"{url}/sandbox/say", json={"user": LAN, "chat": LAN, "text": "x"}, headers=headers)
    assert answer.status_code == status
    assert len(platform.messages(LAN)) - before == (status == 200)


def test_another_name_for_this_machine_reads_nothing(url: str) -> None:
    assert httpx.get(f"{url}/sandbox/state", headers={"Host": "evil.example"}).status_code == 403
    answer = httpx.get(url)
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_only_pictures_are_shown_by_the_browser(url: str, platform: Platform) -> None:
    picture = platform.send_document(LAN, LAN, grey_png(4, 4), "a.png", "text/html")["document"]["file_id"]
    script = platform.send_document(LAN, LAN, b"<svg/>", "Kế hoạch.svg", "image/svg+xml")["document"]["file_id"]
    shown = httpx.get(f"{url}/sandbox/file/{picture}")
    assert shown.headers["content-type"] == "image/png"
    saved = httpx.get(f"{url}/sandbox/file/{script}")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch.svg"
    assert saved.headers["x-content-type-options"] == "nosniff"
    assert httpx.get(f"{url}/sandbox/file/none").status_code == 400


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("say", b"no json"),
        ("say", b"[]"),
        ("say", b'{"user": "7"}'),
        ("say", b'{"user": 7, "chat": 7, "text": ""}'),
        ("tap", b'{"user": 7, "chat": 7, "message": 999, "data": "x"}'),
        ("start", b'{"user": 7, "payload": "no spaces"}'),
    ],
)
def test_what_a_phone_could_not_do_is_a_sentence(url: str, path: str, body: bytes) -> None:
    answer = httpx.post(f"{url}/sandbox/{path}", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
