"""Two copies of the service with one token, and updates that the library cannot build."""

from typing import Any

from delivery import rival
from sandbox.phone import text_of
from sandbox.world import World


def test_a_second_program_on_the_token_is_told_to_the_admins_once_a_day(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 3, 8, 0)
    for phone in (boss, lan):
        phone.forgets()
    for seconds in (0, 30, 30, 30, 30):
        world.later(seconds=seconds)
        rival.meet(world.service.store, world.service.office, "telegram", world.now)
    world.settle()
    boss.expects("Có hai bản hệ thống cùng dùng một bot", "Từ 08:00", "token").is_silent()
    lan.is_silent()


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
