"""`report`, `reports` and `letter` on the command line, without a network and beside a database that is in use."""

import csv
import io
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from app.clock import set_clock
from cli.main import app
from plan.errors import NhacViecError
from plan.loader import load
from plan.status import EventKind
from plan.workdays import load_calendar
from store import obligations, people, plan_sync
from store.engine import Store
from store.obligations import NewEvent
from tests.cli.command import ROOT, nhacviec
from tests.cli.test_commands import NOW
from tests.reports.answers import obligation
from tests.reports.docx_text import words

MONDAY, DECEMBER = datetime(2020, 3, 16, 2, tzinfo=UTC), datetime(2020, 12, 21, 2, tzinfo=UTC)
FEBRUARY = datetime(2020, 2, 3, 2, tzinfo=UTC)
ENDINGS = ("-bang-hinh.png", "-lich-su.csv", "-tien-do.png", ".csv", ".docx", ".json", ".xlsx")


class Desk:
    """A folder with an office's database, and a shell in it."""

    def __init__(self, folder: Path, migrated: Path) -> None:
        self.folder, self.url = folder, f"sqlite:///{folder / 'office.db'}"
        shutil.copyfile(migrated, folder / "office.db")
        self.store = Store(self.url)
        calendar = load_calendar(ROOT / "data" / "days_vn.toml")
        with self.store.unit() as session:
            plan_sync.sync(session, load(ROOT / "data" / "plan_2020.json"), calendar, NOW, NOW.date())
            people.link(session, "telegram", "1", "1", "Lan", "notice", NOW)
        set_clock(self.store, MONDAY)

    def answers(self, milestone: str, agency: str, at: datetime, read_at: datetime) -> None:
        """An answer of a moment, perhaps read later."""
        with self.store.unit() as session:
            row = obligation(session, milestone, agency)
            obligations.record(session, row, NewEvent(EventKind.SUBMITTED, at, via="test", person_id=1), read_at)

    def says(self, *arguments: str, code: int = 0) -> str:
        """What the command says; in this process, where the drawing library is loaded once."""
        done = CliRunner().invoke(app, arguments, env={"DATABASE_URL": self.url, "COLUMNS": "200"})
        if isinstance(done.exception, NhacViecError):
            # As cli.main.main makes a sentence and a code of it.
            assert code == 2, done.exception
            return str(done.exception)
        assert done.exit_code == code, done.output
        return done.output

    def files(self, folder: str) -> dict[str, bytes]:
        """What stands in a folder."""
        return {path.name: path.read_bytes() for path in sorted((self.folder / folder).iterdir())}


