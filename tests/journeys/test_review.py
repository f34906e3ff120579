"""Answers that wait: for a file that the milestone requires, for the agency's head, for the office's review."""

import json
from pathlib import Path
from typing import Any

import pytest

from plan.people import Role
from plan.status import State
from reports.figures.boxes import Box
from reports.figures.summary import build
from sandbox.phone import PNG, Phone, text_of
from sandbox.telegram_api.values import Fault
from sandbox.world import World
from store import obligations
from store.tables import Obligation
from tests.conftest import MakeWorld
from words.render import clip


def row(world: World, milestone: str = "2b.1", agency: str = "sondung") -> Obligation:
    """One obligation as it stands."""
    with world.service.store.look() as session:
        return next(
            each for each in obligations.all_of(session) if (each.milestone, each.agency_id) == (milestone, agency)
        )


def boxes(world: World, milestone: str = "2b.1", agency: str = "sondung") -> Box:
    """Where it is counted."""
    with world.service.store.look() as session:
        lines = build(session, world.service.office, world.now).lines
    return next(line.box for line in lines if (line.milestone, line.agency) == (milestone, agency))


def plan_with(folder: Path, milestone: str, **fields: Any) -> Path:
    """The plan of 2020 with other fields in one milestone."""
    raw = json.loads(Path("data/plan_2020.json").read_text("utf-8"))
    for task in raw["tasks"]:
        for each in task["milestones"]:
            if each["id"] == milestone:
                each.update(fields)
    path = folder / "plan.json"
    path.write_text(json.dumps(raw), "utf-8")
    return path


