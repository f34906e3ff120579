"""Several offices in one installation: each its own settings, database and threads; one in trouble harms no other."""

import asyncio
import logging
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event

import pytest

from app import office_move, offices, seats, work
from app.clock import machine_now
from app.installation_settings import CONTROL, Installation
from app.lanes import AT_ONCE, EACH, LaneBeats, Lanes, Named, work_of
from app.offices import OfficeError, Place
from app.rooms import ClosedError, Door, House
from app.rooted import ADDRESS
from app.settings import ROOT
from app.wakes import Stop
from app.work import Worker
from sandbox.telegram_api.platform import Platform
from store.control import Control
from store.moving import MoveError
from tests.app.several import agree, come, has_read, names, office_of, platforms_of, token_of


@pytest.fixture
def platforms() -> Iterator[dict[str, tuple[Platform, str]]]:
    """A platform for each office's bot, and its address."""
    with platforms_of(("sondung", "sonlap")) as found:
        yield found


async def linked(place: Place, platform: Platform) -> None:
    """The first admin comes and agrees."""
    come(place.name, platform)
    while not has_read(platform, "dữ liệu cá nhân"):
        await asyncio.sleep(0.02)
    agree(platform)
    while names(place) != [f"Chị {place.name}"]:
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
    places = {name: office_of(tmp_path, name, url, migrated) for name, (_, url) in platforms.items()}
    offices.add(tmp_path, "hong", "REVIEW=nobody\n")

    async def run() -> None:
        stop = Stop()
        worker = Worker(tmp_path, stop, seats.of_this_process(f"sqlite:///{tmp_path / CONTROL}"))
        working = asyncio.create_task(worker.run())
        await asyncio.wait_for(
            asyncio.gather(*(linked(places[name], platform) for name, (platform, _) in platforms.items())), 60
        )
        places["sonlap"].stop()
        while "sonlap" in worker.served:
            await asyncio.sleep(0.02)
        assert set(worker.served) == {"sondung", "hong"}
        stop.event.set()
        await asyncio.wait_for(working, 60)

    asyncio.run(run())
    assert {name: names(place) for name, place in places.items()} == {name: [f"Chị {name}"] for name in places}
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
    (place.folder / "token").write_text(token_of("sondung"), "utf-8")
    found = place.settings()
    assert found.plan_file == (place.folder / "plan.json",)
    assert found.backup_dir == Path("/mnt/backups")
    assert found.database_url == f"sqlite:///{place.folder / 'var' / 'nhacviec.db'}"
    assert found.telegram_bot_token is not None
    assert found.telegram_bot_token.get_secret_value() == token_of("sondung")


def test_pages_find_each_office_by_its_path_or_its_own_name_and_none_by_anothers(tmp_path: Path) -> None:
    settings = {
        "sondung": "",
        "sonlap": "DESK_URL=https://sonlap.example.vn\n",
        "sonba": "DESK_URL=https://hai.example.vn\n",
        "sonbua": "DESK_URL=https://hai.example.vn\n",
        "sonlong": "DESK_URL=https://chung.example.vn\n",
        "hong": "REVIEW=nobody\n",
        "nham": f"DATABASE_URL=sqlite:///{tmp_path / 'sondung' / 'var' / 'nhacviec.db'}\n",
    }
    for name, lines in settings.items():
        offices.add(tmp_path, name, f"TELEGRAM_BOT_TOKEN={token_of('sondung')}\n{lines}")
    house = House(tmp_path, Installation(pages_url="https://chung.example.vn", answers_url="https://ngoai.example.vn"))
    house.look()
    common = "chung.example.vn"
    assert house.find(Door.SCREEN, common, "/o/sondung/nhiem-vu") == ("sondung", "/o/sondung")
    assert house.find(Door.SCREEN, "SonLap.example.vn", "/o/sondung/") == ("sonlap", "")
    # Its cookies are for its own name; what two claim, or the installation's own name, is nobody's.
    assert house.find(Door.SCREEN, common, "/o/sonlap/") is None
    assert house.find(Door.SCREEN, "hai.example.vn", "/") is None
    assert house.find(Door.SCREEN, common, "/") is None
    assert house.known["sonlong"].chosen.desk_url == "https://chung.example.vn/o/sonlong"  # type: ignore[union-attr]
    assert house.find(Door.SCREEN, common, "/o/sondungx/") is None
    assert house.find(Door.PUBLIC, "ngoai.example.vn", "/o/sonlap/b/x") == ("sonlap", "/o/sonlap")
    # One whose settings are wrong, or name another's database, is there and closed; that other is not touched.
    for name, why in (("hong", "REVIEW"), ("nham", "its database is that of sondung")):
        assert house.find(Door.SCREEN, common, f"/o/{name}/") == (name, f"/o/{name}")
        with pytest.raises(ClosedError, match=why):
            house.room(name)
    assert house.known["sondung"].chosen is not None
    offices.named(tmp_path, "sondung").stop()
    with pytest.raises(ClosedError, match="stopped"):
        house.room("sondung")