@pytest.fixture
def desk(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An office on Monday, 16 March 2020, with one answer."""
    monkeypatch.chdir(tmp_path)
    for name in [each for each in os.environ if each.startswith(("TELEGRAM", "DATABASE", "CLOCK"))]:
        monkeypatch.delenv(name)
    found = Desk(tmp_path, migrated)
    found.answers("2b.1", "sondung", FEBRUARY, FEBRUARY)
    return found


def test_a_draft_then_the_frozen_report_and_its_correction(desk: Desk) -> None:
    assert "2020-Q1: a draft" in desk.says("report", "--period", "2020-Q1", "--out", "nhap")
    assert list(desk.files("nhap")) == [f"bao-cao-2020-Q1-du-thao{ending}" for ending in ENDINGS]
    told = json.loads(desk.says("report", "--period", "2020-q1", "--out", "ky/quy-1", "--issue", "--json"))
    assert (told["issue"]["number"], told["over"], told["dated"]["overdue"]) == (1, True, 23)
    frozen = desk.files("ky/quy-1")
    assert list(frozen) == sorted(Path(path).name for path in told["files"])
    assert "was issued as number 1" in desk.says("report", "--period", "2020-Q1", "--out", "x", "--issue", code=2)

    desk.answers("2b.1", "sonlap", FEBRUARY, MONDAY)
    set_clock(desk.store, DECEMBER)
    # Asked again into the same folder: the same to the byte, so nothing stands in the way.
    assert "issue 1" in desk.says("report", "--period", "2020-Q1", "--out", "ky/quy-1")
    assert desk.files("ky/quy-1") == frozen
    reason = "bổ sung kết quả nộp bằng giấy"
    corrected = json.loads(
        desk.says("report", "--period", "2020-Q1", "--out", "ky/quy-1", "--correct", reason, "--json")
    )
    assert (corrected["issue"]["number"], corrected["issue"]["corrects"], corrected["issue"]["reason"]) == (
        2,
        1,
        reason,
    )
    assert corrected["dated"]["overdue"] == 22
    assert reason in words(desk.files("ky/quy-1")["bao-cao-2020-Q1-so-2.docx"])
    desk.says("report", "--period", "2020-Q1", "--out", "lai", "--number", "1")
    assert desk.files("lai") == frozen
    listed = json.loads(desk.says("reports", "--json"))
    assert [(each["issue"]["number"], each["sha256"]) for each in listed] == [
        (1, told["sha256"]), (2, corrected["sha256"])
    ]  # fmt: skip
    assert reason in desk.says("reports")


def test_every_file_says_the_same(desk: Desk) -> None:
    desk.says("report", "--period", "2020-Q1", "--out", "d")
    found = {Path(name).suffix: data for name, data in desk.files("d").items()}
    kept = json.loads(found[".json"])["record"]
    assert kept["dated"]["overdue"] == 23
    sheet = load_workbook(io.BytesIO(found[".xlsx"])).worksheets[0]
    told = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
    assert told["Chưa hoàn thành, quá hạn"] == 23
    table, events = (
        list(csv.DictReader(io.StringIO(desk.files("d")[f"bao-cao-2020-Q1-du-thao{ending}"].decode("utf-8-sig"))))
        for ending in (".csv", "-lich-su.csv")
    )
    assert len(events) == len(kept["history"])
    counted = [each for each in table if each["Nhóm tình trạng"] == "chưa hoàn thành, quá hạn"]
    assert len(counted) == 23 + kept["periodic"]["overdue"]
    assert "quý I/2020" in words(found[".docx"])
    assert found[".png"].startswith(b"\x89PNG")


def test_one_agencys_own_report(desk: Desk) -> None:
    assert "UBND xã Sơn Dung: a draft" in desk.says(
        "report", "--period", "2020-Q1", "--out", "d", "--scope", "Sơn Dung"
    )
    found = desk.files("d")
    assert "bao-cao-2020-Q1-sondung-du-thao-ca-nam.png" in found
    assert "Sơn Lập" not in words(found["bao-cao-2020-Q1-sondung-du-thao.docx"])


def test_figures_are_frozen_early_with_their_reason(desk: Desk) -> None:
    early = ("report", "--period", "2020-H1", "--early", "2020-03-10", "--reason", "tỉnh cần sớm")
    assert "issue 1, frozen early, up to 2020-03-10: tỉnh cần sớm" in desk.says(*early, "--out", "s")
    assert "issue 2, frozen early, up to 2020-03-10, which corrects issue 1" in desk.says(*early, "--out", "s2")
    [document] = [data for name, data in desk.files("s").items() if name.endswith(".docx")]
    assert "tỉnh cần sớm" in words(document)


def test_what_cannot_be_done_is_a_sentence_that_says_what_can(desk: Desk) -> None:
    def refused(*arguments: str, period: str = "2020-Q1") -> str:
        return desk.says("report", "--period", period, "--out", "x", *arguments, code=2)

    assert "known are Q1, H1, Q3, Y as in 2020-Q1" in refused(period="2020-Q2")
    assert "can be issued after that, or before with --early" in refused("--issue", period="2020-H1")
    assert "--early needs --reason" in refused("--early", "2020-03-10", period="2020-H1")
    assert "is no day to freeze 2020-Q1 early to" in refused("--early", "2020-03-10", "--reason", "vì sao")
    assert "Invalid isoformat" in refused("--early", "10/3", "--reason", "vì sao", period="2020-H1")
    assert "leave --issue and --correct out" in refused("--early", "2020-03-10", "--issue", period="2020-H1")
    assert "it goes with --early" in refused("--reason", "vì sao")
    assert "nothing to correct; --issue" in refused("--correct", "vì sao")
    assert "no issue 3; `nhacviec reports` lists" in refused("--number", "3")
    assert "does not go with --issue" in refused("--number", "1", "--issue")
    assert "no agency or group is called 'Sơn'" in refused("--scope", "Sơn")
    assert "nothing to report of 2018-Y" in refused(period="2018-Y")
    assert not (desk.folder / "x").exists()


def test_a_file_that_somebody_worked_on_is_not_replaced(desk: Desk) -> None:
    desk.says("report", "--period", "2020-Q1", "--out", "d", "--issue")
    path = desk.folder / "d" / "bao-cao-2020-Q1.docx"
    made = path.read_bytes()
    path.write_bytes(b"numbered and dated by hand")
    assert "--force replaces it" in desk.says("report", "--period", "2020-Q1", "--out", "d", code=2)
    assert path.read_bytes() == b"numbered and dated by hand"
    desk.says("report", "--period", "2020-Q1", "--out", "d", "--force")
    assert path.read_bytes() == made


def test_a_letter_or_a_plain_word_that_there_is_none(desk: Desk) -> None:
    set_clock(desk.store, FEBRUARY)
    said = desk.says("letter", "sonlap", "--out", "cong-van.docx")
    assert "UBND xã Sơn Lập, 1 overdue, the longest for 2 working days" in said
    assert "UBND xã Sơn Lập" in words((desk.folder / "cong-van.docx").read_bytes())
    assert "--force" in desk.says("letter", "sonlap", "--out", "cong-van.docx", code=2)
    assert "late with nothing" in desk.says("letter", "sondung", "--out", "khong.docx", code=1)
    assert not (desk.folder / "khong.docx").exists()
    assert "no agency is called 'Sơn'" in desk.says("letter", "Sơn", "--out", "khong.docx", code=2)
    # As a script meets it: a process of its own, and its exit code.
    nhacviec(desk.folder, "letter", "sondung", "--out", "khong.docx", code=1, DATABASE_URL=desk.url)
    nhacviec(desk.folder, "report", "--period", "2020-Q2", "--out", "x", code=2, DATABASE_URL=desk.url)
