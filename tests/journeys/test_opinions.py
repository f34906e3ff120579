"""An officer reads the proof sheet of their own agency, says what is wrong with it, and is answered in seven days."""

from plan.people import Role
from sandbox.phone import Phone, text_of
from sandbox.world import World
from tests.reports.docx_text import words

SHEET = "phieu-doi-chieu-2b-sondung.docx"


def told(phone: Phone) -> str:
    """What this phone was told since it looked last."""
    found = "\n".join(text_of(each) for each in phone.unread)
    phone.forgets()
    return found


def test_an_opinion_is_answered_in_seven_working_days_and_both_stand_in_the_sheet(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    binh = world.officer("Bình", "sondung", role=Role.HEAD)
    world.at(2020, 2, 5, 8, 0)
    for phone in (boss, lan, mai, binh):
        phone.forgets()
    lan.says("/doichieu 2b.1")
    page = words(lan.gets_file(SHEET, "hệ thống đã gửi tin cho ai khi nào", "Có ý kiến: /ykien 2b sondung"))
    assert "hệ thống chưa ghi nhận phản hồi sau tin này" in page
    assert "chưa hoàn thành; quá hạn 4 ngày làm việc" in page
    binh.says("/doichieu 2b.1 sondung").gets_file(SHEET)
    # Of another agency nobody but an admin reads or says anything.
    mai.says("/doichieu 2b.1 sondung").expects("Không có").is_silent()
    mai.says("/ykien 2b.1 sondung không phải").expects("Không có").is_silent()

    lan.says("/ykien 2b").expects("nhiều mốc").taps("2b – ").expects("Đồng chí có ý kiến gì")
    lan.says("bản giấy đã nộp ngày 29/01").expects(
        "bản giấy đã nộp ngày 29/01", "chậm nhất ngày 14/02/2020"
    ).is_silent()
    boss.expects("Ý kiến Y1 về phiếu đối chiếu", "bản giấy đã nộp ngày 29/01", "chậm nhất ngày 14/02/2020")
    boss.says("/choxuly").expects("Y1 · 2b", "trả lời chậm nhất ngày 14/02/2020 – bản giấy đã nộp")
    world.at(2020, 2, 12, 8, 0)
    assert "Đang chờ đồng chí trả lời" not in boss.last
    world.at(2020, 2, 13, 8, 0)
    waits = "trả lời: 1\nY1 · 2b – Xã Sơn Dung · ý kiến về phiếu đối chiếu · trả lời chậm nhất ngày 14/02/2020"
    assert waits in told(boss)
    world.at(2020, 2, 17, 8, 0)
    assert "trong đó 1 đã quá ngày trả lời" in told(boss)
    boss.forgets(), lan.forgets(), binh.forgets()
    boss.says("/traloi Y1").expects("Đồng chí trả lời thế nào về ý kiến Y1").says("đã tìm thấy bản giấy ở văn thư")
    boss.expects("Đã gửi người có ý kiến Y1", "«đã tìm thấy bản giấy ở văn thư»").is_silent()
    lan.expects("Ý kiến của đồng chí: bản giấy đã nộp", "trả lời: đã tìm thấy bản giấy ở văn thư").is_silent()
    boss.says("/traloi Y1 nữa").expects("đã được Hoa (P. Nội vụ) trả lời").is_silent()
    lan.says("/doichieu 2b.1")
    page = words(lan.gets_file(SHEET))
    assert "Ý kiến của cán bộ và trả lời" in page
    assert "bản giấy đã nộp ngày 29/01" in page
    assert "Hoa, 08:00 ngày 17/02/2020: đã tìm thấy bản giấy ở văn thư" in page
    world.at(2020, 2, 20, 8, 0)
    assert "Đang chờ đồng chí trả lời" not in told(boss)


def test_what_waits_long_comes_back_once_a_day_however_much_it_is(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    world.at(2020, 2, 5, 8, 0)
    lan.says("/lydo 2b mưa lũ"), lan.says("/ykien 2b.1 tôi không nhận được tin ngày 20/01")
    mai.says("/giahan 2h 15/04 chờ hướng dẫn của tỉnh")
    boss.forgets().says("/choxuly").expects("nguyên nhân khách quan, trả lời chậm nhất ngày 14/02/2020").forgets()
    said: dict[str, str] = {}
    for day, hour in ((12, 8), (13, 8), (13, 14), (14, 8), (17, 8), (18, 8), (20, 8), (21, 8), (24, 8), (25, 8)):
        world.at(2020, 2, day, hour, 0)
        found = [text_of(each) for each in boss.unread if "Đang chờ đồng chí trả lời" in text_of(each)]
        said |= dict.fromkeys([f"{day}/2 {hour} h"][: len(found)], "".join(found))
        boss.forgets()
        if day == 20:
            boss.says("/traloi Y1 đã kiểm tra"), boss.says("/tuchoi R2 còn đủ thời gian")
            boss.forgets()
    assert list(said) == ["13/2 8 h", "17/2 8 h", "20/2 8 h", "25/2 8 h"]
    assert "trả lời: 3" in said["13/2 8 h"]
    assert "R1 · 2b – Xã Sơn Dung · lý do chậm · trả lời chậm nhất ngày 14/02/2020: mưa lũ" in said["13/2 8 h"]
    assert "trả lời: 3, trong đó 3 đã quá ngày trả lời" in said["20/2 8 h"]
    assert "trả lời: 1, trong đó 1" in said["25/2 8 h"]