def test_every_address_in_a_page_is_given_the_path_of_its_office() -> None:
    written = re.compile(rb'\s[a-z-]+="/[^"]*"')
    for folder in ("desk", "answer"):
        for template in (ROOT / folder / "templates").glob("*.html"):
            for each in written.findall(template.read_bytes()):
                assert ADDRESS.match(each), f"{template.name}: app.rooted knows no such attribute: {each.decode()}"


def test_offices_whose_beats_hang_hold_up_no_other_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.lanes.HELD_S", 0.02)
    go, came = Event(), Event()
    lanes = Lanes()
    beats = LaneBeats(lanes)

    def hang() -> None:
        go.wait()

    for number in range(30):
        with work_of(f"hangs-{number}"):
            beats.add(str(number), hang, 0.01)
    beats.start()
    with work_of("other"):
        beats.add("other", came.set, 0.01)
    assert came.wait(60)
    go.set()
    beats.stop()
    lanes.shutdown()


def test_an_office_moves_into_another_database_in_order_or_stays_as_it_was(tmp_path: Path, migrated: Path) -> None:
    place = office_of(tmp_path, "sondung", "http://127.0.0.1:9", migrated)
    record, before = f"sqlite:///{tmp_path / CONTROL}", (place.folder / ".env").read_text()
    with closing(Control(record, machine_now)) as kept:
        serving = seats.Seats(kept, "worker", "1", lambda _: False)
        has = serving.look({"sondung": True}, {}).take
        assert has.keys() == {"sondung"}
        waited: list[bool] = []

        def pause() -> None:
            # Its worker sees that it is stopped, and has ended when it looks again.
            waited.append(place.is_stopped)
            serving.look({}, {})

        office_move.move(place, "sqlite:///moved.db", record, machine_now, pause)
    assert waited == [True]
    assert not place.is_stopped
    assert place.settings().database_url == f"sqlite:///{place.folder / 'moved.db'}"
    assert (place.folder / ".env").read_text() == f"{before}DATABASE_URL=sqlite:///moved.db\n"

    now_there = (place.folder / ".env").read_text()
    (place.folder / "full.db").write_bytes((place.folder / "moved.db").read_bytes())
    with pytest.raises(MoveError):
        office_move.move(place, "sqlite:///full.db", record, machine_now, pause)
    assert (place.folder / ".env").read_text() == now_there
    assert not place.is_stopped


def test_a_process_whose_offices_are_all_at_work_says_in_time_that_it_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.lanes.HELD_S", 60.0)
    lanes, at_work, may_end = Lanes(), Barrier(AT_ONCE + 1), Event()

    def work(number: int) -> int:
        if number < AT_ONCE:
            at_work.wait(5)
            assert may_end.wait(5)
        return number

    found = []
    for number in range(AT_ONCE * 3):
        with work_of(f"office-{number}"):
            found.append(lanes.submit(work, number))
        if number == AT_ONCE - 1:
            at_work.wait(5)
    # They wait for those before them, and the process itself for none of them.
    assert lanes.submit(lambda: "lives").result(5) == "lives"
    may_end.set()
    assert [each.result(5) for each in found] == list(range(AT_ONCE * 3))
    lanes.shutdown()
