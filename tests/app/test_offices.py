"""Several offices in one installation: each its own settings, database and threads; one in trouble harms no other."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest
from sqlmodel import select

from app import offices, seats, work
from app.clock import machine_now
from app.installation_settings import CONTROL
from app.lanes import EACH, Lanes, work_of
from app.offices import OfficeError, Place
from app.wakes import Stop
from app.work import Named, Worker
from sandbox.phone import text_of
from sandbox.telegram_api.http import create_app
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.server import Server
from store.engine import Store
from store.people_tables import Person

TOKENS = {
    "sondung": "1111111:an-office-of-the-tests-000000000000000",
    "sonlap": "2222222:another-office-of-the-tests-000000000",
}


@pytest.fixture
def platforms() -> Iterator[dict[str, tuple[Platform, str]]]:
    """A platform for each office's bot, and its address."""
    with ExitStack() as open_:
        found = {}
        for name, token in TOKENS.items():
            platform = Platform(token, machine_now)
            found[name] = platform, open_.enter_context(Server(create_app(platform))).url
        yield found


def office_of(root: Path, name: str, url: str, boss: int, migrated: Path) -> Place:
    """An office with a bot, an admin and an empty database."""
    place = offices.add(
        root, name, f"TELEGRAM_BOT_TOKEN={TOKENS[name]}\nTELEGRAM_API_URL={url}\nTELEGRAM_ADMIN_IDS={boss}\n"
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


async def told(platform: Platform, chat: int, words: str) -> None:
    """Waits until a phone reads something."""
    while not any(words in text_of(each) for each in platform.messages(chat)):
        await asyncio.sleep(0.02)


async def linked(place: Place, platform: Platform, boss: int) -> None:
    """The first admin comes and agrees."""
    name = f"Chị {place.name}"
    platform.add_person(boss, name)
    platform.press_start(boss)
    await told(platform, boss, "dữ liệu cá nhân")
    asked = next(each for each in platform.messages(boss) if "reply_markup" in each)
    platform.tap(boss, boss, asked["message_id"], "Tôi đồng ý")
    while names(place) != [name]:
        await asyncio.sleep(0.02)


def test_two_offices_and_a_broken_one_are_served_by_one_process(
    tmp_path: Path,
    migrated: Path,
    platforms: dict[str, tuple[Platform, str]],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(work, "LOOK_S", 0.05)
    # Of the process' own environment nothing is an office's.
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7777777:of-somebody-else-entirely-0000000000000")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    caplog.handler.addFilter(Named())
    caplog.set_level(logging.INFO)
    bosses = {"sondung": 101, "sonlap": 202}
    places = {name: office_of(tmp_path, name, platforms[name][1], boss, migrated) for name, boss in bosses.items()}
    offices.add(tmp_path, "hong", "REVIEW=nobody\n")

    async def run() -> None:
        stop = Stop()
        worker = Worker(tmp_path, stop, seats.of_this_process(f"sqlite:///{tmp_path / CONTROL}"))
        working = asyncio.create_task(worker.run())
        await asyncio.wait_for(
            asyncio.gather(*(linked(places[name], platforms[name][0], boss) for name, boss in bosses.items())), 60
        )
        places["sonlap"].stop()
        while "sonlap" in worker.served:
            await asyncio.sleep(0.02)
        assert set(worker.served) == {"sondung", "hong"}
        stop.event.set()
        await asyncio.wait_for(working, 60)

    asyncio.run(run())
    assert {name: names(place) for name, place in places.items()} == {name: [f"Chị {name}"] for name in bosses}
    assert "[hong] cannot be served: REVIEW" in caplog.text
    assert not (tmp_path / "elsewhere.db").exists()


def test_an_office_whose_work_hangs_keeps_no_other_waiting() -> None:
    go = Event()

    async def run() -> str:
        asyncio.get_running_loop().set_default_executor(Lanes())
        with work_of("hangs"):
            hanging = [asyncio.create_task(asyncio.to_thread(go.wait)) for _ in range(EACH + 1)]
        await asyncio.sleep(0)
        with work_of("other"):
            found = await asyncio.wait_for(asyncio.to_thread(lambda: "done"), 30)
        go.set()
        await asyncio.gather(*hanging)
        return found

    assert asyncio.run(run()) == "done"


@pytest.mark.parametrize("name", ["", "Sơn Dung", "son_dung", "-son", "..", "a/b", "s" * 41])
def test_what_is_no_name_of_an_office_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(OfficeError, match="no name of an office"):
        offices.add(tmp_path, name, "")
    assert list(tmp_path.iterdir()) == []


def test_what_an_offices_settings_name_stands_in_its_folder(tmp_path: Path) -> None:
    place = offices.add(
        tmp_path, "sondung", "PLAN_FILE=plan.json\nBACKUP_DIR=/mnt/backups\nTELEGRAM_BOT_TOKEN_FILE=token\n"
    )
    (place.folder / "token").write_text(TOKENS["sondung"], "utf-8")
    found = place.settings()
    assert found.plan_file == (place.folder / "plan.json",)
    assert found.backup_dir == Path("/mnt/backups")
    assert found.database_url == f"sqlite:///{place.folder / 'var' / 'nhacviec.db'}"
    assert found.telegram_bot_token is not None
    assert found.telegram_bot_token.get_secret_value() == TOKENS["sondung"]
