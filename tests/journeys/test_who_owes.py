"""Who owes: several agencies together, one that follows up, one that is renamed on a day."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from plan.status import State
from sandbox.phone import text_of
from sandbox.world import World
from store.tables import Obligation
from tests.conftest import MakeWorld

DATA = Path(__file__).parents[2] / "data"


def changed(path: Path, *, tasks: dict[str, dict[str, Any]], agencies: dict[str, dict[str, Any]] | None = None) -> Path:
    """The plan of 2020 with other keys in some of its tasks and agencies."""
    plan = json.loads((DATA / "plan_2020.json").read_text("utf-8"))
    for task in plan["tasks"]:
        task |= tasks.get(task["code"], {})
    for agency in plan["agencies"]:
        agency |= (agencies or {}).get(agency["id"], {})
    for key, agency in (agencies or {}).items():
        if all(each["id"] != key for each in plan["agencies"]):
            plan["agencies"].append({"id": key, **agency})
    path.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    return path


def states(world: World, task: str) -> dict[str, str]:
    with world.service.store.look() as session:
        rows = session.exec(select(Obligation).where(Obligation.milestone == f"{task}.1")).all()
        return {row.agency_id: row.state for row in rows}


def test_leads_together_are_all_reminded_and_one_answer_serves(make_world: MakeWorld, tmp_path: Path) -> None:
    together = {"2a": {"lead": ["vanphong", "tuphap"], "leads": "together"}}
    world = make_world(2020, 1, 2, 7, 0, plan_file=(changed(tmp_path / "plan.json", tasks=together),))
    boss, lan = world.admin("Hoa").forgets(), world.officer("Lan", "vanphong").forgets()
    minh, mai = world.officer("Minh", "tuphap").forgets(), world.officer("Mai", "sondung").forgets()
    world.at(2020, 1, 14, 7, 30)
    lan.expects("2a").forgets()
    minh.expects("2a").forgets()
    mai.forgets()
    mai.says("/xong 2a").expects("2a").forgets()
    assert states(world, "2a") == {"tuphap+vanphong": State.OPEN}
    minh.says("/viec").expects("2a").forgets()
    boss.says("/tonghop tuphap").forgets()
    minh.sends_photo("/xong 2a đã ban hành").expects("Đã ghi nhận 2a", "Phòng Tư pháp").forgets()
    lan.expects("Minh", "đã báo kết quả việc 2a", "không phải báo nữa").forgets()
    assert states(world, "2a") == {"tuphap+vanphong": State.DONE}
    world.at(2020, 1, 20, 7, 30)
    assert not any("2a" in text_of(each).split() for each in lan.unread)
    lan.forgets().says("/lichsu 2a.1").expects("Minh (P. Tư pháp)").forgets()
    boss.says("/tonghop 2a").expects("1/1")
    # A restart makes nothing anew.
    world.stop()
    world.start()
    assert states(world, "2a") == {"tuphap+vanphong": State.DONE}


def test_of_leads_together_one_is_excused_and_the_others_owe_it(make_world: MakeWorld, tmp_path: Path) -> None:
    together = {"2a": {"lead": ["vanphong", "tuphap"], "leads": "together"}}
    world = make_world(2020, 1, 2, 7, 0, plan_file=(changed(tmp_path / "plan.json", tasks=together),))
    boss, minh = world.admin("Hoa").forgets(), world.officer("Minh", "tuphap").forgets()
    minh.says("/khongthuoc 2a Phòng không tham mưu").forgets()
    boss.taps("Đồng ý").forgets()
    assert states(world, "2a") == {"tuphap+vanphong": State.TRANSFERRED, "vanphong": State.OPEN}
    world.stop()
    world.start()
    assert states(world, "2a") == {"tuphap+vanphong": State.TRANSFERRED, "vanphong": State.OPEN}


def test_who_follows_up_is_told_of_lateness_once_and_owes_nothing(make_world: MakeWorld, tmp_path: Path) -> None:
    followed = {"5": {"monitor": ["noivu"], "monitor_printed": "Phòng Nội vụ"}}
    world = make_world(2020, 1, 2, 7, 0, plan_file=(changed(tmp_path / "plan.json", tasks=followed),))
    world.admin("Hoa")
    nga = world.officer("Nga", "noivu").forgets()
    world.at(2020, 6, 30, 7, 30)
    nga.forgets()
    for day in (1, 2, 3):
        world.at(2020, 7, day, 14, 0)
    told = [text_of(each) for each in nga.unread if "theo dõi, đôn đốc" in text_of(each)]
    assert len(told) == 1
    assert "5 – Phòng Tài chính - Kế hoạch: quá hạn 1 ngày làm việc" in told[0]
    nga.forgets().says("/lichsu 5").expects("Phòng Tài chính")
    nga.forgets().says("/xong 5").expects("phần phối hợp")
    assert states(world, "5") == {"taichinh": State.OPEN}


def test_open_work_goes_to_the_successor_and_what_was_done_stays(make_world: MakeWorld, tmp_path: Path) -> None:
    merged: dict[str, dict[str, Any]] = {
        "tuphap": {"until": "2020-01-31", "successors": ["tuphapmoi"]},
        "tuphapmoi": {"name": "Phòng Tư pháp và Nội chính", "short": "P. TP-NC", "basis": "QĐ 9/QĐ-UBND"},
    }
    world = make_world(2020, 1, 2, 7, 0, plan_file=(changed(tmp_path / "plan.json", tasks={}, agencies=merged),))
    boss, minh = world.admin("Hoa"), world.officer("Minh", "tuphap")
    minh.sends_photo("/xong 2b đã ban hành").forgets()
    boss.says("/giaoviec tuphap 28/02/2020 Kiểm kê, căn cứ CV 1").taps("Xác nhận").forgets()
    world.at(2020, 1, 31, 7, 30)
    assert states(world, "1c") == {"tuphap": State.OPEN}
    world.at(2020, 2, 3, 7, 30)
    assert states(world, "1c") == {"tuphap": State.TRANSFERRED, "tuphapmoi": State.OPEN}
    assert states(world, "2b")["tuphap"] == State.DONE
    assert "tuphapmoi" not in states(world, "2b")
    assert states(world, "gv1")["tuphapmoi"] == State.OPEN
    (told,) = [text_of(each) for each in boss.unread if "được kế tiếp bởi" in text_of(each)]
    assert "Phòng Tư pháp được kế tiếp bởi Phòng Tư pháp và Nội chính" in told
    assert "1c" in told
    assert "gv1" in told
    minh.forgets().says("/viec").expects("1c").forgets()
    minh.says("/xong 1c").forgets()
    assert states(world, "1c") == {"tuphap": State.TRANSFERRED, "tuphapmoi": State.DONE}
    world.stop()
    world.start()
    world.at(2020, 2, 4, 7, 30)
    assert states(world, "1c") == {"tuphap": State.TRANSFERRED, "tuphapmoi": State.DONE}
    assert states(world, "2b")["tuphap"] == State.DONE
    assert "tuphapmoi" not in states(world, "2b")


@pytest.mark.long
def test_an_agency_that_ends_with_nobody_after_it_is_asked_about_until_its_work_is_settled(
    make_world: MakeWorld, tmp_path: Path
) -> None:
    ends: dict[str, dict[str, Any]] = {"daitruyenthanh": {"until": "2020-03-31"}}
    path = changed(tmp_path / "plan.json", tasks={}, agencies={})
    world = make_world(2020, 1, 2, 7, 0, plan_file=(path,))
    boss = world.admin("Hoa").forgets()
    changed(path, tasks={}, agencies=ends)
    world.stop()
    world.start()
    boss.forgets().says("/kehoach").expects("kết thúc hoạt động, chưa nêu cơ quan kế tiếp")
    boss.forgets().says("/kehoach apdung").taps("Xác nhận").forgets()

    def asked() -> int:
        found = sum("kế hoạch chưa nêu cơ quan kế tiếp" in text_of(each) for each in boss.unread)
        boss.forgets()
        return found

    def open_ones() -> list[tuple[str, str]]:
        with world.service.store.look() as session:
            rows = session.exec(select(Obligation).where(Obligation.agency_id == "daitruyenthanh")).all()
            return sorted({(row.task, row.milestone) for row in rows if row.state == State.OPEN})

    world.at(2020, 1, 2, 8, 30)
    assert asked() == 1
    world.at(2020, 1, 20, 8, 30)
    assert asked() == 0
    for day in (1, 9, 16):
        world.at(2020, 4, day, 8, 30)
        assert asked() == 1
    world.at(2020, 4, 17, 8, 30)
    assert asked() == 0
    for task in sorted({task for task, _ in open_ones()}):
        boss.says(f"/ketthuc {task} daitruyenthanh căn cứ QĐ 5").taps("Xác nhận").forgets()
    assert open_ones() == []
    world.at(2020, 4, 27, 8, 30)
    assert asked() == 0
