"""The command line: stable JSON, sentences instead of tracebacks."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from store import audit
from store.audit_actions import Action
from store.engine import Store
from tests.cli.command import ROOT, empty_office, nhacviec
from tests.databases import migrated

NOW = datetime(2020, 1, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """`plan show --json`."""
    found: dict[str, Any] = json.loads(nhacviec(tmp_path_factory.mktemp("show"), "plan", "show", "--json"))
    return found


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """`preview --json` over the year and its end."""
    found: list[dict[str, Any]] = json.loads(
        nhacviec(tmp_path_factory.mktemp("year"), "preview", "--from", "2020-01-01", "--to", "2021-02-28", "--json")
    )
    return found


def test_plan_show_has_exactly_the_36_tasks_and_the_promised_keys(shown: dict[str, Any]) -> None:
    assert list(shown) == ["plan", "tasks", "duties", "agencies", "groups", "questions"]
    assert len(shown["tasks"]) == 36
    assert [task["code"] for task in shown["duties"]] == ["bc", "kh", "th", "kp"]
    task = next(each for each in shown["tasks"] if each["code"] == "2b")
    assert task["lead"] == ["Các cơ quan, đơn vị", "UBND các xã"]
    assert task["milestones"][0] == {
        "id": "2b.1", "kind": "dated", "due": "2020-01-30", "anchor": "2020-01-30", "late_after": "2020-01-30",
        "printed": "trước ngày 31/01/2020",
    }  # fmt: skip
    assert len(next(each for each in shown["tasks"] if each["code"] == "2e")["parts"]) == 2


def test_plan_time_says_what_would_be_read_and_what_would_be_asked(tmp_path: Path) -> None:
    def read(*arguments: str) -> Any:
        return json.loads(nhacviec(tmp_path, "plan", "time", *arguments, "--json"))

    assert read("báo cáo trước ngày 05/12/2026", "--signed", "2026-01-10") == {
        "milestones": [{"kind": "dated", "due": "2026-12-04", "rule": None, "words": "báo cáo trước ngày 05/12/2026"}],
        "doubt": None,
    }
    assert read("trước 31/01", "--signed", "2025-12-20", "--year", "2026", "--same-day")["milestones"][0]["due"] == (
        "2026-01-31"
    )
    rules = [read(words, "--signed", "2026-01-10")["milestones"][0]["rule"] for words in ("hằng quý", "05 ngày sau lễ")]
    assert (rules[0], rules[1]["offset"], rules[1]["unit"]) == ({"every": "period"}, 5, "days")
    asked = read("Quý I, II", "--signed", "2026-01-10", "--head", "Thời gian năm 2026")
    assert asked["milestones"] == []
    assert asked["doubt"] == {
        "question": "«Quý I, II»: một kết quả vào cuối khoảng thời gian này, hay mỗi kỳ một kết quả?",
        "answers": ["Hạn 30/06/2026", "2 kết quả, hạn 31/03/2026, 30/06/2026"],
    }
    told = nhacviec(tmp_path, "plan", "time", "trước ngày 10 tháng sau; đầu tháng 6", "--signed", "2026-01-10")
    assert "trước ngày 10 tháng sau: hằng tháng, trước ngày 10 của tháng sau" in told
    assert "thời hạn tính đến hết ngày nào?" in told


def rungs(year: list[dict[str, Any]], milestone: str) -> list[tuple[str, int | None]]:
    """The days and rungs of a milestone, in order."""
    return sorted({(m["date"], item["rung"]) for m in year for item in m["items"] if item["milestone"] == milestone})


def test_preview_of_the_year(year: list[dict[str, Any]]) -> None:
    assert all(date.fromisoformat(message["date"]).weekday() < 5 for message in year)
    tet = [f"2020-01-{day}" for day in range(23, 30)]
    off = {"2020-01-01", *tet, "2020-04-02", "2020-04-30", "2020-05-01", "2020-09-02", "2021-01-01"}
    assert not off & {message["date"] for message in year}
    assert rungs(year, "2b.1")[:6] == [
        ("2020-01-02", -15), ("2020-01-14", -7), ("2020-01-20", -3), ("2020-01-22", -1), ("2020-01-30", 0),
        ("2020-01-31", 1),
    ]  # fmt: skip
    assert ("2021-01-29", 0) in rungs(year, "8d.1")
    assert ("2021-02-02", 1) in rungs(year, "8d.1")
    never_late = {item["milestone"]: item["rung"] for m in year for item in m["items"] if item["due"] is None}
    assert set(never_late.values()) == {None}
    assert not {milestone for milestone in never_late if milestone.split(".")[0] in ("2f", "1b", "3d")}
    assert len({(message["date"], message["agency"]) for message in year}) == len(year)


def test_faults_are_sentences(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text('{"id": 1}', "utf-8")
    assert "sections" in nhacviec(tmp_path, "plan", "check", "plan.json", code=2)
    assert "no agency is called 'Sơn Tây'" in nhacviec(tmp_path, "invite", "Sơn Tây", code=2)
    assert "neither TELEGRAM_BOT_TOKEN nor ZALO_BOT_TOKEN is set" in nhacviec(tmp_path, "run", "--only", "bot", code=2)


@pytest.mark.parametrize(
    "words",
    [
        "serve", "retention", "audit verify", "audit show", "way P1 telegram", "people confirm",
        "invites --out a.docx", "plan adopt", "plan adopt 1", "plan answer 1 1 1", "plan cell 1 1a title=x",
        "plan happened 2g 15/03/2026", "plan succeed kinhte kinhteht --until 30/06/2026",
        "plan putright 2b.1 2020-01-30 --why x", "plan assign a.txt", "plan drafts", "plan export", "desk code P1",
        "summary", "reports", "backup a.db",
    ],
)  # fmt: skip
def test_what_is_about_a_record_makes_none_and_says_where_it_looked(tmp_path: Path, words: str) -> None:
    said = nhacviec(tmp_path, *words.split(), code=2)
    assert said.startswith("there is no database at var/sandbox.db: go to the installation's folder")
    assert list(tmp_path.iterdir()) == []


def test_what_begins_an_office_makes_its_database(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("agency,name,role\nsondung,Lan,officer\n", "utf-8")
    assert "1 are invited" in nhacviec(tmp_path, "people", "import", "list.csv")
    assert (tmp_path / "var" / "sandbox.db").exists()


def test_doctor_names_what_is_missing(tmp_path: Path) -> None:
    assert "it is empty" in nhacviec(tmp_path, "doctor")
    assert list(tmp_path.iterdir()) == []
    empty_office(tmp_path)
    said = nhacviec(tmp_path, "doctor", code=1)
    for piece in ("quick_check: ok", "nobody is admin", "23 agencies have no officer", "provisional"):
        assert piece in said


def test_doctor_names_what_is_nearly_a_setting(tmp_path: Path) -> None:
    lines = ("TELEGRAM_BOT_TOKE=1", "remind_days=9", "OFFICES_DIR=x", "PGPASSFILE=/etc/pass", "TZ=Asia/Ho_Chi_Minh")
    (tmp_path / ".env").write_text("\n".join(lines), "utf-8")
    said = " ".join(nhacviec(tmp_path, "doctor").split())
    assert "TELEGRAM_BOT_TOKE in .env is no setting and does nothing; perhaps TELEGRAM_BOT_TOKEN is meant" in said
    # Other programs read the same file, and the installation's own names are known.
    assert said.count("is no setting") == 1


def test_doctor_names_the_fault_of_a_template(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "data" / "templates", templates)
    document = Document(str(templates / "letter.docx"))
    document.add_paragraph("Người ký: {{ head.singer }}")
    document.save(str(templates / "letter.docx"))
    empty_office(tmp_path)
    said = " ".join(nhacviec(tmp_path, "doctor", code=1, TEMPLATES_DIR=str(templates)).split())
    assert "at «Người ký: {{ head.singer }}»: the name «head.singer» is not known" in said
    assert "signer" in said
    assert "5 templates of documents can be filled in" in " ".join(nhacviec(tmp_path, "doctor", code=1).split())


def test_a_sandboxes_database_is_refused_by_the_real_service(tmp_path: Path) -> None:
    from store import settings
    from store.engine import Store

    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrated(url)
    store = Store(url)
    with store.unit() as session:
        settings.put(session, settings.SANDBOX, "1")
    store.close()
    token = "123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi"
    said = nhacviec(tmp_path, "run", code=2, TELEGRAM_BOT_TOKEN=token, DATABASE_URL=url)
    assert "sandbox's database" in said


def test_audit_verify_finds_a_changed_row(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'office.db'}"
    migrated(database)
    store = Store(database)
    with store.unit() as session:
        for number in range(3):
            audit.record(session, Action.INVITE_MADE, f"invite:{number}", NOW, via="test")
    assert "sound: 3 entries" in nhacviec(tmp_path, "audit", "verify", DATABASE_URL=database)
    listed = json.loads(nhacviec(tmp_path, "audit", "show", "--since", "1", "--json", DATABASE_URL=database))
    assert [(each["id"], each["subject"]) for each in listed] == [(2, "invite:1"), (3, "invite:2")]
    head = listed[-1]["hash"][:12]
    assert "sound" in nhacviec(tmp_path, "audit", "verify", "--head", head, DATABASE_URL=database)
    with store.unit() as session:
        session.connection().exec_driver_sql("DROP TRIGGER audit_no_update")
        session.connection().exec_driver_sql("UPDATE audit SET subject = 'invite:9' WHERE id = 2")
    store.close()
    assert "NOT SOUND at entry 2" in nhacviec(tmp_path, "audit", "verify", code=1, DATABASE_URL=database)
