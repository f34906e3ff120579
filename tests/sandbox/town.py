"""A small town for the tests of the page: two people, a group, a clock, and the hands of a visitor."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette

from sandbox.page.boxes import Owner
from sandbox.page.controls import Resident, Room
from sandbox.page.routes import page_routes
from sandbox.page.zalo import ZaloPhones
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.platform import Platform
from sandbox.zalo_api.platform import Platform as ZaloPlatform

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, FilePayload, Page

LAN, HUNG, MAI, GROUP = 7, 8, 9, -5
DROP = """([name, body]) => {
    const parcel = new DataTransfer();
    parcel.items.add(new File([body], name, {type: "application/pdf"}));
    for (const kind of ["dragover", "drop"]) {
        const event = new DragEvent(kind, {dataTransfer: parcel, bubbles: true, cancelable: true});
        document.querySelector("#messages").dispatchEvent(event);
    }
}"""


class Hands:
    """The clock's hands, in memory."""

    def __init__(self) -> None:
        self.at = datetime(2020, 1, 14, 1, 0, tzinfo=UTC)
        self.asked: list[str] = []
        self.words = ""

    def now(self) -> datetime:
        """14 January 2020, 08:00 in Việt Nam, until it is moved."""
        return self.at

    def residents(self) -> Sequence[Resident]:
        """Two people, and one on Zalo."""
        return [
            Resident(LAN, "Lan", "UBND xã Sơn Dung – cán bộ đầu mối"),
            Resident(HUNG, "Hùng", ""),
            Resident(MAI, "Mai", "UBND xã Sơn Long"),
        ]

    def rooms(self) -> Sequence[Room]:
        """One group."""
        return [Room(GROUP, "Nhóm CCHC")]

    def moving(self) -> str:
        """What `play` set and `stop` took away."""
        return self.words

    def next_reminder(self) -> date | None:
        """The Monday after."""
        return date(2020, 1, 20)

    def jump(self, to: str) -> None:
        """Only forward."""
        if to == "01/01/2020":
            raise ValueError("Đồng hồ chỉ đi tới, không đi lùi.")
        self.asked.append(to)
        self.at += timedelta(days=1)

    def play(self) -> None:
        """Begins to move."""
        self.words = "đến 31/12/2020"

    def stop(self) -> None:
        """Ends moving."""
        self.words = ""

    def has_steps(self) -> bool:
        """They are there."""
        return True

    def step(self, name: str) -> int:
        """Any but one is done, and Lan's phone shows it."""
        if name == "none":
            raise ValueError("Không có bước này.")
        self.asked.append(name)
        return LAN

    def begin_again(self) -> None:
        """Is noted."""
        self.asked.append("again")


def town(now: Callable[[], datetime]) -> Platform:
    """Lan, who has opened the bot, Hùng, who has not, and a group with both and the bot."""
    platform = Platform("4242:sandbox", now)
    platform.add_person(LAN, "Lan")
    platform.add_person(HUNG, "Hùng")
    platform.press_start(LAN)
    platform.add_group(GROUP, "Nhóm CCHC", [LAN, HUNG])
    platform.add_bot_to_group(GROUP, LAN)
    return platform


def zalo_beside(platform: Platform) -> ZaloPlatform:
    """A Zalo with Mai's account, of which the page hears through the platform."""
    zalo = ZaloPlatform("1459:sandbox", platform.now, changed=platform.changed)
    zalo.person("Mai")
    return zalo


def served(platform: Platform, hands: Hands, zalo: ZaloPlatform | None = None) -> Starlette:
    """The Bot API and the page of a town, as one app."""
    app = create_app(platform)
    zalo = zalo or zalo_beside(platform)
    phones = ZaloPhones(zalo, [Owner(MAI, "Mai", zalo.person("Mai").id, "UBND xã Sơn Long")])
    app.router.routes.extend(page_routes(platform, hands, [phones]))
    return app


@contextmanager
def visit(window: BrowserContext, url: str) -> Iterator[Page]:
    """Open the page; in the end nothing was asked elsewhere and the console is empty."""
    page = window.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    page.get_by_role("link", name="Lan").wait_for()
    yield page
    page.evaluate("localStorage.clear()")
    page.close()
    assert [address for address in asked if not address.startswith((url, "blob:", "data:"))] == []
    # A refusal is shown to the visitor, and the browser notes it in the console by itself.
    assert [words for words in complaints if "the server responded with a status of" not in words] == []


def open_chat(page: Page, name: str) -> None:
    """Choose somebody in the list."""
    page.get_by_role("link", name=name).click()
    page.get_by_role("heading", name=name).wait_for()


def bot_says(platform: Platform, text: str, chat: int = LAN, **more: Any) -> dict[str, Any]:
    """The bot's side, without a bot."""
    sent: dict[str, Any] = platform.call("sendMessage", {"chat_id": chat, "text": text, "parse_mode": "HTML", **more})
    return sent


def last_update(platform: Platform, kind: str) -> dict[str, Any]:
    """The newest update of a kind that waits for the bot, once there is one."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        found: list[dict[str, Any]] = [update[kind] for update in platform.pending_updates() if kind in update]
        if found:
            return found[-1]
        time.sleep(0.01)
    raise AssertionError(f"no {kind} came")


def until_said(page: Page, words: str) -> None:
    """Wait until a bubble shows these words."""
    page.locator(".bubble", has_text=words).last.wait_for()


def choose(page: Page, *pictures: bytes) -> None:
    """Choose pictures as with the button for files."""
    files: list[FilePayload] = [
        {"name": f"{place}.png", "mimeType": "image/png", "buffer": data} for place, data in enumerate(pictures)
    ]
    page.set_input_files("#choose", files)


def drop(page: Page, name: str, body: str) -> None:
    """Drop a PDF file into the chat."""
    page.evaluate(DROP, [name, body])


def buttons(*labels: str) -> dict[str, Any]:
    """One row of inline buttons."""
    return {"inline_keyboard": [[{"text": label, "callback_data": f"data {label}"} for label in labels]]}
