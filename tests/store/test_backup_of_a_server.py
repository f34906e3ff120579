"""A server's database is dumped, read again and restored as a file is: believed when it was read to its end, or not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import age_encryption, backup_files, restoring, seal
from store import serving
from store.engine import Store
from store.engines.copies import BackupError
from store.schema import HEAD, revision
from store.serving import Why
from tests.databases import Databases, of_kind
from tests.store.test_stairway import seeded

NOW = datetime(2020, 1, 20, tzinfo=UTC)
SEEDED = "0001"


@pytest.fixture
def databases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Databases]:
    """Dumps are made of PostgreSQL only; what stands outside the database is kept with the test."""
    monkeypatch.setattr(backup_files, "ROOT", tmp_path)
    yield from of_kind("postgresql")


def is_bare(url: str) -> bool:
    """Whether a database holds no table at all."""
    store = Store(url)
    found = revision(store)
    store.close()
    return found is None


@pytest.mark.long
def test_a_dump_is_read_to_its_end_and_restored_and_a_damaged_one_leaves_nothing(
    databases: Databases, tmp_path: Path
) -> None:
    url, goal, dump = seeded(databases.empty(), SEEDED), databases.empty(), tmp_path / "a.dump"
    facts = backup_files.make(url, dump, "", NOW)
    assert (facts.revision, facts.rows["submission"], facts.rows["blob"]) == (SEEDED, 1, 1)
    assert facts.evidence_bytes > 0
    assert facts.newest_event is not None

    whole, bad = dump.read_bytes(), tmp_path / "bad.dump"
    for content in (whole[: len(whole) // 2], whole[:-4], whole[:-40] + bytes(40), b"SQLite format 3"):
        bad.write_bytes(content)
        with pytest.raises(BackupError):
            restoring.restore_dump(bad, goal, None)
        assert is_bare(goal)

    done = restoring.restore_dump(dump, goal, None, seal.key_path(backup_files.home_of(url)))
    assert (done.compared, done.sealed, done.revision, done.facts.revision) == (True, True, SEEDED, HEAD)
    # What a restore writes itself stands in the settings.
    kept = facts.rows.keys() - {"setting"}
    assert {name: done.facts.rows[name] for name in kept} == {name: facts.rows[name] for name in kept}
    store = Store(goal)
    with store.look() as session:
        held = serving.held(session)
    store.close()
    assert held is not None
    assert held.why is Why.RESTORED
    with pytest.raises(BackupError, match="is not empty"):
        restoring.restore_dump(dump, goal, None)


@pytest.mark.long
def test_an_encrypted_dump_whose_audit_somebody_wrote_leaves_nothing(databases: Databases, tmp_path: Path) -> None:
    # The seed of the stairway is no chain: its hashes are made up.
    url, goal, secret, dump = seeded(databases.empty(), HEAD), databases.empty(), tmp_path / "key", tmp_path / "a.age"
    backup_files.make(url, dump, age_encryption.new_key(secret), NOW)
    assert age_encryption.is_encrypted(dump)
    with pytest.raises(BackupError, match="the audit in the backup does not hold"):
        restoring.restore_dump(dump, goal, secret)
    assert is_bare(goal)
