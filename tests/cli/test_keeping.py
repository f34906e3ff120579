"""Keeping the record from the command line, as docs/keeping.md tells it."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.settings import Settings
from tests.cli.command import empty_office, nhacviec

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "keeping.md").read_text("utf-8")


@pytest.mark.long
def test_every_command_of_the_page_works_in_its_order(tmp_path: Path) -> None:
    blocks = re.findall(r"^( *)```sh\n(.*?)^ *```$", PAGE, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for _, block in blocks for line in block.splitlines()]
    assert len(lines) == 9
    binary = tmp_path / "bin" / "nhacviec"
    binary.parent.mkdir()
    binary.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cli.main "$@"\n', "utf-8")
    binary.chmod(0o755)
    clean = {name: value for name, value in os.environ.items() if name not in Settings.model_fields}
    environment = {
        **clean, "PATH": f"{binary.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "200",
    }  # fmt: skip
    for name in ("TELEGRAM_BOT_TOKEN", "DATABASE_URL", "CLOCK_START"):
        environment.pop(name, None)
    empty_office(tmp_path)
    for line in lines:
        done = subprocess.run(
            ["/bin/sh", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
        )
        # Nobody is linked in an empty office: that is doctor's own finding.
        assert done.returncode == (1 if "doctor" in line else 0), f"{line}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr
    assert (tmp_path / "restored.db").exists()
    assert (tmp_path / "restored-from-age.db").exists()


def test_the_table_of_retention_says_the_settings_defaults() -> None:
    told = re.findall(r"\| (\d+) (?:days|months) \| `(\w+)` \|", PAGE)
    fields = {name: field.default for name, field in Settings.model_fields.items() if name.startswith("retention")}
    assert {name.lower(): int(number) for number, name in told} == fields


def test_faults_are_sentences_and_leave_nothing(tmp_path: Path) -> None:
    assert "there is no database at" in nhacviec(tmp_path, "backup", "a.db", code=2)
    empty_office(tmp_path)
    assert "no public age key" in nhacviec(tmp_path, "backup", "a.db", "--key", "age1x", code=2)
    assert "name the file" in nhacviec(tmp_path, "backup", code=2)
    assert "cannot be written" in nhacviec(tmp_path, "backup", "/proc/no/a.db", code=2)
    server = {"DATABASE_URL": "postgresql+psycopg://u@127.0.0.1:1/x"}
    assert "postgresql-client" in nhacviec(tmp_path, "backup", "a.db", code=2, **server, PATH="")
    (tmp_path / "b.db").write_bytes(b"no database at all" * 100)
    said = nhacviec(tmp_path, "restore", "b.db", "--to", "new.db", code=2)
    assert said.startswith("b.db is damaged or no database")
    assert ".tmp" not in said
    assert "is not there" in nhacviec(tmp_path, "restore", "c.db", "--to", "new.db", code=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "var"]
    assert "write how many days, weeks and months" in nhacviec(tmp_path, "summary", code=2, BACKUP_KEEP="7")


def test_a_newer_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    empty_office(tmp_path)
    (database,) = (tmp_path / "var").glob("*.db")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "run the newer program" in nhacviec(tmp_path, "summary", code=2)
    assert "9999" in nhacviec(tmp_path, "doctor", code=1)


def test_facts_beside_a_backup_are_what_it_holds(tmp_path: Path) -> None:
    empty_office(tmp_path)
    said = nhacviec(tmp_path, "backup", "a.db")
    assert "verified; 0 plans" in said
    told = json.loads((tmp_path / "a.db.json").read_text("utf-8"))
    assert set(told) == {
        "encrypted", "evidence_bytes", "made_at", "newest_event", "program", "revision", "rows", "seal", "sha256",
    }  # fmt: skip
    assert told["rows"]["obligation"] == 0
    assert "the last backup is of" in nhacviec(tmp_path, "doctor", code=1)


def test_the_setting_encrypts_and_no_secret_stands_beside_the_backup(tmp_path: Path) -> None:
    empty_office(tmp_path)
    nhacviec(tmp_path, "backup", "--new-key", "key")
    public, secret = (line.split()[-1] for line in (tmp_path / "key").read_text("ascii").splitlines())
    assert "encrypted" in nhacviec(tmp_path, "backup", "a.age", BACKUP_KEY=public)
    assert all(secret.encode() not in path.read_bytes() for path in tmp_path.glob("a.age*"))
