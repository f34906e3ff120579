"""A day of the compiling agency in a real browser: the door, a queue, an amendment, the quarter, what phones hear."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app import desk_web
from sandbox.phone import Phone, text_of
from sandbox.telegram_api.server import Server
from sandbox.world import World
from store import obligations
from tests.chromium import chromium
from tests.desk.in_browser import DESK, Aside, aside, cards, code_on, comes_in, looked_at, says, world
from tests.desk.people import sets_passphrase
from tests.intake.amendments import amendment
from tests.intake.word_files import WordFile

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

__all__ = ["aside", "world"]
# A browser is long by nature.
pytestmark = pytest.mark.long
COMMUNES = (
    "sondung", "sonlong", "sontan", "sonmua", "sonlien", "sonbua", "sontinh", "sonlap", "sonmau",
)  # fmt: skip
ROOMS = ("tuphap", "yte", "giaoduc")
POINTS = (
    "Thời hạn thực hiện nhiệm vụ tại điểm d khoản 6 Mục II được điều chỉnh thành “trước ngày 31/8/2020”.",
    "Điều chỉnh thời hạn tại điểm a khoản 4 Mục II thành “cuối tháng 6, đầu tháng 7”.",
    "Bãi bỏ điểm y khoản 2 Mục II.",
    "Bãi bỏ điểm b Mục II.",
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REASON = "Thiếu dấu của Chủ tịch"


def town(world: World) -> tuple[Phone, str]:
    """The Monday after the first quarter: twelve answers of the Friday before wait for the admin."""
    boss, other = world.admin("Hương"), world.admin("Phó")
    phones = [world.officer(f"Cán bộ {number}", each) for number, each in enumerate((*COMMUNES, *ROOMS), 1)]
    world.at(2020, 3, 13, 16, 0)
    for phone in phones[: len(COMMUNES)]:
        phone.says("/done 1e đã ban hành quyết định, niêm yết tại trụ sở")
    for phone in phones[len(COMMUNES) :]:
        phone.says("/done 2h đã ban hành quyết định")
    world.at(2020, 3, 16, 9, 0)
    return boss, sets_passphrase(world, boss, other)


def amended() -> bytes:
    """An amendment in Word with three things that are asked about."""
    file = WordFile()
    file.lines(amendment(*POINTS).decode().replace("08 tháng 6 năm", "13 tháng 3 năm"))
    return file.bytes()


def test_a_day_of_the_compiling_agency(world: World, aside: Aside) -> None:
    boss, name = aside(lambda: town(world))

    with Server(desk_web.make(world.service)) as server, chromium() as browser:
        page = browser.new_page(viewport=DESK, accept_downloads=True)  # type: ignore[arg-type]
        page.set_default_timeout(20_000)
        page.goto(f"{server.url}/cho-xu-ly")
        aside(boss.forgets)
        comes_in(page, name, lambda: code_on(aside, world, boss))
        assert cards(page) == 12
        looked_at(page, "cho-xu-ly")
        works_it_off(page)
        aside(lambda: one_hears(world))
        page.goto(f"{server.url}/nhiem-vu")
        looked_at(page, "danh-sach")
        amends(page, server.url)
        with world.service.store.look() as session:
            assert {str(row.due) for row in obligations.of_task(session, "6d")} == {"2020-08-30"}
        freezes(page, server.url)
        page.get_by_role("button", name="Đăng xuất").click()
        page.get_by_role("heading", name="Đăng nhập").wait_for()
        assert page.evaluate("sessionStorage.length") == 0


def works_it_off(page: Page) -> None:
    """One returned with a reason, two confirmed one by one, the others ticked and confirmed together."""
    keys = page.keyboard
    keys.press("j")
    keys.press("r")
    assert page.evaluate("document.activeElement.name") == "note"
    # Letters in a field are letters.
    keys.type(REASON)
    keys.press("Escape")
    keys.press("j")
    keys.press("c")
    says(page, "Đã xác nhận việc")
    # What was typed on another card is still there.
    assert page.locator("#queue input[name=note]").first.input_value() == REASON
    page.locator("#queue .card").first.focus()
    keys.press("r")
    keys.press("Enter")
    says(page, "Đã trả lại việc")
    assert cards(page) == 10
    # It goes on where it was.
    assert page.evaluate("document.activeElement.className") == "card"
    keys.press("c")
    says(page, "Đã xác nhận việc")
    assert cards(page) == 9
    for _ in range(9):
        keys.press("x")
        keys.press("j")
    assert page.locator("input[name=ticked]:checked").count() == 9
    keys.press("c")
    says(page, "Đã xử lý 9 mục đã chọn")
    assert cards(page) == 0


def one_hears(world: World) -> None:
    """The reason is on the phone of who answered, and on no other."""
    world.settle()
    phones = [world.phone(f"Cán bộ {number}") for number in range(1, 13)]
    heard = [each for each in phones if any(REASON in text_of(said) for said in each.unread)]
    assert len(heard) == 1


def amends(page: Page, url: str) -> None:
    """A Word file is dropped in, its three doubts are answered, and what it changes is applied."""
    page.goto(f"{url}/ke-hoach")
    file: FilePayload = {"name": "sua-doi-ke-hoach.docx", "mimeType": WORD, "buffer": amended()}
    page.get_by_label("Tệp").set_input_files(file)
    page.get_by_role("button", name="Đọc văn bản").click()
    page.get_by_role("heading", name="sua-doi-ke-hoach.docx").wait_for()
    assert page.locator("li.card[id^=cau-]").count() == 3
    # No code is shown that no plan prints.
    assert page.get_by_text("việc za").count() == 0
    assert page.locator("blockquote mark", has_text="cuối tháng 6, đầu tháng 7").count() == 1
    looked_at(page, "cau-hoi")
    # Two are named by nobody, of the third both days may be meant.
    page.get_by_role("button", name="Bỏ qua điểm này").first.click()
    says(page, "Còn 2 câu cần trả lời")
    page.get_by_role("button", name="6b – ").click()
    says(page, "Còn 1 câu cần trả lời")
    page.get_by_role("button", name="Hạn 10/07/2020").click()
    says(page, "Không còn câu nào phải trả lời")
    page.get_by_role("button", name="So sánh với kế hoạch đang theo dõi").click()
    says(page, "Bản mới của")
    assert sorted(page.locator("ins").all_inner_texts())[-1] == "trước ngày 31/8/2020"
    page.get_by_role("link", name="Đưa vào áp dụng").click()
    page.get_by_role("button", name="Đưa vào áp dụng").click()
    page.get_by_role("heading", name="Đã áp dụng bản mới").wait_for()


def freezes(page: Page, url: str) -> None:
    """The quarter's figures are frozen, and its report is on the computer."""
    page.goto(f"{url}/bao-cao/2020-Q1")
    page.get_by_role("link", name="Chốt số liệu").click()
    page.get_by_role("button", name="Chốt số liệu").click()
    says(page, "Đã chốt số liệu quý I/2020: bản số 1")
    looked_at(page, "bao-cao")
    with page.expect_download() as coming:
        page.locator("a[href$='/tep/1/docx']").click()
    path = coming.value.path()
    assert coming.value.suggested_filename == "bao-cao-2020-Q1.docx"
    with zipfile.ZipFile(io.BytesIO(Path(path).read_bytes())) as parts:
        assert "quý I/2020" in parts.read("word/document.xml").decode()
