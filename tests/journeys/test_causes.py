"""Why something was late: told by who owes it, ruled about with a name, a post and a document, beside the figures."""

import re

from plan.people import Role
from sandbox.phone import Phone, text_of
from sandbox.world import World

RULED = "Đinh Văn Y, Phó Chủ tịch UBND huyện, CV 15/UBND-NV 04/02/2020"


def summary(boss: Phone) -> str:
    """What /tonghop says."""
    found = text_of(boss.forgets().says("/tonghop").unread[0])
    boss.forgets()
    return found


def boxes(text: str) -> list[str]:
    """The lines of the official figures in a summary."""
    return [line for line in text.splitlines() if re.match(r"(Đã đến hạn|Hoàn thành|Chưa hoàn thành)", line)]


def test_a_cause_is_told_ruled_about_taken_back_and_moves_no_box(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    world.at(2020, 2, 5, 8, 0)
    for phone in (boss, lan, mai):
        phone.forgets()
    lan.says("/lydo 2h mưa lũ").expects("không bị tính quá hạn nên không cần nêu lý do chậm").is_silent()
    lan.says("xong 2b đã ban hành kế hoạch").expects("quá hạn", "/lydo 2b kèm lý do, đến hết ngày 06/03/2020")
    figures = boxes(summary(boss))
    assert figures
    lan.says("lý do chậm 2b").expects("Vì sao việc 2b", "đến hết ngày 06/03/2020")
    lan.says("mưa lũ chia cắt đường từ 28/1").expects("lý do chậm việc 2b", "R1", "vẫn ghi quá hạn").is_silent()
    boss.expects("Lý do chậm R1", "mưa lũ chia cắt đường từ 28/1", "/duyet R1")
    lan.says("/lydo 2b mất điện").expects("đang chờ").is_silent()
    boss.says("/choxuly").expects("R1 · 2b", "08:00 ngày 05/02/2020: xác nhận nguyên nhân khách quan")
    boss.says("/tonghop 2b").expects("hoàn thành quá hạn; chờ xác nhận nguyên nhân: Xã Sơn Dung")
    now = summary(boss)
    assert boxes(now) == figures
    assert "Trong số quá hạn: 1 chờ xác nhận nguyên nhân" in now

    # Who ruled is asked for until it is whole; what was sent is kept.
    boss.says("/duyet R1").expects("họ tên, chức vụ, số và ngày văn bản")
    boss.says("Đinh Văn Y, CV 15/UBND-NV").expects("Còn thiếu chức vụ, ngày văn bản; phần đã gửi được giữ")
    boss.says("hủy").expects("không ghi gì").says(f"/duyet R1 {RULED}")
    boss.expects("Đã ghi R1", "Đinh Văn Y, Phó Chủ tịch UBND huyện, văn bản số 15/UBND-NV ngày 04/02/2020")
    lan.expects("được xác nhận là nguyên nhân khách quan", "Đinh Văn Y, Phó Chủ tịch UBND huyện", "vẫn ghi quá hạn")
    lan.says("/lydo 2b mất điện").expects("đã được xác nhận chậm do nguyên nhân khách quan").is_silent()
    boss.says("/tonghop 2b").expects("hoàn thành quá hạn; nguyên nhân khách quan đã được xác nhận: Xã Sơn Dung")
    now = summary(boss)
    assert boxes(now) == figures
    assert "Trong số quá hạn: 1 có nguyên nhân khách quan đã được xác nhận" in now

    # For ten minutes it is a slip that can be mended.
    boss.taps("Báo nhầm – hủy").expects("Đã rút lại quyết định R1").is_silent()
    lan.expects("ghi nhầm và đã được rút lại").is_silent()
    boss.says(f"/tuchoi R1 {RULED}").expects("Còn thiếu lý do").says("thôn không xác nhận").expects("không xác nhận")
    lan.expects("không được xác nhận là nguyên nhân khách quan", "thôn không xác nhận", "nêu lại được một lần")
    world.later(minutes=11)
    boss.taps("Báo nhầm – hủy").is_told("trong 10 phút")
    lan.says("/lydo 2b có biên bản của thôn ngày 29/1").expects("lần thứ hai và là lần cuối")
    boss.forgets().says(f"/tuchoi R2 {RULED}: biên bản không có dấu").expects("Đã ghi R2")
    lan.expects("không được xác nhận", "/ykien 2b").says("/lydo 2b nữa").expects("đã được xem xét hai lần").is_silent()


def test_what_is_open_is_told_at_any_time_by_the_head_or_for_who_is_on_paper_only(world: World) -> None:
    boss, binh = world.admin("Hoa"), world.officer("Bình", "sondung", role=Role.HEAD)
    group = world.group(boss)
    world.at(2020, 3, 20, 8, 0)
    for phone in (boss, binh, group):
        phone.forgets()
    binh.says("/lydo 2b cầu Sơn Dung bị lũ cuốn").expects("R1").is_silent()
    boss.expects("Lý do chậm R1", "Chưa báo kết quả")
    boss.says("/lydo 2b sonlap bản giấy: trụ sở cháy 25/1").expects("UBND xã Sơn Lập", "R2").expects("Lý do chậm R2")
    boss.says(f"/duyet R2 {RULED}").expects("Đã ghi R2")
    boss.says("/quahan 2b").expects(
        "Nguyên nhân khách quan đã được xác nhận: Xã Sơn Lập (bản giấy: trụ sở cháy 25/1)",
        "Chờ xác nhận nguyên nhân: Xã Sơn Dung (cầu Sơn Dung bị lũ cuốn)",
    )
    binh.says("/chitiet 2b").expects("lý do chậm: cầu Sơn Dung bị lũ cuốn – chờ xác nhận nguyên nhân")
    binh.says("/viec").expects("chờ xác nhận nguyên nhân")
    world.later(minutes=11)
    binh.says("/rutlai R1").expects("trong 10 phút")


def test_a_slip_is_taken_back_and_the_time_to_tell_ends(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 2, 5, 8, 0)
    boss.forgets(), lan.forgets()
    lan.says("/done 2b").expects("quá hạn").says("/lydo 2b nhầm").expects("R1")
    boss.expects("Lý do chậm R1")
    lan.taps("Báo nhầm – hủy").expects("Đã rút lý do chậm R1").is_silent()
    boss.expects("Đơn vị đã rút lý do chậm R1", "Không cần trả lời")
    boss.says(f"/duyet R1 {RULED}").expects("R1").is_silent()
    boss.says("/tonghop 2b").expects("hoàn thành quá hạn: Xã Sơn Dung")
    world.at(2020, 3, 6, 23, 0)
    lan.forgets().says("/lydo 2b").expects("đến hết ngày 06/03/2020")
    world.at(2020, 3, 7, 8, 0)
    lan.forgets().says("/lydo 2b mưa lũ").expects("đã hết ngày 06/03/2020", "/ykien 2b").is_silent()
