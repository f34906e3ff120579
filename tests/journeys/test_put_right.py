"""A misreading that is found after adoption is put right: nobody was late by it, and nothing of it is an extension."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from plan.model import Kind
from plan.status import EventKind, State
from reports.figures.boxes import Box
from reports.figures.summary import build
from sandbox.world import World
from store import audit, plan_drafts, putting_right
from store.tables import Obligation, ObligationEvent
from tests.conftest import MakeWorld


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world(2020, 1, 2, 7, 0)


def boxes(world: World, at: datetime, work: str) -> dict[str, Box]:
    """The box of each agency's result of a milestone at a past moment, as it is known now."""
    with world.service.store.look() as session:
        found = build(session, world.service.live.of(session), at, known_at=world.now)
    return {line.agency: line.box for line in found.lines if line.work == work}


def of_work(world: World, work: str) -> dict[str, Obligation]:
    with world.service.store.look() as session:
        return {row.agency_id: row for row in session.exec(select(Obligation).where(Obligation.work == work))}


def test_a_day_that_was_read_too_early_makes_nobody_late(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    world.at(2020, 2, 10, 9, 0)
    lan.says("/done 2b KH 05/KH-UBND").expects("quá hạn").forgets()
    world.at(2020, 2, 17, 9, 0)
    mai.forgets()
    past = datetime(2020, 2, 12, 2, 0, tzinfo=UTC)
    assert boxes(world, past, "2b.1")["sondung"] is Box.DONE_LATE
    boss.forgets().says("/dinhchinh 2b 28/02/2020 đọc nhầm tháng 2 thành tháng 1").expects(
        "Đính chính lỗi nhập 2b.1", "«trước ngày 31/01/2020»", "30/01/2020", "28/02/2020", "không phải gia hạn",
    )  # fmt: skip
    boss.forgets().taps("Xác nhận").expects("Đã đính chính 2b.1", "28/02/2020")
    mai.expects("Đính chính thời hạn 2b.1", "không phải do đơn vị", "Hạn đúng: 28/02/2020")
    # Now, and at any moment of before: it was never late.
    assert boxes(world, world.now, "2b.1")["sondung"] is Box.DONE_IN_TIME
    assert boxes(world, past, "2b.1")["sondung"] is Box.DONE_IN_TIME
    assert boxes(world, past, "2b.1")["sonlong"] in (Box.OPEN, Box.NEAR)
    row = of_work(world, "2b.1")["sonlong"]
    assert (row.due, row.planned, row.first_due, row.extensions) == (*[date(2020, 2, 28)] * 3, 0)
    lan.forgets().says("/lichsu 2b.1").expects("Đính chính thời hạn đọc nhầm", "đọc nhầm tháng 2")
    with world.service.store.look() as session:
        (kept,) = putting_right.of_plan(session, "cchc-2020")
        assert (kept.code, kept.why, kept.person_id) == ("2b", "đọc nhầm tháng 2 thành tháng 1", 1)
        assert "plan.put_right" in {each.action for each in audit.about(session, "plan:cchc-2020")}
        kinds = {
            each.kind for each in session.exec(select(ObligationEvent).where(ObligationEvent.obligation_id == row.id))
        }
        assert EventKind.MISREAD in kinds
        assert not kinds & {EventKind.EXTENDED, EventKind.CHANGED}
    # The same again changes nothing; neither do the plan's file and the next start, which would read it wrongly again.
    boss.forgets().says("/dinhchinh 2b 28/02/2020 đọc nhầm").forgets().taps("Xác nhận").expects(
        "Không có gì để đính chính"
    )
    world.stop()
    world.start()
    assert of_work(world, "2b.1")["sonlong"].due == date(2020, 2, 28)
    with world.service.store.look() as session:
        assert plan_drafts.waiting(session) == []


def test_a_day_that_was_read_too_late_is_held_against_nobody(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.officer("Mai", "sonlong")
    world.at(2020, 1, 29, 9, 0)
    lan.says("/done 2b KH 05/KH-UBND").expects("đúng hạn").forgets()
    world.at(2020, 1, 30, 9, 0)
    boss.forgets().says("/dinhchinh 2b 15/01/2020 đọc nhầm").forgets().taps("Xác nhận").expects("Đã đính chính")
    now = boxes(world, world.now, "2b.1")
    assert (now["sondung"], now["sonlong"]) == (Box.DONE_IN_TIME, Box.FLAGGED)
    rows = of_work(world, "2b.1")
    assert rows["sondung"].due == date(2020, 1, 15)


def test_what_has_no_day_is_late_at_no_time(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 4, 6, 9, 0)
    boss.forgets().says("/dinhchinh 4a thường xuyên văn bản ghi thường xuyên").forgets().taps("Xác nhận")
    boss.expects("Đã đính chính 4a.1")
    rows = of_work(world, "4a.1")
    assert {(row.kind, row.due, row.state) for row in rows.values()} == {(Kind.ONGOING, None, State.OPEN)}
    past = datetime(2020, 4, 3, 2, 0, tzinfo=UTC)
    assert set(boxes(world, past, "4a.1").values()) == {Box.ONGOING}


def test_an_extension_stays_where_it_is_the_later_day(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/giahan 2b 28/2/2020 chờ hướng dẫn").forgets()
    boss.says("/duyet R1").forgets()
    boss.says("/dinhchinh 2b 15/02/2020 đọc nhầm").forgets().taps("Xác nhận").expects("Đã đính chính")
    row = of_work(world, "2b.1")["sondung"]
    assert (row.due, row.planned, row.extensions) == (date(2020, 2, 28), date(2020, 2, 15), 1)
    boss.says("/dinhchinh 2b 31/03/2020 đọc nhầm").forgets().taps("Xác nhận").expects("Đã đính chính")
    assert of_work(world, "2b.1")["sondung"].due == date(2020, 3, 31)
