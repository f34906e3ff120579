"""An admin gives undated work a date from the chat."""

from sqlmodel import select

from plan.status import EventKind
from sandbox.phone import labels_of, text_of
from sandbox.world import World
from store import obligations
from store.tables import Obligation, ObligationEvent


def test_a_date_is_shown_confirmed_and_reminded_of(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "noivu")
    boss.says("/datngay 3d 30/06/2020 căn cứ KH 12/KH-UBND")
    boss.expects("Đặt thời hạn", "3d", "30/06/2020", "P. Nội vụ", "quá hạn sau ngày 30/06/2020", "09/06/2020", "KH 12")
    boss.expects_buttons("Xác nhận", "Không ghi").taps("Xác nhận").expects(
        "Đã đặt thời hạn 30/06/2020", "1 kết quả"
    ).is_silent()
    lan.expects("Việc 3d đã có thời hạn", "30/06/2020", "KH 12/KH-UBND").is_silent()
    asked = next(each for each in world.platform.messages(boss.chat) if "quá hạn sau ngày 30/06/2020" in text_of(each))
    assert labels_of(asked) == [], "what a button confirmed is over"
    world.stop()
    world.start()
    world.at(2020, 6, 9, 7, 30)
    assert any("3d" in message["text"] and "còn 15 ngày làm việc" in message["text"] for message in lan.unread)
    with world.service.store.look() as session:
        event = session.exec(select(ObligationEvent).where(ObligationEvent.kind == EventKind.DATED)).one()
        assert (event.note, event.person_id) == ("KH 12/KH-UBND", 1)


def test_one_agency_only_and_a_basis_that_comes_in_the_next_message(world: World) -> None:
    boss = world.admin("Hoa")
    boss.says("/datngay 1b xã Sơn Dung 31/5/2020").expects("Căn cứ là gì?")
    boss.says("CV 7/UBND ngày 02/01/2020").expects("31/05/2020", "29/05/2020", "01/06/2020", "Xã Sơn Dung", "CV 7/UBND")
    boss.says("/datngay co").expects("Đã đặt thời hạn", "1 kết quả", "Chưa có cán bộ đầu mối")
    with world.service.store.look() as session:
        rows = session.exec(select(Obligation).where(Obligation.task == "1b", Obligation.due != None)).all()  # noqa: E711
        assert [row.agency_id for row in rows] == ["sondung"]


def test_a_later_reading_of_the_plan_leaves_the_date(world: World) -> None:
    boss = world.admin("Hoa")
    boss.says("/datngay 2f 30/06/2020 căn cứ ý kiến Chủ tịch").taps("Xác nhận")
    world.stop()
    world.start()
    with world.service.store.look() as session:
        rows = [row for row in obligations.all_of(session) if row.task == "2f"]
    assert rows
    assert {f"{row.due}" for row in rows} == {"2020-06-30"}


def test_what_has_a_printed_date_is_not_dated_here(world: World) -> None:
    boss = world.admin("Hoa").forgets()
    boss.says("/datngay 2b.1 30/06/2020 căn cứ x").expects("không có mốc nào chưa có hạn")
    boss.says("/datngay 1b 30/06/2019 căn cứ x").expects("đã qua")
    boss.says("/datngay 1b").expects("Ví dụ: /datngay 1b ")
    boss.says("/datngay 9z 30/06/2020 x").expects("Chưa rõ việc «9z»").is_silent()
