"""The number and date of the document that came out: given with the answer, or asked for once and sent after."""

from datetime import date

from sqlmodel import select

from sandbox.world import World
from store.answer_tables import Submission
from store.tables import Obligation

ASKS = "gửi thêm số, ký hiệu, ngày của văn bản"


def documents(world: World) -> list[tuple[str, str, str, date | None, str]]:
    """Milestone, agency and document of every standing answer."""
    with world.service.store.look() as session:
        rows = session.exec(select(Submission, Obligation).join(Obligation))
        return [
            (o.milestone, o.agency_id, s.product_number, s.product_date, s.product_title)
            for s, o in rows
            if s.withdrawn_at is None
        ]


def test_the_note_names_it_and_nothing_is_asked(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b KH 05/KH-UBND 2/1/2020 về việc rà soát TTHC")
    lan.expects("Đã ghi nhận 2b", "Văn bản: 05/KH-UBND ngày 02/01/2020, về việc rà soát TTHC.").is_silent()
    assert ASKS not in lan.last
    assert documents(world) == [("2b.1", "sondung", "05/KH-UBND", date(2020, 1, 2), "rà soát TTHC")]
    lan.says("/chitiet 2b").expects("văn bản: 05/KH-UBND ngày 02/01/2020")


def test_it_is_asked_for_once_and_a_plain_message_of_the_day_completes_the_answer(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").expects("Đã ghi nhận 2b", ASKS).is_silent()
    lan.says("KH 05/KH-UBND").expects("Đã bổ sung vào kết quả 2b", "Văn bản: 05/KH-UBND.").is_silent()
    lan.says("KH 05/KH-UBND 12/3/2020").expects(
        "Hệ thống chưa hiểu tin này"
    ).is_silent()  # a day to come, and not asked
    lan.sends_photo("/done 2b thêm ảnh").expects("Đã bổ sung").is_silent()
    assert ASKS not in lan.last
    assert documents(world) == [("2b.1", "sondung", "05/KH-UBND", None, "")]


def test_a_reply_completes_it_on_any_day_and_a_plain_message_only_within_one(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").expects(ASKS)
    world.later(days=1, hours=1)
    lan.forgets().says("Báo cáo số 12/BC-UBND ngày 01/01/2020").expects("Hệ thống chưa hiểu tin này").is_silent()
    lan.says("KH 05/KH-UBND ngày 01/01/2020", reply_to="Đã ghi nhận 2b").expects("Đã bổ sung", "ngày 01/01/2020")
    assert documents(world)[0][2:4] == ("05/KH-UBND", date(2020, 1, 1))


def test_of_two_answers_it_is_asked_which_and_a_code_says_so(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").expects(ASKS).says("/done 1e").expects(ASKS)
    lan.says("KH 05/KH-UBND").expects("kết quả của việc nào").taps("Bổ sung: 2b – ").expects(
        "Đã bổ sung vào kết quả 2b"
    )
    lan.says("/hoantac").taps("Báo nhầm – hủy 1e").says("/done 2h").forgets()
    lan.says("2h QĐ 07/QĐ-UBND").expects("Đã bổ sung vào kết quả 2h", "07/QĐ-UBND").is_silent()
    assert [each[:3] for each in documents(world)] == [
        ("2b.1", "sondung", "05/KH-UBND"),
        ("2h.1", "sondung", "07/QĐ-UBND"),
    ]


def test_what_ends_in_no_document_is_not_asked_for_one(world: World) -> None:
    minh = world.officer("Minh", "noivu")
    minh.says("/done 8b").expects("Đã ghi nhận 8b").is_silent()
    assert ASKS not in minh.last


def test_a_photo_with_the_number_belongs_to_the_answer_too(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/done 2b").expects(ASKS)
    lan.sends_photo("KH 05/KH-UBND ngày 01/01/2020").expects("Đã bổ sung vào kết quả 2b", "1 ảnh", "05/KH-UBND")
    lan.is_silent()
