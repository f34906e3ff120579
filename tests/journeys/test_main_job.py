"""The main job, told from the phone: a reminder, an answer with a photo, the summary in the group."""

from sandbox.world import World
from tests.databases import on_each_kind as databases

__all__ = ["databases"]


def test_a_reminder_is_answered_with_a_photo_and_counted(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    minh = world.officer("Minh", "tuphap")
    boss = world.admin("Hoa")
    group = world.group(boss)
    world.at(2020, 1, 2, 7, 30)
    lan.expects(
        "2b · còn 15 ngày làm việc", "trước ngày 31/01/2020 (hết 30/01; nghỉ Tết Nguyên đán", "/xong_2b"
    ).is_silent()
    minh.expects("2b", "Sản phẩm: ", "theo 2579/QĐ-UBND").is_silent()
    world.at(2020, 1, 14, 7, 30)
    lan.expects("còn 7 ngày làm việc (hạn 30/01)", "Còn thiếu: Kế hoạch", "/chitiet_2b").is_silent()
    lan.sends_photo("/done 2b")
    lan.expects("Đã ghi nhận 2b – UBND xã Sơn Dung", "hoàn thành", "ngày 14/01/2020, đúng hạn", "1 ảnh").is_silent()
    boss.forgets()
    # The summary of that week's Monday came by itself.
    group.expects("Tổng hợp CCHC 2020").expects_photo("Tổng hợp").is_silent()
    group.says("/summary@NhacViecBot 2b").expects("2b", "Đã hoàn thành 1/23", "chưa xong").is_silent()
    group.says("/summary@NhacViecBot").expects("139 đầu việc có thời hạn", "đúng hạn: 1").expects_photo("Tổng hợp")
    boss.is_silent()