def test_confirmed_counts_from_the_moment_of_the_answer(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 30, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    boss.forgets()
    lan.says("/done 2b đã ban hành").expects("đã báo kết quả", "đúng hạn", "chờ Phòng Nội vụ xác nhận").is_silent()
    assert (row(world).state, boxes(world)) == (State.IN_REVIEW, Box.WAITING)
    boss.expects("Đề nghị xác nhận", "2b", "UBND xã Sơn Dung", "Lan", "đúng hạn", "đã ban hành")
    boss.expects_buttons("Xác nhận", "Trả lại").is_silent()
    world.at(2020, 2, 3, 9, 0)
    boss.forgets().taps("Xác nhận").expects("Đã xác nhận việc 2b").is_silent()
    lan.expects("đã được xác nhận").is_silent()
    assert (row(world).state, boxes(world)) == (State.DONE, Box.DONE_IN_TIME)


def test_returned_with_a_reason_keeps_the_moment_and_the_files(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 22, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    boss.forgets()
    lan.sends_photo("/done 2b").forgets()
    boss.expects("Minh chứng: 1 ảnh")
    world.at(2020, 2, 3, 9, 0)
    boss.forgets()
    lan.forgets()
    boss.taps("Trả lại").expects("Đề nghị nêu lý do")
    boss.says("Thiếu dấu của Chủ tịch").expects("Đã trả lại việc 2b").is_silent()
    lan.expects("được trả lại để bổ sung", "Thiếu dấu của Chủ tịch", "09:00 ngày 22/01/2020", "/xong_2b").is_silent()
    assert (row(world).state, boxes(world)) == (State.OPEN, Box.RETURNED)
    lan.says("/chitiet 2b").expects("được trả lại để bổ sung: Thiếu dấu của Chủ tịch").forgets()
    world.at(2020, 2, 4, 7, 30)
    lan.expects("2b · được trả lại để bổ sung", "Cần bổ sung: Thiếu dấu của Chủ tịch").forgets()
    boss.forgets()
    lan.says("/done 2b đã đóng dấu").expects("đúng hạn", "tính theo thời điểm báo lần đầu", "1 ảnh", "chờ Phòng Nội vụ")
    boss.expects("Đề nghị xác nhận", "1 ảnh").says("xác nhận", reply_to="đã đóng dấu").expects("Đã xác nhận")
    assert boxes(world) == Box.DONE_IN_TIME


def test_a_reply_in_plain_words_returns_and_the_second_admin_is_told_who_decided(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0, review="all")
    boss, other, lan = world.admin("Hương"), world.admin("Phó"), world.officer("Lan", "sondung")
    boss.forgets()
    other.forgets()
    lan.says("/done 2b").forgets()
    boss.expects("Đề nghị xác nhận").says("Chưa có số văn bản", reply_to="Đề nghị xác nhận").expects("Đã trả lại")
    lan.expects("Lý do: Chưa có số văn bản")
    other.expects("Đề nghị xác nhận").taps("Xác nhận").is_told(
        "không còn chờ xác nhận", "Hương (P. Nội vụ) đã quyết định"
    )
    lan.taps("Báo nhầm – hủy")
    assert row(world).state == State.OPEN


@pytest.mark.parametrize("words", ["ok em", "để tôi xem đã", "Xác nhận, nhưng lần sau gửi sớm"])
def test_a_reply_that_names_no_decision_decides_nothing_and_asks(make_world: MakeWorld, words: str) -> None:
    world = make_world(2020, 1, 6, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    boss.forgets()
    lan.says("/done 2b").forgets()
    boss.expects("Đề nghị xác nhận").says(words, reply_to="Đề nghị xác nhận")
    boss.expects("Chưa quyết định gì", words, "xác nhận hay trả lại")
    reason = [] if words == "ok em" else [f"Trả lại, lý do: {clip(words, 24)}"]
    boss.expects_buttons("Xác nhận", "Trả lại", *reason, "Không ghi").is_silent()
    lan.is_silent()
    assert row(world).state == State.IN_REVIEW


def test_what_was_asked_about_is_decided_by_a_press_or_by_more_words(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    for step in ("Xác nhận", "Trả lại, lý do: số 05 hay số 06", "đồng ý nhé", "trả lại", "thiếu dấu của Chủ tịch"):
        lan.says("/done 2b đã ban hành")
        boss.forgets().says("số 05 hay số 06", reply_to="Đề nghị xác nhận").expects("Chưa quyết định gì")
        lan.forgets()
        confirms = step in ("Xác nhận", "đồng ý nhé")
        if step.startswith("thiếu"):
            boss.says(step, reply_to="Chưa quyết định gì")
        else:
            (boss.taps if step[0].isupper() else boss.says)(step)
        boss.expects("Đã xác nhận việc 2b" if confirms else "Đã trả lại việc 2b").is_silent()
        if confirms:
            lan.expects("đã được xác nhận").says("/hoantac 2b báo nhầm việc")
            boss.forgets()
        else:
            lan.expects("số 05 hay số 06" if step != "thiếu dấu của Chủ tịch" else step)
        # Nothing waits for words any more.
        boss.forgets().says("/huy").expects("Không có câu hỏi nào")
        lan.forgets()


def test_words_about_something_else_are_no_reason_for_what_was_asked_before(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    lan.says("/done 2b").forgets()
    boss.forgets().says("ok", reply_to="Đề nghị xác nhận").expects("Chưa quyết định gì")
    for words in ("báo cáo tháng 1 còn thiếu số liệu thôn 3", "cảm ơn em", "ok em"):
        boss.forgets().says(words)
        assert "Chưa quyết định" not in boss.last
    lan.is_silent()
    assert row(world).state == State.IN_REVIEW
    # A reason is asked for: "ok" is none.
    boss.forgets().says("trả lại").expects("Đề nghị nêu lý do").says("thiếu dấu").expects("Đã trả lại")


@pytest.mark.parametrize(("words", "said"), [("xác nhận", "Xác nhận việc nào"), ("Trả lại", "Xác nhận việc nào")])
def test_a_decision_that_replies_to_nothing_is_asked_which(make_world: MakeWorld, words: str, said: str) -> None:
    world = make_world(2020, 1, 6, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    boss.forgets().says(words).expects("chưa hiểu")
    lan.says("/done 2b")
    boss.forgets().says(words).expects(said).expects_buttons("2b – UBND xã Sơn Dung")
    assert row(world).state == State.IN_REVIEW


def test_typed_decisions_name_the_agency_or_are_asked_for(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0, review="product")
    boss = world.admin("Hương")
    lan, mua = world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    lan.says("/done 2b")
    mua.says("/done 2b")
    boss.forgets().says("/xacnhan 2b").expects("Xác nhận việc nào").expects_buttons(
        "2b – UBND xã Sơn Dung", "2b – UBND xã Sơn Mùa"
    )
    boss.says("/xacnhan 2b UBND xã Sơn Mùa").expects("Đã xác nhận việc 2b – UBND xã Sơn Mùa")
    boss.says("/tralai 2b sondung thiếu dấu").expects("Đã trả lại việc 2b – UBND xã Sơn Dung")
    boss.says("/xacnhan 2b sondung").expects("không có kết quả nào đang chờ")
    lan.forgets().says("/xacnhan 2b").expects("Lệnh này dành cho")


def test_the_head_first_and_then_the_office(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0, review="all", head_confirms=True)
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    head, stranger = world.officer("Dung", "sondung", role=Role.HEAD), world.officer("Bua", "sonbua", role=Role.HEAD)
    mua = world.officer("Mua", "sonmua")
    boss.forgets()
    lan.says("/done 2b").expects("chờ thủ trưởng").is_silent()
    boss.is_silent()
    stranger.is_silent()
    head.expects("Đề nghị xác nhận").taps("Xác nhận").expects("chuyển tới Phòng Nội vụ").is_silent()
    boss.expects("Đề nghị xác nhận").taps("Xác nhận").expects("Đã xác nhận")
    # Nobody is head at Sơn Mùa: it goes straight to the office. A head's own answer needs no head.
    mua.says("/done 2b").expects("chờ Phòng Nội vụ")
    head.forgets().says("/done 2h").expects("chờ Phòng Nội vụ").is_silent()


def test_who_is_asked_to_confirm_reads_what_is_not_here_yet(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 30, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    world.platform.files.gone = True
    boss.forgets()
    lan.sends_photo("/done 2b đã ban hành")
    boss.expects("Minh chứng: 1 ảnh (1 chưa về đến hệ thống lúc gửi tin này)")
    world.platform.files.gone = False
    world.later(hours=2)
    boss.forgets()
    # Asked again three working days later, it is here.
    world.at(2020, 2, 4, 9, 0)
    assert "chưa về đến" not in "\n".join(text_of(each) for each in boss.unread)


def test_what_waits_long_comes_back_to_the_reviewers_every_three_working_days(make_world: MakeWorld) -> None:
    world = make_world(2020, 2, 3, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    lan.says("/done 2h").forgets()
    heard = []
    for day in range(3, 20):
        boss.forgets()
        world.at(2020, 2, day, 7, 30)
        if any("Chờ xác nhận đã" in each.get("text", "") for each in boss.unread):
            heard.append(day)
    assert heard == [7, 12, 17]
    boss.says("/xacnhan 2h").expects("Đã xác nhận")


def answers(phone: Phone, how: str) -> None:
    """The same answer without a file on each of the ways."""
    match how:
        case "command":
            phone.says("/done 2b đã ban hành")
        case "button":
            phone.taps("Đã xong")
        case "reply":
            phone.says("xong", reply_to="2b ·")
        case "words":
            phone.says("2b đã xong")


@pytest.mark.parametrize("how", ["command", "button", "reply", "words"])
def test_a_required_file_is_asked_for_on_every_path(make_world: MakeWorld, tmp_path: Path, how: str) -> None:
    world = make_world(2020, 1, 2, 7, 0, plan_file=[plan_with(tmp_path, "2b.1", evidence="required")])
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    answers(lan.forgets(), how)
    lan.expects(
        "đã báo kết quả", "đúng hạn", "Việc này cần minh chứng", "thời điểm đồng chí báo vẫn được giữ"
    ).is_silent()
    assert (row(world).state, boxes(world)) == (State.UNPROVEN, Box.UNPROVEN)
    world.at(2020, 2, 3, 9, 0)
    lan.forgets().sends_photo(reply_to="Việc này cần minh chứng").expects("Đã bổ sung", "1 ảnh").is_silent()
    assert (row(world).state, boxes(world)) == (State.DONE, Box.DONE_IN_TIME)


def test_a_caption_brings_what_is_required_and_so_must_an_admin(make_world: MakeWorld, tmp_path: Path) -> None:
    world = make_world(2020, 1, 2, 8, 0, plan_file=[plan_with(tmp_path, "2b.1", evidence="required")], review="all")
    boss, lan, mua = world.admin("Hương"), world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    boss.forgets()
    lan.forgets().sends_photo("/done 2b").expects("chờ Phòng Nội vụ xác nhận").is_silent()
    boss.expects("Đề nghị xác nhận", "1 ảnh")
    boss.says("/done 2b sonmua bản giấy đã đến").expects("2b – UBND xã Sơn Mùa", "cần minh chứng")
    assert row(world, agency="sonmua").state == State.UNPROVEN
    mua.expects("Phòng Nội vụ đã ghi nhận thay đơn vị", "2b", "bản giấy đã đến").is_silent()
    boss.sends_file("ban-giay.pdf", b"%PDF-1.4", "/done 2b sonmua").expects("Đã bổ sung", "1 tệp").is_silent()
    assert row(world, agency="sonmua").state == State.DONE
    mua.is_silent()


def test_an_admin_without_an_agency_is_told_how(world: World) -> None:
    boss = world.admin("Hương")
    boss.says("/done 2b").expects("ghi nhận thay một đơn vị", "/xong 2b sondung")
    boss.says("/done 2a sondung").expects("không phải việc của UBND xã Sơn Dung")
    boss.says("/done 2b sondung đã nhận").expects("Đã ghi nhận 2b – UBND xã Sơn Dung: hoàn thành")


def test_a_file_that_stands_for_something_else_is_pointed_out(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0, review="all")
    boss, lan, mua = world.admin("Hương"), world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    lan.sends_photo("/done 2b", data=PNG + b"1")
    boss.forgets()
    mua.sends_photo("/done 2b", data=PNG + b"1")
    boss.expects("Đề nghị xác nhận", "Sơn Mùa", "đã được dùng cho việc 2b – UBND xã Sơn Dung").is_silent()


def test_bytes_that_come_after_the_notice_are_pointed_out_in_a_second_one(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0, review="all")
    boss, lan, mua = world.admin("Hương"), world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    lan.sends_photo("/done 2b", data=PNG + b"1")
    world.later(minutes=1)
    boss.forgets()
    world.platform.faults += [Fault("drop", "getFile")] * 2
    mua.sends_photo("/done 2b", data=PNG + b"1")
    boss.expects("Đề nghị xác nhận", "UBND xã Sơn Mùa")
    assert "đã được dùng" not in boss.last
    world.later(hours=2)
    boss.expects("đang chờ xác nhận", "Sơn Mùa", "đã được dùng cho việc 2b – UBND xã Sơn Dung").is_silent()


def test_asked_is_asked_once_and_waits_for_nothing(make_world: MakeWorld, tmp_path: Path) -> None:
    world = make_world(2020, 1, 2, 8, 0, plan_file=[plan_with(tmp_path, "2b.1", evidence="asked")])
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 9, 0)
    lan.forgets().says("/done 2b").expects("hoàn thành", "đề nghị gửi thêm ảnh hoặc tệp").is_silent()
    assert row(world).state == State.DONE
