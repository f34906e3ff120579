"""A morning at the screen in a real browser: the door, a queue of twelve by the keyboard, what a phone hears of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from app import desk_web
from sandbox.phone import Phone, text_of
from sandbox.telegram_api.server import Server
from sandbox.world import World
from tests.chromium import chromium
from tests.conftest import HANOI
from tests.desk.computer import PASSPHRASE
from tests.desk.people import CODE, seated, sets_passphrase
from tests.intake.amendments import amendment

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

# A browser is long by nature.
pytestmark = pytest.mark.long
AGENCIES = (
    "sondung", "sonlong", "sontan", "sonmua", "sonlien", "sonbua", "sontinh", "sonlap", "sonmau",
    "tuphap", "yte", "giaoduc",
)  # fmt: skip
REPORTS = (
    "/bao-cao", "/bao-cao/2020-Q1", "/bao-cao/2020-Q1/nhan", "/bao-cao/2020-Q1/so-sanh", "/bao-cao/2020-Q1/chot",
    "/bao-cao/2020-Q1/so/du-thao/total", "/bao-cao/2020-Q1/chot?den=2020-01-14", "/bao-cao/y-kien",
    "/bao-cao/ho-so?ky=2020-Q1", "/bao-cao-don-vi/sondung/2020-Q1",
)  # fmt: skip
PEOPLE = (
    "/can-bo", "/can-bo/nhieu", "/can-bo/trang-in", "/can-bo/nhat-ky", "/can-bo/ban-giao?nguoi=3&cho=4",
    "/can-bo/chuyen?nguoi=3&tu=sondung&den=tuphap", "/can-bo/thu-hoi?nguoi=3",
)  # fmt: skip
PICTURE = Path(__file__).parents[2] / "docs" / "man-hinh-cho-xu-ly.png"
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


def code_on(aside: Aside, world: World, boss: Phone) -> str:
    """The code that came to the phone."""

    def read() -> str:
        world.settle()
        return str(CODE.findall(text_of(boss.unread[-1]))[-1])

    return aside(read)


@pytest.fixture
def world(tmp_path: Path, aside: Aside) -> Iterator[World]:
    """An office that lives beside the browser from its first moment on."""
    made = aside(lambda: World(tmp_path, datetime(2020, 1, 14, 9, 0, tzinfo=HANOI), review="all").__enter__())
    yield made
    aside(lambda: made.__exit__(None, None, None))


def town(world: World) -> tuple[Phone, str]:
    """Twelve answers wait for its admin, who has a name at the door."""
    boss, other = world.admin("Hương"), world.admin("Phó")
    for number, agency in enumerate(AGENCIES, 1):
        world.officer(f"Cán bộ {number}", agency).says("/done 2b đã ban hành kế hoạch, đã niêm yết")
    return boss, sets_passphrase(world, boss, other)


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


def count(page: Page) -> int:
    """How many answers wait, as the page says."""
    found = page.locator("#queue .card")
    return found.count()


def test_a_queue_of_twelve_by_the_keyboard(world: World, aside: Aside) -> None:
    boss, name = aside(lambda: town(world))

    with Server(desk_web.make(world.service)) as server, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(8000)
        page.goto(f"{server.url}/cho-xu-ly")
        assert faults(page) == []
        aside(boss.forgets)
        comes_in(page, name, lambda: code_on(aside, world, boss))
        for path in (
            *REPORTS,
            *PEOPLE,
            "/nhiem-vu",
            "/ke-hoach",
            "/thiet-lap",
            "/tai-khoan",
            "/vao/lan-dau",
            "/cho-xu-ly",
        ):
            page.goto(server.url + path)
            assert faults(page) == [], path
        assert count(page) == 12
        _pictures(page)
        _works_it_off(page)
        page.get_by_role("button", name="Đăng xuất").click()
        page.get_by_role("heading", name="Đăng nhập").wait_for()
        assert page.evaluate("sessionStorage.length") == 0

    def hears() -> None:
        world.settle()
        phones = [world.phone(f"Cán bộ {number}") for number, _ in enumerate(AGENCIES, 1)]
        heard = [each for each in phones if any("Thiếu dấu của Chủ tịch" in text_of(said) for said in each.unread)]
        assert len(heard) == 1

    aside(hears)


def _says(page: Page, words: str) -> None:
    """The page that comes says it, and its script has begun."""
    page.get_by_text(words).wait_for()
    page.wait_for_load_state("load")


def _works_it_off(page: Page) -> None:
    """One returned with a reason, two confirmed one by one, the others ticked and confirmed together."""
    keys = page.keyboard
    keys.press("j")
    keys.press("r")
    assert page.evaluate("document.activeElement.name") == "note"
    # Letters in a field are letters.
    keys.type("Thiếu dấu của Chủ tịch")
    keys.press("Escape")
    keys.press("j")
    keys.press("c")
    _says(page, "Đã xác nhận việc")
    # What was typed on another card is still there.
    assert page.locator("#queue input[name=note]").first.input_value() == "Thiếu dấu của Chủ tịch"
    page.locator("#queue .card").first.focus()
    keys.press("r")
    keys.press("Enter")
    _says(page, "Đã trả lại việc")
    assert count(page) == 10
    # It goes on where it was.
    assert page.evaluate("document.activeElement.className") == "card"
    keys.press("c")
    _says(page, "Đã xác nhận việc")
    assert count(page) == 9
    for _ in range(9):
        keys.press("x")
        keys.press("j")
    assert page.locator("input[name=ticked]:checked").count() == 9
    keys.press("c")
    _says(page, "Đã xử lý 9 mục đã chọn")
    assert count(page) == 0


def _pictures(page: Page) -> None:
    """The page as a person sees it, kept with WRITE_PICTURES=1; at 360 px nothing is wider than the phone."""
    if os.environ.get("WRITE_PICTURES") == "1":
        page.screenshot(path=str(PICTURE))
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_page_says_that_something_changed(world: World, aside: Aside) -> None:
    boss, name = aside(lambda: town(world))
    hoa = aside(lambda: world.officer("Hoa", "tnmt"))

    with Server(desk_web.make(world.service)) as server, chromium() as browser:
        page = browser.new_page()
        page.clock.install()
        page.goto(f"{server.url}/cho-xu-ly")
        comes_in(page, name, lambda: code_on(aside, world, boss))
        page.clock.run_for(16_000)
        assert page.locator("#news").is_hidden()
        aside(lambda: hoa.says("/done 2b xong"))
        page.clock.run_for(16_000)
        page.locator("#news").wait_for(state="visible")


def test_a_document_is_dropped_in_and_answered(world: World, aside: Aside) -> None:
    def begins() -> str:
        world.admin("Hương")
        return str(seated(world, "Hương").cookies["desk"])

    token = aside(begins)
    point = "Thời hạn thực hiện nhiệm vụ tại điểm d khoản 6 Mục II được điều chỉnh thành “trước ngày 31/8/2020”."
    points = (point, "Bãi bỏ điểm y khoản 2 Mục II.")

    with Server(desk_web.make(world.service)) as server, chromium() as browser:
        context = browser.new_context(viewport={"width": 360, "height": 740})
        context.add_cookies([{"name": "desk", "value": token, "url": server.url}])
        page = context.new_page()
        page.set_default_timeout(15000)
        page.goto(f"{server.url}/ke-hoach")
        _is_well(page)
        file: FilePayload = {"name": "sửa đổi.txt", "mimeType": "text/plain", "buffer": amendment(*points)}
        page.get_by_label("Tệp").set_input_files(file)
        page.get_by_role("button", name="Đọc văn bản").click()
        _says(page, "nói về việc nào của kế hoạch")
        page.get_by_role("heading", name="sửa đổi.txt").wait_for()
        _is_well(page)
        page.get_by_label("Có thể ghi mã việc").fill("2c")
        page.keyboard.press("Enter")
        _says(page, "Đã ghi: 2c")
        page.get_by_role("button", name="So sánh với kế hoạch đang theo dõi").click()
        _says(page, "Bản mới của")
        _is_well(page)
        assert page.locator("ins").all_inner_texts() == ["trước ngày 31/8/2020"]
        page.get_by_role("button", name="Giữ việc 2c như cũ").click()
        _says(page, "Giữ nguyên như bản đang áp dụng: 2c")
        page.get_by_role("link", name="Đưa vào áp dụng").click()
        _is_well(page)
        page.get_by_role("button", name="Đưa vào áp dụng").click()
        page.get_by_role("heading", name="Đã áp dụng bản mới").wait_for()
        _is_well(page)


def _is_well(page: Page) -> None:
    """Nothing is wider than the phone, and axe finds nothing."""
    page.wait_for_load_state("load")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults(page) == []
