"""Backups as files: made, verified, encrypted where asked, and one before each upgrade of the schema."""

import json
import logging
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app import age_encryption, identity, seal
from app.settings import ROOT
from store.engines import copies, name_of
from store.engines.copies import BackupError, Facts
from store.engines.sqlite import sqlite_path

log = logging.getLogger(__name__)
UPGRADES_KEPT = 3
# A half-made copy that is older belongs to a process that was killed.
STALE = timedelta(days=1)


def make(url: str, target: Path, key: str, now: datetime, *, force: bool = False) -> Facts:
    """Copies the database of an address into a file, verified, with `FILE.json` beside it; others go on writing.

    With a public age key only the encrypted copy gets the name, and the plain one never leaves the database's own
    folder. Of a server's database the copy is a dump of pg_dump. Raises BackupError when the file is there already
    (without `force`) or the copy is not sound, OSError.
    """
    source = home_of(url)
    if key:
        age_encryption.recipient(key)
    if target.exists() and not force:
        raise BackupError(f"{target} is there already; choose another name, or --force to replace it")
    if target.resolve() == source.resolve():
        raise BackupError(f"{target} is the database itself")
    _sweep({source.parent, target.parent}, now)
    with copies.scratch(source.parent if key else target.parent) as plain:
        with copies.named_as(plain, target.name):
            facts = _copied(url, plain)
        if key:
            with copies.scratch(target.parent) as hidden:
                age_encryption.encrypt(plain, hidden, key)
                copies.publish(hidden, target)
        else:
            copies.publish(plain, target)
    _describe(target, facts, now, source)
    return facts


def home_of(url: str) -> Path:
    """The file of a database, beside which its keys and plain copies stand; of a server's a name in our own folder."""
    path = sqlite_path(url)
    if path is not None:
        return path
    folder = ROOT / "var"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / (name_of(url) or "nhacviec")


def _copied(url: str, target: Path) -> Facts:
    """A verified copy in an empty file. Each kind is loaded where used."""
    if sqlite_path(url) is None:
        from store.engines import postgresql_backup

        postgresql_backup.copy(url, target)
        return postgresql_backup.verify(target)
    from store.engines import sqlite_backup

    sqlite_backup.copy(sqlite_backup.source_of(url), target)
    return sqlite_backup.verify(target)


def described(path: Path) -> Path:
    """Where the facts of a backup stand."""
    return path.with_name(f"{path.name}.json")


def _describe(target: Path, facts: Facts, now: datetime, database: Path) -> None:
    told = asdict(facts) | {
        "newest_event": facts.newest_event.isoformat() if facts.newest_event else None,
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "program": identity.program(),
        "encrypted": age_encryption.is_encrypted(target),
    }
    with copies.scratch(target.parent) as path:
        path.write_text(json.dumps(seal.sealed(told, database), indent=2, sort_keys=True) + "\n", "utf-8")
        copies.publish(path, described(target))


def _sweep(folders: set[Path], now: datetime) -> None:
    for folder in folders:
        for path in folder.glob(".nhacviec-*.tmp*"):
            if path.stat().st_mtime < (now - STALE).timestamp():
                path.unlink(missing_ok=True)


def before_upgrade(url: str, have: str, wanted: str, now: datetime) -> Path | None:
    """Keeps the database as it is before its schema changes, beside it, and the last three of these; None without the
    programs that dump a server's.
    """
    path, ending = home_of(url), "db"
    if sqlite_path(url) is None:
        from store.engines import postgresql_backup

        if not postgresql_backup.is_possible():
            log.warning("revision %s becomes %s without a backup: %s", have, wanted, postgresql_backup.INSTALL)
            return None
        ending = "dump"
    target = path.with_name(f"{path.name}.before-{have}-to-{wanted}-{now:%Y%m%dT%H%M%SZ}.{ending}")
    make(url, target, "", now, force=True)
    log.info("the schema goes from %s to %s; the database as it was: %s", have, wanted, target)
    # In the order of the moments at the end of their names.
    former = sorted(
        path.parent.glob(f"{path.name}.before-*-to-*.{ending}"), key=lambda each: each.name.rpartition("-")[2]
    )
    for old in former[:-UPGRADES_KEPT]:
        old.unlink(missing_ok=True)
        described(old).unlink(missing_ok=True)
    return target
