"""Officers on Zalo: what is lost there is asked for again, a photo is evidence, what cannot be read is said once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sandbox.phone import PNG
from sandbox.world import World
from store import people
from store.people_tables import Address
from tests.attacks.test_what_erasing_leaves import holding
from tests.channels.on_zalo import ADDRESS, TOKEN, OnZalo
from tests.conftest import MakeWorld


def on_zalo(make_world: MakeWorld, **settings: Any) -> OnZalo:
    """A service on Telegram and on Zalo, on the morning of 2 January 2020."""
    found = OnZalo()
    given = {"zalo_bot_token": TOKEN, "zalo_api_url": ADDRESS} | settings
    found.world = make_world(2020, 1, 2, 7, 0, beside=(found.channel,), **given)
    found.world.settle()
    return found


@pytest.fixture
def zalo(make_world: MakeWorld) -> OnZalo:
    """That, as it is set up unasked."""
    return on_zalo(make_world)


def kept(world: World, query: str) -> list[tuple[object, ...]]:
    """What the database holds."""
    with world.service.store.look() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(query).all()]


def test_who_was_written_to_that_day_is_asked_to_send_again_what_came_while_nobody_polled(zalo: OnZalo) -> None:
    world = zalo.world
    lan, mai = zalo.linked("Lan", "sondung"), zalo.linked("Mai", "tuphap")
    hoa = world.admin("Hoa")
    world.at(2020, 1, 14, 8, 30)
    lan.says("/viec").forgets()
    mai.forgets()
    hoa.forgets()
    reminded = kept(world, "SELECT count(*) FROM delivery WHERE channel = 'zalo' AND sent_at > '2020-01-13'")
    assert reminded != [(0,)]
    # The service is away for three minutes, and Lan writes.
    world.running = False
    world.later(minutes=1)
    lan.says("2b xong rồi")
    assert zalo.platform.dropped
    world.later(minutes=2)
    world.running = True
    world.settle()
    lan.expects("Từ 08:30", "08:33", "đề nghị gửi lại").is_silent()
    hoa.is_silent()
    lan.says("xong 2b đã ban hành").expects("Đã ghi nhận 2b").is_silent()
    # Within the hour a line that comes and goes is told of once more, with all of it.
    for _ in range(3):
        world.running = False
        world.later(minutes=5)
        world.running = True
        world.settle()
    lan.is_silent()
    world.later(minutes=60)
    lan.expects("Từ 08:33", "08:48", "đề nghị gửi lại").is_silent()


def test_a_service_that_polls_asks_nobody(zalo: OnZalo) -> None:
    lan = zalo.linked("Lan", "sondung")
    zalo.world.at(2020, 1, 14, 8, 30)
    lan.forgets()
    zalo.world.later(minutes=1)
    zalo.world.later(hours=3)
    lan.is_silent()


def test_a_photo_is_evidence_and_one_that_is_gone_is_asked_for_again(zalo: OnZalo) -> None:
    world, lan = zalo.world, zalo.linked("Lan", "sondung")
    world.at(2020, 1, 14, 8, 30)
    lan.forgets()
    lan.sends_photo("xong 2b đã ban hành").expects("Đã ghi nhận 2b")
    assert kept(world, "SELECT state, size FROM evidence") == [("stored", len(PNG))]
    zalo.platform.assumes.photo_lives_s = -1.0
    lan.forgets().sends_photo("2b", data=PNG + b"2")
    assert "gửi lại" in lan.last
    assert kept(world, "SELECT state FROM evidence ORDER BY id") == [("stored",), ("failed",)]


def test_what_cannot_be_read_is_said_once_a_day_and_to_nobody_who_is_not_linked(zalo: OnZalo) -> None:
    world, lan = zalo.world, zalo.linked("Lan", "sondung")
    zalo.platform.assumes.unsupported_is_named = True
    lan.sends_document().expects("không đọc được", "chụp ảnh từng trang").is_silent()
    lan.sends_voice().sends_sticker().sends_document().is_silent()
    zalo.phone("ai đó").sends_sticker().is_silent()
    world.at(2020, 1, 3, 9, 0)
    lan.forgets().sends_voice().expects("không đọc được").is_silent()
    # Where the platform does not even say who it was nobody can be told.
    zalo.platform.assumes.unsupported_is_named = False
    lan.sends_document().is_silent()


def test_an_update_that_comes_again_acts_once(zalo: OnZalo) -> None:
    lan = zalo.linked("Lan", "sondung")
    zalo.platform.assumes.again = 2
    lan.says("xong 2b đã ban hành").expects("Đã ghi nhận 2b").is_silent()
    assert kept(zalo.world, "SELECT count(*) FROM submission") == [(1,)]


@pytest.mark.parametrize("number", [None, "một số không phải là số"])
def test_messages_without_an_id_of_the_platform_are_each_their_own(zalo: OnZalo, number: object) -> None:
    """All of them were one, so that the second answer and its photo were taken for the first come again, in silence."""
    lan, mua = zalo.linked("Lan", "sondung"), zalo.linked("Mua", "sonmua")
    push = zalo.platform._push

    def without(update: dict[str, Any]) -> None:
        message = {name: value for name, value in update["message"].items() if name != "message_id"}
        push({**update, "message": message if number is None else message | {"message_id": number}})

    zalo.platform._push = without  # type: ignore[method-assign]  # as the platform would send it
    lan.says("xong 2b đã ban hành").expects("Đã ghi nhận 2b").is_silent()
    mua.says("xong 2b đã niêm yết").expects("Đã ghi nhận 2b").is_silent()
    lan.sends_photo("2b").expects("2b").is_silent()
    mua.sends_photo("2b").expects("2b").is_silent()
    assert kept(zalo.world, "SELECT count(*), count(DISTINCT source) FROM submission") == [(2, 2)]
    assert kept(zalo.world, "SELECT count(*), count(DISTINCT source) FROM evidence") == [(2, 2)]


def test_several_are_asked_about_without_a_word_of_buttons(zalo: OnZalo) -> None:
    """Beside a photo the question was one joined text, which knew its form without buttons no more."""
    lan = zalo.linked("Lan", "sondung")
    lan.sends_photo().forgets().says("xong 2b, 4c gần xong")
    assert "ghi tất cả" in lan.last
    assert "minh chứng của việc nào" in lan.last
    assert "bấm" not in lan.last


def test_who_closed_the_chat_is_reached_again_once_they_write(zalo: OnZalo) -> None:
    world, lan = zalo.world, zalo.linked("Lan", "sondung")
    lan.person.has_closed = True
    world.at(2020, 1, 14, 8, 30)
    assert kept(world, "SELECT unreachable_since IS NOT NULL FROM address WHERE channel = 'zalo'") == [(1,)]
    lan.person.has_closed = False
    lan.says("/viec")
    assert "Việc chưa hoàn thành" in lan.unread[0]
    assert kept(world, "SELECT unreachable_since IS NOT NULL FROM address WHERE channel = 'zalo'") == [(0,)]


def test_a_platform_that_takes_nothing_for_a_while_loses_nothing(zalo: OnZalo) -> None:
    world, lan = zalo.world, zalo.linked("Lan", "sondung")
    zalo.platform.fail("429html", times=3)
    zalo.platform.fail("accepted_but_504", "sendMessage")
    world.at(2020, 1, 14, 8, 30)
    for _ in range(10):
        world.later(minutes=3)
    said = [text for text in lan.unread if "2b" in text]
    assert said
    assert kept(world, "SELECT DISTINCT state FROM delivery WHERE channel = 'zalo'") == [("sent",)]
    # What arrived although nobody was told so came a second time, and says so.
    assert len(said) == 2
    assert "có thể" in said[1].lower()


def test_an_officer_comes_in_by_eight_digits_and_two_words(zalo: OnZalo) -> None:
    world, hoa = zalo.world, zalo.world.admin("Hoa")
    hoa.says("/moi sondung").expects("Đường dẫn mời", "/moi sondung zalo")
    hoa.says("/moi sondung zalo").expects("Mã mời", "tám chữ số", "«Nhắc Việc (thử)»")
    code = hoa.last.splitlines()[-1]
    assert re.fullmatch(r"\d{4} \d{4}", code)
    lan = zalo.phone("Lan")
    lan.says("chào em").expects("mã mời gồm tám chữ số", "không bao giờ hỏi mật khẩu").is_silent()
    lan.says("Dạ " + code.replace(" ", ".")).expects("dữ liệu cá nhân", "không gửi giấy tờ của công dân", "«đồng ý»")
    lan.says("ok em").expects("Chưa ghi đồng ý", "đúng hai chữ: đồng ý").is_silent()
    lan.says("được nhưng sau này có đổi được không").says("dong y ạ")
    assert "Đã gắn tài khoản" in "".join(lan.unread)
    # It works once.
    other = zalo.phone("Người khác")
    other.says(code).expects("Mã mời không đúng").is_silent()
    world.at(2020, 1, 17, 8, 0)
    zalo.phone("Muộn").says(code).expects("Mã mời không đúng").is_silent()


def test_a_second_agency_is_taken_on_by_another_code(zalo: OnZalo) -> None:
    lan, hoa = zalo.linked("Lan", "sondung"), zalo.world.admin("Hoa")
    hoa.says("/moi sonlong zalo")
    lan.says(hoa.last.splitlines()[-1]).expects("dữ liệu cá nhân", "Sơn Long").says("em đồng ý ạ")
    assert "Sơn Long" in lan.unread[0]


def test_a_task_is_done_on_zalo_from_the_reminder_to_the_confirmation(make_world: MakeWorld) -> None:
    zalo = on_zalo(make_world, review="all")
    world, hoa = zalo.world, zalo.world.admin("Hoa")
    lan = zalo.linked("Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    lan.expects("2b", "«xong 2b»", "«vướng mắc 2b lý do»", "Nhắn «A»: Nhắc sau").is_silent()
    # Words without a code after the one reminder are asked about, and a word answers.
    lan.says("dạ xong rồi ạ").expects("về việc 2b", "«đã xong»").is_silent()
    hoa.forgets()
    lan.says("đã xong").expects("2b", "Nhắn «B»: Báo nhầm – hủy").is_silent()
    lan.sends_photo("2b", data=PNG + b"1")
    assert kept(world, "SELECT state FROM evidence") == [("stored",)]
    lan.forgets()
    hoa.taps("Trả lại").says("Chưa có chữ ký của lãnh đạo")
    lan.expects("2b", "Chưa có chữ ký của lãnh đạo").is_silent()
    lan.says("/viec").forgets()
    hoa.forgets()
    lan.sends_photo("xong 2b, đã ký, KH 05/KH-UBND ngày 14/01/2020", data=PNG + b"2")
    assert "2b" in lan.unread[0]
    hoa.taps("Xác nhận")
    states = kept(world, "SELECT state FROM obligation WHERE task = '2b' AND agency_id = 'sondung'")
    assert ("done",) in states, states
    told = zalo.platform.calls
    assert all(len(each.params["text"].encode()) <= 1900 for each in told if each.method == "sendMessage")
    words = "\n".join(each.params["text"] for each in told if each.method == "sendMessage")
    assert not re.search(r"\b(bấm|nút)\b", words, re.IGNORECASE)


def test_a_reviewer_on_zalo_decides_by_a_letter_and_is_promised_no_reply(make_world: MakeWorld) -> None:
    zalo = on_zalo(make_world, review="all")
    boss, lan = zalo.world.admin("Hoa"), zalo.world.officer("Lan", "sondung")
    boss.says("/kenh zalo")
    code = re.search(r"\d{4} \d{4}", boss.last)
    assert code is not None
    hoa = zalo.phone("hoa")
    hoa.says(code[0]).says("đồng ý").says("/kenh zalo").forgets()
    zalo.world.at(2020, 1, 14, 8, 0)
    hoa.forgets()
    lan.says("/done 2b")
    hoa.expects("Đề nghị xác nhận", "Xác nhận")
    assert "trả lời tin này" not in hoa.last
    hoa.says("xác nhận").expects("Xác nhận việc nào", "2b – UBND xã Sơn Dung")
    hoa.says("xac nhan a").expects("chưa hiểu")


def test_a_letter_chooses_and_an_older_message_is_answered_by_its_own(zalo: OnZalo) -> None:
    lan = zalo.linked("Lan", "sondung")
    zalo.world.at(2020, 1, 14, 8, 0)
    lan.forgets()
    lan.says("xong 2b đã ban hành").expects("Đã ghi nhận 2b", "Nhắn «B»: Báo nhầm – hủy")
    lan.says("xong 1e đã ban hành").expects("Đã ghi nhận 1e", "Nhắn «C»: Báo nhầm – hủy")
    lan.says("chọn b ạ")
    assert "2b" in lan.last
    lan.forgets().says("ạ").expects("chưa hiểu").says("x").expects("Không có mục X", "C").is_silent()
    # The next day they begin anew.
    zalo.world.at(2020, 1, 16, 8, 0)
    lan.forgets().says("b")
    assert "Không có mục" not in lan.last


def test_who_has_two_ways_reads_which_is_used_and_which_takes_nothing(zalo: OnZalo) -> None:
    world = zalo.world
    lan = world.officer("Lan", "sondung")
    lan.says("/kenh").expects("Telegram – gắn từ", "tin nhắc gửi vào đây").forgets()
    with world.service.store.unit() as session:
        [person] = [each for each, _ in people.everybody(session) if each.name == "Lan"]
        session.add(
            Address(
                person_id=person.id or 0,
                channel="zalo",
                user="z",
                chat="z",
                linked_at=world.now,
                unreachable_since=world.now,
            )
        )
    lan.says("/channels").expects("tin nhắc gửi vào đây", "Zalo – gắn từ", "không nhận được tin từ 07:00").forgets()


def test_what_the_month_gives_is_in_the_list_of_people(zalo: OnZalo) -> None:
    zalo.linked("Lan", "sondung")
    hoa = zalo.world.admin("Hoa")
    hoa.says("/nguoi").expects("Gói Zalo của tháng này: 1/50 người", "/3000 tin đã gửi")


def test_nothing_of_an_erased_person_is_left(zalo: OnZalo) -> None:
    lan = zalo.linked("Mèo Rất Riêng", "sondung")
    lan.says("2b xong đã ban hành").says("/xoadulieu").says("/xoadulieu co")
    zalo.world.later(days=1)
    # Updates of this platform name people by a text, and not by a number.
    left = holding(zalo.world, lan.person.id, "Mèo Rất Riêng")
    assert left == set(), left


def test_one_more_than_the_plan_takes_is_told_of_another_channel_and_the_code_stays_good(make_world: MakeWorld) -> None:
    zalo = on_zalo(make_world, zalo_month_people=1)
    hoa = zalo.world.admin("Hoa")
    lan = zalo.linked("Lan", "sondung")
    code = hoa.says("/moi tuphap zalo").last.splitlines()[-1]
    zalo.phone("Mai").says(code).expects("đã đủ số người", "Telegram", "vẫn còn dùng được").is_silent()
    # Who is there already takes on more.
    lan.says(code).expects("dữ liệu cá nhân")


def test_what_the_page_for_officers_says_to_write_is_understood(make_world: MakeWorld) -> None:
    page = (Path(__file__).parents[2] / "docs" / "huong-dan-can-bo-zalo.md").read_text("utf-8")
    answers = {
        "2b đang làm 60%": "đang làm 60%",
        "2b đã trình, chờ ký": "đã trình, chờ ký từ ngày",
        "vướng mắc 2b chưa có kinh phí": "Đã ghi vướng mắc",
        "/giahan 2b 15/2 chờ văn bản của tỉnh": "gia hạn",
        "/viec": "Việc chưa hoàn thành",
        "xong 2b": "Đã ghi nhận 2b",
        "hoàn tác": "Đã hủy kết quả 2b",
        "xong 2b KH 05/KH-UBND ngày 02/01/2020": "Đã ghi nhận 2b",
        "/kenh": "Đồng chí nhận tin qua",
        "/kenh gio 8:00-17:00": "từ 08:00 đến 17:00",
        "/tamdung": "Tạm dừng tin nhắc",
        "/dulieu": "Dữ liệu hệ thống đang lưu",
        "thôi": "",
        "/guitep 2b": "",
        "/xoadulieu": "xóa",
        "2b": "",
        "A": "",
        # From now on who reports is asked each time.
        "/kenh máy trực": "máy trực của UBND xã Sơn Dung",
    }
    assert set(re.findall(r"`([^`]+)`", page)) == set(answers)
    lan = on_zalo(make_world).linked("Lan", "sondung")
    for said, piece in answers.items():
        lan.forgets().says(said)
        assert piece in "".join(lan.unread), (said, lan.unread)


def test_a_group_is_bound_and_read_by_the_name_of_the_bot(zalo: OnZalo) -> None:
    world = zalo.world
    hoa = zalo.phone("Hoa")
    admin = world.admin("Hoa")
    code = admin.says("/kenh zalo").last.splitlines()[-1]
    hoa.says(code).says("đồng ý").forgets()
    group = zalo.platform.group(1)

    def said() -> list[str]:
        return [each["text"] for each in group.messages if each["from"].get("is_bot")]

    hoa.says_in(1, "chào cả nhóm")
    assert said() == []
    hoa.says_in(1, "@Nhắc Việc (thử) /gannhom")
    assert "Zalo 0001" in said()[-1]
    lan = zalo.linked("Lan", "sondung")
    lan.says_in(1, "@Nhắc Việc (thử) /tonghop")
    assert "bấm" not in said()[-1]
    lan.says_in(1, "@Nhắc Việc (thử) /trogiup")
    assert "bắt đầu tin bằng tên hệ thống: «@Nhắc Việc (thử) /tonghop»" in said().pop(-1)
    lan.says_in(1, "@Nhắc Việc (thử) /tonghop")
    # A picture's caption would say nothing without it.
    assert "Đã đến hạn" in said()[-1]
    lan.is_silent()
    # The week's summary comes there, as words.
    count = len(said())
    world.at(2020, 1, 6, 8, 1)
    assert len(said()) > count
