"""A question in plain words reaches the compiling agency at its writer's yes alone, and its answer the writer, once."""

import pytest

from plan.people import Role
from sandbox.phone import Phone, text_of
from sandbox.world import GROUP, World

SEND, LEAVE = "Gửi câu hỏi cho Phòng Nội vụ", "Không gửi"


def told(phone: Phone) -> str:
    """What this phone was told since it looked last."""
    found = "\n".join(text_of(each) for each in phone.unread)
    phone.forgets()
    return found


@pytest.fixture
def office(world: World) -> tuple[Phone, Phone, Phone]:
    """Two admins and an officer, at eight in the morning."""
    boss, second, lan = world.admin("Hoa"), world.admin("Yến"), world.officer("Lan", "sondung")
    for phone in (boss, second, lan):
        phone.forgets()
    return boss, second, lan


def test_a_question_is_shown_sent_at_the_yes_and_answered_once(world: World, office: tuple[Phone, ...]) -> None:
    boss, second, lan = office
    lan.says("2b nộp cho ai ạ?").expects(
        "Gửi câu hỏi này cho Phòng Nội vụ?", "«2b nộp cho ai ạ?»", "việc 2b", "đến 07:00 ngày 04/01"
    )
    lan.expects_buttons(SEND, LEAVE)
    boss.is_silent(), second.is_silent()
    lan.taps(SEND).expects("Đã gửi Phòng Nội vụ câu hỏi H1 về việc 2b", "chậm nhất ngày 13/01/2020").is_silent()
    boss.expects("Câu hỏi H1", "UBND xã Sơn Dung, việc 2b", "Lan (Xã Sơn Dung)", "2b nộp cho ai ạ?", "/traloi H1")
    second.expects("Câu hỏi H1")
    boss.says("/choxuly").expects("Câu hỏi của cán bộ: 1", "H1 · 2b – Xã Sơn Dung", "chậm nhất ngày 13/01/2020")
    boss.says("nộp đồng chí Hoa, bản giấy hai bản", reply_to="Câu hỏi H1").expects("Đã gửi Lan", "«2b nộp cho ai ạ?»")
    lan.expects("Phòng Nội vụ trả lời câu hỏi của đồng chí về việc 2b", "«2b nộp cho ai ạ?»", "nộp đồng chí Hoa")
    second.says("nộp tôi", reply_to="Câu hỏi H1").expects("đã được Hoa (P. Nội vụ) trả lời", "chưa gửi cho ai")
    lan.is_silent()
    boss.says("/choxuly").expects("Không có gì đang chờ")
    lan.says("/dulieu").expects("Câu hỏi đã gửi, đã trả lời: 1")


@pytest.mark.parametrize("yes", ["có", "gửi đi ạ", "đồng ý"])
def test_yes_may_be_typed(world: World, office: tuple[Phone, ...], yes: str) -> None:
    boss, _, lan = office
    lan.says("làm theo mẫu nào ạ").expects("Gửi câu hỏi này").says(yes).expects("Đã gửi Phòng Nội vụ câu hỏi H1")
    boss.expects("Câu hỏi H1", "làm theo mẫu nào ạ").taps("Trả lời").expects("Đồng chí trả lời thế nào")
    boss.says("theo mẫu số 1").expects("Đã gửi Lan", "«theo mẫu số 1»")
    lan.expects("theo mẫu số 1")


def test_nothing_goes_without_the_yes(world: World, office: tuple[Phone, ...]) -> None:
    boss, second, lan = office
    lan.says("nộp ở đâu ạ").expects("Gửi câu hỏi này").taps(LEAVE).expects("Không gửi câu hỏi")
    lan.says("nộp ở đâu ạ").forgets().says("thôi").expects("Không gửi câu hỏi")
    older = lan.forgets().says("nộp ở đâu ạ").unread[0]["message_id"]
    # Another question takes its place, and the button of the first sends nothing of the second.
    lan.says("2h bao giờ phải nộp ạ")
    lan.platform.tap(lan.user, lan.chat, older, SEND)
    lan.says("/viec")
    boss.is_silent(), second.is_silent()
    # What is said beside it is understood as ever, and the question lapses by itself.
    lan.forgets().says("xong 2b đã ban hành").expects("Đã ghi nhận 2b")
    world.later(days=3)
    lan.forgets().says("gửi đi")
    assert "Câu hỏi H" not in told(boss)
    boss.says("/choxuly")
    assert "Câu hỏi của cán bộ" not in boss.last


