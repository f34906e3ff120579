"""Two copies of the service with one token, a database of unknown origin, and updates that cannot be built."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app import backup_files, checks, health, installation, polling, restoring
from app.wakes import Wakes
from channels.errors import RivalError
from sandbox.phone import Phone, text_of
from sandbox.world import World
from store import rivals, serving
from store.serving import Why

ASKED = "Có hai bản hệ thống cùng dùng một bot"


class Rival:
    """A receiver whose polls the platform gives to another program; each takes half a minute."""

    def __init__(self, world: World, stop: SimpleNamespace, times: int) -> None:
        self.world, self.stop, self.times, self.channel = world, stop, times, world.channel

    async def poll(self, _wait: int) -> int:
        """What a poll comes to; the last one ends the process."""
        self.world.now = self.world.now.replace() + (rivals.LASTS / 2)
        self.times -= 1
        self.stop.now = self.times <= 0
        raise RivalError("409 another program receives this bot's messages", stop=True, retry_after=0.001)


def polls(world: World, times: int) -> None:
    """The process polls so often beside another program."""
    stop: Any = SimpleNamespace(now=False)
    receiver: Any = Rival(world, stop, times)
    asyncio.run(polling.poll(world.service, receiver, stop, Wakes(None)))


def held(world: World) -> serving.Held | None:
    """Whether the copy waits to be told that it serves."""
    with world.service.store.look() as session:
        return serving.held(session)


def reminders(phone: Phone) -> list[str]:
    """What came by itself."""
    return [text_of(each) for each in phone.unread if "2b · còn" in text_of(each)]


def test_until_an_admin_says_which_copy_serves_it_begins_nothing_and_answers_everybody(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 3, 8, 0)
    boss.forgets()
    polls(world, 2)
    assert held(world) is None, "a restart meets its own former poll once"
    polls(world, 3)
    world.settle()
    boss.expects(ASKED, "Từ 08:00", "tạm dừng tin nhắc", "token").is_silent()
    for _ in range(3):
        polls(world, 1)
        world.settle()
    boss.is_silent()
    found = held(world)
    assert found is not None
    assert found.why is Why.RIVAL
    facts = health.look(world.service, world.now)
    assert any(each.startswith("rival: ") for each in facts.faults())
    assert any(each.startswith("held: another program uses this bot") for each in facts.faults())
    told = {each.name: each for each in checks._health(world.service)}
    assert (told["rival"].ok, told["serving"].ok) == (False, False)

    world.at(2020, 1, 14, 8, 0)
    lan.forgets().says("/tiendo 2b 60").expects("Đã ghi tiến độ việc 2b").is_silent()
    lan.says("/vuongmac 2h thiếu người").expects("Đã ghi vướng mắc")
    assert any("thiếu người" in text_of(each) for each in boss.unread), "what people say reaches the admins"
    polls(world, 3)
    boss.forgets().taps(f"Bản {found.code} phục vụ").expects("phục vụ từ bây giờ", "Bản kia vẫn đang chạy")
    assert len(reminders(lan)) == 1, "what was missed is made up for"
    assert held(world) is None


def test_a_chosen_copy_goes_on_serving_and_a_copy_of_it_does_not(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 1, 3, 8, 0)
    installation.at_start(world.service, world.now)
    polls(world, 3)
    world.settle()
    found = held(world)
    assert found is not None
    boss.forgets().says(f"/phucvu {found.code}").expects("phục vụ từ bây giờ")
    installation.settle(world.service)
    polls(world, 3)
    world.settle()
    boss.expects("Vẫn còn một bản khác dùng bot này", "Bản này đang phục vụ").is_silent()
    assert held(world) is None
    # The whole folder was copied: the file beside the database is another one.
    marker = installation.marker_of(world.service.settings.database_url)
    assert marker is not None
    marker.rename(marker.with_name("was"))
    marker.write_bytes(marker.with_name("was").read_bytes())
    installation.at_start(world.service, world.now)
    assert held(world) is None, "alone it serves"
    polls(world, 1)
    assert held(world) is not None


def test_a_press_for_the_other_copy_makes_this_one_step_aside(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 3, 8, 0)
    polls(world, 3)
    world.settle()
    found = held(world)
    assert found is not None
    boss.forgets().says("/phucvu F00D").expects(f"Bản {found.code} dừng nhận tin", "bản F00D phục vụ", "nhacviec serve")
    lan.forgets()
    with world.service.store.look() as session:
        assert polling.is_aside(session)
    world.at(2020, 1, 14, 8, 0)
    assert not reminders(lan)
    with world.service.store.unit() as session:
        serving.serve(session, world.now, via="cli")
    world.settle()
    assert len(reminders(lan)) == 1


def test_an_old_button_or_a_wrong_code_silences_nobody(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 1, 3, 8, 0)
    boss.forgets().says("/phucvu F00D").expects("không cần chọn").is_silent()
    polls(world, 3)
    first = held(world)
    assert first is not None
    world.settle()
    boss.forgets().taps(f"Bản {first.code} phục vụ").expects("phục vụ từ bây giờ")
    boss.says(f"/phucvu {first.code}").expects("không cần chọn")
    assert held(world) is None


def test_a_laptop_that_is_gone_silences_nobody_any_longer(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 7, 0)
    polls(world, 3)
    boss.forgets()
    lan.forgets()
    world.at(2020, 1, 14, 8, 0)
    assert held(world) is not None, "what just woke up knows nothing yet"
    boss.forgets()
    assert not reminders(lan)
    world.later(minutes=4)
    polls(world, 1)
    for _ in range(3):
        world.later(minutes=4)
        assert held(world) is not None
    world.later(minutes=4)
    boss.expects("Không còn bản nào khác dùng bot này")
    assert held(world) is None
    world.settle()
    assert len(reminders(lan)) == 1


def test_a_restored_database_asks_before_it_serves(world: World, tmp_path: Path) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    installation.at_start(world.service, world.now)
    backup, place = tmp_path / "a.db", tmp_path / "restored.db"
    backup_files.make(world.service.settings.database_url, backup, "", world.now)
    restoring.restore(backup, place, None)
    world.stop()
    for suffix in ("-wal", "-shm"):
        world.database.with_name(world.database.name + suffix).unlink(missing_ok=True)
    place.replace(world.database)
    world.start()
    installation.at_start(world.service, world.now)
    boss.forgets()
    lan.forgets()
    world.at(2020, 1, 14, 8, 0)
    boss.expects("dữ liệu khôi phục từ sao lưu", "Chưa gửi tin nhắc").is_silent()
    assert not reminders(lan)
    found = held(world)
    assert found is not None
    boss.taps(f"Bản {found.code} phục vụ").expects("phục vụ từ bây giờ")
    assert len(reminders(lan)) == 1
    assert "có thể trùng" in reminders(lan)[0]
    installation.settle(world.service)
    installation.at_start(world.service, world.now)
    assert held(world) is None


@pytest.mark.parametrize("beside", [None, "0a0a0a0a0a0a 1", "no marker"])
def test_a_database_from_elsewhere_is_known_at_its_first_start(world: World, beside: str | None) -> None:
    world.officer("Lan", "sondung")
    marker = installation.marker_of(world.service.settings.database_url)
    assert marker is not None
    installation.at_start(world.service, world.now)
    installation.at_start(world.service, world.now)
    assert held(world) is None, "a restart, in another container too, is no copy"
    marker.unlink()
    if beside is not None:
        marker.write_text(beside, "ascii")
    installation.at_start(world.service, world.now)
    found = held(world)
    assert found is not None
    assert found.why is Why.COPIED


def test_what_cannot_be_read_is_answered_and_told(world: World) -> None:
    boss, lan, stranger = world.admin("Hoa"), world.officer("Lan", "sondung"), world.phone("Người lạ")
    world.at(2020, 1, 3, 8, 0)
    for phone in (boss, lan):
        phone.forgets()
    for phone in (lan, lan, stranger):
        broken: dict[str, Any] = {
            "message_id": "seven",
            "date": 1_578_013_200,
            "chat": {"id": phone.user, "type": "private", "first_name": "x"},
            "from": {"id": phone.user, "is_bot": False, "first_name": "x"},
            "text": "2b xong",
        }
        world.platform.tell_bot("message", broken)
    world.settle()
    lan.expects("không đọc được tin", "mã U").expects("không đọc được tin").is_silent()
    assert "hệ thống không đọc được" in "\n".join(map(text_of, boss.unread))
    assert len(boss.unread) == 1
    stranger.is_silent()
