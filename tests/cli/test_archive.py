"""`dossier` and `proof` on the command line, beside a database that is in use."""

import shutil
import zipfile
from pathlib import Path

import pytest

from plan.loader import load
from plan.workdays import load_calendar
from store import plan_sync
from store.engine import Store
from tests.cli.command import ROOT, empty_office, nhacviec
from tests.cli.test_commands import NOW


@pytest.fixture
def database(tmp_path: Path, migrated: Path) -> str:
    """A database with every obligation of the plan."""
    shutil.copyfile(migrated, tmp_path / "office.db")
    url = f"sqlite:///{tmp_path / 'office.db'}"
    store = Store(url)
    calendar = load_calendar(ROOT / "data" / "days_vn.toml")
    with store.unit() as session:
        plan_sync.sync(session, load(ROOT / "data" / "plan_2020.json"), calendar, NOW, NOW.date())
    store.close()
    return url


def test_the_evidence_file_is_written_without_a_running_service(tmp_path: Path) -> None:
    empty_office(tmp_path)
    said = nhacviec(tmp_path, "dossier", "--period", "2020-Q1", "--agency", "UBND xã Sơn Dung", "--out", "ho-so.zip")
    assert "ho-so.zip: 0 answers, 0 files" in said
    with zipfile.ZipFile(tmp_path / "ho-so.zip") as package:
        assert package.namelist() == ["muc-luc.html", "muc-luc.xlsx", "SHA256SUMS"]
        assert "UBND xã Sơn Dung" in package.read("muc-luc.html").decode()
    before = (tmp_path / "ho-so.zip").read_bytes()
    again = ("dossier", "--period", "2020-Q1", "--agency", "sondung", "--out", "ho-so.zip")
    assert "--force replaces it" in nhacviec(tmp_path, *again, code=2)
    nhacviec(tmp_path, *again, "--force")
    assert (tmp_path / "ho-so.zip").read_bytes() == before


def test_what_cannot_be_archived_is_a_sentence(tmp_path: Path) -> None:
    empty_office(tmp_path)
    assert "--period, --task or --agency" in nhacviec(tmp_path, "dossier", "--out", "x.zip", code=2)
    assert "2020-Q1" in nhacviec(tmp_path, "dossier", "--period", "2020-Q2", "--out", "x.zip", code=2)
    assert "there are 1a" in nhacviec(tmp_path, "dossier", "--task", "9z", "--out", "x.zip", code=2)
    assert "no agency is called" in nhacviec(tmp_path, "dossier", "--agency", "Sơn", "--out", "x.zip", code=2)
    assert "no folder" in nhacviec(tmp_path, "dossier", "--task", "2b", "--out", "nowhere/x.zip", code=2)
    assert list(tmp_path.glob("x.zip*")) == []


def test_the_proof_sheet_of_one_obligation(tmp_path: Path, database: str) -> None:
    said = nhacviec(tmp_path, "proof", "2b", "sondung", "--out", "phieu.html", DATABASE_URL=database)
    assert "phieu.html: 2b, UBND xã Sơn Dung: 0 messages, 1 events" in said
    assert "hạn 30/01/2020" in (tmp_path / "phieu.html").read_text("utf-8")
    nhacviec(tmp_path, "proof", "2b", "sondung", "--out", "phieu.docx", DATABASE_URL=database)
    assert (tmp_path / "phieu.docx").read_bytes().startswith(b"PK")
    several = nhacviec(tmp_path, "proof", "bc", "sondung", "--out", "x.html", code=2, DATABASE_URL=database)
    assert "--period 2020-Q1" in several
    nhacviec(tmp_path, "proof", "bc", "sondung", "--period", "2020-Q1", "--out", "x.html", DATABASE_URL=database)
    assert "does not owe 1c" in nhacviec(
        tmp_path, "proof", "1c", "sondung", "--out", "y.html", code=2, DATABASE_URL=database
    )
    assert not (tmp_path / "y.html").exists()
