"""Officers ask for what an admin decides: a later deadline, work that is not theirs, an answer taken back or mended."""

from datetime import date

from sqlmodel import select

from sandbox.phone import text_of
from sandbox.world import World
from store import obligations
from store.answer_tables import Request
from store.tables import Obligation
from store.types import RequestState


def owed(world: World, milestone: str = "2b.1", agency: str = "sondung") -> Obligation:
    """The row of an obligation."""
    with world.service.store.look() as session:
        query = select(Obligation).where(Obligation.milestone == milestone, Obligation.agency_id == agency)
        return session.exec(query).one()


def kinds(world: World, milestone: str = "2b.1", agency: str = "sondung") -> list[str]:
    """What happened to it, in order."""
    with world.service.store.look() as session:
        return [event.kind for event in obligations.events_of(session, owed(world, milestone, agency).id or 0)]


def requests(world: World) -> list[Request]:
    """Every request."""
    with world.service.store.look() as session:
        return list(session.exec(select(Request)))


def test_an_extension_is_asked_granted_and_told_with_both_dates(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sondung")
    other = world.admin("Kiên")
    lan.says("/giahan 2b đến 15/02 chờ hướng dẫn của tỉnh")
    lan.expects("R1", "Hạn hiện nay: 30/01/2020", "Đề nghị: 15/02/2020", "chờ hướng dẫn của tỉnh", "chưa thay đổi")
    boss.expects(
        "Đề nghị gia hạn R1", "2b", "UBND xã Sơn Dung", "Hạn theo kế hoạch: 30/01/2020", "Lan", "chờ hướng dẫn"
    )
    boss.expects_buttons("Đồng ý", "Không đồng ý")
    other.expects("Đề nghị gia hạn R1")
    assert owed(world).due == date(2020, 1, 30)
    boss.taps("Đồng ý").expects("Đã ghi đồng ý R1", "gia hạn").is_silent()
    lan.expects("đồng ý gia hạn việc 2b", "Hạn cũ: 30/01/2020", "Hạn mới: 15/02/2020").is_silent()
    mai.expects("đồng ý gia hạn việc 2b").is_silent()
    row = owed(world)
    assert (row.planned, row.due, row.extensions) == (date(2020, 1, 30), date(2020, 2, 15), 1)
    # Who comes late reads who decided.
    other.taps("Không đồng ý").expects("R1 đã được Hoa (P. Nội vụ) trả lời lúc 07:00", "đồng ý").is_silent()
    assert kinds(world) == ["created", "requested", "extended"]
    lan.says("/giahan 2b 28/2 chưa có kinh phí").expects("Hạn hiện nay: 15/02/2020", "28/02/2020")
    boss.expects("Hạn theo kế hoạch: 30/01/2020. Hạn hiện nay: 15/02/2020 (đã gia hạn 1 lần)")


def test_a_reply_to_what_is_asked_decides_by_words_that_decide(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    asks = "Đề nghị gia hạn"
    lan.says("/giahan 2b 15/02 chờ hướng dẫn của tỉnh")
    for unclear in ("ok em", "để tôi hỏi lại", "chưa rõ lý do", "2b xong"):
        boss.forgets().says(unclear, reply_to=f"{asks} R1").expects("Chưa quyết định gì về R1", unclear)
        boss.expects_buttons("Đồng ý", "Không đồng ý").is_silent()
    assert requests(world)[0].state == RequestState.WAITING
    boss.says("đồng ý nhé", reply_to=f"{asks} R1").expects("Đã ghi đồng ý R1")
    boss.says("đồng ý", reply_to=f"{asks} R1").expects("R1 đã được")
    lan.says("/giahan 2b 28/02 chưa có kinh phí")
    boss.forgets().says("không đồng ý", reply_to=f"{asks} R2").expects("nêu lý do không đồng ý R2")
    boss.says("còn đủ thời gian").expects("R2").is_silent()
    lan.says("/giahan 2b 28/02 chưa có kinh phí, đã xin tỉnh")
    boss.forgets().says("Không đồng ý vì còn đủ thời gian", reply_to=f"{asks} R3").expects("R3", "còn đủ thời gian")
    assert [each.state for each in requests(world)] == [RequestState.GRANTED, *[RequestState.REFUSED] * 2]


def test_a_later_day_may_be_said_by_how_near_it_is(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 30, 9, 0)
    lan.forgets().says("/giahan 2b mai").expects("Đã ghi ngày 31/01/2020 cho việc 2b", "lý do").is_silent()
    lan.says("/giahan 2b thứ hai tuần sau chờ tỉnh").expects("R1", "Đề nghị: 03/02/2020", "chờ tỉnh")
    assert [(each.wanted, each.reason) for each in requests(world)] == [(date(2020, 2, 3), "chờ tỉnh")]


def test_what_is_missing_is_asked_for_and_nothing_is_lost(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/giahan 2b chờ hướng dẫn của tỉnh").expects("ngày muốn gia hạn việc 2b", "chờ hướng dẫn của tỉnh")
    lan.says("30/2").expects("Không có ngày «30/2»", "chờ hướng dẫn của tỉnh")
    lan.says("20/1").expects("20/01/2020 không muộn hơn hạn hiện nay", "30/01/2020")
    lan.says("1/1").expects("01/01/2020 không còn ở phía trước")
    lan.says("ngày 15 tháng 2").expects("Đề nghị: 15/02/2020", "Lý do: chờ hướng dẫn của tỉnh")
    boss.expects("chờ hướng dẫn của tỉnh").is_silent()
    assert len(requests(world)) == 1


def test_the_reason_comes_in_the_next_message_even_when_it_looks_like_a_command(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/extend 2b 15/02").expects("15/02/2020", "lý do gia hạn")
    lan.says("đang làm lại từ 20/1").expects("Đề nghị: 15/02/2020", "Lý do: đang làm lại từ 20/1").is_silent()
    lan.says("/giahan 2b").expects("R1", "đang chờ").is_silent()


def test_an_answer_is_not_taken_for_the_reason(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/giahan 2b 15/02").expects("lý do gia hạn")
    lan.says("xong 2b").expects("Đã ghi nhận 2b").is_silent()


def test_a_refusal_asks_for_its_reason_and_the_officer_reads_it(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/giahan 2b 15/02 chưa kịp").expects("R1")
    boss.expects("R1").taps("Không đồng ý").expects("lý do không đồng ý R1")
    boss.says("đang làm chung cả huyện, không lùi được").expects("không đồng ý R1").is_silent()
    lan.expects("chưa đồng ý", "Lý do: đang làm chung cả huyện", "Hạn vẫn là 30/01/2020").is_silent()
    assert (kinds(world), owed(world).due) == (["created", "requested", "refused"], date(2020, 1, 30))
    boss.says("/duyet r1").expects(
        "R1 đã được Hoa (P. Nội vụ) trả lời", "không đồng ý", "đang làm chung cả huyện"
    ).is_silent()
    boss.says("/duyet R77").expects("Không có đề nghị R77").says("/duyet").expects("Không có đề nghị nào đang chờ")


def test_by_text_and_by_the_list(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/giahan 2b 15/02 chưa kịp").says("/khongthuoc 1e việc của Phòng Tư pháp").forgets()
    boss.forgets().says("/duyet").expects("đang chờ: 2").expects("gia hạn R1").expects(
        "Đề nghị R2: việc 1e không thuộc"
    )
    boss.says("/tuchoi R1 không đủ căn cứ").expects("không đồng ý R1").says("/duyet R2").expects("đồng ý R2")
    lan.expects("chưa đồng ý", "không đủ căn cứ").expects("việc 1e không thuộc UBND xã Sơn Dung").is_silent()


def test_reminders_rest_while_an_admin_is_asked_but_two_working_days_at_most(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 21, 16, 0)
    lan.forgets().says("/giahan 2b 15/02 chưa kịp").expects("R1")
    # The day before Tết has a step of its own: it rests; the first working day after it is the second of the wait.
    world.at(2020, 1, 22, 7, 30)
    lan.is_silent()
    world.at(2020, 1, 30, 7, 30)
    lan.expects("2b · hạn hôm nay").is_silent()


def test_an_extension_onto_a_saturday_says_until_when_an_answer_is_in_time(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/giahan 2b đến 15/02 chờ hướng dẫn")
    lan.forgets()
    boss.says("/duyet R1")
    until = "được báo đến hết thứ Hai, 17/02/2020"
    assert any(f"Hạn mới: 15/02/2020 (thứ Bảy), {until}" in text_of(each) for each in lan.unread)
    lan.forgets()
    world.at(2020, 2, 14, 7, 30)
    lan.expects(f"2b · {until}", f"Hạn: đã gia hạn đến hết ngày 15/02/2020 (thứ Bảy), {until}")
    assert "hạn hôm nay" not in lan.last
    lan.forgets()
    world.at(2020, 2, 17, 8, 0)
    lan.says("/viec").expects("hạn hôm nay")


def test_after_a_refusal_the_reminders_go_on_at_once(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 21, 16, 0)
    lan.forgets().says("/giahan 2b 15/02 chưa kịp").expects("R1")
    boss.says("/tuchoi R1 không").forgets()
    lan.expects("chưa đồng ý")
    world.at(2020, 1, 22, 7, 30)
    lan.expects("2b · còn").is_silent()


def test_a_request_after_the_deadline_says_so(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 2, 4, 9, 0)
    boss.forgets()
    lan.forgets().says("/giahan 2b 20/2 chưa kịp").expects("sau khi đã hết hạn")
    boss.expects("gửi sau khi hết hạn")
    assert requests(world)[0].late


def test_an_answer_leaves_nothing_to_decide(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/giahan 2b 15/02 chưa kịp").says("/done 2b").forgets()
    assert requests(world)[0].state == RequestState.VOID
    boss.expects("R1").taps("Đồng ý").expects("R1 không còn gì để quyết định").is_silent()
    lan.is_silent().says("/giahan 2b.1 15/02 x").expects("đã được báo hoàn thành").is_silent()


def test_work_that_is_not_theirs_leaves_the_count(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/khongthuoc 2b").expects("vì sao việc 2b không thuộc đơn vị")
    lan.says("xã không có thủ tục này").expects("không thuộc UBND xã Sơn Dung (R1)", "xã không có thủ tục này")
    boss.expects("Đề nghị R1: việc", "xã không có thủ tục này").taps("Đồng ý").expects("đồng ý R1")
    lan.expects("việc 2b không thuộc UBND xã Sơn Dung").is_silent()
    assert owed(world).state == "excused"
    lan.says("/done 2b.1").expects("không thuộc đơn vị").is_silent()
    boss.says("/tonghop 2b").expects("không thuộc đơn vị: Xã Sơn Dung")


def test_undo_after_ten_minutes_asks_an_admin(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b kế hoạch 05").expects("Đã ghi nhận 2b")
    world.later(minutes=11)
    lan.taps("Báo nhầm – hủy").expects("quá 10 phút", "lý do hủy").says("báo nhầm xã").expects("R1", "báo nhầm xã")
    boss.expects("Đề nghị hủy kết quả R1", "kế hoạch 05", "báo nhầm xã")
    assert owed(world).state == "done"
    lan.says("/hoantac 2b").expects("R1", "đang chờ")
    boss.taps("Đồng ý").expects("đồng ý R1").is_silent()
    lan.expects("đồng ý hủy kết quả việc 2b").is_silent()
    assert owed(world).state == "open"
    assert kinds(world) == ["created", "submitted", "requested", "withdrawn"]
    lan.says("/hoantac").expects("Không có kết quả nào").says("/hoantac 2b").expects("chưa có kết quả").is_silent()


def test_a_correction_is_ones_own_for_ten_minutes_and_an_admins_later(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b kế hoạch 05").expects("Đã ghi nhận 2b")
    lan.says("/suachua 2b kế hoạch 06").expects("Đã sửa nội dung kết quả 2b", "kế hoạch 06", "trước đó", "kế hoạch 05")
    world.later(minutes=11)
    lan.says("/suachua 2b").expects("gửi nội dung mới", "kế hoạch 06").says("kế hoạch 07").expects("R1", "kế hoạch 07")
    boss.expects("Đề nghị sửa nội dung kết quả R1", "kế hoạch 06", "nội dung mới: kế hoạch 07").taps("Đồng ý")
    lan.expects("đồng ý sửa nội dung kết quả việc 2b").is_silent()
    with world.service.store.look() as session:
        events = obligations.events_of(session, owed(world).id or 0)
        assert [(event.kind, event.note) for event in events[1:]] == [
            ("submitted", "kế hoạch 05"),
            ("corrected", "kế hoạch 06"),
            ("requested", "R1: kế hoạch 07"),
            ("corrected", "kế hoạch 07"),
        ]


def test_of_several_tasks_answered_the_named_one_is_corrected(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/suachua 2b gì đó").expects("chưa có kết quả").says("/suachua 9z gì đó").expects("Chưa rõ việc «9z»")
    lan.says("/done 2b một").says("/done 1e hai").forgets().says("/correct 2b ba").expects(
        "2b", "ba", "một"
    ).is_silent()


def test_somebody_elses_request_cannot_be_decided_by_an_officer(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    lan.says("/giahan 2b 15/02 chưa kịp").expects("R1").says("/duyet R1").expects(
        "dành cho đầu mối tổng hợp"
    ).is_silent()
    assert requests(world)[0].state == RequestState.WAITING
