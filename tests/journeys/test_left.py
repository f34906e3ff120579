"""Every question can be left, and yields to what is plainly something else."""

import pytest

from sandbox.world import World
from tests.journeys.test_words import answers, owed


@pytest.mark.parametrize("words", ["hủy", "Thôi, bấm nhầm", "thôi", "bỏ qua", "không", "nhầm rồi ạ", "/huy"])
def test_a_word_leaves_the_question_and_nothing_is_sent(world: World, words: str) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/vuongmac 2b").expects("nêu khó khăn", "Câu hỏi này chờ đến 07:00 ngày 04/01/2020").expects_buttons(
        "Không ghi"
    )
    lan.says(words).expects("Đã bỏ câu hỏi, không ghi gì").is_silent()
    boss.is_silent()
    assert owed(world, "2b.1").blocked == ""


@pytest.mark.parametrize("ask", ["/vuongmac 2b", "/giahan 2b 15/02", "/khongthuoc 2b"])
def test_the_button_leaves_every_question(world: World, ask: str) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says(ask).forgets().taps("Không ghi").expects("Đã bỏ câu hỏi").is_silent()
    lan.says("trời mưa quá").expects("Hệ thống chưa hiểu tin này").is_silent()
    boss.is_silent()


def test_courtesy_is_no_reason(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b").forgets().says("/vuongmac 1e").forgets()
    lan.says("ok ạ").expects("nêu nội dung bằng vài chữ").says("thiếu kinh phí").expects("Đã ghi vướng mắc của việc 1e")
    boss.expects("thiếu kinh phí").is_silent()
    lan.says("Cảm ơn đồng chí nhiều ạ").expects("Dạ, cảm ơn đồng chí.").is_silent()


def test_a_question_yields_to_a_command_a_code_with_its_verb_and_a_reply_elsewhere(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 14, 7, 30)
    boss.forgets()
    lan.forgets().says("/vuongmac 1e").expects("nêu khó khăn")
    lan.says("việc").expects("Việc chưa hoàn thành").is_silent()
    lan.says("xong 2h").expects("Đã ghi nhận 2h").is_silent()
    lan.says("đang làm ạ", reply_to="Tin tự động").expects("Đã ghi tiến độ việc 2b").is_silent()
    boss.is_silent()
    lan.says("chưa có hướng dẫn", reply_to="nêu khó khăn").expects("Đã ghi vướng mắc của việc 1e")
    boss.expects("chưa có hướng dẫn")
    assert answers(world) == [("2h", "")]


def test_leaving_keeps_the_files_and_says_so(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.sends_photo().expects("Đã giữ 1 ảnh").taps("Không ghi").expects("Đã bỏ câu hỏi", "1 ảnh đã gửi vẫn được giữ")
    lan.says("/huy").expects("Không có câu hỏi nào đang chờ").is_silent()


def test_a_difficulty_is_taken_back_within_ten_minutes(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/vuongmac 2b thiếu kinh phí").expects("Đã ghi vướng mắc").taps("Báo nhầm – hủy")
    lan.expects("Đã rút vướng mắc của việc 2b").is_silent()
    boss.expects("Vướng mắc", "thiếu kinh phí").expects("đã rút vướng mắc báo nhầm", "Không cần trả lời").is_silent()
    assert owed(world, "2b.1").blocked == ""
    boss.says("/choxuly").expects("Không có gì đang chờ")
    lan.says("/vuongmac 2b chưa có người").forgets()
    world.later(minutes=11)
    lan.taps("Báo nhầm – hủy").is_told("trong 10 phút")
    assert owed(world, "2b.1").blocked == "chưa có người"


def test_a_refusal_is_taken_back_within_ten_minutes(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/giahan 2b 15/02 chờ tỉnh").forgets()
    boss.forgets().says("/tuchoi R1 nhầm việc khác").expects("không đồng ý").taps("Báo nhầm – hủy").expects(
        "Đã rút lại", "R1"
    )
    lan.expects("chưa đồng ý").expects("đã được rút lại", "đang chờ xem xét").is_silent()
    boss.says("/duyet R1").expects("đồng ý")
    lan.expects("đồng ý gia hạn việc 2b")


def test_a_return_is_taken_back_within_ten_minutes(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("2b đã nộp qua iOffice").expects("đã báo kết quả")
    boss.expects("Đề nghị xác nhận").says("/tralai 2b sondung bấm nhầm đơn vị").expects("Đã trả lại")
    lan.expects("được trả lại để bổ sung")
    boss.taps("Báo nhầm – hủy").expects("Đã rút lại việc trả lại 2b").is_silent()
    lan.expects("vừa được trả lại do nhầm").is_silent()
    boss.says("/xacnhan 2b sondung").expects("Đã xác nhận việc 2b").is_silent()
    assert owed(world, "2b.1").state == "done"


def test_undo_typed_to_leave_a_question_leaves_it_and_undoes_nothing(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").forgets().says("/vuongmac 1e").forgets()
    lan.says("/hoantac").expects("Đã bỏ câu hỏi, không ghi gì").is_silent()
    assert answers(world) == [("2b", "")]


def test_undo_names_what_it_would_undo_where_something_was_said_since(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b kèm kế hoạch").forgets().says("/viec").forgets()
    lan.says("/hoantac").expects("muốn hủy kết quả 2b – UBND xã Sơn Dung", "«kèm kế hoạch»", "Chưa có gì bị hủy")
    assert [code for code, _ in answers(world)] == ["2b"]
    lan.taps("Báo nhầm – hủy 2b").expects("Đã hủy kết quả 2b").is_silent()
    # Right after the answer nothing else can be meant.
    lan.says("/done 2h").forgets().says("/hoantac").expects("Đã hủy kết quả 2h").is_silent()
