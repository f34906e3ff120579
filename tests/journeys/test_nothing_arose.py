"""Nothing arose: recorded for what comes again, refused kindly for what has a day and a product."""

from sqlmodel import select

from sandbox.world import World
from store.answer_tables import Submission
from store.tables import Obligation


def answers(world: World) -> list[tuple[str, str, bool, str]]:
    """Milestone, state, whether nothing arose, and note of every standing answer."""
    with world.service.store.look() as session:
        rows = session.exec(select(Submission, Obligation).join(Obligation))
        return [(o.milestone, o.state, s.nothing_arose, s.note) for s, o in rows if s.withdrawn_at is None]


def test_a_periodic_report_is_done_by_it_and_can_be_taken_back(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/khongphatsinh bc").expects("Đã ghi nhận bc (quý I/2020) – UBND xã Sơn Dung: không phát sinh")
    assert answers(world) == [("bc.1", "done", True, "không phát sinh")]
    assert "gửi thêm số" not in lan.last
    lan.says("/chitiet bc").expects("không phát sinh").forgets()
    lan.taps("Báo nhầm – hủy").expects("Đã hủy kết quả bc").is_silent()
    assert answers(world) == []


def test_ongoing_work_takes_it_as_a_line_and_stays_open(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("2d không phát sinh").expects("Đã ghi nhận 2d", "không phát sinh", "cuối năm").is_silent()
    assert answers(world) == [("2d.1", "open", True, "không phát sinh")]
    lan.says("/nothing 2d").expects("đã được báo không phát sinh").is_silent()
    lan.says("/done 2d đã niêm yết 3 TTHC").expects("việc thường xuyên 2d").is_silent()
    with world.service.store.look() as session:
        row = session.exec(
            select(Obligation).where(Obligation.milestone == "2d.1", Obligation.agency_id == "sondung")
        ).one()
    assert row.progress == "đã niêm yết 3 TTHC"
    assert [each[2] for each in answers(world)] == [True, False]


def test_many_ways_of_saying_it(world: World) -> None:
    ways = (
        "/nothing 2d",
        "không phát sinh 2d",
        "/done 2d không phát sinh",
        "việc 2d: quý này không phát sinh",
        "/xong_2d ko phát sinh",
    )
    communes = ("sondung", "sonlong", "sontan", "sonmua", "sonlien")
    for commune, text in zip(communes, ways, strict=True):
        world.officer(f"Cán bộ {commune}", commune).says(text).expects("Đã ghi nhận 2d", "không phát sinh").is_silent()
    assert [each[:3] for each in answers(world)] == [("2d.1", "open", True)] * len(ways)
    lan = world.officer("Lan", "sonlap")
    lan.says("2d không phát sinh?").expects("Đây là câu hỏi").is_silent()
    lan.sends_photo("2d không phát sinh").expects("Đã ghi nhận 2d", "không phát sinh", "1 ảnh").is_silent()


def test_work_with_a_day_must_have_a_result_whichever_way_it_is_said(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    for text in ("/khongphatsinh 2b", "/done 2b không phát sinh", "2b không phát sinh"):
        lan.says(text).expects("2b phải có kết quả", "/vuongmac 2b", "trao đổi với Phòng Nội vụ").is_silent()
    world.at(2020, 1, 2, 7, 30)
    lan.expects("2b").says("không phát sinh", reply_to="Tin tự động").expects("2b phải có kết quả").is_silent()
    assert answers(world) == []
    lan.says("/done 2b không phát sinh vướng mắc").expects("Đã ghi nhận 2b").is_silent()


def test_of_a_task_with_both_the_report_is_meant(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("1e không phát sinh").expects("Đã ghi nhận 1e.2", "không phát sinh").is_silent()
    assert answers(world) == [("1e.2", "done", True, "không phát sinh")]


def test_what_is_told_afterwards_is_something(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("bc không phát sinh").expects("Đã ghi nhận bc")
    # Said twice it is not the next quarter's.
    lan.says("/nothing bc").expects("không cần báo thêm").says("/nothing bc.1").expects("không cần báo thêm")
    lan.says("/done bc đã tổng hợp 2 đợt kiểm tra").expects("Đã bổ sung vào kết quả bc").is_silent()
    assert [each[2] for each in answers(world)] == [False]
    world.at(2020, 3, 20, 9, 0)
    lan.forgets().says("bc không phát sinh").expects("Đã ghi nhận bc (6 tháng năm 2020)").is_silent()
