"""A photo is sent on the last day without saying what it is for, to say so days later and be in time all the same."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from reports.figures.boxes import Box
from reports.figures.summary import build
from sandbox.phone import Phone, text_of
from sandbox.world import World
from store.answer_tables import Submission
from store.tables import ObligationEvent

LAST = (2020, 1, 30)  # of 2b, which is due before 31/01


def photo(phone: Phone) -> None:
    phone.forgets().sends_photo().expects("mã việc")


def code(phone: Phone) -> None:
    """The bare code; on a later day it is asked whether it is an answer at all."""
    phone.forgets().says("2b")
    if any("Có phải là kết quả của việc 2b không" in text_of(each) for each in phone.unread):
        phone.forgets().taps("Đúng, báo xong 2b")


# What is sent on the last day, and how the code comes later.
PATHS: dict[str, tuple[Callable[[Phone], object], Callable[[Phone], object]]] = {
    "a question answered in words": (photo, code),
    "a command": (photo, lambda phone: phone.says("/done 2b")),
    "the caption of another photo": (photo, lambda phone: phone.sends_photo("xong 2b")),
    "a caption that is edited": (lambda phone: phone.sends_photo("đây ạ"), lambda phone: phone.edits("đây ạ", "2b")),
    "an album": (lambda phone: phone.sends_album(2), code),
    "a reply to a message about it": (photo, lambda phone: phone.says("/done", reply_to="2b · ")),
}


@pytest.fixture
def two(make_world: Callable[..., World]) -> tuple[World, Phone, Phone]:
    """An admin and an officer who was reminded of 2b on its last day."""
    world = make_world(2020, 1, 2, 7, 0)
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(*LAST, 8, 0)
    return world, boss, lan


def box(world: World) -> Box:
    with world.service.store.look() as session:
        lines = build(session, world.service.current(), world.now).lines
    return next(line.box for line in lines if (line.agency, line.milestone) == ("sondung", "2b.1"))


@pytest.mark.parametrize("path", PATHS)
def test_its_moment_is_the_codes_and_the_admins_decide(two: tuple[World, Phone, Phone], path: str) -> None:
    world, boss, lan = two
    first, then = PATHS[path]
    world.at(*LAST, 16, 0)
    first(lan)
    world.later(minutes=1)
    world.at(2020, 2, 1, 15, 0)
    lan.forgets()
    boss.forgets()
    then(lan)
    told = next(text_of(each) for each in lan.unread if "Đã ghi nhận 2b" in text_of(each))
    assert "15:00 ngày 01/02/2020" in told
    assert "đến trước hạn (16:00 ngày 30/01/2020), mã việc đến sau hạn; " in told
    assert "sẽ xem và quyết định" in told
    assert "quá hạn." not in told.splitlines()[0]
    assert box(world) is Box.FLAGGED
    with world.service.store.look() as session:
        assert [each.at.date().day for each in session.exec(select(Submission))] == [1]
    world.at(2020, 2, 3, 8, 0)
    asked = [text_of(each) for each in boss.unread if "Cần quyết định" in text_of(each)]
    assert len(asked) == 1
    assert "nội dung đến lúc 16:00 ngày 30/01/2020, mã việc đến lúc 15:00 ngày 01/02/2020" in asked[0]


@pytest.mark.parametrize("path", PATHS)
def test_on_the_same_day_its_own_moment_counts(two: tuple[World, Phone, Phone], path: str) -> None:
    world, _, lan = two
    first, then = PATHS[path]
    world.at(*LAST, 16, 0)
    first(lan)
    world.later(minutes=1)
    lan.forgets()
    world.at(*LAST, 23, 58)
    then(lan)
    lan.expects("Đã ghi nhận 2b", "đúng hạn")
    assert box(world) is Box.DONE_IN_TIME


def test_an_admins_word_settles_it_and_taking_back_leaves_no_question(two: tuple[World, Phone, Phone]) -> None:
    world, boss, lan = two
    photo(lan)
    world.at(2020, 2, 1, 7, 0)
    code(lan)
    lan.forgets().says("/hoantac").forgets()
    assert box(world) is Box.OVERDUE, "nothing is answered, so nothing is in question"
    lan.says("/done 2b").expects("sẽ xem và quyết định").forgets()
    world.at(2020, 2, 3, 8, 0)
    boss.forgets()
    boss.says("/tinhhan dung tatca căn cứ ảnh chụp ngày 30/01").expects("Tính đúng hạn", "1 kết quả")
    boss.taps("Xác nhận").expects("đã ghi cho 1 kết quả")
    lan.forgets().says("/lichsu 2b.1").expects("nội dung báo đến trước hạn (08:00 ngày 30/01/2020)", "ảnh chụp ngày")
    assert box(world) is Box.DONE_IN_TIME
    with world.service.store.look() as session:
        kinds = [each.kind for each in session.exec(select(ObligationEvent)) if each.kind in ("flagged", "judged")]
    assert kinds == ["flagged", "judged", "flagged", "judged"]


def test_what_came_late_from_the_beginning_is_late(two: tuple[World, Phone, Phone]) -> None:
    world, boss, lan = two
    world.at(2020, 1, 31, 9, 0)
    lan.forgets().sends_photo().expects("mã việc")
    world.at(2020, 2, 1, 9, 0)
    boss.forgets()
    code(lan)
    lan.expects("Đã ghi nhận 2b", "quá hạn.")
    assert box(world) is Box.DONE_LATE
    world.at(2020, 2, 3, 8, 0)
    assert not any("Cần quyết định" in text_of(each) for each in boss.unread)
