"""An answer that came in time and was returned: said as that everywhere, urged about, and late nowhere."""

from plan.people import Role
from reports.figures import period
from sandbox.phone import Phone
from sandbox.world import World
from tests.conftest import MakeWorld


def returned(make_world: MakeWorld) -> tuple[World, Phone, Phone, Phone]:
    """An office whose admin returns, on a Monday after the deadline, what an officer answered on the last day; with
    the phones of the admin, the officer and the head, who have read all that came by then."""
    world = make_world(2020, 1, 30, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    head = world.officer("Bình", "sondung", role=Role.HEAD)
    lan.says("/done 2b")
    world.at(2020, 2, 3, 9, 0)
    boss.forgets().says("/tralai 2b sondung thiếu dấu").expects("Đã trả lại việc 2b – UBND xã Sơn Dung")
    for phone in (boss, lan, head):
        phone.forgets()
    return world, boss, lan, head


def test_the_officer_and_the_head_hear_of_a_return_and_of_no_lateness(make_world: MakeWorld) -> None:
    world, boss, lan, head = returned(make_world)
    world.at(2020, 2, 4, 7, 30)
    lan.expects(
        "2b · được trả lại để bổ sung, đã 1 ngày làm việc",
        "Cần bổ sung: thiếu dấu",
    )
    assert "quá hạn" not in lan.last
    lan.says("/viec").expects("Được trả lại để bổ sung\n2b · được trả lại để bổ sung, đã 1 ngày làm việc")
    assert "uá hạn" not in lan.last
    lan.says("/chitiet 2b").expects("được trả lại để bổ sung, đã 1 ngày làm việc: thiếu dấu").is_silent()
    head.expects(
        "việc 2b của UBND xã Sơn Dung được trả lại để bổ sung, đã 1 ngày làm việc chưa báo lại",
        "hệ thống đã gửi tin nhắc cán bộ đầu mối các ngày 30/01, 04/02.",
        "Cần bổ sung: thiếu dấu",
    ).is_silent()
    assert "quá hạn" not in head.last
    # Once for each return, and then in the list of the week.
    world.at(2020, 2, 5, 9, 0)
    head.is_silent()
    lan.says("/done 2b đã đóng dấu")
    boss.forgets().says("/tralai 2b sondung thiếu số").expects("Đã trả lại")
    head.forgets()
    world.at(2020, 2, 6, 9, 0)
    head.expects("được trả lại để bổ sung, đã 1 ngày làm việc chưa báo lại", "Cần bổ sung: thiếu số").is_silent()
    world.at(2020, 2, 10, 8, 0)
    head.expects("Được trả lại để bổ sung\n2b · được trả lại để bổ sung, đã 3 ngày làm việc").is_silent()
    assert "uá hạn" not in head.last


def test_it_is_urged_about_in_its_own_words_and_counted_apart(make_world: MakeWorld) -> None:
    world, boss, lan, _ = returned(make_world)
    boss.says("/nhac late").expects("Không có ai để đôn đốc")
    boss.says("/nhac sondung").expects("sẽ gửi cho 1 người", "2b, vừa được trả lại để bổ sung")
    world.at(2020, 2, 4, 9, 0)
    lan.forgets()
    boss.forgets().says("/nhac late").expects(
        "sẽ gửi cho 1 người\nĐược trả lại để bổ sung: 1 việc",
        "Lan – Xã Sơn Dung: 2b, được trả lại để bổ sung, đã 1 ngày làm việc",
    )
    boss.taps("Gửi đôn đốc")
    lan.expects("Đề nghị UBND xã Sơn Dung khẩn trương bổ sung kết quả 1 việc sau đã được trả lại", "thiếu dấu")
    assert "quá hạn" not in lan.last
    world.officer("Mai", "sonlong")
    world.at(2020, 2, 5, 9, 0)
    boss.forgets().says("/nhac 2b").expects(
        "sẽ gửi cho 2 người\nQuá hạn: 1 việc · Được trả lại để bổ sung: 1 việc", "Mai – Xã Sơn Long: 2b, quá hạn 4"
    )


def test_the_lists_of_what_is_late_have_it_apart(make_world: MakeWorld) -> None:
    world, boss, _, _ = returned(make_world)
    world.at(2020, 2, 4, 9, 0)
    boss.expects("Quá hạn từ 3 ngày làm việc", "22 đơn vị").is_silent()
    assert "Xã Sơn Dung" not in boss.last
    boss.says("/quahan 2b").expects(
        "Quá hạn – 2b", "22 đơn vị", "Được trả lại để bổ sung: 1 việc (không tính là quá hạn)",
        "2b (hạn 30/01/2020) – Xã Sơn Dung (đã 1 ngày làm việc)",
    )  # fmt: skip
    assert "Xã Sơn Dung" not in boss.last.partition("Được trả lại")[0]
    boss.says("/quahan sondung").expects("không có việc nào của UBND xã Sơn Dung quá hạn", "(đã 1 ngày làm việc)")
    boss.says("/tonghop sondung").expects("Được trả lại để bổ sung (không tính là quá hạn)\n2b (hạn 30/01/2020)")
    boss.forgets().says("/tonghop 2b").expects("được trả lại để bổ sung, đã 1 ngày làm việc: Xã Sơn Dung")


def test_before_the_deadline_it_says_both_how_long_ago_and_how_much_is_left(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 6, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    lan.says("/done 2b")
    boss.says("/tralai 2b sondung thiếu dấu")
    world.at(2020, 1, 14, 9, 0)
    lan.forgets().says("/viec").expects(
        "2b · được trả lại để bổ sung, đã 6 ngày làm việc; thời hạn còn 7 ngày làm việc"
    )


def test_an_answer_that_came_late_is_late_when_it_is_returned(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 31, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    lan.says("/done 2b").expects("quá hạn")
    world.at(2020, 2, 3, 9, 0)
    boss.says("/tralai 2b sondung thiếu dấu")
    lan.forgets().says("/viec").expects("Quá hạn\n2b · quá hạn 2 ngày làm việc")
    boss.forgets().says("/quahan sondung").expects("2b · quá hạn 2 ngày làm việc")
    assert "Được trả lại" not in boss.last
    lan.forgets().says("/done 2b đã đóng dấu").expects("quá hạn", "tính theo thời điểm báo lần đầu")


def test_the_document_of_what_was_returned_stays_with_the_answer_that_follows(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 20, 9, 0, review="all")
    boss, lan = world.admin("Hương"), world.officer("Lan", "sondung")
    lan.says("/done 2b KH 05/KH-UBND ngày 19/01/2020")
    boss.forgets().says("/tralai 2b sondung thiếu dấu").expects("Đã trả lại")
    lan.forgets().says("/done 2b đã đóng dấu").expects("Đã ghi nhận 2b")
    assert "05/KH-UBND" in lan.last
    assert "số, ký hiệu" not in lan.last
    world.at(2020, 3, 20, 9, 0)
    with world.service.store.look() as session:
        office, now = world.service.current(), world.now
        record = period.make(session, office, period.window(office, "2020-Q1", now), known_at=now)
    (row,) = (each for each in record.rows if (each.milestone, each.agency) == ("2b.1", "sondung"))
    assert (row.number, row.note) == ("05/KH-UBND", "đã đóng dấu")


def test_the_number_of_the_document_stays_with_what_was_returned(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 8, 0, review="all")
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b KH 05/KH-UBND 13/01/2020")
    boss.says("/tralai 2b sondung thiếu dấu")
    lan.forgets().sends_photo("/done 2b").expects("Đã ghi nhận 2b", "Văn bản: 05/KH-UBND ngày 13/01/2020")
    assert "đề nghị gửi thêm số" not in lan.last
