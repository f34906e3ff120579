"""A backup that was made or changed by somebody who can write the folder of backups."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import age_encryption, backup_files, restoring, seal
from store import audit, people
from store.audit_actions import Action
from store.engine import Store
from store.engines.copies import BackupError, digest_of
from tests.databases import migrated

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small office: one person, two decisions in the audit."""
    path = tmp_path_factory.mktemp("office") / "nhacviec.db"
    migrated(f"sqlite:///{path}")
    store = Store(f"sqlite:///{path}")
    with store.unit() as session:
        people.link(session, "telegram", "101", "101", "Lan", "notice", NOW)
        audit.record(session, Action.BACKUP_MADE, "database", NOW, via="cli")
        audit.record(session, Action.BACKUP_MADE, "database", NOW, via="cli", count=1)
    store.close()
    return path


@pytest.fixture
def backup(database: Path, tmp_path: Path) -> Path:
    """A backup of it, with its facts."""
    backup_files.make(f"sqlite:///{database}", tmp_path / "copy.db", "", NOW)
    return tmp_path / "copy.db"


def forged(path: Path, *statements: str) -> Path:
    """The same backup after somebody worked on it, without the facts that would give it away at once."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    backup_files.described(path).unlink()
    return path


def refuses(path: Path, says: str, key: Path | None = None) -> None:
    target = path.with_name("new.db")
    with pytest.raises(BackupError, match=says) as refused:
        restoring.restore(path, target, None, key)
    # Said of the file that was named, never of the working copy.
    assert ".tmp" not in str(refused.value)
    assert list(path.parent.glob("new.db*")) == []


def test_a_trigger_that_makes_somebody_admin(backup: Path) -> None:
    trigger = (
        "CREATE TRIGGER helpful AFTER INSERT ON inbox BEGIN INSERT INTO membership (person_id, agency_id, role, since) "
        "VALUES (1, 'noivu', 'admin', '2026-01-01'); END"
    )
    refuses(forged(backup, trigger), "the trigger 'helpful' is not ours")


def test_a_trigger_of_ours_that_guards_nothing_any_more(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        name, table = connection.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        ).fetchone()
    empty = f"CREATE TRIGGER {name} BEFORE DELETE ON {table} BEGIN SELECT 1; END"
    refuses(forged(backup, f"DROP TRIGGER {name}", empty), f"the trigger '{name}' was changed")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW person_names AS SELECT name FROM person",
        """CREATE TABLE "x"" ; DROP TABLE person --" (a)""",
        "ALTER TABLE person ADD COLUMN password TEXT",
        "DROP INDEX one_live_membership",
    ],
)
def test_a_schema_that_is_not_ours(backup: Path, statement: str) -> None:
    refuses(forged(backup, statement), "is not ours|was changed|is missing")


def test_an_audit_in_which_a_decision_was_rewritten(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        ours = dict(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'audit' AND type = 'trigger'")
        )
    drops = [f"DROP TRIGGER {name}" for name in ours]
    refuses(
        forged(backup, *drops, "UPDATE audit SET action = 'ones' WHERE id = 1", *ours.values()), "entry 1 was changed"
    )


def test_a_whole_chain_made_anew_is_known_by_the_seal(database: Path, backup: Path) -> None:
    facts = backup_files.described(backup)
    with closing(sqlite3.connect(backup, isolation_level=None)) as connection:
        connection.execute("UPDATE person SET name = 'Lam'")
    told = json.loads(facts.read_text("utf-8"))
    # Whoever changes the copy can say the right SHA-256 of it too, and cannot make the seal.
    facts.write_text(json.dumps(told | {"sha256": digest_of(backup)}), "utf-8")
    refuses(backup, "is not of the key", seal.key_path(database))


def test_a_backup_encrypted_by_a_stranger_to_our_public_key(database: Path, backup: Path, tmp_path: Path) -> None:
    public = age_encryption.new_key(tmp_path / "secret")
    age_encryption.encrypt(backup, tmp_path / "copy.age", public)
    with pytest.raises(BackupError, match="no seal beside it"):
        restoring.restore(tmp_path / "copy.age", tmp_path / "new.db", tmp_path / "secret", seal.key_path(database))


def test_our_own_backup_is_believed_and_says_what_was_checked(database: Path, backup: Path, tmp_path: Path) -> None:
    assert restoring.restore(backup, tmp_path / "a.db", None, seal.key_path(database)).sealed
    assert not restoring.restore(backup, tmp_path / "b.db", None).sealed
    other = tmp_path / "other.seal-key"
    shutil.copy(seal.key_path(database), other)
    other.write_text("00" * 32, "ascii")
    refuses(backup, "another service made it", other)


@pytest.mark.parametrize("content", ["", "zz", "abcd"])
def test_a_key_that_is_none(backup: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content, "ascii")
    refuses(backup, "holds no key of a seal", tmp_path / "key")


def test_the_key_is_for_its_owner_only_and_stands_beside_no_backup(database: Path, backup: Path) -> None:
    assert seal.key_path(database).stat().st_mode & 0o077 == 0
    key = seal.key_path(database).read_text("ascii").strip()
    assert all(key.encode() not in path.read_bytes() for path in backup.parent.glob("copy.db*"))
