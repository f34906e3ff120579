"""The sandbox: the strict Bot APIs and their page on loopback, and the unchanged service against them."""

import secrets
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from pydantic import SecretStr
from starlette.routing import Mount

from app import health_web, installation, logs, supervise, web, wiring
from app import settings as app_settings
from app.clock import set_clock, shifted_clock
from app.settings import Settings
from app.supervise import PAGES, SERVICE, Watched
from sandbox import screen
from sandbox.controls import ClockControls
from sandbox.example_people import ADMIN_USER, MAIL, ZALO, Settler, settle, settlers
from sandbox.mailbox.post import Post
from sandbox.mailbox.servers import Servers
from sandbox.page.boxes import Owner
from sandbox.page.letters import Letters
from sandbox.page.routes import page_routes
from sandbox.page.zalo import ZaloPhones
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.journal import Journal
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server
from sandbox.towns import Both, Doorway, Either
from sandbox.zalo_api.assumptions import Assumptions
from sandbox.zalo_api.http import create_app as create_zalo
from sandbox.zalo_api.platform import Platform as ZaloPlatform
from store import sandboxed
from store.engine import Store
from store.engines.sqlite import sqlite_path

REPLACED = {
    "telegram_bot_token",
    "telegram_api_url",
    "clock_start",
    "telegram_admin_ids",
    "webhook_url",
    "desk_url",
    "public_url",
    "smtp_url",
    "mail_from",
    "imap_url",
    "zalo_bot_token",
    "zalo_bot_link",
    "zalo_api_url",
    "zalo_webhook_url",
}
# The evening before the first reminder of the plan of 2020, so to speak: 07:00, half an hour before it.
FIRST_MOMENT = datetime(2020, 1, 2, 0, 0, tzinfo=UTC)

ZALO_PATH = "/zalo"
# The real one keeps nothing while nobody polls; what a visitor types here between two polls is not to be lost.
WEEK_S = 7 * 24 * 3600.0
# A clock that was told to stop leaves the day it is at.
PATIENCE_S = 10.0


def run(chosen: Settings, port: int, moment: datetime | None) -> None:
    """Serves until SIGTERM or Ctrl-C; `moment` sets the clock, otherwise it goes on from where it was."""
    logs.set_up(chosen.log_level, "sandbox")
    # Before a port is taken.
    sandboxed.refuse_an_office(chosen.database_url)
    stop, doorway = supervise.stop_on_signals(), Doorway()
    server = Server(doorway, _free(port))
    ports = _Pages(_free_port(chosen.desk_listen), _free_port(chosen.answer_listen))
    # The first town is there before anybody can ask for it.
    town = Town(chosen, server.url, ports, stop, moment)
    doorway.app = town.app
    with server:
        print(f"SANDBOX {server.url}/", flush=True)  # noqa: T201 -- one plain line that programs read too
        while True:
            town.live()
            if stop.is_set():
                break
            town.end_polls()
            doorway.leave(PATIENCE_S)
            town.remove()
            town = Town(chosen, server.url, ports, stop, moment)
            doorway.app = town.app
    town.close()


@dataclass(frozen=True)
class _Pages:
    """The ports of the office's screen and of the page to answer on."""

    desk: int
    answer: int

    @property
    def public_url(self) -> str:
        """Where officers answer by a link: on this machine."""
        return f"http://127.0.0.1:{self.answer}"


