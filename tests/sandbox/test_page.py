"""The sandbox's page in a real browser: what a visitor sees and does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.telegram_api.files import grey_png
from sandbox.telegram_api.platform import Platform
from sandbox.zalo_api.methods import call
from sandbox.zalo_api.platform import Platform as ZaloPlatform
from tests.chromium import chromium
from tests.sandbox.town import (
    GROUP,
    HUNG,
    LAN,
    Hands,
    bot_says,
    buttons,
    choose,
    drop,
    last_update,
    open_chat,
    served,
    town,
    until_said,
    visit,
    zalo_beside,
)

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

# A browser is long by nature.
pytestmark = pytest.mark.long
HOSTILE = "<img src=x onerror=document.title='pwned'> & <b>x</b>"


@pytest.fixture(scope="module")
def window() -> Iterator[BrowserContext]:
    """One browser for all, as wide as a laptop."""
    with chromium() as browser, browser.new_context(viewport={"width": 1280, "height": 800}) as window:
        window.set_default_timeout(5000)
        yield window


@pytest.fixture
def hands() -> Hands:
    """The hands of a new clock."""
    return Hands()


@pytest.fixture
def platform(hands: Hands) -> Platform:
    """A small town."""
    return town(hands.now)


@pytest.fixture
def zalo(platform: Platform) -> ZaloPlatform:
    """Mai's Zalo."""
    return zalo_beside(platform)


@pytest.fixture
def url(platform: Platform, zalo: ZaloPlatform, hands: Hands, stage: tuple[Any, str]) -> Iterator[str]:
    """The page's address without a slash at its end."""
    app = served(platform, hands, zalo)
    stage[0].app = app
    yield stage[1]
    app.state.bot_api.close()


@pytest.fixture
def page(window: BrowserContext, url: str) -> Iterator[Page]:
    """The page of a small town."""
    with visit(window, url) as page:
        yield page


def test_it_says_what_it_is_and_what_time_it_is(page: Page) -> None:
    assert page.get_by_text("SANDBOX", exact=True).is_visible()
    clock = page.locator(".clock").inner_text().split("\n")
    assert clock == ["thứ Ba, 14/01/2020", "08:00", "Nhắc kế tiếp: thứ Hai, 20/01/2020"]


def test_a_message_with_bold_words_and_buttons_and_a_tap(page: Page, platform: Platform) -> None:
    open_chat(page, "Lan")
    sent = bot_says(platform, "<b>Việc</b> 😀 <i>hạn <u>gần</u></i>", reply_markup=buttons("Đã xong", "Vướng mắc"))
    until_said(page, "Việc")
    assert page.locator(".bubble strong").inner_text() == "Việc"
    assert page.locator(".bubble em u").inner_text() == "gần"
    key = page.get_by_role("button", name="Vướng mắc")
    key.click()
    query = last_update(platform, "callback_query")
    assert (query["data"], query["from"]["id"]) == ("data Vướng mắc", LAN)
    page.locator(".key[aria-busy=true]").wait_for()

    platform.call("answerCallbackQuery", {"callback_query_id": query["id"], "text": "Đã ghi"})
    page.get_by_role("alert").filter(has_text="Đã ghi").wait_for()
    assert key.get_attribute("aria-busy") is None

    platform.call("editMessageText", {"chat_id": LAN, "message_id": sent["message_id"], "text": "Mới"})
    until_said(page, "Mới")
    assert page.locator(".bubble").last.inner_text().split() == ["Mới", "đã", "sửa", "08:00"]
    assert page.locator(".key").count() == 0


