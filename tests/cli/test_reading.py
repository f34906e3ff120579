"""`nhacviec plan read`: what it shows, the keys of its JSON, and how it ends; it changes nothing."""

import json
from pathlib import Path
from typing import Any

from tests.cli.command import nhacviec
from tests.intake.cases_text import LABELLED
from tests.intake.cases_word import annex
from tests.intake.hostile import STAMPED


def written(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return name


def read_json(folder: Path, file: str, code: int = 0) -> Any:
    return json.loads(nhacviec(folder, "plan", "read", file, "--json", code=code))


def test_a_draft_as_json_and_nothing_is_written(tmp_path: Path) -> None:
    said = read_json(tmp_path, written(tmp_path, "plan.txt", LABELLED.encode()))
    assert said["read"] == "draft"
    assert said["decision"] == {
        "number": "45/KH-UBND", "date": "2026-01-12", "issuer": "ỦY BAN NHÂN DÂN XÃ BÌNH AN",
        "title": "Cải cách hành chính năm 2026 trên địa bàn xã Bình An", "year": 2026,
    }  # fmt: skip
    assert said["sections"][0] == {"id": "1", "title": "Cải cách thể chế"}
    first, second, *_ = said["tasks"]
    assert {
        "code",
        "title",
        "section",
        "lead",
        "coordinating",
        "product",
        "printed_time",
        "milestones",
        "place",
    } <= set(first)
    assert first["place"] == "dòng 19"
    assert first["milestones"] == [
        {"kind": "dated", "printed": "Quý III/2026", "due": "2026-09-30", "start": None, "rule": None, "proposals": [],
         "part": None}
    ]  # fmt: skip
    assert [each["due"] for each in second["milestones"]] == ["2026-01-30", "2026-12-04"]
    assert {"about", "kind", "place", "question", "answers"} <= set(said["doubts"][0])
    assert {"place", "words", "why"} == set(said["left_out"][0])
    assert said["diff"] == []
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_a_refusal_ends_with_2_and_says_what_to_do(tmp_path: Path) -> None:
    file = written(tmp_path, "secret.docx", STAMPED["a watermark"])
    said = read_json(tmp_path, file, code=2)
    assert said["read"] == "refused"
    assert "xóa ngay tin nhắn" in said["why"]
    assert "xóa ngay tin nhắn" in nhacviec(tmp_path, "plan", "read", file, code=2).replace("\n", " ")


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    assert "cannot be read" in nhacviec(tmp_path, "plan", "read", "none.docx", code=2)


def test_the_tables_for_a_person(tmp_path: Path) -> None:
    said = nhacviec(tmp_path, "plan", "read", written(tmp_path, "annex.docx", annex()))
    assert "Đã đọc: 4 nhiệm vụ" in said
    assert "Chưa thấy số, ký hiệu của văn bản" in said
    assert "Hàng ở sau bảng: tổng cộng, ghi chú, chữ ký." in said
