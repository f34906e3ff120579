"""An old backup takes over: nothing is lost in silence, what is perhaps said twice says so, and people send again."""

from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from app import backup_files, restoring
from sandbox.phone import text_of
from sandbox.telegram_api.values import Fault
from sandbox.world import World
from store import serving
from store.tables import Delivery
from store.types import DeliveryState

MARK = "có thể trùng với tin đã gửi"


def swap(world: World, backup: Path) -> None:
    """The database is lost; the service starts on what the backup gives."""
    place = backup.with_name("restored.db")
    restoring.restore(backup, place, None)
    world.stop()
    for suffix in ("-wal", "-shm"):
        world.database.with_name(world.database.name + suffix).unlink(missing_ok=True)
    place.replace(world.database)
    world.start()


def test_after_an_old_backup_people_send_again_and_repeats_are_marked(world: World, tmp_path: Path) -> None:
    boss = world.admin("Hoa")
    lan, mua, chi = (world.officer(name, agency) for name, agency in
                     (("Lan", "sondung"), ("Mua", "sonmua"), ("Chi", "tuphap")))  # fmt: skip
    world.at(2020, 1, 2, 7, 30)
    # A message is on its way when the backup is made, and arrives afterwards.
    world.platform.faults.append(Fault("429", "sendMessage", chi.chat, retry_after=600))
    chi.forgets().says("/done 2b")
    backup = tmp_path / "a.db"
    world.later(minutes=1)
    backup_files.make(world.service.settings.database_url, backup, "", world.now)
    made = world.now
    world.later(minutes=15)
    chi.expects("Đã ghi nhận 2b")
    # Said and sent after the backup: a digest of 14 January, an answer.
    world.at(2020, 1, 14, 7, 30)
    assert any("2b · còn 7 ngày làm việc" in text_of(each) for each in lan.unread)
    mua.forgets().says("/done 2b").expects("Đã ghi nhận 2b")
    for phone in (boss, lan, mua, chi):
        phone.forgets()

    world.now += timedelta(hours=1)
    swap(world, backup)
    world.settle()
    chi.expects(MARK, "Đã ghi nhận 2b")
    assert not any("còn 7 ngày làm việc" in text_of(each) for each in lan.unread), "nobody said yet that it serves"
    boss.expects("khôi phục từ sao lưu").taps("Bản ")
    assert any(MARK in text_of(each) and "còn 7 ngày làm việc" in text_of(each) for each in lan.unread)
    since = world.service.office.local(made)
    for phone in (lan, mua, chi):
        texts = "\n".join(text_of(each) for each in phone.unread)
        assert "đề nghị gửi lại" in texts, f"{since}: {texts}"
    mua.forgets().says("/done 2b").expects("Đã ghi nhận 2b")
    for phone in (boss, lan, chi):
        phone.forgets()
    # The next day is a day like any other.
    world.at(2020, 1, 15, 7, 30)
    for phone in (lan, mua, chi):
        assert not any(MARK in text_of(each) or "gửi lại" in text_of(each) for each in phone.unread)
    world.at(2020, 1, 20, 7, 30)
    assert not any(MARK in text_of(each) for each in lan.unread)
    assert any("2b · còn 3 ngày làm việc" in text_of(each) for each in lan.unread)


def test_restored_after_hours_people_are_told_on_the_next_working_day(world: World, tmp_path: Path) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.forgets()
    backup = tmp_path / "a.db"
    backup_files.make(world.service.settings.database_url, backup, "", world.now)
    world.now = world.now.replace(day=3, hour=12)  # Friday, 19:00
    swap(world, backup)
    world.settle()
    lan.is_silent()
    with world.service.store.unit() as session:
        serving.serve(session, world.now, via="cli")
    for day, hour in ((4, 9), (5, 9), (6, 7)):
        world.at(2020, 1, day, hour, 0)
        lan.is_silent()
    world.at(2020, 1, 6, 7, 30)
    lan.expects("gián đoạn từ 07:30 ngày 02/01/2020", "đề nghị gửi lại").is_silent()
    world.at(2020, 1, 7, 7, 30)
    lan.is_silent()


def test_nothing_that_was_on_its_way_is_lost(world: World, tmp_path: Path) -> None:
    lan = world.officer("Lan", "sondung")
    world.platform.faults.append(Fault("429", "sendMessage", lan.chat, retry_after=600))
    world.at(2020, 1, 2, 7, 30)
    lan.is_silent()
    backup, place = tmp_path / "a.db", tmp_path / "b.db"
    backup_files.make(world.service.settings.database_url, backup, "", world.now)
    with world.service.store.look() as session:
        waiting = session.exec(select(Delivery).where(Delivery.state == DeliveryState.DUE)).all()
    assert waiting
    done = restoring.restore(backup, place, None)
    assert done.resumed.doubtful == len(waiting)
    assert done.resumed.known_until == world.now
