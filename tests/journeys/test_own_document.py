"""An office without any plan sends its own document to the bot and is reminded by it."""

import pytest
from sqlmodel import select

from bot.commands import COMMANDS
from sandbox.world import World
from store import plan_imports
from store.answer_tables import Blob, Evidence
from store.import_tables import PlanAnswer
from store.tables import Inbox, Obligation
from tests.conftest import MakeWorld

TEXT = """ỦY BAN NHÂN DÂN
XÃ ĐÔNG HÒA
Số: 15/KH-UBND
Đông Hòa, ngày 05 tháng 01 năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026
II. NHIỆM VỤ
1. Cải cách thể chế
1.1. Rà soát văn bản quy phạm pháp luật
- Cơ quan chủ trì: Phòng Kinh tế, Phòng Văn hóa - Xã hội
- Thời gian: Quý I, II năm 2026
1.2. Công khai thủ tục hành chính
- Cơ quan chủ trì: Các thôn
- Thời gian: trước ngày 31/01
"""


def office(make_world: MakeWorld) -> World:
    return make_world(2026, 1, 12, 8, 0, plan_file=())


def test_from_the_document_to_the_first_reminder(make_world: MakeWorld) -> None:
    world = office(make_world)
    boss = world.admin("Bình", "donvi")
    boss.says("/kehoach").expects("Chưa có kế hoạch nào được theo dõi", "ghi chú thích /kehoach").forgets()
    boss.sends_file("ke-hoach.txt", TEXT.encode(), mime="text/plain")
    boss.expects("Đã nhận tệp ke-hoach.txt, đang đọc")
    boss.expects(
        "Đã đọc ke-hoach.txt: 9 dòng: 2 nhiệm vụ, 7 dòng không phải nhiệm vụ", "Còn 5 câu cần trả lời, 3 câu phải"
    )
    boss.forgets()
    boss.taps("Xem câu hỏi, trả lời").expects("Câu 1/5", "«Các thôn» gồm những cơ quan, đơn vị nào?", "dòng 12")
    boss.forgets().says("Thôn Đông, Thôn Tây").expects("Đã ghi: Thôn Đông; Thôn Tây.", "Câu 2/5", "mỗi nơi làm")
    boss.forgets().taps("Cùng một kết quả, một nơi báo là đủ").expects("Câu 3/5", "Quý I, II năm 2026").forgets()
    boss.says("khi nào cũng được").expects("Chưa hiểu câu trả lời cho câu 3").forgets()
    boss.says("/kehoach phieu").expects("3 nội dung còn để ngỏ").forgets()
    boss.says("/kehoach sua 1.2 tên: Công khai thủ tục hành chính").expects("Đã sửa việc 1.2", "Còn 3 câu").forgets()
    boss.says("/kehoach sua 1.2 hạn: bao giờ cũng được").expects("chưa đọc được thời hạn").forgets()
    boss.says("/kehoach traloi 3 30/6/2026").expects("Đã ghi: Hạn 30/06/2026", "Câu 4/5", "tổng hợp").forgets()
    boss.taps("Để sau").expects("Câu 5/5", "trước ngày 31/01").forgets()
    boss.taps("Hết ngày 30/01/2026").expects(
        "CCHC 2026: 2 nhiệm vụ, 4 cơ quan", "Xem trước 30 ngày tới", "Thôn Đông – 1.2"
    ).forgets()
    world.stop()
    world.start()
    boss.taps("Đưa vào theo dõi, bắt đầu nhắc").expects("Xem lại lần cuối", "P. Kinh tế, P. Văn hóa - Xã hội").forgets()
    boss.taps("Xác nhận").expects("Đã đưa CCHC 2026 vào theo dõi: 2 nhiệm vụ").forgets()
    with world.service.store.look() as session:
        assert {row.agency_id for row in session.exec(select(Obligation))} == {
            "thondong", "thontay", "kinhte+vanhoaxahoi",
        }  # fmt: skip
        given = session.exec(select(PlanAnswer)).all()
        assert [each.person_id for each in given] == [1] * 6
        assert plan_imports.adopted(session) == ["cchc-2026"]
        assert session.exec(select(Evidence)).all() == []
    # Another process, later: it serves, and the admin is one of the office that compiles.
    world.stop()
    world.start()
    lan = world.officer("Lan", "thondong").forgets()
    world.at(2026, 1, 23, 7, 30)
    lan.expects("1.2 · còn 5 ngày làm việc (hạn 30/01)", "/xong_1_2").forgets()
    boss.forgets()
    lan.says("1.2 nộp cho ai ạ?").expects("Gửi câu hỏi này").taps("Gửi câu hỏi cho").expects("về việc 1.2").forgets()
    boss.expects("Thôn Đông, việc 1.2", "Công khai thủ tục hành chính").forgets()
    lan.says("/xong_1_2").expects("Đã ghi nhận 1.2 – Thôn Đông: hoàn thành").forgets()
    boss.forgets().says("/tonghop").expects("CCHC 2026")
    # The very same file again doubles nothing; another version of it is a change of the plan that serves.
    boss.forgets().sends_file("lai.txt", TEXT.encode(), "/kehoach", mime="text/plain")
    boss.expects("đang đọc").expects("lai.txt đã được gửi trước đây và kế hoạch đang được theo dõi").forgets()
    moved = TEXT.replace("trước ngày 31/01", "trước ngày 15/02")
    boss.sends_file("moi.txt", moved.encode(), "/kehoach@NhacViecBot", mime="text/plain").forgets().says("/kehoach")
    # How the same words were answered before holds: several leads owe together, «Quý I, II» is the day that was given.
    boss.expects("Câu 1/1").taps("Để sau").forgets()
    boss.taps("Đưa vào theo dõi, bắt đầu nhắc").forgets().taps("Xác nhận").expects("bản mới của kế hoạch").forgets()
    boss.says("/kehoach").expects("1.2", "trước ngày 15/02")
    assert "1.1" not in boss.last


