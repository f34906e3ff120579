"""A code whose first milestone was set aside, or that names none, is asked about: the next is never taken for it."""

from __future__ import annotations

import re

import pytest

from plan.status import State
from sandbox.phone import labels_of
from sandbox.world import World
from tests.conftest import MakeWorld
from tests.journeys.test_endings import row_of
from tests.journeys.test_zalo import on_zalo

ASIDE = {
    "/chuyen 1e.1 sondung tuphap căn cứ CV 1/UBND": "đã chuyển đơn vị khác",
    "/tamhoan 1e.1 sondung căn cứ CV 1/UBND": "tạm hoãn",
    "/ketthuc 1e.1 sondung căn cứ CV 1/UBND": "không tiếp tục",
}
FIRST = "Quý I năm 2020 ban hành các quyết định"


def set_aside(world: World, said: str = "/chuyen 1e.1 sondung tuphap căn cứ CV 1/UBND") -> None:
    """An admin decides about the first milestone of 1e; the yearly report on it stays."""
    boss = world.phones.get("Hoa") or world.admin("Hoa")
    boss.says(said).taps("Xác nhận")
    for phone in world.phones.values():
        phone.forgets()


def states(world: World, agency: str = "sondung", task: str = "1e") -> tuple[str, str]:
    """Where both milestones of a task stand."""
    return row_of(world, agency, f"{task}.1").state, row_of(world, agency, f"{task}.2").state


@pytest.mark.parametrize("said", ASIDE)
def test_what_was_set_aside_is_asked_about_and_the_next_one_is_not_taken_for_it(world: World, said: str) -> None:
    lan = world.officer("Lan", "sondung")
    set_aside(world, said)
    before = states(world)
    for answer in (
        "1e xong",
        "/xong_1e",
        "em làm xong 1e rồi ạ",
        "/tiendo 1e 50",
        "/giahan 1e 20/4 bận",
        "1e vướng vốn",
    ):
        lan.says(answer).expects(f"«{FIRST}» hiện {ASIDE[said]}", "nội dung còn lại").is_silent()
        assert [each[:4] for each in labels_of(lan._from_bot()[-1])] == ["1e.2", "Khôn"]
    assert states(world) == before
    assert before[1] == State.OPEN


