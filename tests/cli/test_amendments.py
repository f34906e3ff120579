"""An amendment by articles, a misreading and the difference that is only read, by the command line."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.command import nhacviec
from tests.intake.amendments import amendment

POINTS = (
    "Bãi bỏ điểm b khoản 2 Mục II.",
    "Thời hạn thực hiện tại điểm a khoản 4 Mục II được điều chỉnh thành “trước ngày 15/7/2020”.",
    "Bãi bỏ điểm y khoản 2 Mục II.",
)


class Office:
    """An installation with the plan of 2020, and its commands."""

    def __init__(self, folder: Path, migrated: Path) -> None:
        self.folder, self.url = folder, f"sqlite:///{folder / 'office.db'}"
        shutil.copyfile(migrated, folder / "office.db")

    def run(self, *words: str, code: int = 0) -> str:
        """One command, which ends with `code`."""
        return nhacviec(self.folder, *words, code=code, DATABASE_URL=self.url)


@pytest.fixture
def office(tmp_path: Path, migrated: Path) -> Office:
    return Office(tmp_path, migrated)


def test_what_is_read_is_a_difference_and_what_is_adopted_too(office: Office) -> None:
    file = office.folder / "sua-doi.txt"
    file.write_bytes(amendment(*POINTS))
    read = json.loads(office.run("plan", "read", str(file), "--json"))
    assert read["read"] == "diff"
    assert [(each["op"], each["code"]) for each in read["diff"]] == [("deadline", "4a"), ("withdraw", "2b")]
    assert [(each["kind"], each["blocks"]) for each in read["doubts"]] == [("which_task", True)]
    assert read["decision"]["number"] == "512/QĐ-UBND"
    office.run("plan", "import", str(file))
    assert "waits for the answers to 1" in office.run("plan", "adopt", "1", "--yes", code=2)
    assert "does not answer" in office.run("plan", "answer", "1", "1", "9z", code=2)
    office.run("plan", "answer", "1", "1", "2a")
    assert "another version" in office.run("plan", "adopt", "1", "--yes")
    shown = office.run("plan", "adopt", "--leave", "2a", "--yes")
    assert "withdraw" in shown
    assert "2a" not in [each["code"] for each in read["diff"]]
    plan = json.loads(office.run("plan", "export"))
    codes = {each["code"] for each in plan["tasks"]}
    assert "2a" in codes
    assert "2b" not in codes
    # What the plan's file says does not come back at the next start, nor by the same document.
    assert "No version" in office.run("plan", "adopt", "--yes")
    assert "already" in office.run("plan", "import", str(file))


def test_a_misreading_is_put_right(office: Office) -> None:
    file = office.folder / "sua-doi.txt"
    file.write_bytes(amendment(POINTS[0]))
    office.run("plan", "import", str(file))
    assert "corrected for 23 results" in office.run("plan", "putright", "2b.1", "2020-02-28", "--why", "nhầm", "--yes")
    assert "nothing to correct" in office.run("plan", "putright", "2b.1", "2020-02-28", "--why", "x", "--yes", code=2)
    assert "nothing to correct" in office.run("plan", "putright", "9z.1", "2020-02-28", "--why", "x", "--yes", code=2)
    assert "write the day" in office.run("plan", "putright", "2b.1", "28/2", "--why", "x", "--yes", code=2)
    led = office.run("plan", "putright", "6d.1", "lead=Phòng Tư pháp", "--why", "nhầm cột", "--yes")
    assert "1 results gone, 1 new" in led
    assert "nothing to correct" in office.run(
        "plan", "putright", "6d.1", "lead=Phòng Lạ", "--why", "x", "--yes", code=2
    )
    plan = json.loads(office.run("plan", "export"))
    assert next(each["lead"] for each in plan["tasks"] if each["code"] == "6d") == ["tuphap"]
    (milestone, *_) = next(each for each in plan["tasks"] if each["code"] == "2b")["milestones"]
    assert (milestone["due"], milestone["printed"]) == ("2020-02-28", "trước ngày 31/01/2020")
    assert "No version" in office.run("plan", "adopt", "--yes")


def test_results_that_a_table_tells_are_kept_in_an_admins_name_or_it_is_said(tmp_path: Path, migrated: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    shutil.copyfile(migrated, tmp_path / "empty.db")
    file = tmp_path / "bang.csv"
    file.write_text(
        "STT,Nhiệm vụ,Đơn vị chủ trì,Thời hạn,Tình trạng\n"
        "1,Ban hành kế hoạch cải cách,Phòng Kinh tế,30/3/2026,Đã hoàn thành 15/KH-UBND ngày 12/3/2026\n"
        "2,Rà soát thủ tục,Phòng Kinh tế,30/11/2026,Đang thực hiện\n",
        "utf-8",
    )

    def run(*words: str, code: int = 0) -> str:
        return nhacviec(tmp_path, *words, code=code, DATABASE_URL=url, PLAN_FILE="")

    run("plan", "import", str(file))
    for each in json.loads(run("plan", "questions", "--json")):
        run("plan", "answer", "1", str(each["number"]), "2026" if each["kind"] == "year" else "1")
    assert "P9 is no admin" in run("plan", "adopt", "1", "--yes", "--by", "P9", code=2)
    assert "1 results that the document tells were not kept" in run("plan", "adopt", "1", "--yes")
