"""The page to answer on in a real browser without scripts, as wide as a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from app import answer_web
from sandbox.telegram_api.server import Server
from sandbox.world import World
from sandbox.zalo_api.phone import ZaloPhone
from tests.answer.people import linked_and_given, with_a_page
from tests.answer.reader import Reader, links_in
from tests.channels.on_zalo import OnZalo
from tests.chromium import chromium
from tests.conftest import HANOI

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

# A browser is long by nature.
pytestmark = pytest.mark.long
T = TypeVar("T")
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


class Aside:
    """Does something of the world beside the browser, whose own loop holds this thread."""

    def __init__(self, beside: ThreadPoolExecutor) -> None:
        self._beside = beside

    def __call__(self, work: Callable[[], T]) -> T:
        """What came of it."""
        return self._beside.submit(work).result()


@pytest.fixture
def aside() -> Iterator[Aside]:
    """One thread for all of the world's."""
    with ThreadPoolExecutor(1) as beside:
        yield Aside(beside)


def is_well(page: Page) -> None:
    """Nothing is wider than the phone, and whoever reads with a program finds names for everything."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for each in page.locator("input:not([type=hidden]), textarea").all():
        assert each.evaluate("node => node.labels.length") == 1, each.evaluate("node => node.outerHTML")


def test_ten_photos_from_a_phone_without_scripts(tmp_path: Path, aside: Aside) -> None:
    def town() -> tuple[OnZalo, ZaloPhone, str]:
        def make(*at: Any, **given: Any) -> World:
            year, month, day, hour, minute = at
            return World(tmp_path, datetime(year, month, day, hour, minute, tzinfo=HANOI), **given).__enter__()

        zalo = with_a_page(make)
        lan, path = linked_and_given(zalo)
        return zalo, lan, path

    zalo, lan, path = aside(town)
    aside(lambda: Reader(zalo.world).opens(path))  # a preview
    photos: list[FilePayload] = [
        {"name": f"IMG_{number}.HEIC", "mimeType": "image/heic", "buffer": HEIC + bytes([number]) * 200_000}
        for number in range(11)
    ]
    with Server(answer_web.make(zalo.world.service)) as server, chromium() as browser:
        context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
        page = context.new_page()
        page.set_default_timeout(15000)
        asked: list[str] = []
        page.on("request", lambda each: asked.append(each.url))
        page.goto(server.url + path)
        is_well(page)
        page.screenshot(path=tmp_path / "answer.png", full_page=True)
        page.get_by_label("Vướng mắc", exact=True).check()
        page.get_by_label("Ảnh, tệp minh chứng").set_input_files(photos)
        page.get_by_role("button", name="Gửi").click()
        page.get_by_text("Đề nghị ghi vướng mắc").wait_for()
        assert page.get_by_text("IMG_10.HEIC").is_visible(), "the eleventh is named"
        is_well(page)
        page.screenshot(path=tmp_path / "mistake.png", full_page=True)
        page.get_by_label("Nội dung, hoặc lý do vướng mắc").fill("Chờ kinh phí in ấn")
        page.get_by_role("button", name="Gửi").click()
        page.get_by_text("Đường dẫn này đã dùng").wait_for()
        assert page.get_by_text("Chờ kinh phí in ấn").is_visible()
        page.reload()
        page.get_by_text("Đường dẫn này đã dùng").wait_for()
        is_well(page)
        page.screenshot(path=tmp_path / "receipt.png", full_page=True)
        aside(zalo.world.settle)
        aside(lambda: lan.expects("vướng mắc", "Chờ kinh phí in ấn").is_silent())
        # Of a week ago, and one whose end was cut off.
        second = aside(lambda: links_in(lan.says("/guitep 2h").last)[0])
        aside(lambda: zalo.world.at(2020, 1, 22, 9, 0))
        assert page.goto(server.url + second).status == 410  # type: ignore[union-attr]
        page.get_by_text("Đường dẫn đã hết hạn").wait_for()
        is_well(page)
        assert page.goto(server.url + second[:-3]).status == 404  # type: ignore[union-attr]
        assert all(each.startswith(server.url) for each in asked), "nothing from outside"
        assert context.cookies() == []
    with zalo.world.service.store.look() as session:
        rows = session.connection().exec_driver_sql("SELECT content, state, obligation_id FROM evidence").all()
    assert len(rows) == 10
    assert {(row[0], row[1]) for row in rows} == {("image/heic", "stored")}
    assert len({row[2] for row in rows}) == 1
    aside(lambda: zalo.world.__exit__(None, None, None))
