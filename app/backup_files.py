"""Backups as files: made, verified, encrypted where asked, and one before each upgrade of the schema."""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app import age_encryption, seal
from store.engines import sqlite_backup
from store.engines.sqlite import sqlite_path
from store.engines.sqlite_backup import BackupError, Facts

log = logging.getLogger(__name__)
UPGRADES_KEPT = 3
# A half-made copy that is older belongs to a process that was killed.
STALE = timedelta(days=1)


def make(url: str, target: Path, key: str, now: datetime, *, force: bool = False) -> Facts:
    """Copies the database of an address into a file, verified, with `FILE.json` beside it; others go on writing.

    With a public age key only the encrypted copy gets the name, and the plain one never leaves the database's own
    folder. Raises BackupError when the file is there already (without `force`) or the copy is not sound, OSError.
    """
    source = sqlite_backup.source_of(url)
    if key:
        age_encryption.recipient(key)
    if target.exists() and not force:
        raise BackupError(f"{target} is there already; choose another name, or --force to replace it")
    if target.resolve() == source.resolve():
        raise BackupError(f"{target} is the database itself")
    _sweep({source.parent, target.parent}, now)
    with sqlite_backup.scratch(source.parent if key else target.parent) as plain:
        sqlite_backup.copy(source, plain)
        facts = sqlite_backup.verify(plain)
        if key:
            with sqlite_backup.scratch(target.parent) as hidden:
                age_encryption.encrypt(plain, hidden, key)
                sqlite_backup.publish(hidden, target)
        else:
            sqlite_backup.publish(plain, target)
    _describe(target, facts, now, source)
    return facts


def described(path: Path) -> Path:
    """Where the facts of a backup stand."""
    return path.with_name(f"{path.name}.json")


def _describe(target: Path, facts: Facts, now: datetime, database: Path) -> None:
    told = asdict(facts) | {
        "newest_event": facts.newest_event.isoformat() if facts.newest_event else None,
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "program": _version(),
        "encrypted": age_encryption.is_encrypted(target),
    }
    with sqlite_backup.scratch(target.parent) as path:
        path.write_text(json.dumps(seal.sealed(told, database), indent=2, sort_keys=True) + "\n", "utf-8")
        sqlite_backup.publish(path, described(target))


def _version() -> str:
    try:
        return version("nhacviec")
    except PackageNotFoundError:
        return "unknown"


def _sweep(folders: set[Path], now: datetime) -> None:
    for folder in folders:
        for path in folder.glob(".nhacviec-*.tmp*"):
            if path.stat().st_mtime < (now - STALE).timestamp():
                path.unlink(missing_ok=True)


@contextmanager
def one_at_a_time(url: str) -> Iterator[None]:
    """Lets one process at a time upgrade an SQLite database: two may start at once. Ends with the process."""
    path = sqlite_path(url)
    if path is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # The folder itself is locked, so that no file is left behind.
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def before_upgrade(url: str, have: str, wanted: str, now: datetime) -> Path | None:
    """Keeps the database as it is before its schema changes, beside it, and the last three of these; None elsewhere."""
    path = sqlite_path(url)
    if path is None:
        log.warning("revision %s becomes %s; a backup is made with pg_dump, not here", have, wanted)
        return None
    target = path.with_name(f"{path.name}.before-{have}-to-{wanted}-{now:%Y%m%dT%H%M%SZ}.db")
    make(url, target, "", now, force=True)
    log.info("the schema goes from %s to %s; the database as it was: %s", have, wanted, target)
    # In the order of the moments at the end of their names.
    former = sorted(path.parent.glob(f"{path.name}.before-*-to-*.db"), key=lambda each: each.name.rpartition("-")[2])
    for old in former[:-UPGRADES_KEPT]:
        old.unlink(missing_ok=True)
        described(old).unlink(missing_ok=True)
    return target
