"""The screen in a real browser: what axe finds on each page, what changes while one is open, a document at 360 px."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app import desk_web
from sandbox.phone import Phone
from sandbox.telegram_api.server import Server
from sandbox.world import World
from tests.chromium import chromium
from tests.desk.in_browser import Aside, aside, code_on, comes_in, faults, is_well, says, world
from tests.desk.people import seated, sets_passphrase
from tests.intake.amendments import amendment

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

__all__ = ["aside", "world"]
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
PLANS = ("/ke-hoach", "/ke-hoach/ngay-nghi", "/ke-hoach/ngay-nghi/xem?loai=off&ngay=2020-01-31&ly-do=cúp+điện")


def town(world: World) -> tuple[Phone, str]:
    """Twelve answers wait for its admin, who has a name at the door."""
    boss, other = world.admin("Hương"), world.admin("Phó")
    for number, agency in enumerate(AGENCIES, 1):
        world.officer(f"Cán bộ {number}", agency).says("/done 2b đã ban hành kế hoạch, đã niêm yết")
    return boss, sets_passphrase(world, boss, other)


def test_each_page_is_open_to_everybody(world: World, aside: Aside) -> None:
    boss, name = aside(lambda: town(world))

    with Server(desk_web.make(world.service)) as server, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(8000)
        page.goto(f"{server.url}/cho-xu-ly")
        assert faults(page) == []
        aside(boss.forgets)
        comes_in(page, name, lambda: code_on(aside, world, boss))
        for path in (*REPORTS, *PEOPLE, "/nhiem-vu", *PLANS, "/thiet-lap", "/tai-khoan", "/vao/lan-dau", "/cho-xu-ly"):
            page.goto(server.url + path)
            assert faults(page) == [], path


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
        is_well(page)
        file: FilePayload = {"name": "sửa đổi.txt", "mimeType": "text/plain", "buffer": amendment(*points)}
        page.get_by_label("Tệp").set_input_files(file)
        page.get_by_role("button", name="Đọc văn bản").click()
        says(page, "nói về việc nào của kế hoạch")
        page.get_by_role("heading", name="sửa đổi.txt").wait_for()
        is_well(page)
        page.get_by_label("Có thể ghi mã việc").fill("2c")
        page.keyboard.press("Enter")
        says(page, "Đã ghi: 2c")
        page.get_by_role("button", name="So sánh với kế hoạch đang theo dõi").click()
        says(page, "Bản mới của")
        is_well(page)
        assert page.locator("ins").all_inner_texts() == ["trước ngày 31/8/2020"]
        page.get_by_role("button", name="Giữ việc 2c như cũ").click()
        says(page, "Giữ nguyên như bản đang áp dụng: 2c")
        page.get_by_role("link", name="Đưa vào áp dụng").click()
        is_well(page)
        page.get_by_role("button", name="Đưa vào áp dụng").click()
        page.get_by_role("heading", name="Đã áp dụng bản mới").wait_for()
        is_well(page)
