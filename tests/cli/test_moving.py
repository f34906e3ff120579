"""An office goes from one database into another and back, and everything in it goes along."""

from datetime import datetime
from pathlib import Path
from sqlite3 import connect

import pytest
from sqlmodel import select

from app import installation, moving
from app.clock import machine_now
from reports.attachments import report_files
from reports.figures import period
from sandbox.world import World
from store import audit, serving
from store.answer_tables import Blob
from store.engine import Store
from store.serving import Why
from tests import postgresql
from tests.cli.command import nhacviec
from tests.conftest import HANOI


def reported(world: World) -> dict[str, bytes]:
    """Every file of the first quarter's report."""
    service = world.service
    with service.store.look() as session:
        window = period.window(service.office, "2020-Q1", world.now)
        record = period.make(session, service.live.of(session), window, known_at=world.now)
    return {
        each: report_files.content(service.current(), record, None, each, service.settings.templates_dir)
        for each in report_files.files(record)
        # The pictures are in the document.
        if each not in report_files.PICTURES
    }


def held(world: World) -> Why | None:
    """Why the database that the world is on asks before it serves; None where it serves."""
    with world.service.store.look() as session:
        found = serving.held(session)
    return found.why if found is not None else None


def goes_to(world: World, url: str) -> str:
    """The service ends, is moved by the command, and starts at the new place; gives what the command says."""
    source = world.service.settings.database_url
    world.stop()
    said = nhacviec(world.database.parent, "move", source, url)
    at(world, url)
    return said


def at(world: World, url: str) -> None:
    """The service starts on a database, as a process does."""
    world.stop()
    world._given["database_url"] = url
    world.start()
    installation.at_start(world.service, world.now)


@pytest.mark.long
def test_an_office_goes_to_a_server_and_back_and_nothing_in_it_is_another(tmp_path: Path) -> None:
    with World(tmp_path, datetime(2020, 1, 2, 7, tzinfo=HANOI)) as world:
        there_and_back(world)


def there_and_back(world: World) -> None:
    """A quarter that begins in a file, goes on at a server, and comes back into another file."""
    boss, lan, mua = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    world.at(2020, 1, 14, 7, 30)
    lan.forgets().sends_photo("/done 2b").expects("1 ảnh")
    mua.forgets().says("/vuongmac 2b chờ kinh phí")
    installation.at_start(world.service, world.now)
    first = world.service.settings.database_url
    before = reported(world)

    server = postgresql.empty()
    said = goes_to(world, server)
    assert "each is there as it is here" in said
    assert "DESK_KEY_FILE" in said
    assert held(world) is None
    assert reported(world) == before
    # Work goes on there: numbers follow those that came along.
    lan.forgets().says("/undo").expects("2b")
    mua.forgets().sends_photo("/done 2b").expects("1 ảnh")
    boss.forgets().says("/tonghop").expects("hoàn thành 1")
    after = reported(world)
    assert after != before

    # The old one says that it was moved, and asks.
    boss.forgets()
    at(world, first)
    assert held(world) is Why.MOVED
    world.settle()
    boss.expects("đã chuyển sang cơ sở dữ liệu khác").forgets()

    at(world, server)
    back = f"sqlite:///{world.database.with_name('back.db')}"
    goes_to(world, back)
    assert held(world) is None
    assert reported(world) == after
    with world.service.store.look() as session:
        assert audit.verify(session).why == ""
        assert len(session.exec(select(Blob)).all()) == 1
    postgresql.drop(server)


def test_it_is_refused_while_it_is_served_or_where_something_is(tmp_path: Path, store: Store) -> None:
    folder, url, goal = tmp_path, store.url, tmp_path / "goal.db"
    with store.look() as session:
        assert serving.held(session) is None
    assert "is in use" in nhacviec(folder, "move", url, f"sqlite:///{goal}", code=2)
    store.close()
    assert "the same database" in nhacviec(folder, "move", url, url, code=2)
    assert "is no address" in nhacviec(folder, "move", "no address", url, code=2)
    with connect(goal) as other:
        other.execute("CREATE TABLE cake (flavour TEXT)")
    other.close()
    assert "tables of another program (cake)" in nhacviec(folder, "move", url, f"sqlite:///{goal}", code=2)
    goal.unlink()
    assert moving.move(url, f"sqlite:///{goal}", machine_now()).epoch == 1
    assert "holds a record already" in nhacviec(folder, "move", url, f"sqlite:///{goal}", code=2)