def test_the_words_and_the_pictures_are_kept_until_it_is_chosen(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    set_aside(world)
    lan.sends_photo("1e xong báo cáo gửi huyện").expects(FIRST).taps("1e.2").expects(
        "Đã ghi nhận 1e", "báo cáo gửi huyện", "1 ảnh"
    ).is_silent()
    assert states(world) == (State.TRANSFERRED, State.DONE)


def test_its_code_answers_that_question_too(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    set_aside(world)
    lan.says("xong 1e").expects(FIRST).says("1e").expects(FIRST).says("1e.1").expects("hiện đã chuyển đơn vị khác")
    lan.says("xong 1e").forgets().says("1e.2").expects("Đã ghi nhận 1e", "định kỳ hàng năm").is_silent()


def test_beside_another_code_it_is_said_and_the_other_is_recorded(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    set_aside(world)
    lan.says("2h xong, 1e xong").expects("Đã ghi nhận 2h", FIRST, "Phần này chưa ghi", "/xong 1e").is_silent()
    assert states(world) == (State.TRANSFERRED, State.OPEN)


def test_who_answers_in_an_agencys_place_is_asked_as_well(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    set_aside(world)
    boss = world.phones["Hoa"]
    boss.says("/done 1e sondung bản giấy số 9").expects(FIRST, "ghi nhận thay nội dung nào")
    assert states(world) == (State.TRANSFERRED, State.OPEN)
    boss.taps("1e.2").expects("Đã ghi nhận 1e", "«bản giấy số 9»").is_silent()
    assert states(world) == (State.TRANSFERRED, State.DONE)
    lan.expects("đã ghi nhận thay đơn vị kết quả việc 1e.2").is_silent()


def test_in_an_agencys_place_too_the_next_milestone_is_not_taken_where_the_first_was_done(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("xong 2b đã ban hành")
    world.at(2020, 1, 6, 9, 0)
    boss.forgets()
    lan.forgets()
    boss.says("/done 2b sondung bản giấy số 9").expects("ghi nhận thay nội dung nào")
    lan.is_silent()
    boss.taps("2b.2").expects("Đã ghi nhận 2b")
    lan.expects("đã ghi nhận thay đơn vị kết quả việc 2b.2", "bản giấy số 9").is_silent()


def test_on_zalo_it_is_chosen_in_words(make_world: MakeWorld) -> None:
    zalo = on_zalo(make_world)
    lan = zalo.linked("Lan", "sondung")
    set_aside(zalo.world)
    lan.forgets().says("1e xong rồi").expects(FIRST, "Đồng chí nhắn: «1e.2»")
    lan.says("1e.2").expects("Đã ghi nhận 1e", "định kỳ hàng năm").is_silent()
    # The quarters of a report have one code: a letter tells them apart.
    lan.says("/khongthuoc bc quý này huyện tổng hợp").forgets()
    zalo.world.phones["Hoa"].says("/duyet R1")
    lan.forgets().says("bc xong").expects("quý I/2020")
    [letter] = re.findall(r"([A-Z])\. bc .*10/06/2020", lan.last)
    lan.says(letter).expects("Đã ghi nhận bc").is_silent()


def test_once_the_next_one_is_reminded_of_the_code_means_that_one(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    boss = world.admin("Hoa")
    world.at(2020, 2, 25, 9, 0)
    lan.says("/khongthuoc bc quý này huyện tổng hợp").forgets()
    boss.says("/duyet R1")
    # In March the report of the next quarters is far: what is meant can be only the one that was set aside.
    world.at(2020, 3, 9, 9, 0)
    lan.forgets().says("bc xong").expects("(quý I/2020) hiện không thuộc đơn vị")
    assert labels_of(lan._from_bot()[-1])[0].endswith(" (10/06/2020)")
    lan.says("hủy").forgets()
    # In June it is due, and nobody thinks of that one any more.
    world.at(2020, 6, 5, 9, 0)
    lan.forgets().says("bc xong").expects("Đã ghi nhận bc").is_silent()


def test_what_was_done_in_time_is_asked_about_no_more_than_before(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 1e").expects("Đã ghi nhận 1e")
    world.at(2020, 1, 3, 9, 0)
    lan.forgets().says("/tiendo 1e 50").expects("Đã ghi tiến độ việc 1e.2").is_silent()
    lan.says("1e xong").expects("Lần này đồng chí báo nội dung nào").is_silent()


def test_a_milestone_that_is_named_is_not_taken_for_another_that_was_answered(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    set_aside(world)
    lan.says("/done 1e.2 báo cáo năm").forgets().says("/done 1e.1 các quyết định").expects("hiện đã chuyển đơn vị khác")
    lan.says("/lichsu 1e.2")
    assert "các quyết định" not in lan.last


@pytest.mark.parametrize(
    "said", ["xong 2b.3", "/xong_2b_3", "2b.3 xong rồi", "/tiendo 2b.3 50", "/vuongmac 2b.3 thiếu vốn"]
)
def test_a_number_that_names_no_milestone_is_answered_with_those_that_there_are(world: World, said: str) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says(said).expects("Việc 2b chỉ có 2 mốc: 2b, 2b.2.", "Đồng chí báo mốc nào?").is_silent()
    assert [each[:5] for each in labels_of(lan._from_bot()[-1])] == ["2b – ", "2b.2 ", "Không"]


def test_the_words_of_a_wrong_number_are_kept(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo("xong 2b.3 theo kế hoạch số 5").expects("chỉ có 2 mốc").taps("2b.2").expects(
        "Đã ghi nhận 2b", "«theo kế hoạch số 5»", "1 ảnh"
    )
    assert states(world, task="2b") == (State.OPEN, State.DONE)
    lan.forgets().says("/done 2h.4").expects("Việc 2h chỉ có 1 mốc: 2h.").says("2h").expects("Đã ghi nhận 2h")
    # What was answered may be added to, and corrected.
    lan.says("/done 2h.4 thêm").expects("chỉ có 1 mốc").taps("Bổ sung: 2h").expects("Đã bổ sung vào kết quả 2h")
    lan.says("/suachua 2h.4 bản ký").expects("chỉ có 1 mốc").taps("2h – ").expects("2h")
    lan.forgets().says("8b xong, 2b.7 xong").expects("Đã ghi nhận 8b", "chỉ có 2 mốc", "Phần này chưa ghi").is_silent()


def test_a_wrong_number_of_an_agency_that_an_admin_names(world: World) -> None:
    lan, boss = world.officer("Lan", "sondung"), world.admin("Hoa")
    boss.forgets().says("/done 2b.7 sondung bản giấy").expects("Việc 2b chỉ có 2 mốc: 2b, 2b.2.", "ghi nhận thay")
    boss.taps("2b.2").expects("Đã ghi nhận 2b", "«bản giấy»").is_silent()
    lan.expects("đã ghi nhận thay đơn vị kết quả việc 2b.2")


def test_a_milestone_that_others_owe_is_their_own(world: World) -> None:
    mai = world.officer("Mai", "tuphap")
    set_aside(world)
    mai.says("/done 1e.2").expects("Việc 1e của Phòng Tư pháp chỉ có 1 mốc: 1e.").is_silent()
    # What the agency owes in one milestone and coordinates in another takes its part there.
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2e.2 đã phối hợp").expects("phần phối hợp của UBND xã Sơn Dung").is_silent()
