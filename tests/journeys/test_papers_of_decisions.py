"""Who decides may bring a photo or a document: it is kept with what was decided, and who hears of it can see it."""

from sandbox.phone import Phone, text_of
from sandbox.world import World
from tests.conftest import MakeWorld

RULED = "Đinh Văn Y, Phó Chủ tịch UBND huyện, CV 15/UBND-NV 04/02/2020"
KEPT = "Ảnh, tệp gửi kèm đã được giữ cùng"


def told(phone: Phone) -> str:
    """What this phone was told since it looked last."""
    found = "\n".join(text_of(each) for each in phone.unread)
    phone.forgets()
    return found


def test_a_reason_for_returning_comes_with_the_page_that_is_wrong(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 22, 9, 0, review="all")
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("xong 2b đã ban hành")
    boss.forgets().taps("Trả lại")
    boss.forgets().sends_photo().expects("Đã giữ 1 ảnh", "viết nội dung trong tin tiếp theo")
    lan.forgets()
    boss.says("thiếu dấu của Chủ tịch").expects("thiếu dấu của Chủ tịch", f"{KEPT} 2b sondung: /minhchung 2b sondung")
    lan.expects("được trả lại", "thiếu dấu của Chủ tịch", "Xem: /minhchung 2b").is_silent()
    lan.says("/minhchung 2b")
    assert "kèm lý do trả lại" in told(lan)
    lan.says("xong 1e đã ban hành")
    boss.forgets().sends_photo("thiếu trang 2", reply_to="1e").expects("thiếu trang 2", f"{KEPT} 1e sondung")
    assert "Xem: /minhchung 1e" in told(lan)


def test_a_refusal_a_ruling_and_a_reply_bring_their_papers(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 2, 5, 8, 0)
    lan.says("/giahan 1e 15/4 chờ hướng dẫn").says("xong 2b đã ban hành").says("/lydo 2b mưa lũ")
    boss.forgets(), lan.forgets()
    boss.says("/tuchoi R1").forgets().sends_photo("không đủ căn cứ").expects("không đủ căn cứ", f"{KEPT} R1")
    lan.expects("không đủ căn cứ", "Xem: /minhchung R1").says("/minhchung R1")
    assert "kèm quyết định về R1" in told(lan)
    boss.sends_photo(f"/duyet R2 {RULED}").expects("15/UBND-NV", f"{KEPT} R2").is_silent()
    lan.expects("15/UBND-NV", "Xem: /minhchung R2")
    lan.says("/vuongmac 8b chưa có mẫu").forgets()
    boss.forgets().sends_photo("/traloi 8b sondung theo mẫu này").expects("theo mẫu này", KEPT)
    lan.expects("theo mẫu này", "Xem: /minhchung 8b")


def test_the_answer_to_a_question_brings_the_form(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("làm theo mẫu nào ạ").taps("Gửi câu hỏi cho Phòng Nội vụ")
    boss.forgets(), lan.forgets()
    boss.taps("Trả lời").forgets().sends_file("mau-1.pdf", b"%PDF-1.4 x", "theo mẫu này")
    boss.expects("«theo mẫu này»", f"{KEPT} H1")
    lan.expects("theo mẫu này", "Xem: /minhchung H1").says("/minhchung H1")
    assert "mau-1.pdf" in told(lan)
    boss.is_silent()