def test_a_document_without_a_word_is_asked_about_where_a_plan_serves(make_world: MakeWorld) -> None:
    world = make_world(2026, 1, 22, 7, 0)
    boss, lan = world.admin("Hoa", "noivu").forgets(), world.officer("Lan", "sondung").forgets()
    boss.sends_file("ke-hoach.txt", TEXT.encode(), mime="text/plain")
    boss.expects("Đã giữ tệp ke-hoach.txt", "kế hoạch mới").forgets()
    boss.taps("Là kế hoạch").expects("Đã nhận tệp ke-hoach.txt, đang đọc").expects("Đã đọc ke-hoach.txt").forgets()
    with world.service.store.look() as session:
        assert [each.name for each in plan_imports.open_ones(session)] == ["ke-hoach.txt"]
        (file,) = session.exec(select(Evidence)).all()
        assert (file.state, file.sha256) == ("removed", None)
    # The same of an officer, and a picture, is evidence as ever.
    lan.sends_file("bao-cao.txt", TEXT.encode(), mime="text/plain").expects("Kết quả này của việc nào").is_silent()
    boss.sends_photo().forgets()


def test_a_classified_document_is_refused_and_not_kept(make_world: MakeWorld) -> None:
    world = office(make_world)
    boss = world.admin("Bình", "donvi")
    boss.sends_file("mat.txt", f"MẬT\n{TEXT}".encode(), "/kehoach", mime="text/plain")
    boss.expects("đang đọc").expects("Không đọc tệp này và không lưu lại", "dấu chỉ độ mật", "xóa ngay").forgets()
    with world.service.store.look() as session:
        assert session.exec(select(Blob)).all() == []
        assert plan_imports.open_ones(session) == []
    boss.says("/kehoach").expects("gửi tệp Word, Excel")


@pytest.mark.long
def test_every_command_answers_where_there_is_no_plan(make_world: MakeWorld) -> None:
    world = office(make_world)
    boss = world.admin("Bình", "donvi")
    for command in COMMANDS:
        boss.forgets().says(f"/{command.names[0]}")
        boss.forgets().says(f"/{command.names[0]} 2b quý 1")
    boss.forgets().says("xong 1a")
    world.at(2026, 1, 19, 8, 0)
    world.at(2026, 4, 1, 8, 0)
    with world.service.store.look() as session:
        assert [row.error for row in session.exec(select(Inbox)) if row.error] == []


def test_a_button_of_a_document_that_was_given_up_does_nothing(make_world: MakeWorld) -> None:
    world = office(make_world)
    boss = world.admin("Bình", "donvi")
    boss.sends_file("a.txt", TEXT.encode(), "/kehoach", mime="text/plain").forgets()
    boss.says("/kehoach").forgets()
    boss.says("/kehoach boqua").expects("Đã bỏ văn bản a.txt").forgets()
    boss.taps("Xem câu hỏi, trả lời")
    with world.service.store.look() as session:
        assert session.exec(select(PlanAnswer)).all() == []
