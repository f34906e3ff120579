"""What fuzzing found, each once: none of it may come back."""

import json
from typing import Any

import pytest
from sqlmodel import select

from sandbox.phone import labels_of, text_of
from sandbox.world import World
from store import inbox
from store.answer_tables import Evidence
from store.people_tables import Membership
from store.tables import Inbox
from store.types import InboxState
from tests.fuzz.updates import Json
from tests.journeys.test_answers import submissions

SENT = 1_577_923_200


def sent(phone: int, text: str | None = "/done 2b", **more: Any) -> Json:
    """A message of a person, as the platform builds it."""
    who = {"id": phone, "is_bot": False, "first_name": "Lan"}
    chat = {"id": phone, "type": "private", "first_name": "Lan"}
    return {"message_id": 999, "date": SENT, "chat": chat, "from": who, "text": text} | more


def arrives(world: World, *updates: Any, kind: str = "message") -> list[str]:
    """Updates come as the platform would hand them over; gives the states of their rows in the inbox."""
    keys = [f"{number}:found" for number in range(len(updates))]
    with world.service.store.unit() as session:
        raw = [json.dumps({"update_id": 1, kind: update}) for update in updates]
        inbox.keep(session, "telegram", list(zip(keys, raw, strict=True)), world.now)
    world.settle()
    with world.service.store.look() as session:
        found = {row.key: row.state for row in session.exec(select(Inbox))}
    return [found[key] for key in keys]


def test_half_of_a_character_does_not_stop_the_polling(world: World) -> None:
    """The raw text could not be hashed or kept, so that the same poll raised for ever and nobody was heard any more."""
    lan, mua = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    lan.says("/vuongmac 2b thiếu \ud800 kinh phí").expects("thiếu \ufffd kinh phí").is_silent()
    mua.says("/done 2b").expects("Đã ghi nhận 2b").is_silent()


def test_half_of_a_character_in_a_name_of_a_file(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    file = {"file_id": "x\ud800", "file_unique_id": "y", "file_name": "a\ud800\u202egpj.exe", "mime_type": "\udfff"}
    assert arrives(world, sent(lan.user, document=file, caption="/done 2b", text=None)) == [InboxState.DONE]
    with world.service.store.look() as session:
        assert session.exec(select(Evidence)).one().name == "a\ufffdgpj.exe"


@pytest.mark.parametrize("command", ["/undo ²", "/undo " + "9" * 30, "/undo ٣", "/done #" + "9" * 30, "/pick #²"])
def test_a_number_that_is_none(world: World, command: str) -> None:
    """A digit above the line and one of thirty digits raised, each three times."""
    lan = world.officer("Lan", "sondung")
    lan.says(command)
    assert len(lan.unread) == 1
    assert "lỗi hệ thống" not in lan.last


def test_an_invite_by_a_number_that_is_none(world: World) -> None:
    stranger = world.phone("Người lạ")
    query = {"id": "1", "from": sent(stranger.user)["from"], "chat_instance": "x", "message": sent(stranger.user)}
    presses = [query | {"id": f"{at}", "data": data} for at, data in enumerate(("1|/agree ²", "1|/agree " + "9" * 30))]
    assert arrives(world, *presses, kind="callback_query") == [InboxState.DONE] * 2


@pytest.mark.parametrize("date", [253_402_300_799, -62_135_596_800, 0, -1, SENT + 10**8])
def test_a_moment_at_which_nobody_wrote(world: World, date: int) -> None:
    """The last second of the year 9999 has no local time in Hà Nội; a date to come would be in time for everything."""
    lan = world.officer("Lan", "sondung")
    assert arrives(world, sent(lan.user, date=date)) == [InboxState.DONE]
    assert len(submissions(world)) == 1
    lan.expects("Đã ghi nhận 2b", "07:00 ngày 02/01/2020").is_silent()


def test_an_account_without_a_name(world: World) -> None:
    """A deleted account has an empty one."""
    lan = world.officer("Lan", "sondung")
    nameless = {"id": lan.user, "is_bot": False, "first_name": ""}
    assert arrives(world, sent(lan.user, "/viec") | {"from": nameless}) == [InboxState.DONE]
    lan.expects("Việc chưa hoàn thành").is_silent()


def test_a_question_that_an_edit_made_idle_is_not_met_with_silence(world: World) -> None:
    """A press under it was passed over as the same message again."""
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2").expects("mục 2").edits("/done 2", "/done 2b").expects("Đã ghi nhận 2b")
    lan.taps("2b – Xây dựng").is_told("đã được trả lời")
    assert len(submissions(world)) == 1


def test_somebody_who_was_removed_is_not_told_that_they_are_linked(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    with world.service.store.unit() as session:
        for row in session.exec(select(Membership)):
            row.until = world.now
            session.add(row)
    lan.starts().expects("chưa gắn với đơn vị nào").is_silent()


def test_a_size_that_no_database_holds(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    file = {"file_id": "x", "file_unique_id": "y", "file_size": 2**70}
    assert arrives(world, sent(lan.user, document=file, caption="/done 2b", text=None)) == [InboxState.DONE]
    lan.expects("Đã ghi nhận 2b", "20 MB").is_silent()


@pytest.mark.parametrize(
    "broken",
    [
        {"chat": {"id": "x", "type": "private"}},
        {"chat": {"id": 5, "type": "private"}},
        {"date": None},
        {"from": {"id": {}, "is_bot": False, "first_name": "x"}},
        {"text": 5},
        {"photo": [1]},
        {"message_id": True},
        {"reply_to_message": [1]},
    ],
)
def test_a_broken_update_is_put_aside_at_once_and_keeps_nobody_waiting(world: World, broken: Json) -> None:
    """It was tried three times, with a traceback each."""
    lan = world.officer("Lan", "sondung")
    first, second = arrives(world, sent(lan.user) | broken, sent(lan.user, "/viec"))
    assert (first, second) == (InboxState.FAILED, InboxState.DONE)
    assert "Việc chưa hoàn thành" in lan.last
    with world.service.store.look() as session:
        row = session.exec(select(Inbox).where(Inbox.key == "0:found")).one()
    assert row.attempts == 1


@pytest.mark.parametrize("raw", ["", "null", "[]", "5", '"x"', "{", "[" * 5000])
def test_what_is_no_update_is_put_aside(world: World, raw: str) -> None:
    with world.service.store.unit() as session:
        inbox.keep(session, "telegram", [("1:raw", raw)], world.now)
    world.settle()
    with world.service.store.look() as session:
        row = session.exec(select(Inbox)).one()
    assert row.state in (InboxState.FAILED, InboxState.DONE)


def test_a_list_asked_for_in_words_that_no_button_holds_comes_whole(world: World) -> None:
    lan = world.officer("Lan", "sondung").forgets()
    lan.says("/viec " + "\U0001f600" * 60)
    said = "\n".join(text_of(each) for each in lan.unread)
    assert "việc chưa hoàn thành" in said
    assert not [label for each in lan.unread for label in labels_of(each) if label.startswith("Xem tiếp")]
    assert "Xem một việc" in said, "its end came too"
