"""The running scheduler makes the backup by itself."""

from pathlib import Path

import pytest

from store.engines import sqlite_backup
from tests.app.test_processes import Sandbox


# Three processes for one copy: what a copy is and when it is made, tests/app/test_daily.py shows in one.
@pytest.mark.long
def test_the_running_service_makes_its_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setenv("BACKUP_DIR", str(folder))
    found = Sandbox(tmp_path)
    found.start()
    made = found.wait(lambda: [path for path in folder.glob("nhacviec-*.db") if path.with_suffix(".db.json").exists()])
    facts = sqlite_backup.verify(made[0])
    assert facts.rows["obligation"] > 100
    assert made[0].name.startswith("nhacviec-20200102T07")
    found.end()