def test_zalos_phone_has_words_to_type_and_nothing_to_press(page: Page, zalo: ZaloPlatform, platform: Platform) -> None:
    open_chat(page, "Mai")
    before = len(platform.pending_updates())
    mai = zalo.person("Mai")
    choose(page, grey_png(64, 48))
    page.get_by_label("Nhắn tin").fill("chào")
    page.keyboard.press("Enter")
    page.locator(".own .photo img").wait_for()
    text = f"Báo «đã ký»? {HOSTILE}\nĐồng chí nhắn: «xong 2b» hoặc /viec"
    call(zalo, "sendMessage", {"chat_id": mai.id, "text": text})
    page.get_by_role("button", name="«xong 2b»").click()
    assert page.get_by_label("Nhắn tin").input_value() == "xong 2b"
    # It stands in the field and was not sent; a quotation is no sentence to type, and nobody points at a message.
    assert len(mai.messages) == 2
    assert page.locator(".command").all_inner_texts() == ["«xong 2b»", "/viec"]
    assert (page.locator(".answer").count(), page.locator(".key").count()) == (0, 0)
    assert page.locator("#messages img").count() == 1
    page.keyboard.press("Enter")
    page.locator(".own", has_text="xong 2b").wait_for()
    drop(page, "KH 05.pdf", "%PDF-1.4")
    page.get_by_role("button", name="Bỏ KH 05.pdf").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Đã gửi KH 05.pdf; trên Zalo, tệp không đến được bot").wait_for()
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    page.set_viewport_size({"width": 1280, "height": 800})
    # Of all this Telegram's bot hears nothing.
    assert len(platform.pending_updates()) == before


def test_an_answer_with_an_alert_is_a_dialog(page: Page, platform: Platform) -> None:
    open_chat(page, "Lan")
    bot_says(platform, "2b", reply_markup=buttons("Báo nhầm – hủy"))
    page.get_by_role("button", name="Báo nhầm – hủy").click()
    query = last_update(platform, "callback_query")
    platform.call("answerCallbackQuery", {"callback_query_id": query["id"], "text": "Quá 10 phút", "show_alert": True})
    page.get_by_role("dialog").filter(has_text="Quá 10 phút").wait_for()
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    assert page.get_by_role("dialog").count() == 0


def test_a_person_types_taps_a_command_and_replies(page: Page, platform: Platform) -> None:
    open_chat(page, "Lan")
    page.keyboard.type("/done 2b")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("đã ban hành")
    page.keyboard.press("Enter")
    until_said(page, "đã ban hành")
    assert last_update(platform, "message")["text"] == "/done 2b\nđã ban hành"
    assert page.get_by_label("Nhắn tin").input_value() == ""

    asked = bot_says(platform, "Việc nào? Ví dụ /done_2b")
    page.get_by_role("button", name="/done_2b").click()
    page.locator(".own", has_text="/done_2b").wait_for()
    assert last_update(platform, "message")["text"] == "/done_2b"

    page.locator(".text", has_text="Việc nào?").click(position={"x": 5, "y": 5})
    page.get_by_role("button", name="Thôi trả lời").wait_for()
    page.keyboard.type("2b")
    page.keyboard.press("Enter")
    page.locator(".own .quote", has_text="Việc nào?").wait_for()
    assert last_update(platform, "message")["reply_to_message"]["message_id"] == asked["message_id"]
    assert page.locator("#reply").is_hidden()


def test_a_chosen_photo_goes_with_its_caption(page: Page, platform: Platform) -> None:
    open_chat(page, "Lan")
    picture = grey_png(640, 480)
    choose(page, picture)
    page.get_by_label("Nhắn tin").fill("/done 2b")
    page.keyboard.press("Enter")
    page.locator(".own .photo img").wait_for()
    sent = last_update(platform, "message")
    assert sent["caption"] == "/done 2b"
    assert platform.file_bytes(sent["photo"][-1]["file_id"]) == picture

    page.get_by_role("button", name="Xem ảnh cỡ lớn").click()
    shown = page.locator("#viewer-picture")
    assert shown.evaluate("async picture => { await picture.decode(); return picture.naturalWidth; }") == 640
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_several_photos_are_an_album_and_a_dropped_file_a_document(page: Page, platform: Platform) -> None:
    open_chat(page, "Lan")
    choose(page, grey_png(40, 40), grey_png(40, 41))
    page.get_by_role("button", name="Gửi").click()
    page.locator(".own .photo").nth(1).wait_for()
    sent = platform.messages(LAN)[-2:]
    assert sent[0]["media_group_id"] == sent[1]["media_group_id"]

    drop(page, "KH 05.pdf", "%PDF-1.4")
    page.get_by_role("button", name="Bỏ KH 05.pdf").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Tải KH 05.pdf").wait_for()
    document = last_update(platform, "message")["document"]
    assert (document["file_name"], document["mime_type"]) == ("KH 05.pdf", "application/pdf")
    assert platform.file_bytes(document["file_id"]) == b"%PDF-1.4"


