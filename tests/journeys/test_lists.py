"""The list of an agency's work by week, month and whole, and one task with how its dates came about."""

import pytest

from sandbox.phone import Phone, labels_of, text_of
from sandbox.world import World


def read(phone: Phone) -> str:
    """Everything unread as one text."""
    return "\n\n".join(text_of(message) for message in phone.unread)


@pytest.mark.parametrize("text", ["/viec tuần", "/viec tuan", "/tasks week", "/việc tuần này"])
def test_by_week(world: World, text: str) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says(text).expects("không có việc nào đến hạn trong tuần này", "05/01/2020")
    world.at(2020, 1, 30, 9, 0)
    lan.forgets().says(text).expects("Việc đến hạn trong tuần này", "02/02/2020", "2b · hạn hôm nay")
    assert "Thường xuyên" not in lan.last


def test_by_month_and_all(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/viec tháng").expects("trong tháng 1/2020", "2b").says("/viec thang 3").expects(
        "trong tháng 3/2020", "2b"
    )
    world.at(2020, 2, 4, 9, 0)
    lan.forgets().says("/viec tháng").expects("trong tháng 2/2020", "Quá hạn\n2b")
    lan.says("/done 2b.1").forgets().says("/viec tất cả")
    # What does not fit a screen and a half is a press away, and nothing is said twice.
    while "Xem tiếp" in "".join(labels_of(lan._from_bot()[-1])):
        lan.taps("Xem tiếp")
    told = read(lan)
    assert "Tất cả việc" in told
    assert "Đã hoàn thành 1 việc: 2b" in told
    assert told.count("4c ·") == 1
    assert told.count("kỳ") + told.count("quý") > 1
    lan.forgets().says("/viec")
    assert "Đã hoàn thành" not in read(lan)


def test_a_task_in_full_says_how_its_dates_came_about(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    boss.says("/chitiet 2b").expects(
        "2b · trước ngày 31/01/2020 → hạn 30/01/2020",
        "2b.2 · ",
        "chưa có hạn",
        "/lichsu_2b",
    )
    lan.says("/giahan 2b 15/02 chờ tỉnh")
    boss.taps("Đồng ý")
    lan.forgets().says("/chitiet 2b").expects(
        "2b · trước ngày 31/01/2020 → hạn 30/01/2020",
        "2b: gia hạn 1 lần, từ 30/01/2020 đến 15/02/2020 (là ngày nghỉ, thứ Bảy: ",
        "nhắc theo 14/02/2020, quá hạn sau 17/02/2020)",
        "Xã Sơn Dung – 2b: chưa hoàn thành",
        "/minhchung_2b",
    )
    lan.says("/lichsu_2b").expects("nhiều mốc").says("/minhchung_2b").expects("chưa có minh chứng").is_silent()
