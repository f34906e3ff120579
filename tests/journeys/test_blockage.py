"""What blocks an agency is taken up and answered by an admin, and the agency hears it."""

import pytest

from sandbox.world import World
from store import audit


def test_taken_up_by_button_and_who_was_first_is_said(world: World) -> None:
    boss, other, lan = world.admin("Hoa"), world.admin("Kiên"), world.officer("Lan", "sondung")
    mai = world.officer("Mai", "sonlong")
    lan.says("/vuongmac 2b thiếu kinh phí").expects("Đã ghi vướng mắc")
    boss.expects("Vướng mắc", "thiếu kinh phí").expects_buttons("Đã nhận", "Trả lời")
    boss.taps("Đã nhận").expects("Đã gửi đến 1 cán bộ của UBND xã Sơn Dung").is_silent()
    lan.expects("Phòng Nội vụ (Hoa) đã nhận vướng mắc của việc 2b", "thiếu kinh phí").is_silent()
    other.forgets().taps("Đã nhận").expects("đã được Hoa (P. Nội vụ) nhận lúc 07:00").is_silent()
    mai.is_silent()
    with world.service.store.look() as session:
        assert audit.verify(session).why == ""


def test_the_answer_comes_in_the_next_message_whatever_it_begins_with(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/vuongmac 2b thiếu kinh phí").forgets()
    boss.taps("Trả lời").forgets().says("đang làm tờ trình bổ sung kinh phí").expects("Đã gửi đến 1 cán bộ").is_silent()
    lan.expects("trả lời về việc 2b", "đang làm tờ trình bổ sung kinh phí")
    # The officer's reply to the answer is about the same task.
    lan.says("cảm ơn, sẽ làm tiếp", reply_to="trả lời về việc 2b").expects("Đã giữ tin", "2b").is_silent()


def test_a_reply_to_the_notice_in_plain_words_is_the_answer(world: World) -> None:
    boss, lan, mua = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mua", "sonmua")
    lan.says("/vuongmac 2b thiếu kinh phí").forgets()
    mua.says("/vuongmac 2b chưa có người").forgets()
    boss.forgets().says("tiến độ cứ giữ, kinh phí sẽ cấp", reply_to="thiếu kinh phí").expects("Sơn Dung").is_silent()
    lan.expects("tiến độ cứ giữ, kinh phí sẽ cấp").is_silent()
    mua.is_silent()


@pytest.mark.parametrize("agency", ["sonmua", "UBND xã Sơn Mùa"])
def test_by_text_with_the_agency(world: World, agency: str) -> None:
    boss, mua = world.admin("Hoa"), world.officer("Mua", "sonmua")
    mua.says("/vuongmac 2b chưa có người").forgets()
    boss.forgets().says(f"/traloi 2b.1 {agency} sẽ cử người xuống").expects("Đã gửi đến 1 cán bộ của UBND xã Sơn Mùa")
    mua.expects("sẽ cử người xuống").is_silent()
    boss.says("/tiepnhan 2b.1 sonbua").expects("không có vướng mắc nào").says("/traloi 2b").expects("đơn vị nào")
    boss.says("/traloi 2b.1 sonbua đọc giúp").expects("không có cán bộ nào nhận được tin").is_silent()