def test_hostile_words_stay_words(page: Page, platform: Platform) -> None:
    platform.add_person(HUNG, HOSTILE)
    platform.say(HUNG, GROUP, HOSTILE)
    platform.send_document(HUNG, GROUP, b"x", HOSTILE, "text/html")
    bot_says(platform, "x", GROUP, reply_markup=buttons(HOSTILE))
    open_chat(page, "Nhóm CCHC")
    until_said(page, HOSTILE)
    assert page.locator(".sender").first.inner_text() == HOSTILE
    assert page.locator("#messages img").count() == 0
    assert "SANDBOX" in page.title()


def test_the_clock_is_moved(page: Page, hands: Hands) -> None:
    day = page.get_by_label("Chuyển đồng hồ đến ngày")
    day.fill("01/01/2020")
    page.get_by_role("button", name="Đến ngày").click()
    page.get_by_role("alert").filter(has_text="Đồng hồ chỉ đi tới, không đi lùi.").wait_for()

    page.get_by_role("button", name="Lần nhắc kế tiếp").click()
    page.get_by_text("thứ Tư, 15/01/2020").wait_for()
    page.get_by_role("button", name="Sáng hôm sau").click()
    page.get_by_text("thứ Năm, 16/01/2020").wait_for()
    day.fill("03/02/2020")
    page.get_by_role("button", name="Đến ngày").click()
    page.get_by_text("thứ Sáu, 17/01/2020").wait_for()
    assert hands.asked == ["next", "morning", "03/02/2020"]

    page.get_by_role("button", name="Chạy hết năm").click()
    page.get_by_text("▶ đến 31/12/2020").wait_for()
    assert page.get_by_role("button", name="Sáng hôm sau").is_disabled()
    page.get_by_role("button", name="Dừng").click()
    page.get_by_role("button", name="Chạy hết năm").wait_for()


def test_it_opens_on_three_steps(page: Page, hands: Hands) -> None:
    assert page.get_by_text("Bản thử: người và số liệu mẫu, không gửi ra ngoài").is_visible()
    heads = page.locator("#steps h2").all_inner_texts()
    assert heads == ["1. Sáng nay xã nhận gì", "2. Cán bộ gửi ảnh", "3. Lãnh đạo thấy gì"]
    page.get_by_role("button", name="Đến sáng 14/01/2020").click()
    page.get_by_role("heading", name="Lan").wait_for()
    page.get_by_role("link", name="Xem trong năm phút").click()
    page.get_by_role("button", name="Chủ tịch gửi /tonghop").click()
    page.get_by_role("heading", name="Lan").wait_for()
    page.get_by_role("link", name="Xem trong năm phút").click()
    page.get_by_role("button", name="Làm lại từ đầu").click()
    page.get_by_role("button", name="Đóng").click()
    assert hands.asked == ["commune", "leader"]
    page.get_by_role("button", name="Làm lại từ đầu").click()
    page.get_by_role("dialog").get_by_role("button", name="Làm lại").click()
    page.get_by_role("alert").filter(has_text="Đang mở lại bản thử").wait_for()
    assert hands.asked[-1] == "again"


def test_start_is_pressed_with_an_invite(page: Page, platform: Platform) -> None:
    open_chat(page, "Hùng")
    page.get_by_label("Mã hoặc đường dẫn mời").fill("https://t.me/NhacViecBot?start=ABC_12")
    page.get_by_role("button", name="Bắt đầu").click()
    page.get_by_label("Nhắn tin").wait_for()
    assert last_update(platform, "message")["text"] == "/start ABC_12"


def test_an_invite_link_is_opened_by_somebody_here(page: Page, platform: Platform) -> None:
    open_chat(page, "Lan")
    bot_says(platform, "Mời: https://t.me/NhacViecBot?start=ABC_12")
    page.get_by_role("link", name="https://t.me/").click()
    page.get_by_role("dialog").get_by_role("button", name="Bắt đầu").click()
    page.get_by_role("heading", name="Hùng").wait_for()
    until_said(page, "/start ABC_12")
    assert last_update(platform, "message")["from"]["id"] == HUNG


