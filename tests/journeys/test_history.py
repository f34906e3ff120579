"""What happened to an obligation, and what was said about it to whom."""

from sandbox.phone import Phone, text_of
from sandbox.world import World

LAN = "Lan (Xã Sơn Dung)\n"


def read(phone: Phone) -> str:
    """Everything unread as one text."""
    return "\n".join(text_of(message) for message in phone.unread)


def in_order(text: str, *pieces: str) -> None:
    """The pieces stand in the text one after the other."""
    place = 0
    for piece in pieces:
        found = text.find(piece, place)
        assert found >= 0, f"{piece!r} is not after what came before in:\n{text}"
        place = found + len(piece)


def test_every_event_in_words_with_who_and_when(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/vuongmac 2b thiếu kinh phí")
    boss.taps("Đã nhận").says("kinh phí sẽ cấp", reply_to="thiếu kinh phí")
    world.later(minutes=5)
    lan.says("/giahan 2b 15/02 chờ cấp kinh phí")
    boss.taps("Đồng ý")
    lan.says("/tiendo 2b 60 đang trình").says("/done 2b kế hoạch 05").says("/suachua 2b kế hoạch 06")
    lan.forgets().says("/lichsu 2b.1")
    told = read(lan)
    in_order(
        told,
        "Lịch sử việc 2b – UBND xã Sơn Dung",
        "Giao việc: hạn 30/01/2020",
        "07:00 ngày 02/01/2020 · Lan (Xã Sơn Dung)",
        "Báo vướng mắc – thiếu kinh phí",
        "Hoa (P. Nội vụ)\nĐã nhận vướng mắc",
        "Hoa (P. Nội vụ)\nTrả lời cho đơn vị – kinh phí sẽ cấp",
        "07:05 ngày 02/01/2020 · Lan (Xã Sơn Dung)\nĐề nghị gia hạn đến 15/02/2020 – R1: chờ cấp kinh phí",
        "Hoa (P. Nội vụ)\nGia hạn: hạn 30/01/2020 → 15/02/2020 – R1",
        "Báo tiến độ – 60% – đang trình",
        "Báo hoàn thành – kế hoạch 05",
        "Sửa nội dung kết quả – kế hoạch 06",
    )
    lan.forgets().says("/xoadulieu co")
    boss.forgets().says("/lichsu 2b.1 sondung")
    assert "cán bộ đã xóa\nBáo hoàn thành" in read(boss)
    assert "Lan" not in read(boss)


def test_of_several_milestones_and_agencies_it_is_asked(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/lichsu 2b").expects("nhiều mốc").taps("2b.2").expects("Lịch sử việc 2b.2").is_silent()
    lan.says("/lichsu 2b.1 sonmua").expects("trong phạm vi đồng chí được xem").is_silent()
    boss.says("/history 2b.1").expects("đơn vị nào").taps("Xã Sơn Mùa").expects("Lịch sử việc 2b – UBND xã Sơn Mùa")
    lan.says("/nhatky 2b").expects("dành cho đầu mối tổng hợp").is_silent()


def test_every_message_about_it_with_whether_it_was_answered(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sondung")
    world.at(2020, 1, 2, 7, 30)
    world.at(2020, 1, 14, 7, 30)
    lan.says("/tiendo 2b 60")
    world.at(2020, 1, 20, 7, 30)
    lan.says("/done 2b.1")
    mai.forgets()
    boss.forgets().says("/nhatky 2b.1 sondung")
    in_order(
        read(boss),
        "Tin đã gửi về việc 2b – UBND xã Sơn Dung",
        f"07:30 ngày 02/01/2020 · {LAN}tin nhắc trong ngày, trước hạn 15 ngày làm việc · đã gửi · "
        "hệ thống chưa ghi nhận phản hồi",
        "07:30 ngày 02/01/2020 · Mai",
        f"07:30 ngày 14/01/2020 · {LAN}tin nhắc trong ngày, trước hạn 7 ngày làm việc · đã gửi · đơn vị phản hồi 07:30",
        f"07:30 ngày 20/01/2020 · {LAN}tin nhắc trong ngày, trước hạn 3 ngày làm việc · đã gửi · đơn vị phản hồi 07:30",
        "xác nhận kết quả · đã gửi",
    )
    boss.forgets().says("/nhatky 2b.1 sonbua").expects("Chưa có tin nào").is_silent()
