"""An agency that leaves with open work: settled with the plan, and named to the admins with what is still open."""

import json
from pathlib import Path

from sqlmodel import select

from plan.status import State
from sandbox.phone import text_of
from store.tables import Obligation
from tests.conftest import MakeWorld

PLAN = Path(__file__).parents[2] / "data" / "plan_2020.json"


def test_an_agency_that_leaves_the_plan_leaves_nothing_hanging(make_world: MakeWorld, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(PLAN.read_text("utf-8"), "utf-8")
    world = make_world(2020, 1, 2, 7, 0, plan_file=(path,))
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sonmau"), world.officer("Mai", "sonlong")
    lan.says("/done 2b")
    boss.says("/giaoviec sonmau 28/02/2020 Kiểm kê, căn cứ CV 1").taps("Xác nhận").forgets()
    plan = json.loads(path.read_text("utf-8"))
    plan["agencies"] = [each for each in plan["agencies"] if each["id"] != "sonmau"]
    for group in plan["groups"]:
        group["members"] = [each for each in group["members"] if each != "sonmau"]
    letters = plan["letterhead"]["agency_reports"]
    plan["letterhead"]["agency_reports"] = [each for each in letters if each["of"] != ["sonmau"]]
    path.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    world.stop()
    world.start()
    boss.says("/kehoach apdung").taps("Xác nhận").forgets()
    lan.forgets()
    world.at(2020, 1, 2, 7, 30)
    told = [text_of(each) for each in boss.unread if "không còn trong kế hoạch" in text_of(each)]
    assert len(told) == 1
    assert "UBND xã Sơn Màu" in told[0]
    assert "việc chưa hoàn thành đã đưa ra khỏi kế hoạch" in told[0]
    assert "gv1" in told[0]
    mai.expects("2b")
    boss.forgets().says("/ketthuc gv1 căn cứ sáp nhập").taps("Xác nhận")
    world.at(2020, 1, 14, 7, 30)
    assert not any("gv1" in text_of(each) for each in boss.unread if "không còn trong kế hoạch" in text_of(each))
    with world.service.store.look() as session:
        rows = session.exec(select(Obligation).where(Obligation.agency_id == "sonmau")).all()
        other = session.exec(select(Obligation).where(Obligation.agency_id == "sonlong")).all()
    assert {row.state for row in rows} == {State.RETIRED, State.ENDED}
    assert {row.state for row in other} == {State.OPEN}