class Town:
    """One database with the example people in it, its fake platforms, and the service's processes against them."""

    def __init__(self, chosen: Settings, url: str, pages: _Pages, stop: Event, moment: datetime | None) -> None:
        self._url, self._pages, self._over = url, pages, Either(stop)
        wiring.migrate(chosen.database_url)
        store = Store(chosen.database_url)
        _set_clock(store, moment)
        # Drawn at each start: a page of another site that finds the port must not be able to speak for the bots.
        token, zalo_token = (f"{number}:{secrets.token_urlsafe(27)[:35]}" for number in (1234567, 1459232241454765289))
        self.platform = Platform(token, shifted_clock(store), _journal(chosen.database_url, "telegram"))
        self.zalo = ZaloPlatform(
            zalo_token,
            shifted_clock(store),
            Assumptions(kept_s=WEEK_S),
            journal=_journal(chosen.database_url, "zalo"),
            changed=self.platform.changed,
        )
        self.zalo.address = f"{url}{ZALO_PATH}"
        self._clock_store = store
        # Numbered anew at each start: the mailboxes are as empty as on the first day.
        self.post = Post(shifted_clock(store), self.platform.changed, validity=int(time.time()))
        self.mail = Servers(self.post)
        self.app = create_app(self.platform)
        self.app.router.routes.append(Mount(ZALO_PATH, zalo_app := create_zalo(self.zalo)))
        self.app.state.bot_api = Both(self.app.state.bot_api, zalo_app.state.bot_api)
        self.app.add_middleware(web.ByAddress)
        self._inner = app_settings.read(
            **chosen.model_dump(exclude=REPLACED),
            telegram_bot_token=token,
            telegram_api_url=url,
            telegram_admin_ids=(*chosen.telegram_admin_ids, ADMIN_USER),
            clock_start=None,
            webhook_url="",
            desk_url="",
            public_url=pages.public_url,
            zalo_bot_token=zalo_token,
            zalo_api_url=self.zalo.address,
            **self.mail.settings,
        )
        self._settle()

    def _settle(self) -> None:
        service = self.service = wiring.open_service(self._inner)
        wiring.sync(service)
        people = settlers(service)
        settle(service, self.platform, people, service.clock(), self.zalo)
        is_file = sqlite_path(self._inner.database_url) is not None
        self.controls = ClockControls(service, self.platform, people, self._over.set if is_file else None, self.zalo)
        boxes = Letters(self.post, self._owners(people, MAIL)), ZaloPhones(self.zalo, self._owners(people, ZALO))
        self.app.router.routes.extend(
            (
                *page_routes(self.platform, self.controls, boxes),
                *screen.routes(service, self._pages.desk),
                *health_web.routes(service),
            )
        )

    def _owners(self, people: Sequence[Settler], channel: str) -> list[Owner]:
        """Whose mailboxes, or whose phones, the page shows beside Telegram's."""
        return [
            Owner(each.user, each.name, each.address or self.zalo.person(each.name).id, self.controls.about(each))
            for each in people
            if each.channel == channel
        ]

    def live(self) -> None:
        """Runs the service's processes until the sandbox stops, or somebody begins again."""
        environment = _environment(self._inner, self._url)
        environment |= {name.upper(): value for name, value in self.mail.settings.items()}
        environment |= {
            "DESK_LISTEN": f"127.0.0.1:{self._pages.desk}",
            "ANSWER_LISTEN": f"127.0.0.1:{self._pages.answer}",
            "PUBLIC_URL": self._pages.public_url,
        }
        supervise.run_apart(self._over, Watched(self._inner.log_level, names=(*SERVICE, *PAGES)), environment)
        self.controls.stop()
        self.controls.join(PATIENCE_S)

    def close(self) -> None:
        """Lets go of the database and of the mail's ports."""
        self.mail.close()
        self.service.store.close()
        self._clock_store.close()

    def end_polls(self) -> None:
        """Lets whoever waits for news go."""
        self.app.state.bot_api.close()

    def remove(self) -> None:
        """Closes, and removes what the town has left: its database, what its phones hold."""
        self.close()
        sandboxed.wipe(self._inner.database_url)
        for platform in ("telegram", "zalo"):
            if (path := _journal(self._inner.database_url, platform)) is not None:
                Journal(path).remove()
        # It says which database served here: the next one is another.
        if (marker := installation.marker_of(self._inner.database_url)) is not None:
            marker.unlink(missing_ok=True)


def _set_clock(store: Store, moment: datetime | None) -> None:
    used = sandboxed.is_sandbox(store)
    sandboxed.mark(store)
    if moment is not None or not used:
        set_clock(store, moment or FIRST_MOMENT)


def _environment(inner: Settings, url: str) -> dict[str, str]:
    return {
        "TELEGRAM_BOT_TOKEN": _told(inner.telegram_bot_token),
        "TELEGRAM_API_URL": url,
        "ZALO_BOT_TOKEN": _told(inner.zalo_bot_token),
        "ZALO_API_URL": inner.zalo_api_url,
        "ZALO_BOT_LINK": "",
        "ZALO_WEBHOOK_URL": "",
        "DATABASE_URL": inner.database_url,
        "TELEGRAM_ADMIN_IDS": ",".join(str(each) for each in inner.telegram_admin_ids),
        "CLOCK_START": "",
        # A proxy for the real Telegram has no business on loopback.
        "TELEGRAM_PROXY": "",
        # Nor may a monitor of the real service take this one for it: the page's own port answers for the sandbox.
        "WEBHOOK_URL": "",
        "HEALTH_LISTEN": "",
        "DESK_URL": "",
        "PING_URL": "",
        # What a file holds would come before what stands here.
        **{f"{name}_FILE": "" for name in app_settings.SECRETS},
    }


def _told(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _free_port(listen: str) -> int:
    """The port of an address to listen on, or any free one when it is taken."""
    wanted = _free(int(listen.rpartition(":")[2] or 0))
    if wanted:
        return wanted
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _journal(url: str, platform: str) -> Path | None:
    path = sqlite_path(url)
    return path.with_suffix(f".{platform}") if path else None


def _free(port: int) -> int:
    """The port, or 0 for any free one when it is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port
