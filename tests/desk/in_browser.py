"""A real browser at the screen: the world that lives beside it, the door, what axe finds, pictures for the guides."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from sandbox.phone import Phone, text_of
from sandbox.world import World
from tests.conftest import HANOI
from tests.desk.computer import PASSPHRASE
from tests.desk.people import CODE

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
# What the guides show, and beside them what is only looked at: the phone's width and paper.
SHOWN, BESIDE = ROOT / "docs", ROOT / "var" / "pictures"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
T = TypeVar("T")


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


@pytest.fixture
def world(tmp_path: Path, aside: Aside) -> Iterator[World]:
    """An office that lives beside the browser from its first moment on."""
    made = aside(lambda: World(tmp_path, datetime(2020, 1, 14, 9, 0, tzinfo=HANOI), review="all").__enter__())
    yield made
    aside(lambda: made.__exit__(None, None, None))


def code_on(aside: Aside, world: World, phone: Phone) -> str:
    """The code that came to a phone."""

    def read() -> str:
        world.settle()
        return str(CODE.findall(text_of(phone.unread[-1]))[-1])

    return aside(read)


def faults(page: Page) -> list[str]:
    """What axe finds on a page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    return [f"{each['id']}: {node['html'][:120]}" for each in found.response["violations"] for node in each["nodes"]]


def comes_in(page: Page, name: str, code: Callable[[], str]) -> None:
    """The door: the passphrase, then the code of the phone."""
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.get_by_text("Bước 2").wait_for()
    assert faults(page) == []
    page.get_by_label("Mã", exact=True).fill(code())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Chờ xử lý").wait_for()


def cards(page: Page) -> int:
    """How much waits, as the page shows it."""
    return page.locator("#queue .card").count()


def says(page: Page, words: str) -> None:
    """The page that comes says it, and its script has begun."""
    page.get_by_text(words).first.wait_for()
    page.wait_for_load_state("load")


def is_well(page: Page) -> None:
    """Nothing is wider than the phone, and axe finds nothing."""
    page.wait_for_load_state("load")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert faults(page) == []


def looked_at(page: Page, name: str) -> None:
    """Nothing is wider than a phone; with WRITE_PICTURES=1 the page is kept as a desk, a phone and paper show it."""
    writes = os.environ.get("WRITE_PICTURES") == "1"
    if writes:
        BESIDE.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(SHOWN / f"man-hinh-{name}.png"))
        page.pdf(path=str(BESIDE / f"{name}.pdf"), prefer_css_page_size=True, print_background=True)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    is_well(page)
    if writes:
        page.screenshot(path=str(BESIDE / f"{name}-360.png"), full_page=True)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