def test_in_a_group_somebody_speaks_and_commands_name_the_bot(page: Page, platform: Platform) -> None:
    menu = [{"command": "viec", "description": "Việc chưa hoàn thành"}]
    platform.call("setMyCommands", {"commands": menu})
    open_chat(page, "Nhóm CCHC")
    bot_says(platform, "Xem: /tonghop", GROUP)
    page.get_by_label("Người gửi").select_option("Hùng")
    page.get_by_role("button", name="/tonghop").click()
    page.locator(".own", has_text="/tonghop@NhacViecBot").wait_for()
    assert last_update(platform, "message")["from"]["id"] == HUNG
    page.get_by_role("button", name="Lệnh của bot").click()
    page.get_by_role("button", name="Việc chưa hoàn thành").click()
    page.locator(".own", has_text="/viec@NhacViecBot").wait_for()


def test_unread_messages_are_counted_until_the_chat_is_opened(page: Page, platform: Platform) -> None:
    for number in range(130):
        bot_says(platform, f"tin {number}")
    page.get_by_label("130 tin chưa đọc").wait_for()
    assert page.title().startswith("(130) SANDBOX")
    open_chat(page, "Lan")
    page.get_by_text("tin 129", exact=True).wait_for()
    page.get_by_label("130 tin chưa đọc").wait_for(state="hidden")
    assert page.get_by_text("tin 29", exact=True).count() == 0
    page.get_by_role("button", name="Xem 31 tin cũ hơn").click()
    page.get_by_text("tin 0", exact=True).scroll_into_view_if_needed()
    bot_says(platform, "tin mới")
    page.locator("#newest.fresh").click()
    page.locator("#newest").wait_for(state="hidden")
    page.reload()
    until_said(page, "tin mới")
    assert page.title().startswith("SANDBOX")


def test_the_list_of_calls(page: Page, platform: Platform) -> None:
    platform.record("sendMessage", {"chat_id": LAN, "text": "Xin chào"}, 200)
    platform.record("sendMessage", {"chat_id": 99, "text": "?"}, 400, "Bad Request: chat not found")
    newest = page.locator("#call-list li").first
    # Nobody who comes to look asks for it.
    assert newest.is_hidden()
    page.get_by_role("button", name="Lệnh gọi Bot API").click()
    newest.filter(has_text="Bad Request: chat not found").wait_for()
    shown = page.locator("#call-list li").nth(1).inner_text().split()
    assert shown == ["14/01", "08:00", "sendMessage", "200", "Lan", "·", "Xin", "chào"]
    page.get_by_label("Lệnh gọi Bot API").get_by_role("button", name="Đóng").click()
    assert newest.is_hidden()


def test_at_360_pixels_everything_is_in_reach(page: Page, platform: Platform) -> None:
    page.set_viewport_size({"width": 360, "height": 740})

    def fits() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= 360"))

    assert fits()
    bot_says(
        platform, "Việc của đơn vị " * 30 + "k" * 90, reply_markup=buttons("Đã xong", "Đang thực hiện", "Vướng mắc")
    )
    open_chat(page, "Lan")
    assert fits()
    assert page.get_by_text("SANDBOX", exact=True).is_visible()
    assert page.get_by_role("link", name="Hùng").is_hidden()
    page.get_by_label("Nhắn tin").fill("Chào " + "a" * 80)
    page.get_by_role("button", name="Gửi").click()
    until_said(page, "Chào")
    for box in (each.bounding_box() for each in page.locator(".bubble, .key").all()):
        assert box
        assert 0 <= box["x"] <= 360 - box["width"]

    page.get_by_role("button", name="Đồng hồ").click()
    page.get_by_role("button", name="Lần nhắc kế tiếp").wait_for()
    assert fits()
    page.get_by_role("button", name="Lệnh gọi Bot API").click()
    assert fits()
    page.get_by_role("button", name="Đóng").click()
    page.get_by_role("button", name="Về danh sách").click()
    page.get_by_role("link", name="Hùng").wait_for()


def test_the_service_is_lost_and_found(page: Page) -> None:
    page.route("**/sandbox/state*", lambda route: route.fulfill(status=500, body="{}"))
    page.get_by_role("button", name="Sáng hôm sau").click()
    page.get_by_role("alert").filter(has_text="Mất kết nối").wait_for()
    page.unroute("**/sandbox/state*")
    page.get_by_role("alert").filter(has_text="Mất kết nối").wait_for(state="hidden")
