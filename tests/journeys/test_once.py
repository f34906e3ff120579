"""Each message has its effect once, and what is no utterance gets no answer."""

import pytest
from sqlalchemy import text

from sandbox.world import GROUP, World


def test_an_edit_that_changes_nothing_does_nothing(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    for phone, said in ((lan, "/progress 2b đang soạn dự thảo"), (boss, "/invite tuphap")):
        phone.forgets().says(said)
        assert len(phone.unread) > 0
        phone.forgets()
        phone.edits(said, said)
        phone.is_silent()
    rows = _events(world, "progressed"), _count(world, "invite", "used_at IS NULL")
    assert rows == (1, 1)


def test_an_edit_acts_where_the_first_had_no_effect(world: World) -> None:
    lan = world.officer("Lan", "sondung").forgets()
    lan.says("/progress 9z đang soạn").expects("Chưa rõ").is_silent()
    lan.edits("/progress 9z đang soạn", "/progress 2b đang soạn").expects("2b", "đang soạn").is_silent()
    lan.edits("/progress 2b đang soạn", "/progress 2b đang trình").expects("đã được ghi nhận theo nội dung ban đầu")
    assert _events(world, "progressed") == 1


def test_who_has_no_role_any_more_hears_nothing_of_what_an_edited_message_did(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung").forgets()
    lan.says("/progress 2b đang soạn").expects("đang soạn")
    boss.says("/thuhoi P2 co").expects("Đã kết thúc quyền")
    lan.forgets().edits("/progress 2b đang soạn", "/progress 2b đang trình").expects("chưa gắn với đơn vị nào")
    assert _events(world, "progressed") == 1


@pytest.mark.parametrize(
    "content",
    [
        {"location": {"latitude": 15.0, "longitude": 108.0, "live_period": 900}},
        {"contact": {"phone_number": "+84900000000", "first_name": "Mai"}},
        {"pinned_message": {"message_id": 1, "date": 1_577_930_000, "chat": {"id": 1, "type": "private"}}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"chat_background_set": {"type": {"type": "pattern"}}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_what_is_no_utterance_gets_no_answer(world: World, content: dict[str, object]) -> None:
    lan = world.officer("Lan", "sondung").forgets()
    world.platform.happens(lan.user, lan.chat, content)
    world.settle()
    lan.is_silent()


def test_politeness_in_a_group_is_no_question_to_all(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 20, 8, 0)
    group = world.group(boss, lan).forgets()
    group.says("/quahan@NhacViecBot")
    group.forgets()
    member = lan.in_chat(GROUP).forgets()
    for said in ("Cảm ơn", "Đã rõ", "ok em cảm ơn nhé", "Dạ rõ rồi ạ"):
        member.says(said, reply_to="quá hạn").is_silent()


def test_what_is_passed_on_is_nobodys_answer(world: World) -> None:
    lan, mai = world.officer("Lan", "sondung"), world.officer("Mai", "sonmau")
    world.group(world.admin("Hoa"), lan, mai)
    for phone in (lan, mai):
        phone.forgets()
    said = mai.in_chat(GROUP).says("2b đã hoàn thành")
    number = world.platform.messages(GROUP)[-1]["message_id"]
    world.platform.forward(lan.user, GROUP, number, lan.chat)
    world.settle()
    lan.expects("tin chuyển tiếp", "lời của mình").is_silent()
    said.sends_photo("2b đã hoàn thành")
    photo = world.platform.messages(GROUP)[-1]["message_id"]
    world.platform.forward(lan.user, GROUP, photo, lan.chat)
    world.settle()
    lan.expects("việc nào").is_silent()
    assert _events(world, "submitted") == 0


def test_who_is_anonymous_reads_what_to_do(world: World) -> None:
    boss = world.admin("Hoa")
    group = world.group(boss).forgets()
    world.platform.say_as_the_group(GROUP, "/quahan@NhacViecBot")
    world.settle()
    group.expects("gửi ẩn danh", "tắt «Ẩn danh»").is_silent()


def _events(world: World, kind: str) -> int:
    return _count(world, "obligation_event", f"kind = '{kind}'")


def _count(world: World, table: str, where: str) -> int:
    with world.service.store.look() as session:
        return int(session.connection().execute(text(f"SELECT count(*) FROM {table} WHERE {where}")).scalar_one())
