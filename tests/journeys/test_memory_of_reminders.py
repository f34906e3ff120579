"""A reminder knows what happened since the last one, and every message the same number of open tasks."""

import re
from math import ceil

from sandbox.phone import text_of
from sandbox.world import World

OPEN = re.compile(r"(\d+) việc chưa hoàn thành")


def test_a_reminder_says_what_happened_since(world: World) -> None:
    lan, boss = world.officer("Lan", "sondung"), world.admin("Hoa")
    world.at(2020, 1, 2, 7, 30)
    lan.expects("2b · còn 15", "Hạn: trước ngày 31/01/2020", "Sản phẩm: ", "Nhắc báo kết quả: /xong_2b")
    world.at(2020, 1, 31, 7, 30)
    lan.forgets().says("/vuongmac 2b chưa có kinh phí").expects("Đã ghi vướng mắc")
    world.at(2020, 2, 7, 7, 30)
    told = "Vướng mắc báo 31/01 («chưa có kinh phí») đang chờ Phòng Nội vụ trả lời."
    lan.expects("2b · quá hạn 6 ngày làm việc (hạn 30/01)", told, "Đề nghị khẩn trương báo: /xong_2b · /chitiet_2b")
    item = text_of(lan._from_bot()[-1]).split("\n\n")[0]
    assert len(item.splitlines()) == 4
    boss.forgets().says("/traloi 2b.1 sondung huyện bố trí trong tháng 2").expects("Đã gửi")
    lan.forgets()
    world.at(2020, 2, 14, 7, 30)
    lan.expects("đã được Phòng Nội vụ trả lời 07/02: «huyện bố trí trong tháng 2»")
    lan.says("/giahan 2b 28/2 chờ kinh phí").forgets()
    world.at(2020, 2, 21, 7, 30)
    lan.expects("Đề nghị gia hạn đến 28/02 (R1, gửi 14/02) đang chờ Phòng Nội vụ quyết định.")


def lines(text: str) -> int:
    """How many lines of a phone 360 wide a text takes, at 36 letters each."""
    return sum(max(1, ceil(len(line) / 36)) for line in text.splitlines())


def test_a_reminder_is_short_and_begins_with_what_is_owed(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    # A phone shows the beginning of a message over its other work: the task, not whose it is.
    assert lan.last.startswith("2b · còn 15 ngày làm việc\n")
    assert lines(lan.last) <= 11
    world.at(2020, 1, 14, 7, 30)
    assert lines(lan.last) <= 8
    lan.forgets()
    world.at(2020, 3, 10, 7, 30)
    several = lan.last
    assert several.startswith(
        "Xã Sơn Dung, thứ Ba 10/03: 1 việc quá hạn, 4 việc trong hạn, 6 việc thường xuyên\n\n2b · "
    )
    assert "bc (quý I/2020) · hạn hôm nay (10/03)\n" in several
    # Five dated tasks and six questions, with what each wants.
    assert lines(several) <= 52


def test_one_number_of_what_is_open(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    said = [lan.last]
    for words in ("/viec", "/dulieu"):
        lan.says(words)
        said.append(lan.last)
    assert len({OPEN.search(each)[1] for each in said}) == 1  # type: ignore[index]
    before = int(OPEN.search(said[0])[1])  # type: ignore[index]
    lan.says("xong 2b")
    assert int(OPEN.search(lan.last)[1]) == before - 1  # type: ignore[index]
