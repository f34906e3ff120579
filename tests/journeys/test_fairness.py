"""What came on paper counts by its true day, and lateness that was the service's own waits for an admin."""

from sqlmodel import select

from plan.status import EventKind, Judgement, State
from reports.figures.boxes import Box
from reports.figures.summary import build
from sandbox.phone import labels_of, text_of
from sandbox.world import World
from store import obligations
from store.answer_tables import Submission
from store.tables import Obligation, ObligationEvent, Outage


def row_of(world: World, agency: str, milestone: str) -> Obligation:
    with world.service.store.look() as session:
        query = select(Obligation).where(Obligation.agency_id == agency, Obligation.milestone == milestone)
        return session.exec(query).one()


def box_of(world: World, agency: str) -> Box:
    with world.service.store.look() as session:
        lines = build(session, world.service.current(), world.now).lines
    return next(line.box for line in lines if (line.agency, line.milestone) == (agency, "2b.1"))


def test_paper_that_came_in_time_is_in_time_when_the_answer_was_late(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 2, 3, 9, 0)
    lan.forgets().says("/done 2b").expects("quá hạn")
    boss.forgets().says("/giayto 2b sondung 30/01/2020 căn cứ sổ công văn đến số 45")
    boss.expects("Xã Sơn Dung (đã báo lúc 09:00 ngày 03/02/2020)", "17:00 ngày 30/01/2020, đúng hạn").taps("Xác nhận")
    boss.expects("Đã ghi kết quả nộp bằng giấy", "Xã Sơn Dung").is_silent()
    lan.expects("kết quả nộp bằng giấy, 17:00 ngày 30/01/2020, đúng hạn", "số 45").is_silent()
    assert box_of(world, "sondung") is Box.DONE_IN_TIME
    with world.service.store.look() as session:
        event = session.exec(select(ObligationEvent).where(ObligationEvent.kind == EventKind.RETIMED)).one()
        assert (event.note, event.person_id) == ("sổ công văn đến số 45", 1)


def test_paper_of_an_agency_that_never_answered_is_an_answer_on_its_behalf(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 2, 3, 9, 0)
    lan.forgets()
    boss.forgets().says("/giayto 2b sondung 31/12/2020 căn cứ x").expects("chưa đến")
    boss.says("/giayto 2b 30/01/2020 căn cứ x").expects("mã việc, đơn vị, ngày nhận")
    boss.says("/giayto 2b sondung 31/01/2020").expects("Căn cứ là gì?").says("sổ 46").expects("(chưa báo)", "quá hạn")
    boss.taps("Xác nhận").expects("Đã ghi nhận 2b").is_silent()
    assert "Đồng chí" not in boss.last
    lan.expects("kết quả nộp bằng giấy", "quá hạn").is_silent()
    assert row_of(world, "sondung", "2b.1").state == State.DONE
    with world.service.store.look() as session:
        assert session.exec(select(Submission)).one().on_behalf
    assert box_of(world, "sondung") is Box.DONE_LATE


def test_late_while_the_service_was_off_waits_for_an_admin(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    world.at(2020, 1, 22, 8, 0)
    mai.says("/done 2b")
    world.at(2020, 1, 30, 8, 0)
    world.stop()
    world.at(2020, 2, 3, 7, 0)
    world.start()
    world.stop()
    world.start()
    with world.service.store.look() as session:
        assert len(session.exec(select(Outage)).all()) == 1
    boss.forgets()
    world.at(2020, 2, 3, 7, 30)
    assert sum("Cần quyết định" in text_of(each) for each in boss.unread) == 1
    assert (box_of(world, "sondung"), box_of(world, "sonlong")) == (Box.FLAGGED, Box.DONE_IN_TIME)
    boss.forgets()
    lan.forgets().says("/done 2b").expects("hệ thống gián đoạn", "sẽ xem và quyết định")
    assert "quá hạn." not in lan.last.splitlines()[0]
    told = next(each for each in boss.unread if "Cần quyết định" in text_of(each))
    assert "2b – Xã Sơn Dung: hệ thống gián đoạn vào ngày hết hạn, báo lúc 07:30 ngày 03/02/2020" in text_of(told)
    assert [label for label in labels_of(told) if "Sơn Dung" in label] == [
        "Tính đúng hạn: 2b – Xã Sơn Dung",
        "Tính quá hạn: 2b – Xã Sơn Dung",
    ]
    boss.forgets().says("/tonghop").expects("chờ quyết định đúng hạn hay quá hạn 23").forgets()
    lan.forgets()
    boss.taps("Tính đúng hạn: 2b").expects("Căn cứ là gì?").says("biên bản sự cố số 2")
    boss.expects("Tính đúng hạn cho 1 kết quả – chưa ghi, chưa báo ai", "biên bản sự cố số 2", "không rút lại được")
    lan.is_silent()
    boss.taps("Xác nhận").expects("Tính đúng hạn: đã ghi cho 1 kết quả", "đã được báo")
    lan.expects("tính đúng hạn", "biên bản sự cố số 2").is_silent()
    assert box_of(world, "sondung") is Box.DONE_IN_TIME
    boss.says("/tinhhan qua tatca căn cứ x").expects("Không còn kết quả nào").is_silent()
    # What is open is judged by the date that it is given: it is asked about no more, and late after that day.
    boss.says(f"/tinhhan qua #{row_of(world, 'sonlap', '2b.1').id} căn cứ sổ trực").taps("Xác nhận").forgets()
    boss.says("/tinhhan dung chuabao căn cứ biên bản số 2").expects("21 kết quả", "đến hết ngày 06/02/2020 là đúng hạn")
    boss.taps("Xác nhận").expects("đã ghi cho 21 kết quả")
    world.at(2020, 2, 4, 7, 30)
    assert (box_of(world, "sonlap"), box_of(world, "sontan")) == (Box.OVERDUE, Box.NEAR)
    assert row_of(world, "sondung", "2b.1").judged == Judgement.IN_TIME
    with world.service.store.look() as session:
        events = obligations.events_of(session, row_of(world, "sondung", "2b.1").id or 0)
    assert [event.kind for event in events].count(EventKind.FLAGGED) == 1
    assert not any("Cần quyết định" in text_of(each) for each in boss.unread)
    world.at(2020, 2, 7, 7, 30)
    assert box_of(world, "sontan") is Box.OVERDUE


def test_late_on_a_day_the_service_ran_is_late(world: World) -> None:
    lan = world.officer("Lan", "sondung")
    world.at(2020, 1, 31, 8, 0)
    world.stop()
    world.at(2020, 2, 3, 7, 0)
    world.start()
    world.at(2020, 2, 3, 7, 30)
    lan.says("/done 2b")
    assert box_of(world, "sondung") is Box.DONE_LATE
