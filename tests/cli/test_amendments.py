"""An amendment by articles, a misreading and the difference that is only read, by the command line."""

import json
from pathlib import Path

import pytest

from app.wiring import migrate
from tests.cli.command import nhacviec
from tests.intake.amendments import amendment

POINTS = (
    "Bãi bỏ điểm b khoản 2 Mục II.",
    "Thời hạn thực hiện tại điểm a khoản 4 Mục II được điều chỉnh thành “trước ngày 15/7/2020”.",
    "Bãi bỏ điểm y khoản 2 Mục II.",
)


class Office:
    """An installation with the plan of 2020, and its commands."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url = folder, f"sqlite:///{folder / 'office.db'}"
        migrate(self.url)

    def run(self, *words: str, code: int = 0) -> str:
        """One command, which ends with `code`."""
        return nhacviec(self.folder, *words, code=code, DATABASE_URL=self.url)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


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
    assert "corrected for 23 results" in office.run("plan", "correct", "2b.1", "2020-02-28", "--why", "nhầm", "--yes")
    assert "nothing to correct" in office.run("plan", "correct", "2b.1", "2020-02-28", "--why", "x", "--yes", code=2)
    assert "nothing to correct" in office.run("plan", "correct", "9z.1", "2020-02-28", "--why", "x", "--yes", code=2)
    assert "write the day" in office.run("plan", "correct", "2b.1", "28/2", "--why", "x", "--yes", code=2)
    plan = json.loads(office.run("plan", "export"))
    (milestone, *_) = next(each for each in plan["tasks"] if each["code"] == "2b")["milestones"]
    assert (milestone["due"], milestone["printed"]) == ("2020-02-28", "trước ngày 31/01/2020")
    assert "No version" in office.run("plan", "adopt", "--yes")
