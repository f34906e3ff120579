"""Papers of citizens: who may send some is told before where they would lie open, and in a group after a picture."""

from __future__ import annotations

import pytest

from sandbox.phone import Phone
from sandbox.world import GROUP, World
from tests.channels.on_zalo import OnZalo
from tests.conftest import MakeWorld
from tests.journeys.test_zalo import on_zalo

WORDS = "Không gửi giấy tờ của công dân (CCCD, hồ sơ)"


@pytest.fixture
def zalo(make_world: MakeWorld) -> OnZalo:
    """A service on Telegram and on Zalo."""
    return on_zalo(make_world)


def test_on_zalo_it_is_said_before_anything_is_sent_and_in_the_help(zalo: OnZalo) -> None:
    lan = zalo.linked("Lan", "sondung")
    said = "\n".join(each["text"] for each in lan.person.messages if each["from"]["is_bot"])
    assert said.count(f"{WORDS} qua đây") == 1
    for words in ("/trogiup", "/trogiup_du"):
        lan.says(words)
        assert sum(WORDS in each for each in lan.unread) == 1
        lan.forgets()
    # A photo of an officer costs no further word of it.
    zalo.world.at(2020, 1, 14, 8, 0)
    lan.forgets().sends_photo("xong 2b đã ban hành")
    assert WORDS not in "\n".join(lan.unread)
    # Where what is sent lies in the chat, it is not said.
    mai = zalo.world.officer("Mai", "tuphap")
    mai.says("/trogiup")
    assert WORDS not in str(mai.unread)


def test_a_picture_in_a_group_is_warned_of_once_a_person_and_month(world: World) -> None:
    boss, lan, mai = world.admin("Hương"), world.officer("Lan", "sondung"), world.officer("Mai", "tuphap")
    group = world.group(boss, lan, mai)
    world.at(2020, 1, 14, 8, 0)
    for each in (boss, lan, mai, group):
        each.forgets()

    def warned(sender: Phone, caption: str) -> bool:
        sender.in_chat(GROUP).sends_photo(caption)
        found = str(group.unread)
        group.forgets()
        assert found != "[]"
        return WORDS in found

    assert warned(lan, "/done@NhacViecBot 2b")
    assert not warned(lan, "/done@NhacViecBot 1e")
    # Another person is told, and the same one after a month.
    assert warned(mai, "/done@NhacViecBot 1đ")
    world.at(2020, 2, 14, 8, 0)
    group.forgets()
    assert warned(lan, "/done@NhacViecBot 2h")
    # Words alone are no picture.
    world.at(2020, 3, 16, 8, 0)
    group.forgets()
    lan.in_chat(GROUP).says("/help@NhacViecBot")
    assert str(group.unread).count(WORDS) == 1
