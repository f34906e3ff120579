"""Several offices for a test: a platform for each one's bot, its folder with an empty database, and its first admin."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlmodel import select

from app import offices
from app.clock import machine_now
from app.offices import Place
from sandbox.phone import text_of
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server
from store.engine import Store
from store.people_tables import Person

BOSS = 101


@contextmanager
def platforms_of(names: Sequence[str]) -> Iterator[dict[str, tuple[Platform, str]]]:
    """A platform for each office's bot, and its address."""
    with ExitStack() as open_:
        found = {}
        for name in names:
            platform = Platform(token_of(name), machine_now)
            found[name] = platform, open_.enter_context(Server(create_app(platform))).url
        yield found


def token_of(name: str) -> str:
    """The token of an office's bot, of which no other has the number."""
    return f"{int.from_bytes(name[-4:].encode())}:an-office-of-the-tests-{name:0>20}"


def office_of(root: Path, name: str, url: str, migrated: Path) -> Place:
    """An office with a bot, an admin to come and an empty database."""
    place = offices.add(
        root, name, f"TELEGRAM_BOT_TOKEN={token_of(name)}\nTELEGRAM_API_URL={url}\nTELEGRAM_ADMIN_IDS={BOSS}\n"
    )
    (place.folder / "var").mkdir()
    (place.folder / "var" / "nhacviec.db").write_bytes(migrated.read_bytes())
    return place


def names(place: Place) -> list[str]:
    """Who is known to an office."""
    store = Store(place.settings().database_url)
    try:
        with store.look() as session:
            return [each.name for each in session.exec(select(Person))]
    finally:
        store.close()


def come(name: str, platform: Platform) -> None:
    """The first admin of an office comes to its bot."""
    platform.add_person(BOSS, f"Chị {name}")
    platform.press_start(BOSS)


def has_read(platform: Platform, words: str) -> bool:
    """Whether the first admin's phone has read something."""
    return any(words in text_of(each) for each in platform.messages(BOSS))


def agree(platform: Platform) -> None:
    """The first admin, who was asked, agrees."""
    asked = next(each for each in platform.messages(BOSS) if "reply_markup" in each)
    platform.tap(BOSS, BOSS, asked["message_id"], "Tôi đồng ý")
