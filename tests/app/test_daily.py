"""The night's backup and retention, as the scheduler does them."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from app import age_encryption, checks, daily
from sandbox.world import World
from store import settings
from store.engines import sqlite_backup
from tests.conftest import HANOI, MakeWorld


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups go, with a stranger's file in it."""
    found = tmp_path / "backups"
    found.mkdir()
    (found / "family.jpg").write_bytes(b"x")
    (found / "nhacviec-20200101T020000.db.json.old").write_bytes(b"x")
    return found


@pytest.fixture
def office(make_world: MakeWorld, folder: Path) -> World:
    """An office with a folder for backups."""
    return make_world(2020, 1, 2, 7, 0, backup_dir=folder, backup_keep="2,1,1")


def night(world: World, *when: int) -> None:
    """The scheduler's step beside the beats, at a local moment."""
    world.now = datetime(*when, tzinfo=HANOI)  # type: ignore[misc, arg-type]
    daily.step(world.service, world.now, lambda: True)


def test_who_does_not_lead_makes_no_backup(office: World, folder: Path) -> None:
    daily.step(office.service, office.now, lambda: False)
    assert made(folder) == []
    daily.step(office.service, office.now, lambda: True)
    assert made(folder) != []


def made(folder: Path) -> list[str]:
    """The backups in a folder."""
    return sorted(path.name for path in folder.glob("nhacviec-*.db*") if path.suffix in (".db", ".age"))


def test_one_backup_a_night_and_those_that_are_too_many_go(office: World, folder: Path) -> None:
    night(office, 2020, 1, 2, 7, 0)
    night(office, 2020, 1, 2, 7, 1)
    night(office, 2020, 1, 3, 1, 59)
    assert made(folder) == ["nhacviec-20200102T070000.db"]
    assert sqlite_backup.verify(folder / made(folder)[0]).rows["obligation"] > 100
    for day in range(3, 10):
        night(office, 2020, 1, day, 2, 0)
        night(office, 2020, 1, day, 2, 1)
    assert made(folder) == ["nhacviec-20200108T020000.db", "nhacviec-20200109T020000.db"]
    assert (folder / "family.jpg").exists()
    assert (folder / "nhacviec-20200101T020000.db.json.old").exists()
    assert len(list(folder.glob("*.json"))) == 2
    # Off for two nights: made as soon as it runs again.
    night(office, 2020, 1, 12, 9, 30)
    assert made(folder)[-1] == "nhacviec-20200112T093000.db"


def test_with_a_key_they_are_encrypted(make_world: MakeWorld, folder: Path, tmp_path: Path) -> None:
    world = make_world(2020, 1, 2, 7, 0, backup_dir=folder, backup_key=age_encryption.new_key(tmp_path / "key"))
    night(world, 2020, 1, 2, 7, 0)
    assert made(folder) == ["nhacviec-20200102T070000.db.age"]
    assert age_encryption.is_encrypted(folder / made(folder)[0])


def test_a_failed_backup_is_told_once_a_day_tried_each_hour_and_seen_by_doctor(office: World, folder: Path) -> None:
    boss = office.admin("Hoa")
    office.at(2020, 1, 2, 7, 30)
    boss.forgets()
    away = folder.with_name("away")
    folder.rename(away)
    night(office, 2020, 1, 2, 8, 0)
    office.settle()
    boss.expects("Sao lưu chưa thực hiện được – 08:00 ngày 02/01/2020", "không tìm thấy thư mục").is_silent()
    assert next(each.ok for each in checks._backup(office.service)) is False
    away.rename(folder)
    night(office, 2020, 1, 2, 8, 30)
    assert made(folder) == []
    folder.rename(away)
    night(office, 2020, 1, 2, 9, 1)
    office.settle()
    boss.is_silent()
    office.at(2020, 1, 3, 7, 30)
    boss.expects("Sao lưu chưa thực hiện được").forgets()
    away.rename(folder)
    night(office, 2020, 1, 3, 8, 30)
    assert made(folder) == ["nhacviec-20200103T083000.db"]
    with office.service.store.look() as session:
        assert settings.backup_failed(session) is None
    assert [each.ok for each in checks._backup(office.service)] == [True]
    office.at(2020, 1, 6, 7, 30)
    boss.forgets()
    (finding,) = checks._backup(office.service)
    assert finding.ok is None
    assert "BACKUP_DIR" in finding.said(office.service.office.text)


def test_a_copy_that_is_not_sound_is_no_backup(office: World, folder: Path) -> None:
    office.officer("Lan", "sondung").sends_photo("/done 2b").expects("Đã ghi nhận")
    with closing(sqlite3.connect(office.database)) as connection, connection:
        connection.execute("UPDATE blob SET data = zeroblob(length(data))")
    night(office, 2020, 1, 2, 8, 0)
    assert made(folder) == []
    with office.service.store.look() as session:
        failed = settings.backup_failed(session)
    assert failed is not None
    assert failed[1] == "unsound"


def test_retention_runs_once_a_day_after_the_hour_of_the_backup(office: World) -> None:
    def done() -> str | None:
        with office.service.store.look() as session:
            return settings.get(session, settings.RETENTION_DONE)

    night(office, 2020, 1, 3, 1, 0)
    assert done() is None
    night(office, 2020, 1, 3, 2, 0)
    assert done() == "2020-01-03"