def test_a_reply_to_a_reminder_asks_about_its_task_and_an_unanswered_question_comes_back(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung", role=Role.OFFICER)
    world.at(2020, 1, 14, 8, 0)
    boss.forgets(), lan.forgets()
    lan.says("mẫu nào ạ?", reply_to="còn 7 ngày làm việc").expects("Gửi câu hỏi này", "việc 2b").taps(SEND)
    assert "Câu hỏi H1 – UBND xã Sơn Dung, việc 2b" in told(boss)
    said: list[str] = []
    for day in (20, 21, 22, 30, 31):
        world.at(2020, 1, day, 8, 0)
        said += [f"{day}" for each in boss.unread if "H1 · 2b – Xã Sơn Dung · câu hỏi" in text_of(each)]
        boss.forgets()
    assert said[:1] == ["22"]
    lan.forgets()
    boss.says("/traloi H1 mẫu số 1").taps("Báo nhầm – hủy")
    assert "Đã rút câu trả lời cho câu hỏi H1" in told(boss)
    assert "đã được rút lại" in told(lan)
    boss.says("/traloi H1 mẫu số 2")
    assert "mẫu số 2" in told(lan)


def test_an_admin_is_not_asked_whether_to_ask_himself(world: World) -> None:
    boss = world.admin("Hoa")
    boss.forgets().says("làm theo mẫu nào ạ").expects("Hệ thống chưa hiểu tin này").is_silent()


@pytest.mark.parametrize("caption", ["2b nộp cho ai?", "/done 2b nộp cho ai?", "/xong 2b nộp cho ai ạ"])
def test_a_photo_with_a_question_goes_along_and_is_no_result(
    world: World, office: tuple[Phone, ...], caption: str
) -> None:
    boss, _, lan = office
    lan.sends_photo(caption).expects("Gửi câu hỏi này cho Phòng Nội vụ?", "việc 2b", "chưa ghi là kết quả")
    boss.is_silent()
    lan.taps(SEND).expects("Đã gửi Phòng Nội vụ câu hỏi H1 về việc 2b", "kèm 1 ảnh").is_silent()
    boss.expects("Câu hỏi H1", "nộp cho ai", "/minhchung H1").taps("Xem ảnh, tệp gửi kèm")
    boss.expects("Minh chứng việc 2b – UBND xã Sơn Dung, gửi kèm H1: 1 tệp").expects_photo("kèm câu hỏi H1")
    boss.says("/traloi H1 nộp đồng chí Hoa")
    lan.forgets().says("/lichsu 2b").forgets().taps("2b")
    lan.expects("Câu hỏi H1 – ", "nộp cho ai", "Hoa", "Trả lời câu hỏi H1 – nộp đồng chí Hoa")
    assert "Báo hoàn thành" not in lan.last
    # What went along waits for no code: the next answer does not take it.
    lan.forgets().says("xong 2b đã ban hành").expects("Đã ghi nhận 2b")
    assert "1 ảnh" not in lan.last


def test_an_album_with_a_question_goes_along_whole_whenever_it_is_agreed_to(
    world: World, office: tuple[Phone, ...]
) -> None:
    boss, _, lan = office
    lan.sends_album(3, "làm theo mẫu này phải không ạ?").expects("Gửi câu hỏi này", "được chuyển cùng câu hỏi")
    world.later(seconds=10)
    lan.is_silent().taps(SEND).expects("câu hỏi H1", "kèm 3 ảnh").is_silent()
    boss.forgets().says("/minhchung H1").expects("Ảnh, tệp – UBND xã Sơn Dung, gửi kèm H1: 3 tệp")
    world.later(seconds=10)
    # Its answer asks for no code, and takes none of the pictures.
    lan.is_silent().sends_photo("nộp ở đâu ạ?").forgets().taps(LEAVE).expects(
        "Không gửi câu hỏi. 1 ảnh đã gửi vẫn được giữ"
    )


def test_a_question_under_a_photo_is_offered_in_a_group_too(world: World, office: tuple[Phone, ...]) -> None:
    boss, second, lan = office
    group = world.group(boss, lan)
    lan.in_chat(GROUP).sends_album(2, "/xong@NhacViecBot 2b nộp cho ai?")
    group.expects("Gửi câu hỏi này", "được chuyển cùng câu hỏi", "chỉ nhận được ảnh có lời")
    group.expects("Không gửi giấy tờ của công dân")
    lan.in_chat(GROUP).taps(SEND)
    group.expects("Đã gửi Phòng Nội vụ câu hỏi H1 về việc 2b", "kèm 1 ảnh").is_silent()
    second.expects("Câu hỏi H1", "/minhchung H1").is_silent()


def test_an_edited_caption_and_a_reply_that_ask_are_offered_too(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung", role=Role.OFFICER)
    world.at(2020, 1, 14, 8, 0)
    boss.forgets(), lan.forgets()
    lan.sends_photo("mẫu này được không ạ?", reply_to="còn 7 ngày làm việc").expects("Gửi câu hỏi này", "việc 2b")
    lan.taps(SEND).expects("về việc 2b", "kèm 1 ảnh")
    lan.sends_photo("mẫu nào").forgets()
    lan.edits("mẫu nào", "2b nộp theo mẫu nào ạ?").expects("Gửi câu hỏi này", "việc 2b", "gửi kèm").taps(SEND)
    lan.expects("câu hỏi H2 về việc 2b", "kèm 1 ảnh").is_silent()
