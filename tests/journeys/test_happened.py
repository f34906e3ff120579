"""The day of an event is recorded: what waited for it gets a deadline of its own, and reminders."""

import json
from pathlib import Path

import pytest
from sqlmodel import col, select

from plan.status import State
from reports.figures import summary
from sandbox.world import World
from store.tables import Obligation
from tests.conftest import MakeWorld

DATA = Path(__file__).parents[2] / "data"
AFTER = {"after": "kể từ ngày có hướng dẫn", "offset": 5, "unit": "working_days"}


@pytest.fixture
def world(make_world: MakeWorld, tmp_path: Path) -> World:
    """1b waits for one event, 8a's report for each inspection."""
    plan = json.loads((DATA / "plan_2020.json").read_text("utf-8"))
    for task in plan["tasks"]:
        if task["code"] == "1b":
            task["milestones"][0] |= {"kind": "event", "rule": AFTER}
        if task["code"] == "8a":
            task["milestones"][1]["rule"] = {"after": "mỗi đợt kiểm tra", "offset": 10, "unit": "days", "each": True}
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    return make_world(2020, 1, 2, 7, 0, plan_file=(path,))


def found(world: World, milestone: str, agency: str) -> list[tuple[str, str, str]]:
    with world.service.store.look() as session:
        query = select(Obligation).where(Obligation.milestone == milestone, Obligation.agency_id == agency)
        return [(row.occurrence, str(row.due), row.state) for row in session.exec(query.order_by(col(Obligation.id)))]


def test_an_admin_records_it_for_all_and_each_is_reminded(world: World) -> None:
    boss, lan = world.admin("Hoa").forgets(), world.officer("Lan", "sondung").forgets()
    boss.says("/sukien 1b 03/02/2020 căn cứ CV 15/STP").expects("Ngày: 03/02/2020; thời hạn: 10/02/2020", "CV 15/STP")
    boss.forgets().taps("Xác nhận").expects("23 kết quả có hạn 10/02/2020").forgets()
    lan.expects("tính hạn từ ngày 03/02/2020: hạn 10/02/2020").forgets()
    assert found(world, "1b.1", "sondung") == [("", "2020-02-10", State.OPEN)]
    world.at(2020, 2, 5, 7, 30)
    lan.expects("1b").forgets()
    world.stop()
    world.start()
    assert found(world, "1b.1", "sondung") == [("", "2020-02-10", State.OPEN)]


def test_each_time_it_happens_owes_a_result_of_its_own(world: World) -> None:
    boss, nga = world.admin("Hoa"), world.officer("Nga", "noivu")
    for day in ("15/04/2020", "15/05/2020"):
        boss.says(f"/sukien 8a {day}").taps("Xác nhận").forgets()
    boss.says("/sukien 8a 15/05/2020").forgets().taps("Xác nhận").expects("đã").forgets()
    nga.forgets()
    assert found(world, "8a.2", "noivu") == [
        ("", "None", State.OPEN),
        ("2020-E0415", "2020-04-25", State.OPEN),
        ("2020-E0515", "2020-05-25", State.OPEN),
    ]
    world.stop()
    world.start()
    world.at(2020, 4, 24, 7, 30)
    nga.expects("8a.2").forgets().says("/xong 8a.2 đã báo cáo").forgets()
    nga.says("/lichsu 8a").forgets()
    assert ("2020-E0415", "2020-04-25", State.DONE) in found(world, "8a.2", "noivu")
    world.at(2020, 5, 27, 8, 0)
    with world.service.store.look() as session:
        late = summary.build(session, world.service.live.of(session), world.now).overdue
    assert [each.occurrence for each in late if each.milestone == "8a.2"] == ["2020-E0515"]


def test_an_officer_records_it_for_the_own_agency_once(world: World) -> None:
    boss, lan, mai = world.admin("Hoa").forgets(), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    lan.forgets().says("/sukien 1b 03/02/2020 đã nhận hướng dẫn").expects("hạn: 10/02/2020").forgets()
    lan.taps("Xác nhận").expects("1 kết quả có hạn 10/02/2020").forgets()
    boss.expects("Xã Sơn Dung", "hạn 10/02/2020").forgets()
    assert found(world, "1b.1", "sonlong") == [("", "None", State.OPEN)]
    # A second word of theirs would move their own deadline.
    lan.says("/sukien 1b 03/03/2020").expects("đã có thời hạn").forgets()
    mai.forgets().says("/sukien 1b sondung 03/02/2020").expects("không có mốc nào").forgets()
    boss.says("/sukien 1b sondung 04/02/2020 CV 16").taps("Xác nhận").forgets()
    assert found(world, "1b.1", "sondung") == [("", "2020-02-11", State.OPEN)]


def test_without_a_number_of_days_the_deadline_is_named(world: World) -> None:
    boss = world.admin("Hoa").forgets()
    boss.says("/sukien 2g 02/01/2020").expects("không nêu số ngày", "/sukien 2g 02/01/2020 hạn").forgets()
    boss.says("/sukien 2g 02/01/2020 hạn 15/01/2020 đợt 1").expects("thời hạn: 15/01/2020").forgets()
    boss.taps("Xác nhận").expects("1 kết quả có hạn 15/01/2020")
    boss.forgets().says("/sukien 1c 02/01/2020").expects("không có mốc nào")
    boss.forgets().says("/sukien 8a 01/12/2019").expects("đã qua")
