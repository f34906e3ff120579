"""The screen in a real browser: what axe finds on each page, what changes while one is open, a document at 360 px."""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING

import pytest
from docx import Document

from app import desk_web
from plan.people import Role
from sandbox.phone import Phone
from sandbox.telegram_api.server import Server
from sandbox.world import World
from store import invites, stray_letters
from store.letter_tables import StrayLetter
from tests.chromium import chromium
from tests.desk.in_browser import BESIDE, Aside, aside, code_on, comes_in, faults, is_well, says, world
from tests.desk.people import seated, sets_passphrase
from tests.intake.amendments import amendment

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

__all__ = ["aside", "world"]
# A browser is long by nature.
pytestmark = pytest.mark.long
WRITES = os.environ.get("WRITE_PICTURES") == "1"
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
    "/can-bo/chuyen?nguoi=3&tu=sondung&den=tuphap", "/can-bo/thu-hoi?nguoi=3", "/can-bo/kenh?nguoi=3",
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


def office_of_four(world: World) -> str:
    """Two officers, people who are invited and have not begun, one thing of several kinds that waits, and a letter that
    is nobody's; gives the admin's session."""
    world.admin("Hương")
    lan, mai = world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    lan.says("/vuongmac 2b chưa có kinh phí; đề nghị xem lại dự toán năm và nguồn kinh phí của huyện")
    mai.says("/giahan 2b 15/02/2020 chờ hướng dẫn của tỉnh").says("/done 1e đã ban hành quyết định kiện toàn")
    invited = (
        ("sondung", Role.OFFICER, "Đinh Thị Lan Hương"),
        ("sondung", Role.HEAD, "Bình"),
        ("yte", Role.OFFICER, "Tú"),
    )
    with world.service.store.unit() as session:
        for each in invited:
            invites.prepare(session, each, world.now, by=1)
        letter = StrayLetter(
            source="mail:one", at=world.now, sender="van-thu.xa-son-lien-huyen-son-tay@quangngai.example.vn",
            name="Văn thư xã Sơn Liên", subject="Báo cáo", words="Xã đã ban hành kế hoạch rà soát. " * 20, files=2,
        )  # fmt: skip
        stray_letters.keep(session, letter)
    return str(seated(world, "Hương").cookies["desk"])


def test_an_officers_work_is_handed_over_and_invites_are_printed(world: World, aside: Aside) -> None:
    token = aside(lambda: office_of_four(world))

    with Server(desk_web.make(world.service)) as server, chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
        context.add_cookies([{"name": "desk", "value": token, "url": server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{server.url}/can-bo")
        row = page.locator("#sondung li", has_text="Lan (P")
        row.get_by_role("link", name="Bàn giao").click()
        page.get_by_label("Bàn giao cho").select_option(label="Mai (P3)")
        page.get_by_role("button", name="Xem trước").click()
        says(page, "việc đang mở")
        assert faults(page) == []
        page.get_by_role("button", name="Bàn giao").click()
        says(page, "đã nhận bàn giao từ Lan")
        # One is invited by a link: on one sheet of paper, with its code to photograph.
        page.get_by_label("Tên người được mời").fill("Nga")
        page.get_by_role("button", name="Tạo đường dẫn mời").click()
        says(page, "Đường dẫn mời cán bộ")
        assert page.locator(".card strong").inner_text() == "Nga"
        assert faults(page) == []
        assert printed(page, "moi-mot-nguoi") == 1
        # All who wait: a page of Word for each agency.
        page.goto(f"{server.url}/can-bo/trang-in")
        assert faults(page) == []
        with page.expect_download() as coming:
            page.get_by_role("button", name="Tạo trang in").click()
        sheet = kept(coming.value.path().read_bytes(), "trang-moi.docx")
        said = [each.text for each in Document(io.BytesIO(sheet)).paragraphs]
        agencies = ["Phòng Y tế", "UBND xã Sơn Dung"]
        assert [each for each in said if each in agencies] == agencies
        page.goto(f"{server.url}/can-bo")
        assert printed(page, "can-bo") <= 6
        page.set_viewport_size({"width": 360, "height": 740})
        for path in ("/cho-xu-ly", "/cho-xu-ly?loai=letter", "/cho-xu-ly/thu/1?don-vi=sonlien", "/can-bo/kenh?nguoi=3"):
            page.goto(server.url + path)
            is_well(page)
        page.goto(f"{server.url}/cho-xu-ly")
        assert page.locator("#queue .card").count() == 4
        # What is pressed is as large as a thumb.
        heights = page.locator("#queue .card button").evaluate_all("all => all.map(one => one.offsetHeight)")
        assert min(heights) >= 44
        if WRITES:
            page.screenshot(path=str(BESIDE / "cho-xu-ly-360-thu.png"), full_page=True)


def printed(page: Page, name: str) -> int:
    """How many sheets a page is on paper."""
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    kept(data, f"{name}.pdf")
    return len(re.findall(rb"/Type\s*/Page\b", data))


def kept(data: bytes, name: str) -> bytes:
    """The same; with WRITE_PICTURES=1 it stands in a file to be looked at."""
    if WRITES:
        BESIDE.mkdir(parents=True, exist_ok=True)
        (BESIDE / name).write_bytes(data)
    return data
