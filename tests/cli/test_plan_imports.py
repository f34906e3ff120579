"""The office's own document by the command line, in an installation that has no plan at all."""

import json
from pathlib import Path

from docx import Document

from tests.cli.command import nhacviec
from tests.databases import migrated

TEXT = """ỦY BAN NHÂN DÂN
XÃ ĐÔNG HÒA
Số: 15/KH-UBND
Đông Hòa, ngày 20 tháng 01 năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026
II. NHIỆM VỤ
1. Cải cách thể chế
1.1. Rà soát văn bản
- Cơ quan chủ trì: Phòng Kinh tế, Phòng Văn hóa - Xã hội
- Thời gian: Quý I, II năm 2026
1.10. Công khai thủ tục
- Cơ quan chủ trì: Các thôn
- Thời gian: trước ngày 15/6
"""


def test_from_a_document_to_a_plan_that_serves(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    migrated(url)
    file = tmp_path / "ke-hoach.txt"
    file.write_text(TEXT, "utf-8")

    def run(*words: str, code: int = 0) -> str:
        return nhacviec(tmp_path, *words, code=code, DATABASE_URL=url, PLAN_FILE="")

    assert "No plan is followed" in run("plan", "export", code=2)
    assert "2 nhiệm vụ" in run("plan", "import", str(file))
    assert "already" in run("plan", "import", str(file))
    asked = json.loads(run("plan", "questions", "--json"))
    assert [(each["kind"], each["blocks"]) for each in asked] == [
        ("group", True), ("leads", True), ("time", True), ("compiler", False), ("eve", False),
    ]  # fmt: skip
    assert all(each["words"] in TEXT for each in asked)
    assert "waits for the answers to 1, 2, 3" in run("plan", "adopt", "1", "--yes", code=2)
    sheet = tmp_path / "phieu.docx"
    assert "5 questions" in run("plan", "opinion", "1", "--out", str(sheet))
    cells = [cell.text for row in Document(str(sheet)).tables[1].rows for cell in row.cells]
    assert "«Các thôn» gồm những cơ quan, đơn vị nào?" in cells
    run("plan", "answer", "1", "1", "Thôn Đông, Thôn Tây")
    run("plan", "answer", "1", "2", "2")
    assert "does not answer" in run("plan", "answer", "1", "3", "khi nào cũng được", code=2)
    assert "30/06/2026" in run("plan", "answer", "1", "3", "30/6/2026")
    run("plan", "answer", "1", "4", "later")
    run("plan", "answer", "1", "5", "1")
    assert "chưa đọc được thời hạn" in run("plan", "cell", "1", "1.1", "time=bao giờ cũng được", code=2)
    assert "corrected" in run(
        "plan", "cell", "1", "1.1", "monitor=Phòng Văn hóa - Xã hội", "title=Rà soát văn bản năm 2026"
    )
    (draft,) = json.loads(run("plan", "drafts", "--json"))
    assert (draft["questions"], draft["blocking"]) == (0, 0)
    run("plan", "adopt", "1", "--yes")
    # Another process serves it, with no plan file in its settings.
    exported = run("plan", "export")
    plan = json.loads(exported)
    assert [(each["code"], each["lead"]) for each in plan["tasks"]] == [
        ("1.1", ["kinhte", "vanhoaxahoi"]),
        ("1.10", ["thon"]),
    ]
    assert plan["tasks"][0]["leads"] == "together"
    assert plan["tasks"][0]["title"] == "Rà soát văn bản năm 2026"
    (tmp_path / "out.json").write_text(exported, "utf-8")
    assert "no faults" in run("plan", "check", str(tmp_path / "out.json"))
    # The same plan with another date is a change of it, and no second plan.
    file.write_text(TEXT.replace("trước ngày 15/6", "trước ngày 20/6"), "utf-8")
    run("plan", "import", str(file))
    for number, words in (("1", "2"), ("2", "30/6/2026")):
        run("plan", "answer", "2", number, words)
    assert "another version" in run("plan", "adopt", "2", "--yes")
    assert "deadline" in run("plan", "adopt", "--yes")
    assert json.loads(run("plan", "export"))["tasks"][1]["milestones"][0]["due"] == "2026-06-19"
    renamed = ("plan", "succeed", "kinhte", "kinhteht", "--until", "30/06/2026")
    assert "give its --name" in run(*renamed, code=2)
    assert "kinhteht" in run(*renamed, "--name", "Phòng Kinh tế, Hạ tầng và Đô thị", "--basis", "NQ 5/NQ-HĐND")
    agencies = {each["id"]: each for each in json.loads(run("plan", "export"))["agencies"]}
    assert (agencies["kinhte"]["until"], agencies["kinhte"]["successors"]) == ("2026-06-30", ["kinhteht"])
    assert "Nothing of 1.1 waits" in run("plan", "happened", "1.1", "01/03/2026", code=2)


def test_what_is_refused_is_not_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    migrated(url)
    file = tmp_path / "mat.txt"
    file.write_text(f"MẬT\n{TEXT}", "utf-8")
    nhacviec(tmp_path, "plan", "import", str(file), code=2, DATABASE_URL=url, PLAN_FILE="")
    assert "Drafts" in nhacviec(tmp_path, "plan", "drafts", DATABASE_URL=url, PLAN_FILE="")
    assert "Đông Hòa".encode() not in (tmp_path / "office.db").read_bytes()
