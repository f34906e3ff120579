"""A plan is amended in June: letters move up, work is withdrawn, a date moves, and nobody's answer moves with them."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from plan.status import State
from sandbox.world import World
from store import audit
from store.tables import Obligation
from tests.conftest import MakeWorld

DATA = Path(__file__).parents[2] / "data"
# 2b is withdrawn; what stood behind it moves up one letter.
UP = {"2c": "2b", "2d": "2c", "2đ": "2d", "2e": "2đ", "2g": "2e", "2h": "2g"}
LATER = "trước ngày 31/07/2020"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text((DATA / "plan_2020.json").read_text("utf-8"), "utf-8")
    return path


@pytest.fixture
def world(make_world: MakeWorld, file: Path) -> World:
    return make_world(2020, 1, 2, 7, 0, plan_file=(file,))


def amend(path: Path) -> None:
    """Writes the amended plan into its file."""
    plan = json.loads(path.read_text("utf-8"))
    tasks = []
    for task in plan["tasks"]:
        if task["code"] == "2b":
            continue
        code = UP.get(task["code"], task["code"])
        for place, milestone in enumerate(task["milestones"], 1):
            milestone["id"] = f"{code}.{place}"
        task["code"] = code
        for question in task.get("questions", ()):
            question["about"] = code
        tasks.append(task)
    plan["tasks"] = tasks
    moved: dict[str, Any] = next(task for task in tasks if task["code"] == "1a")
    moved["milestones"][0] |= {"printed": LATER, "kind": "dated"}
    moved["timing"] = f"{moved['timing']} {LATER}"
    path.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")


def restart(world: World) -> None:
    world.stop()
    world.start()
    world.settle()


def rows(world: World, agency: str) -> dict[str, tuple[str, str]]:
    """What an agency owes, by the identity of the work: its code now, and its state."""
    with world.service.store.look() as session:
        found = session.exec(select(Obligation).where(Obligation.agency_id == agency))
        return {row.work: (row.milestone, row.state) for row in found}


def test_the_letters_move_up_and_every_answer_stays_with_its_work(world: World, file: Path) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b KH 05/KH-UBND").expects("Đã ghi nhận 2b")
    lan.says("/done 2h đã kiện toàn").expects("Đã ghi nhận 2h")
    world.at(2020, 6, 8, 9, 0)
    before = rows(world, "sondung")
    boss.forgets()
    lan.forgets()

    amend(file)
    restart(world)
    # A file is a draft: nothing has moved, and the officer's 2b is still what it was.
    assert rows(world, "sondung") == before
    boss.expects("Có bản mới của", "Hệ thống vẫn theo bản đang áp dụng").is_silent()
    lan.says("/chitiet 2h").expects("2h").forgets()
    restart(world)
    boss.is_silent()

    boss.taps("Xem thay đổi").expects(
        "Bỏ 2b: Xây dựng và triển khai",
        "Đã có 1 kết quả, vẫn được lưu",
        "2h nay mang mã 2g",
        "1 kết quả đã báo đi theo việc",
        "1a đổi thời hạn: «",
        f"thành «{LATER}»",
    )
    boss.taps("Đưa vào áp dụng").expects("Đưa vào áp dụng bản mới", "mỗi kết quả ở lại với việc của mình")
    boss.taps("Xác nhận").expects("Đã đưa vào áp dụng")
    lan.expects("được sửa đổi", "Bỏ 2b", "2h nay mang mã 2g")

    after = rows(world, "sondung")
    assert after["2b.1"] == ("2b~1.1", State.RETIRED)
    assert after["2h.1"] == ("2g.1", State.DONE)
    assert {work: state for work, (_, state) in after.items() if not work.startswith("2b.")} == {
        work: state for work, (_, state) in before.items() if not work.startswith("2b.")
    }
    # What bears the letter now was never answered, whatever was said of the work that bore it.
    lan.forgets().says("/lichsu 2b").expects("2b")
    assert "05/KH-UBND" not in lan.last
    lan.says("/viec").expects("ngoài ra 6 việc thường xuyên").taps("Xem tiếp").forgets()
    # Messages that bear the former letters still stand in the chats.
    lan.says("/done 2e").expects("Từ ngày 08/06/2020 mã 2e là việc khác").taps("2đ – Tổ chức triển khai").forgets()
    lan.sends_photo("2b").expects("mã này trước đây không còn trong kế hoạch").forgets()
    assert rows(world, "sondung")["2c.1"] == ("2b.1", State.OPEN)
    boss.forgets().says("/kehoach").expects("Không có bản kế hoạch nào chờ")
    with world.service.store.look() as session:
        assert [each.action for each in audit.about(session, "plan:cchc-2020")][-1] == "plan.adopted"

    # The same file again changes nothing.
    restart(world)
    assert rows(world, "sondung") == after
    boss.says("/kehoach").expects("Không có bản kế hoạch nào chờ")


def test_what_is_like_is_asked_and_what_changed_meanwhile_is_shown_again(world: World, file: Path) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    lan.says("/done 2b").forgets()
    plan = json.loads(file.read_text("utf-8"))
    task = next(task for task in plan["tasks"] if task["code"] == "2b")
    task["title"] = task["title"].replace("Xây dựng", "Ban hành", 1)
    file.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    world.at(2020, 1, 20, 9, 0)
    boss.forgets()
    restart(world)
    boss.expects("Có bản mới").says("/kehoach").expects("2b đổi lời văn", "Nếu là việc khác: /kehoach khac 2b")
    boss.taps("Đưa vào áp dụng").expects("được coi là cùng một việc")
    boss.says("/kehoach khac 2b").expects("Thêm 2b: Ban hành", "Bỏ 2b: Xây dựng")
    # The press confirms what was shown before, which it is no more.
    boss.taps("Xác nhận").expects("đã khác so với lúc xem")
    boss.says("/kehoach apdung").expects("Đưa vào áp dụng").taps("Xác nhận").expects("Đã đưa vào áp dụng")
    found = rows(world, "sondung")
    assert (found["2b.1"], found["2b~2.1"]) == (("2b~1.1", State.RETIRED), ("2b.1", State.OPEN))
    boss.expects("Số liệu tổng hợp trước và sau khi áp dụng", "2b: 23 kết quả mới")
    boss.says("/tonghop 2b").expects("0/23")


def test_a_draft_is_dropped_by_a_word_and_when_the_file_is_as_before(world: World, file: Path) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 1, 20, 9, 0)
    original = file.read_text("utf-8")
    amend(file)
    restart(world)
    boss.forgets().says("/kehoach").expects("điểm thay đổi").taps("Bỏ bản này").expects("Đã bỏ bản kế hoạch")
    boss.says("/kehoach apdung").expects("Không có bản kế hoạch nào chờ")
    file.write_text(original, "utf-8")
    restart(world)
    amend(file)
    restart(world)
    file.write_text(original, "utf-8")
    restart(world)
    boss.forgets().says("/kehoach").expects("Không có bản kế hoạch nào chờ")


def test_what_is_beside_the_work_holds_from_the_next_start(world: World, file: Path) -> None:
    """A file that is required now, a letterhead: no word of what is owed is another, so nobody is asked."""
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    plan = json.loads(file.read_text("utf-8"))
    task = next(task for task in plan["tasks"] if task["code"] == "2b")
    task["milestones"][0]["evidence"] = "required"
    file.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    restart(world)
    boss.forgets().says("/kehoach").expects("Không có bản kế hoạch nào chờ")
    lan.forgets().says("/done 2b").expects("cần")
    assert rows(world, "sondung")["2b.1"] != ("2b.1", State.DONE)


def test_days_of_reports_are_no_words_beside_the_work(world: World, file: Path) -> None:
    """No task changes its words, and every report another day: that is asked about like any deadline."""
    boss = world.admin("Hoa")
    plan = json.loads(file.read_text("utf-8"))
    plan["report_days"] = {"report_day": 5, "compile_day": 14}
    file.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    before = rows(world, "sondung")
    restart(world)
    boss.forgets().says("/kehoach").expects("thêm 0, bớt 0, đổi hạn")
    assert rows(world, "sondung") == before
