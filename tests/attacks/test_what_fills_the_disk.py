"""Somebody, inside or outside, writes and sends until the disk is full; and an admin is buried under notices."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func
from sqlmodel import select

from app import health
from app.checks import examine
from channels.telegram import outline
from sandbox.phone import text_of
from sandbox.world import World
from store import inbox, room
from store.answer_tables import Evidence
from store.tables import Inbox, ObligationEvent
from store.types import EvidenceState
from tests.conftest import MakeWorld

HUGE = 10**9


def stored(world: World) -> list[str]:
    with world.service.store.look() as session:
        return list(session.exec(select(Evidence.state).order_by(Evidence.id)))  # type: ignore[arg-type]


def kept(world: World) -> list[int]:
    """How long each raw update is that is kept."""
    with world.service.store.look() as session:
        return list(session.exec(select(func.length(Inbox.raw))))


def test_below_the_floor_files_wait_outside_and_answers_count(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, disk_free_mb=HUGE)
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.forgets().sends_photo("/done 2b").expects("Đã ghi nhận 2b", "đúng hạn", "tự lấy về, đồng chí không cần gửi lại")
    lan.sends_photo().expects("mã việc", "tự lấy về").is_silent()
    assert stored(world) == [EvidenceState.WAITING] * 2
    boss.forgets()
    for hour in (8, 9, 14):
        world.at(2020, 1, 3, hour, 0)
    world.at(2020, 1, 6, 8, 0)
    told = [text_of(each) for each in boss.unread if "sắp hết chỗ" in text_of(each)]
    assert len(told) == 2, "once a day"
    assert "Đang chờ lấy về: 2 ảnh, tệp" in told[0]
    found = health.look(world.service, world.now)
    assert any("files wait with the platform (DISK_FREE_MB)" in each for each in found.faults())
    doctor = {each.name: each for each in world.run(examine(world.service.settings))}
    assert doctor["disk"].ok is False
    assert "files wait with the platform" in doctor["disk"].said(world.service.office.text.speaking("en"))
    world.service = replace(world.service, office=replace(world.service.office, free_bytes=1))
    world.later(minutes=1)
    assert stored(world) == [EvidenceState.STORED] * 2, "there is room again"


def test_a_database_that_has_its_size_takes_no_files(world: World) -> None:
    with world.service.store.look() as session:
        found = room.look(session, floor=1, most=HUGE)
        assert (found.lack, found.size > 0) == (None, True)
        assert room.look(session, floor=1, most=found.size).lack is room.Lack.DATABASE
        if found.free is not None:
            assert room.look(session, floor=HUGE * 10**9, most=found.size).lack is room.Lack.DISK


def test_a_quota_is_told_once_at_each_step_and_stops_no_reminder(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 7, 0, messages_per_month=1)
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    boss.forgets()
    lan.forgets()
    for hour in (8, 9, 14):
        world.at(2020, 1, 14, hour, 0)
    told = [text_of(each) for each in boss.unread if "số tin của tháng" in text_of(each)]
    assert len(told) == 1
    assert "trên 1 tin" in told[0]
    assert any("2b" in text_of(each) for each in lan.unread)


def test_a_person_has_a_share_in_all_and_not_in_a_day_only(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0)
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("/done 2b").forgets()
    with world.service.store.unit() as session:
        row = session.exec(select(Evidence)).one()
        row.size = world.service.office.bytes_per_person
        session.add(row)
    world.at(2020, 3, 2, 8, 0)
    lan.forgets().sends_photo("/tiendo 2d").expects("tối đa 10 GB tất cả").is_silent()
    assert stored(world) == [EvidenceState.STORED, EvidenceState.REFUSED]


def test_words_have_a_share_of_a_day_and_an_answer_beyond_it_counts(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 2, 7, 0, text_kb_per_day=20)
    lan = world.officer("Lan", "sondung")
    for number in range(6):
        lan.forgets().says(f"/tiendo 2d lần {number} " + "dài " * 950).expects("Đã ghi")
    lan.forgets().says("/done 2b " + "dài " * 950).expects("Đã ghi nhận 2b").expects("quá 20 nghìn chữ", "200 chữ đầu")
    with world.service.store.look() as session:
        notes = [len(each) for each in session.exec(select(ObligationEvent.note))]
    assert sum(notes) < 21_000
    lan.forgets().says("/done 1e ngắn").expects("Đã ghi nhận 1e").is_silent()
    world.at(2020, 1, 3, 8, 0)
    lan.forgets().says("/tiendo 2d " + "dài " * 950).expects("Đã ghi").is_silent()


def test_a_stranger_is_cut_and_slowed_before_anything_is_written(world: World) -> None:
    stranger, lan = world.phone("Người lạ"), world.officer("Lan", "sondung")
    long = "x" * 4000
    with world.service.store.look() as session:
        before = session.exec(select(func.count()).select_from(Inbox)).one()
    updates = [
        (f"{number}:x", json.dumps(_update(number, user, long, "y" * 90_000)))
        for user in (stranger.user, lan.user)
        for number in range(user * 100, user * 100 + 60)
    ]
    receiver = world.receiver  # what polls
    assert receiver.keep(updates) == 20 + 60
    sizes = kept(world)[before:]
    assert max(sizes[:20]) < 2048
    assert min(sizes[20:]) > 90_000, "what an officer sends is kept whole"
    with world.service.store.unit() as session:
        for row in session.exec(select(Inbox)):
            inbox.mark_done(session, row, keep=False)


@pytest.mark.parametrize(
    "broken", ["7", "[]", '{"message": 5}', '{"message": {"from": 7}}', '{"message": {"from": {}}}']
)
def test_an_update_built_wrongly_has_no_sender(broken: str) -> None:
    assert outline.sender(broken) is None
    assert outline.shortened(broken, 10) == broken


def test_a_press_keeps_its_command_and_loses_the_message_it_is_under() -> None:
    user = {"id": 7, "first_name": "Lan", "is_bot": False}
    message = {"message_id": 3, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "x" * 4000}
    raw = json.dumps({"update_id": 1, "callback_query": {"id": "9", "from": user, "data": "1", "message": message}})
    short = json.loads(outline.shortened(raw, 10))["callback_query"]
    assert (short["id"], short["data"], short["from"]) == ("9", "1", user)
    assert short["message"]["message_id"] == 3
    assert "text" not in short["message"] or short["message"]["text"] == ""


@pytest.mark.long
def test_forty_difficulties_are_not_forty_notices(make_world: Callable[..., World]) -> None:
    world = make_world(2020, 1, 2, 7, 0)
    boss, lan, mua = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    world.at(2020, 1, 2, 9, 0)
    boss.forgets()
    for number in range(40):
        lan.says(f"/vuongmac {'2b' if number % 2 else '1e'} thiếu người lần {number}")
    mua.says("/vuongmac 2b đường hỏng")
    world.later(seconds=30)
    told = [text_of(each) for each in boss.unread]
    assert sum("thiếu người" in each for each in told) == 5
    assert sum("đường hỏng" in each for each in told) == 1, "another person's comes through"
    assert not any("Nhiều thông báo" in each for each in told)
    boss.forgets()
    world.later(minutes=11)
    (one,) = [text_of(each) for each in boss.unread]
    assert "Nhiều thông báo trong ít phút – Lan" in one
    assert "2b – Xã Sơn Dung" in one
    assert "1e – Xã Sơn Dung" in one
    boss.forgets().says("/choxuly").expects("thiếu người lần 38", "thiếu người lần 39")


def _update(number: int, user: int, text: str, quoted: str) -> dict[str, object]:
    person = {"id": user, "is_bot": False, "first_name": "Lan"}
    chat = {"id": user, "type": "private", "first_name": "Lan"}
    replied = {"message_id": 1, "date": 1577923200, "chat": chat, "text": quoted}
    message = {"message_id": number, "date": 1577923200, "chat": chat, "from": person, "text": text}
    return {"update_id": number, "message": {**message, "reply_to_message": replied}}
