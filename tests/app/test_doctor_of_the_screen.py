"""What `doctor` says of the office's screen, and of the page to answer on."""

from dataclasses import replace

import pytest

from app import checks
from store import settings
from tests.conftest import MakeWorld


@pytest.mark.parametrize(
    ("listen", "url", "is_warned"),
    [
        ("127.0.0.1:8090", "", False),
        ("[::1]:8090", "", False),
        ("localhost:8090", "", False),
        ("0.0.0.0:8090", "", True),
        ("10.0.0.5:8090", "http://theodoi.xa.example", True),
        ("10.0.0.5:8090", "https://theodoi.xa.example", False),
    ],
)
def test_a_screen_on_the_network_wants_tls(make_world: MakeWorld, listen: str, url: str, is_warned: bool) -> None:
    service = make_world(2020, 1, 14, 9, 0).service
    chosen = service.settings.model_copy(update={"desk_listen": listen, "desk_url": url})
    found = {each.name: each.ok for each in checks.screen(replace(service, settings=chosen))}
    assert ("screen TLS" in found) == is_warned
    # Nothing serves it here.
    assert found["screen"] is None


def test_a_screen_that_lives_says_where(make_world: MakeWorld) -> None:
    service = make_world(2020, 1, 14, 9, 0).service
    with service.store.unit() as session:
        settings.beat(session, "desk", service.clock())
    [found] = checks.screen(service)
    assert found.ok
    assert service.settings.desk_address in found.said(service.office.text)
    with service.store.unit() as session:
        settings.beat(session, "desk:asleep", service.clock())
        settings.beat(session, "poll", service.clock())
    [found] = checks.screen(service)
    assert found.ok
    assert found.said(service.office.text).startswith(f"Trang theo dõi tại {service.settings.desk_address} đang nghỉ")
    off = replace(service, settings=service.settings.model_copy(update={"desk_listen": ""}))
    [found] = checks.screen(off)
    assert found.said(service.office.text.speaking("en")) == "off: DESK_LISTEN is empty"


def test_the_page_to_answer_on_is_spoken_of_where_there_is_one(make_world: MakeWorld) -> None:
    service = make_world(2020, 1, 14, 9, 0).service
    assert list(checks.answer_page(service)) == []
    public = replace(service, settings=service.settings.model_copy(update={"public_url": "https://bao.example.vn"}))
    [silent] = checks.answer_page(public)
    assert silent.ok is None
    with service.store.unit() as session:
        settings.beat(session, "answer", service.clock())
    [found] = checks.answer_page(public)
    assert found.ok
    assert "https://bao.example.vn" in found.said(service.office.text)
