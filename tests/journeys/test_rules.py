"""Work that recurs by a rule of its own, and work that waits for an event, told from the phone."""

import json
from pathlib import Path

from tests.conftest import MakeWorld

DATA = Path(__file__).parents[2] / "data"


def ruled(folder: Path) -> Path:
    """The plan of 2020 in which 1b recurs every month, 3d waits for an event and 4a begins on a day."""
    raw = json.loads((DATA / "plan_2020.json").read_text("utf-8"))
    milestones = {task["code"]: task["milestones"][0] for task in raw["tasks"]}
    milestones["1b"] |= {"kind": "periodic", "rule": {"every": "month", "day": 20}}
    milestones["3d"] |= {"kind": "event", "rule": {"after": "ngày ký", "offset": 5, "unit": "working_days"}}
    milestones["4a"] |= {"start": "2020-03-24"}
    path = folder / "plan_2020.json"
    path.write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
    return path


def test_each_month_is_a_result_of_its_own_and_an_event_gets_its_day(make_world: MakeWorld, tmp_path: Path) -> None:
    world = make_world(2020, 1, 2, 7, 0, plan_file=(ruled(tmp_path),))
    boss, lan = world.admin("Hoa"), world.officer("Lan", "noivu").forgets()
    world.at(2020, 1, 9, 7, 30)
    lan.expects("1b", "tháng 1/2020", "(hạn 20/01)").forgets()
    lan.says("/done 1b").expects("Đã ghi nhận", "1b").forgets()
    lan.says("/chitiet 1b").expects("tháng 2/2020", "20/02/2020").forgets()
    lan.says("/chitiet 3d").expects("chưa có hạn").forgets()
    boss.forgets().says("/datngay 3d 28/02/2020 căn cứ QĐ 5/QĐ-UBND").taps("Xác nhận").expects("28/02/2020").forgets()
    lan.expects("Việc 3d đã có thời hạn", "28/02/2020")
    boss.says("/tonghop").expects("Tổng hợp").forgets()
    world.at(2020, 3, 20, 7, 30)
    assert not any("4a ·" in message["text"] for message in lan.unread)
    lan.forgets()
    world.at(2020, 3, 26, 7, 30)
    lan.expects("4a ·", "còn 3 ngày làm việc")
